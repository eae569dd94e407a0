import {
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_CRITICAL,
  DELETE_CHARACTER_COMMAND,
  HISTORY_PUSH_TAG,
  KEY_ENTER_COMMAND,
  type LexicalEditor,
  mergeRegister,
  UNDO_COMMAND,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { $isWikilinkNode } from '../nodes/WikilinkNode.ts'
import { ACT_TAG } from './blocks.ts'

/**
 * Backspace right after Markdown that was typed became what it means gives back what was typed, as undo does. After
 * anything else, and that includes a caret that moved, it deletes.
 */
export function registerTakeBack(editor: LexicalEditor): Disposer {
  let isFresh = false
  return mergeRegister(
    editor.registerUpdateListener(({ tags, editorState, prevEditorState, dirtyElements, dirtyLeaves }) => {
      if (tags.has(HISTORY_PUSH_TAG)) {
        isFresh = !tags.has(ACT_TAG)
        return
      }
      if (!isFresh) return
      const [now, before] = [editorState, prevEditorState].map((state) => state.read($getSelection))
      const isSame = dirtyElements.size === 0 && dirtyLeaves.size === 0 && now && before && now.is(before)
      if (!isSame) isFresh = false
    }),
    editor.registerCommand(
      DELETE_CHARACTER_COMMAND,
      (isBackward) => {
        const selection = $getSelection()
        if (!isFresh || !isBackward || !$isRangeSelection(selection) || !selection.isCollapsed()) return false
        isFresh = false
        // a link goes as a whole, however it came (E5)
        if ($isWikilinkNode(selection.anchor.getNode())) return false
        return editor.dispatchCommand(UNDO_COMMAND, undefined)
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      KEY_ENTER_COMMAND,
      () => {
        isFresh = false
        return false
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
  )
}
