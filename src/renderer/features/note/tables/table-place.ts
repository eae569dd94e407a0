import { $isTableSelection } from '@lexical/table'
import { $getSelection, type LexicalEditor, type NodeKey } from 'lexical'
import { $alignsOf, $areaOf, $cellAt, $rowsOf, $widthOf } from '../../../../editor/extensions/table-shape.ts'

/** Where in a table the caret or the selection of cells is. */
export type TablePlace = {
  readonly table: NodeKey
  readonly row: NodeKey
  readonly head: NodeKey
  readonly cell: NodeKey
  /** Counted from 0. */
  readonly at: { readonly row: number; readonly column: number }
  readonly rows: number
  readonly columns: number
  readonly align: string
  readonly areCells: boolean
}

/** Null outside a table. */
export const placeIn = (editor: LexicalEditor): TablePlace | null =>
  editor.getEditorState().read(() => {
    const area = $areaOf()
    if (!area) return null
    const { table, focus } = area
    const row = $rowsOf(table)[focus.row]
    const [head, cell] = [$cellAt(table, 0, focus.column), $cellAt(table, focus.row, focus.column)]
    if (!row || !head || !cell) return null
    return {
      table: table.getKey(),
      row: row.getKey(),
      head: head.getKey(),
      cell: cell.getKey(),
      at: focus,
      rows: $rowsOf(table).length,
      columns: $widthOf(table),
      align: $alignsOf(table)[focus.column] ?? '',
      areCells: $isTableSelection($getSelection()),
    }
  })

export const isSamePlace = (a: TablePlace | null, b: TablePlace | null): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b)

/** The cells that have a mark, so that a key outside tables need not look for them. */
const marked = new WeakMap<LexicalEditor, readonly Element[]>()

/** Shows on the page which cell the caret is in, its column, and the edges of selected cells; all by attributes. */
export function markCells(editor: LexicalEditor, place: TablePlace | null): void {
  const root = editor.getRootElement()
  const former = marked.get(editor) ?? []
  if (!root || (!place && former.length === 0)) return
  const wanted = new Map<Element, string>()
  if (place?.areCells) {
    for (const cell of root.querySelectorAll('.cell-selected')) wanted.set(cell, edgesOf(cell as HTMLTableCellElement))
  } else if (place) {
    const table = editor.getElementByKey(place.table)
    for (const row of table?.querySelectorAll('tr') ?? []) {
      const cell = row.children[place.at.column]
      if (cell) wanted.set(cell, 'column')
    }
    const cell = editor.getElementByKey(place.cell)
    if (cell) wanted.set(cell, 'caret')
  }
  for (const cell of former) if (!wanted.has(cell)) cell.removeAttribute('data-cell')
  marked.set(editor, [...wanted.keys()])
  for (const [cell, mark] of wanted) if (cell.getAttribute('data-cell') !== mark) cell.setAttribute('data-cell', mark)
}

/** The sides on which no selected cell is next to this one. */
function edgesOf(cell: HTMLTableCellElement): string {
  const isIn = (other: Element | null | undefined) => other?.classList.contains('cell-selected') ?? false
  const row = cell.parentElement
  const sides = [
    !isIn(row?.previousElementSibling?.children[cell.cellIndex]) && 'top',
    !isIn(row?.nextElementSibling?.children[cell.cellIndex]) && 'bottom',
    !isIn(cell.previousElementSibling) && 'left',
    !isIn(cell.nextElementSibling) && 'right',
  ]
  return ['selected', ...sides.filter(Boolean)].join(' ')
}
