import type { LexicalEditor } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'

/** What a command does in the text that has the focus, by the name that whoever does it registered. */
type Registered = { readonly editor: LexicalEditor; readonly act: string; readonly run: (detail: string) => void }

const all = new Set<Registered>()

/** Says who does an act in the text of `editor`; several notes may be on the page. */
export function registerWriting(editor: LexicalEditor, act: string, run: (detail: string) => void): Disposer {
  const registered = { editor, act, run }
  all.add(registered)
  return () => void all.delete(registered)
}

/** The one whose text has the focus, or is shown behind the palette that asks; null where none is. */
function found(act: string): Registered | null {
  const active = document.activeElement
  const isOver = active === document.body || active?.closest('dialog, .menu') != null
  for (const registered of all) {
    const root = registered.editor.getRootElement()
    if (registered.act !== act || !root || !registered.editor.isEditable()) continue
    if (root.contains(active) || (isOver && root.offsetParent !== null)) return registered
  }
  return null
}

export const canWrite = (act: string): boolean => found(act) !== null

export const runWriting = (act: string, detail = ''): void => found(act)?.run(detail)
