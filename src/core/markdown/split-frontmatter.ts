const CLOSING = /\n(?:---|\.\.\.)[ \t]*(?:\n|$)/g

/**
 * The offset at which frontmatter ends, its closing fence and the line end after that included; 0 where there is
 * none. `text` has `\n` for every line end. Whether it is YAML is not looked at.
 */
export function frontmatterEnd(text: string): number {
  const opening = /^---[ \t]*(?=\n)/.exec(text)?.[0]
  if (opening === undefined) return 0
  CLOSING.lastIndex = opening.length
  return CLOSING.test(text) ? CLOSING.lastIndex : 0
}

/** What stands between the fences of a slice, with `\n` for every line end. */
export function frontmatterBody(slice: string): string {
  const lines = slice.replace(/\r\n?/g, '\n').trimEnd().split('\n')
  return lines.slice(1, -1).join('\n')
}
