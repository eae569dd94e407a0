import type { LexicalEditor } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'

type Ends = readonly [Node | null, number, Node | null, number]

/**
 * Tells Lexical where the caret is before it hears of a key. The browser tells it in a task of its own, so a key
 * pressed quickly after another (or in a page that was busy) would act where the caret was before.
 */
export function registerCaretInTime(editor: LexicalEditor): Disposer {
  return editor.registerRootListener((root) => {
    const page = root?.ownerDocument
    if (!root || !page) return
    let told = endsOf(page)
    const onTold = () => {
      told = endsOf(page)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || endsOf(page).every((end, index) => end === told[index])) return
      page.dispatchEvent(new Event('selectionchange'))
    }
    page.addEventListener('selectionchange', onTold)
    root.addEventListener('keydown', onKey, { capture: true })
    return () => {
      page.removeEventListener('selectionchange', onTold)
      root.removeEventListener('keydown', onKey, { capture: true })
    }
  })
}

function endsOf(page: Document): Ends {
  const selection = page.getSelection()
  return [
    selection?.anchorNode ?? null,
    selection?.anchorOffset ?? 0,
    selection?.focusNode ?? null,
    selection?.focusOffset ?? 0,
  ]
}
