import { $isTableCellNode, $isTableNode, $isTableRowNode, TableRowNode } from '@lexical/table'
import { $getNodeByKey, $getState, type LexicalEditor } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { alignState } from '../lexical-tree.ts'

/**
 * Shows on each cell how its column is aligned, by `data-align` on the DOM: only the head's cells know. A row is
 * looked at again when anything in it changed, the whole table only with its head.
 */
export const registerTableLooks = (editor: LexicalEditor): Disposer =>
  editor.registerMutationListener(
    TableRowNode,
    (mutations) => {
      editor.getEditorState().read(() => {
        for (const [key, mutation] of mutations) {
          const row = mutation === 'destroyed' ? null : $getNodeByKey(key)
          const table = row?.getParent()
          const head = $isTableNode(table) ? table.getFirstChild() : null
          if (!$isTableRowNode(row) || !$isTableRowNode(head)) continue
          sayHeads(editor, row)
          const aligns = $alignsOf(head)
          if (!row.is(head)) alignRow(editor, row, aligns)
          else for (const each of table?.getChildren() ?? []) if ($isTableRowNode(each)) alignRow(editor, each, aligns)
        }
      })
    },
    { skipInitialization: false },
  )

const $alignsOf = (head: TableRowNode): string[] =>
  head.getChildren().map((cell) => ($isTableCellNode(cell) ? $getState(cell, alignState) : ''))

/** Which cells a head is for, said to screen readers: Lexical's `th` does not say it. */
function sayHeads(editor: LexicalEditor, row: TableRowNode): void {
  for (const key of row.getChildrenKeys()) {
    const dom = editor.getElementByKey(key)
    if (dom?.nodeName === 'TH' && dom.getAttribute('scope') !== 'col') dom.setAttribute('scope', 'col')
  }
}

function alignRow(editor: LexicalEditor, row: TableRowNode, aligns: readonly string[]): void {
  for (const [column, key] of row.getChildrenKeys().entries()) {
    const dom = editor.getElementByKey(key)
    const align = aligns[column] ?? ''
    if (!dom || (dom.dataset.align ?? '') === align) continue
    if (align === '') delete dom.dataset.align
    else dom.dataset.align = align
  }
}
