import { COMMAND_PRIORITY_CRITICAL, KEY_ENTER_COMMAND, type LexicalEditor } from 'lexical'
import { useEffect } from 'react'
import { bookOf } from './footnote-book.ts'
import { $goAtCaret, goToMark } from './go.ts'

/** Mod+Enter on a mark goes to its footnote, in a footnote back to the mark; each footnote has its way back. */
export function Footnotes({ editor }: { editor: LexicalEditor }) {
  useEffect(() => {
    const book = bookOf(editor)
    book.onBack = (key) => goToMark(editor, key)
    const stop = editor.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        if (!event || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return false
        if (!$goAtCaret(editor)) return false
        event.preventDefault()
        return true
      },
      COMMAND_PRIORITY_CRITICAL,
    )
    return () => {
      book.onBack = null
      stop()
    }
  }, [editor])
  return null
}
