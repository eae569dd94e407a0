import { $getRoot, $getSelection, $isRangeSelection, INSERT_PARAGRAPH_COMMAND, type LexicalEditor } from 'lexical'
import { printBlocks } from '../core/markdown/print.ts'
import type { Tree } from '../core/markdown/tree.ts'
import { $nodesFromTree, treeFromSerialized } from '../editor/lexical-tree.ts'

/** Fills an editor and puts the caret at its end. */
export function fill(editor: LexicalEditor, tree: Tree): void {
  editor.update(
    () => {
      $getRoot()
        .clear()
        .append(...$nodesFromTree(tree))
      $getRoot().selectEnd()
    },
    { discrete: true },
  )
}

/** One update a character, as keys come. */
export function typeKeys(editor: LexicalEditor, text: string): void {
  for (const char of text) {
    change(editor, () => {
      const selection = $getSelection()
      if (!$isRangeSelection(selection)) return
      if (char === '\n') editor.dispatchCommand(INSERT_PARAGRAPH_COMMAND, undefined)
      else selection.insertText(char)
    })
  }
}

/** Runs `work` in an update that is complete, with all that follows from it, on return. */
export function change(editor: LexicalEditor, work: () => void): void {
  editor.update(work, { discrete: true })
  // listeners answer with updates of their own
  editor.update(() => {}, { discrete: true })
}

export const treeOf = (editor: LexicalEditor): Tree =>
  editor.read(() =>
    treeFromSerialized(editor.getEditorState().toJSON().root.children as unknown as Record<string, unknown>[]),
  )

export const markdownOf = (editor: LexicalEditor): string => printBlocks(treeOf(editor))
