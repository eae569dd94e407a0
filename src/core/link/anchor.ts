/**
 * The key of a place in a note, for ids and addresses: `^id` for a block, else the heading's letters and digits. The
 * same for a heading and for a link that names it, whatever marks either of them is written with.
 */
export function anchorKey(anchor: string): string {
  const last = anchor.slice(anchor.lastIndexOf('#') + 1).trim()
  if (last.startsWith('^')) return last.toLowerCase()
  return last
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}
