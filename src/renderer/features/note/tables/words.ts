import type { Align, TableAct } from '../../../../editor/extensions/tables.ts'

export const WORDS = {
  tools: 'Table',
  column: 'Column',
  row: 'Row',
  more: 'More for this column',
  columnLeft: 'Move column left',
  columnRight: 'Move column right',
  addColumn: 'Add a column to the right',
  addColumnLeft: 'Add a column to the left',
  removeColumn: 'Remove this column',
  rowUp: 'Move row up',
  rowDown: 'Move row down',
  addAbove: 'Add a row above',
  addBelow: 'Add a row below',
  removeRow: 'Remove this row',
  removeTable: 'Remove the table',
  clear: 'Empty the selected cells',
  align: 'Align',
  aligns: [
    ['left', 'Left'],
    ['center', 'Centre'],
    ['right', 'Right'],
    ['', 'As the text'],
  ] satisfies readonly (readonly [Align, string])[],
  ascending: 'Sort rows A to Z',
  descending: 'Sort rows Z to A',
} as const

const ALIGNED: Readonly<Record<Align, string>> = {
  left: 'Column aligned left',
  center: 'Column centred',
  right: 'Column aligned right',
  '': 'Column aligned as the text',
}

/** What a screen reader says when it is done. */
export function saidOf(act: TableAct): string {
  switch (act.do) {
    case 'add-row':
      return `Row added ${act.side}`
    case 'add-column':
      return `Column added to the ${act.side}`
    case 'remove-row':
      return 'Row removed'
    case 'remove-column':
      return 'Column removed'
    case 'remove-table':
      return 'Table removed'
    case 'move-row':
      return `Row moved ${act.to}`
    case 'move-column':
      return `Column moved ${act.to}`
    case 'align':
      return ALIGNED[act.align]
    case 'sort':
      return act.order === 'ascending' ? 'Rows sorted A to Z' : 'Rows sorted Z to A'
    case 'clear':
      return 'Cells emptied'
  }
}
