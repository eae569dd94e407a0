import { parseMarkdown } from '../../core/markdown/parse.ts'
import type { Cell, Inline, Table, Tree } from '../../core/markdown/tree.ts'
import { CELL_BREAK } from '../../core/markdown/tree.ts'
import { CLASS_STYLE, pageOf, SHEET } from '../html-inline.ts'
import { cellsFromHtml } from '../html-table.ts'

/** Rows of cells, as they come from a spreadsheet or go to one. Rows may differ in length. */
export type Grid = readonly (readonly Cell[])[]

/**
 * The cells that a clipboard holds: a table of HTML with nothing beside it, a table of Markdown, or lines with tabs
 * between values. Null where it holds something else.
 */
export function gridFrom(text: string, html: string, isOwn: boolean): Grid | null {
  if (html !== '' && !isOwn) {
    const page = pageOf(html)
    const cells = cellsFromHtml(inlineClasses(page).body)
    if (cells) return cells
  }
  if (text.includes('|')) {
    const { blocks } = parseMarkdown(text)
    const [only] = blocks
    if (blocks.length === 1 && only?.type === 'table') return only.rows
  }
  return text.includes('\t') && (html === '' || !isOwn) ? gridFromText(text) : null
}

/** Lines with tabs between values; a value in quotes may hold tabs, line ends, and quotes that are doubled. */
export function gridFromText(text: string): Grid {
  const rows: string[][] = [['']]
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  const value = /"((?:[^"]|"")*)"(?=[\t\n]|$)|[^\t\n]*/y
  for (let at = 0; at <= source.length; ) {
    value.lastIndex = at
    const match = value.exec(source)
    const row = rows.at(-1)
    if (!match || !row) break
    row[row.length - 1] = match[1]?.replaceAll('""', '"') ?? match[0]
    at += match[0].length
    if (source[at] === '\t') row.push('')
    else if (source[at] === '\n') rows.push([''])
    at++
  }
  return rows.map((row) => row.map(cellFrom))
}

function cellFrom(value: string): Cell {
  const lines = value.split('\n').map((line) => line.replace(/\s+/g, ' ').trim())
  return lines.flatMap((line, at): Inline[] => [
    ...(at > 0 ? [{ type: 'raw', source: CELL_BREAK, marks: 0 } as const] : []),
    ...(line === '' ? [] : [{ type: 'text', text: line, marks: 0 } as const]),
  ])
}

/**
 * Excel says what is bold by classes alone; what they say is noted where the reader looks. (Not as a style: the
 * page's policy refuses those, and says so in its log.)
 */
export function inlineClasses(page: Document): Document {
  for (const sheet of page.querySelectorAll(`style, [${SHEET}]`)) {
    for (const [, name, rule] of (sheet.textContent ?? '').matchAll(/\.([\w-]+)\s*\{([^}]*)\}/g)) {
      const kept = rule?.match(/(?:font-weight|font-style|text-decoration)\s*:[^;}]*/g)?.join(';')
      if (!name || !kept) continue
      for (const cell of page.getElementsByClassName(name)) {
        cell.setAttribute(CLASS_STYLE, `${kept};${cell.getAttribute(CLASS_STYLE) ?? ''}`)
      }
    }
  }
  return page
}

/** A line for each row, tabs between values: what a spreadsheet takes. */
export const textOfGrid = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => row.map((value) => (/[\t\n"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join('\t'))
    .join('\n')

/** As a table of the tree, its rows filled up to one length. */
export function tableOfGrid(grid: Grid, columns: Table['columns']): Tree {
  const rows = grid.map((row) => columns.map((_, column): Cell => row[column] ?? []))
  return [{ type: 'table', columns, rows }]
}
