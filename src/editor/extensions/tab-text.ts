import { CONTROLLED_TEXT_INSERTION_COMMAND, type LexicalEditor } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'

/**
 * Typing in a text that holds a tab. Chromium takes a span with a tab for one of its own making and puts what is
 * typed beside it, where Lexical finds a foreign node and takes it out: the letter would be lost.
 */
export function registerTabText(editor: LexicalEditor): Disposer {
  const onInput = (event: InputEvent) => {
    const { data, inputType, isComposing } = event
    if (inputType !== 'insertText' || !data || isComposing || event.defaultPrevented) return
    const anchor = getSelection()?.anchorNode
    if (!(anchor instanceof Text) || !anchor.data.includes('\t')) return
    event.preventDefault()
    event.stopImmediatePropagation()
    editor.dispatchCommand(CONTROLLED_TEXT_INSERTION_COMMAND, data)
  }
  // in the way down, before Lexical's own listener lets the browser insert
  return editor.registerRootListener((root, former) => {
    former?.removeEventListener('beforeinput', onInput, { capture: true })
    root?.addEventListener('beforeinput', onInput, { capture: true })
  })
}
