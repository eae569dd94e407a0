import type { Piece } from '../../../core/history/difference.ts'

export type Cell = readonly Piece[]
/** Lines above the delimiter, then those below; a header that changed has two lines. */
export type Table = { readonly head: readonly (readonly Cell[])[]; readonly rows: readonly (readonly Cell[])[] }

const DELIMITER = /^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?$/

/**
 * A table of Markdown as rows and cells; null where the source is something else. A difference tells a
 * table as its lines of Markdown (core/history/table-tokens.ts), and marks words in them: each cell keeps its marks.
 */
export function readTable(pieces: readonly Piece[]): Table | null {
  const lines = splitLines(pieces).filter((line) => textOf(line).trim() !== '')
  if (!lines.every((line) => textOf(line).includes('|'))) return null
  const isDelimiter = lines.map((line) => DELIMITER.test(textOf(line).trim()))
  const at = isDelimiter.indexOf(true)
  if (at < 1) return null
  const cells = (from: number, to: number) =>
    lines.slice(from, to).flatMap((line, index) => (isDelimiter[from + index] ? [] : [splitCells(line)]))
  return { head: cells(0, at), rows: cells(at, lines.length) }
}

const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('')

function splitLines(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = [[]]
  for (const piece of pieces) {
    piece.text.split('\n').forEach((text, index) => {
      if (index > 0) lines.push([])
      if (text !== '') lines.at(-1)?.push({ ...piece, text })
    })
  }
  return lines
}

/** At every bar that no backslash keeps; the bars at the ends of a line bound no cell of their own. */
function splitCells(line: readonly Piece[]): Cell[] {
  const cells: Piece[][] = [[]]
  for (const piece of line) {
    piece.text.split(/(?<!\\)\|/).forEach((text, index) => {
      if (index > 0) cells.push([])
      if (text !== '') cells.at(-1)?.push({ ...piece, text: text.replaceAll('\\|', '|') })
    })
  }
  const isBlank = (cell: Cell | undefined) => cell !== undefined && textOf(cell).trim() === ''
  const text = textOf(line).trim()
  if (text.startsWith('|') && isBlank(cells[0])) cells.shift()
  if (text.endsWith('|') && isBlank(cells.at(-1))) cells.pop()
  return cells.map(trimCell)
}

function trimCell(cell: readonly Piece[]): Cell {
  const solid = cell.filter(({ text }) => text.trim() !== '')
  const first = solid[0]
  const last = solid.at(-1)
  return cell.slice(first ? cell.indexOf(first) : 0, last ? cell.lastIndexOf(last) + 1 : 0).map((piece) => ({
    ...piece,
    text: (piece === first ? piece.text.trimStart() : piece.text).replace(piece === last ? /\s+$/ : /$/, ''),
  }))
}
