export type Piece = { readonly text: string; readonly hit: boolean }

/** A title in pieces, those that were typed marked: the whole query where it stands so, else each of its words. */
export function matched(title: string, query: string): Piece[] {
  const words = query.trim().split(/\s+/).filter(Boolean)
  const wanted = title.toLowerCase().includes(query.trim().toLowerCase()) ? [query.trim()] : words
  const pattern = wanted
    .filter(Boolean)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|')
  if (pattern === '') return [{ text: title, hit: false }]
  const pieces: Piece[] = []
  let from = 0
  for (const match of title.matchAll(new RegExp(pattern, 'gi'))) {
    if (match.index > from) pieces.push({ text: title.slice(from, match.index), hit: false })
    pieces.push({ text: match[0], hit: true })
    from = match.index + match[0].length
  }
  if (from < title.length) pieces.push({ text: title.slice(from), hit: false })
  return pieces
}
