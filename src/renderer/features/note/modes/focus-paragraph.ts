import { $getSelection, $isRangeSelection, type LexicalEditor } from 'lexical'
import type { Disposer } from '../../../../core/base/disposable.ts'
import { $blockOf } from '../../../../editor/lexical-tree.ts'

const HERE = 'data-here'
const DIMS = 'data-dims'

/** Marks the block with the caret, and what it stands in, for the style sheet to dim all else. */
export function registerFocusParagraph(editor: LexicalEditor): Disposer {
  const root = editor.getRootElement()
  let marked: HTMLElement[] = []
  const show = () => {
    const keys = editor.getEditorState().read(() => {
      const selection = $getSelection()
      const block = $isRangeSelection(selection) ? $blockOf(selection.focus.getNode()) : null
      return block ? [block, ...block.getParents()].slice(0, -1).map((node) => node.getKey()) : []
    })
    const next = keys.flatMap((key) => editor.getElementByKey(key) ?? [])
    if (next.length === marked.length && next.every((element, at) => element === marked[at])) return
    for (const element of marked) if (!next.includes(element)) element.removeAttribute(HERE)
    for (const [at, element] of next.entries()) element.setAttribute(HERE, at === 0 ? 'it' : '')
    marked = next
    // without a caret nothing is to be dimmed
    root?.toggleAttribute(DIMS, next.length > 0)
  }
  const stop = editor.registerUpdateListener(show)
  show()
  return () => {
    stop()
    for (const element of marked) element.removeAttribute(HERE)
    root?.removeAttribute(DIMS)
  }
}
