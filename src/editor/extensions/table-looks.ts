import { $isTableCellNode, $isTableNode, $isTableRowNode, TableCellNode, TableNode } from '@lexical/table'
import { $getNodeByKey, $getState, type LexicalEditor, type MutationListener, mergeRegister } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { alignState } from '../lexical-tree.ts'

/** Shows on each cell how its column is aligned, by `data-align` on the DOM: only the head's cells know. */
export function registerTableLooks(editor: LexicalEditor): Disposer {
  const listen: MutationListener = (mutations) => {
    editor.getEditorState().read(() => {
      const tables = new Set<TableNode>()
      for (const [key, mutation] of mutations) {
        const node = mutation === 'destroyed' ? null : $getNodeByKey(key)
        const table = $isTableNode(node) ? node : (node?.getParents().find($isTableNode) ?? null)
        if (table) tables.add(table)
      }
      for (const table of tables) $align(editor, table)
    })
  }
  return mergeRegister(
    editor.registerMutationListener(TableNode, listen, { skipInitialization: false }),
    editor.registerMutationListener(TableCellNode, listen, { skipInitialization: false }),
  )
}

function $align(editor: LexicalEditor, table: TableNode): void {
  const rows = table.getChildren().filter($isTableRowNode)
  const aligns = rows[0]?.getChildren().map((cell) => ($isTableCellNode(cell) ? $getState(cell, alignState) : ''))
  for (const row of rows) {
    for (const [column, cell] of row.getChildren().entries()) {
      const dom = editor.getElementByKey(cell.getKey())
      const align = aligns?.[column] ?? ''
      if (!dom || (dom.dataset.align ?? '') === align) continue
      if (align === '') delete dom.dataset.align
      else dom.dataset.align = align
    }
  }
}
