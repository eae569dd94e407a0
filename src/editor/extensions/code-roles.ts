import { CodeNode } from '@lexical/code-core'
import { $getNodeByKey, type LexicalEditor } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'

/** Code says to a screen reader that it is code, and in what language. */
export const registerCodeRoles = (editor: LexicalEditor): Disposer =>
  editor.registerMutationListener(
    CodeNode,
    (mutations) => {
      editor.getEditorState().read(() => {
        for (const [key, mutation] of mutations) {
          const node = mutation === 'destroyed' ? null : $getNodeByKey<CodeNode>(key)
          const dom = editor.getElementByKey(key)
          if (!node || !dom || node.getType() !== 'code') continue
          const language = node.getLanguage() ?? ''
          dom.setAttribute('role', 'group')
          dom.setAttribute('aria-label', language === '' ? 'Code' : `Code, ${language}`)
        }
      })
    },
    { skipInitialization: false },
  )
