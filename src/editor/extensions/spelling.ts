import { LinkNode } from '@lexical/link'
import { type LexicalEditor, mergeRegister, TextNode } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'

/** Code among words and links are not checked for their spelling: names and addresses are words of no language. */
export function registerSpelling(editor: LexicalEditor): Disposer {
  const leaveAlone = (element: HTMLElement | null) => {
    if (element && element.getAttribute('spellcheck') !== 'false') element.setAttribute('spellcheck', 'false')
  }
  return mergeRegister(
    editor.registerMutationListener(
      LinkNode,
      (mutations) => {
        for (const [key, mutation] of mutations) if (mutation === 'created') leaveAlone(editor.getElementByKey(key))
      },
      { skipInitialization: false },
    ),
    editor.registerMutationListener(
      TextNode,
      (mutations) => {
        for (const [key, mutation] of mutations) {
          const element = mutation === 'destroyed' ? null : editor.getElementByKey(key)
          // another format is another element
          if (element?.tagName === 'CODE') leaveAlone(element)
        }
      },
      { skipInitialization: false },
    ),
  )
}
