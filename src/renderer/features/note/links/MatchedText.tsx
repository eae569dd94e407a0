/** A title with what was typed of it in bold: the whole of it where it stands so, else each of its words. */
export function MatchedText({ text, query }: { text: string; query: string }) {
  const whole = query.trim()
  const words = text.toLowerCase().includes(whole.toLowerCase()) ? [whole] : whole.split(/\s+/)
  const pattern = words
    .filter((word) => word !== '')
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|')
  if (pattern === '') return text
  // with a group around it, every second piece is a match
  const pieces = text.split(new RegExp(`(${pattern})`, 'gi'))
  // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one title never change their order
  return pieces.map((piece, at) => (at % 2 === 1 ? <b key={at}>{piece}</b> : <span key={at}>{piece}</span>))
}
