import { $getSelection, $isRangeSelection, type LexicalEditor } from 'lexical'
import type { Disposer } from '../../../../core/base/disposable.ts'

/** How far down the page the line stands that one writes in: a little above the middle, as one reads. */
const AT = 0.45

/**
 * Keeps the caret's line at one height while one types or walks with the keys. A click does not move the page: what
 * was pointed at would not be there any more. One rectangle is read for each frame, after the key's letter is drawn.
 */
export function registerTypewriter(editor: LexicalEditor): Disposer {
  const scroller = editor.getRootElement()?.closest<HTMLElement>('.note-scroll')
  if (!scroller) return () => {}
  let frame = 0
  let isPointing = false
  const center = () => {
    frame = 0
    const rect = caretRect(editor)
    if (!rect) return
    const view = scroller.getBoundingClientRect()
    const by = Math.round((rect.top + rect.bottom) / 2 - (view.top + view.height * AT))
    if (Math.abs(by) > 1) scroller.scrollTop += by
  }
  const stop = editor.registerUpdateListener(({ editorState, prevEditorState, dirtyElements, dirtyLeaves, tags }) => {
    if (tags.has('collaboration') || isPointing) return
    if (editorState._selection === prevEditorState._selection && dirtyElements.size + dirtyLeaves.size === 0) return
    if (editor.getRootElement() === document.activeElement) frame ||= requestAnimationFrame(center)
  })
  const onDown = () => {
    isPointing = true
  }
  const onKey = () => {
    isPointing = false
  }
  scroller.addEventListener('pointerdown', onDown)
  scroller.addEventListener('keydown', onKey, true)
  scroller.dataset.typewriter = ''
  return () => {
    stop()
    cancelAnimationFrame(frame)
    scroller.removeEventListener('pointerdown', onDown)
    scroller.removeEventListener('keydown', onKey, true)
    delete scroller.dataset.typewriter
  }
}

/** Of the line with the caret; an empty line has no letters to be measured by, but an element. */
function caretRect(editor: LexicalEditor): DOMRect | null {
  const selection = getSelection()
  const { focusNode, focusOffset } = selection ?? {}
  if (!focusNode || focusOffset === undefined || !editor.getRootElement()?.contains(focusNode)) return null
  if (focusNode instanceof Element) {
    const child = focusNode.childNodes[focusOffset]
    const element = child instanceof Element && child.tagName !== 'BR' ? child : focusNode
    const isSelected = editor.getEditorState().read(() => $isRangeSelection($getSelection()))
    return isSelected && element !== editor.getRootElement() ? element.getBoundingClientRect() : null
  }
  const range = document.createRange()
  range.setStart(focusNode, focusOffset)
  range.collapse(true)
  const rect = range.getBoundingClientRect()
  return rect.height > 0 ? rect : (focusNode.parentElement?.getBoundingClientRect() ?? null)
}
