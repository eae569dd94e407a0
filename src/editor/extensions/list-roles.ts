import { $isListNode, ListNode } from '@lexical/list'
import { $getNodeByKey, type LexicalEditor } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'

/** The items of a task list are checkboxes to a screen reader, and a list may hold list items only. */
export const registerListRoles = (editor: LexicalEditor): Disposer =>
  editor.registerMutationListener(
    ListNode,
    (mutations) => {
      editor.getEditorState().read(() => {
        for (const [key, mutation] of mutations) {
          const node = mutation === 'destroyed' ? null : $getNodeByKey(key)
          const dom = editor.getElementByKey(key)
          if (!dom || !$isListNode(node)) continue
          if (node.getListType() === 'check') dom.setAttribute('role', 'group')
          else dom.removeAttribute('role')
        }
      })
    },
    { skipInitialization: false },
  )
