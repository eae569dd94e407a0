import {
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $isTextNode,
  type EditorState,
  HISTORIC_TAG,
  type LexicalEditor,
  type LexicalNode,
} from 'lexical'
import type * as Y from 'yjs'
import type { Disposer } from '../../core/base/disposable.ts'

/** Steps from the root to the caret, the offset last; `text` is that of the node it stood in. */
type Caret = { readonly steps: readonly number[]; readonly text: string }

const META = 'caret'

/**
 * Undo puts the caret where it stood before what it takes back, redo where it stood before that undo. Where others
 * have changed that line meanwhile, the binding's choice stands. Register before the listener that writes to the doc.
 */
export function registerUndoCaret(editor: LexicalEditor, manager: Y.UndoManager): Disposer {
  let before: Caret | null = null
  const stop = editor.registerUpdateListener(({ prevEditorState, dirtyElements, dirtyLeaves }) => {
    if (dirtyElements.size > 0 || dirtyLeaves.size > 0) before = readCaret(prevEditorState)
  })
  const onAdded = ({ stackItem, type }: { stackItem: { meta: Map<unknown, unknown> }; type: 'undo' | 'redo' }) => {
    const caret = type === 'redo' || manager.redoing ? readCaret(editor.getEditorState()) : before
    if (caret) stackItem.meta.set(META, caret)
  }
  const onPopped = ({ stackItem }: { stackItem: { meta: Map<unknown, unknown> } }) => {
    const caret = stackItem.meta.get(META) as Caret | undefined
    if (caret) editor.update(() => $restore(caret), { tag: HISTORIC_TAG })
  }
  manager.on('stack-item-added', onAdded)
  manager.on('stack-item-popped', onPopped)
  return () => {
    stop()
    manager.off('stack-item-added', onAdded)
    manager.off('stack-item-popped', onPopped)
  }
}

const readCaret = (state: EditorState): Caret | null =>
  state.read(() => {
    const selection = $getSelection()
    if (!$isRangeSelection(selection) || !selection.isCollapsed()) return null
    const { anchor } = selection
    const steps: number[] = [anchor.offset]
    const node = anchor.getNode()
    for (let each: LexicalNode | null = node; each?.getParent(); each = each.getParent()) {
      steps.unshift(each.getIndexWithinParent())
    }
    return { steps, text: node.getTextContent() }
  })

function $restore({ steps, text }: Caret): void {
  let node: LexicalNode | null = $getRoot()
  for (const step of steps.slice(0, -1)) node = $isElementNode(node) ? node.getChildAtIndex(step) : null
  const offset = steps.at(-1) ?? 0
  if (!node || node.getTextContent() !== text) return
  if ($isTextNode(node) || $isElementNode(node)) node.select(offset, offset)
}
