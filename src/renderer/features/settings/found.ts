/** What a search looks in: the words of a row, and others that people call it by. */
export type Words = { readonly label: string; readonly note?: string; readonly also?: string }

export type Piece = { readonly text: string; readonly hit: boolean }

const plain = (text: string): string => text.toLowerCase()

/** Whether a row is about what was asked; everything is about nothing. */
export function isFound({ label, note = '', also = '' }: Words, query: string): boolean {
  const asked = plain(query.trim())
  return [label, note, also].some((text) => plain(text).includes(asked))
}

/** The other names of a row are shown only where nothing else says why it was found. */
export const isFoundByAlso = ({ label, note = '', also = '' }: Words, query: string): boolean =>
  also !== '' && query.trim() !== '' && !isFound({ label, note }, query)

/** A text in pieces, those that were asked for marked. Together they are the text. */
export function pieces(text: string, query: string): readonly Piece[] {
  const asked = plain(query.trim())
  const lower = plain(text)
  // Some letters have another length in lower case: then places in one text are not those of the other.
  if (asked === '' || lower.length !== text.length) return [{ text, hit: false }]
  const found: Piece[] = []
  let from = 0
  for (let at = lower.indexOf(asked); at >= 0; at = lower.indexOf(asked, from)) {
    if (at > from) found.push({ text: text.slice(from, at), hit: false })
    found.push({ text: text.slice(at, at + asked.length), hit: true })
    from = at + asked.length
  }
  if (from < text.length) found.push({ text: text.slice(from), hit: false })
  return found
}
