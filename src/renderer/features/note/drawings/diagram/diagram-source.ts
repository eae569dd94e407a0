/** Characters of one diagram. */
export const LONGEST_DIAGRAM = 20_000

/** What a diagram calls itself: `accTitle: …` in it, or `title: …` in its head; '' where it does not say. */
export function titleOf(source: string): string {
  const own = /^[ \t]*accTitle[ \t]*:[ \t]*(.+)$/m.exec(source)?.[1]
  const head = /^---\s*\n([\s\S]*?)\n---/.exec(source.trimStart())?.[1] ?? ''
  const title = own ?? /^[ \t]*title[ \t]*:[ \t]*(.+)$/m.exec(head)?.[1] ?? ''
  return title.trim().replace(/^(["'])(.*)\1$/, '$2')
}

/**
 * The line of the source that mermaid means by its `line`, both from 1. It counts after it took out the head, lines of
 * comments, and what is empty above the first line.
 */
export function lineInSource(source: string, line: number): number {
  const lines = source.split('\n')
  let first = lines.findIndex((text) => text.trim() !== '')
  if (first >= 0 && /^---\s*$/.test(lines[first] ?? '')) {
    const end = lines.findIndex((text, at) => at > first && /^\s*---\s*$/.test(text))
    if (end > first) first = end + 1
  }
  const kept: number[] = []
  for (let at = Math.max(0, first); at < lines.length; at += 1) {
    const text = lines[at] ?? ''
    if (/^\s*%%(?!\{)/.test(text) || (kept.length === 0 && text.trim() === '')) continue
    kept.push(at + 1)
  }
  return kept[line - 1] ?? kept.at(-1) ?? 1
}
