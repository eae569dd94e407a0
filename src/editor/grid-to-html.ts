import { escapeHtml } from '../core/base/escape-html.ts'
import { safeUrl } from '../core/link/url.ts'
import { shownText } from '../core/link/wikilink.ts'
import { CELL_BREAK, type Cell, type Inline, MARK, type Table } from '../core/markdown/tree.ts'

const TAGS: readonly (readonly [number, string])[] = [
  [MARK.bold, 'b'],
  [MARK.italic, 'i'],
  [MARK.strike, 's'],
  [MARK.code, 'code'],
  [MARK.highlight, 'mark'],
]

/** A table as HTML that spreadsheets, mail and other editors take: no styles, no classes. */
export function htmlOfTable({ rows, columns }: Table): string {
  const cellsOf = (cells: readonly Cell[], tag: string) =>
    cells.map((cell, at) => {
      const align = columns[at]
      return `<${tag}${align ? ` align="${align}"` : ''}>${cell.map(htmlOf).join('')}</${tag}>`
    })
  const lines = rows.map((row, at) => `<tr>${cellsOf(row, at === 0 ? 'th' : 'td').join('')}</tr>`)
  return `<table>${lines.join('')}</table>`
}

function htmlOf(inline: Inline): string {
  if (inline.type === 'break' || (inline.type === 'raw' && inline.source === CELL_BREAK)) return '<br>'
  if (inline.type === 'link') {
    const url = safeUrl(inline.url)
    const words = inline.children.map(htmlOf).join('')
    return url ? `<a href="${escapeHtml(url)}">${words}</a>` : words
  }
  const words = escapeHtml(plainOf(inline))
  return TAGS.reduce((html, [mark, tag]) => (inline.marks & mark ? `<${tag}>${html}</${tag}>` : html), words)
}

/** What a reader sees of an inline, without formats; a break is a line end. */
export function plainOf(inline: Inline): string {
  if (inline.type === 'text') return inline.text
  if (inline.type === 'wikilink') return shownText(inline.target)
  if (inline.type === 'link') return inline.children.map(plainOf).join('')
  return inline.type === 'break' || inline.source === CELL_BREAK ? '\n' : inline.source
}
