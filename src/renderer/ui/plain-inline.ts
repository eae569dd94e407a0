import { parseInlines } from '../../core/markdown/inline.ts'
import { plainText } from '../../core/note/passage.ts'

const NO_LABELS: ReadonlySet<string> = new Set()

/** Inline Markdown as one line of plain words: a link is what it shows. */
export function plainInline(markdown: string): string {
  const inlines = parseInlines(markdown, NO_LABELS)
  return (inlines === null ? markdown : plainText(inlines)).replace(/\s+/g, ' ').trim()
}
