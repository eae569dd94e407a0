import { $getNodeByKey, type LexicalEditor, type NodeKey } from 'lexical'
import type { Disposer } from '../../../../core/base/disposable.ts'
import { $moveBlocks } from '../../../../editor/extensions/blocks.ts'
import { type Drop, dropAt, scrollerOf } from './places.ts'

/** So near to an edge of what scrolls it scrolls, in pixels, and at most so many of them a frame. */
const EDGE = 56
const FASTEST = 18

/**
 * Drags blocks (keys of units that are neighbours) until the pointer is let go: a line shows where they would go.
 * Escape, or a pointer that is lost, leaves them. Answers what ends it early.
 */
export function dragBlocks(editor: LexicalEditor, keys: readonly NodeKey[], onEnd: () => void): Disposer {
  const root = editor.getRootElement()
  const scroller = root && scrollerOf(root)
  const line = document.createElement('div')
  line.className = 'drop-line'
  line.hidden = true
  document.body.append(line)
  for (const key of keys) editor.getElementByKey(key)?.setAttribute('data-dragged', '')
  let drop: Drop | null = null
  let point = { x: 0, y: 0 }
  let frame = 0

  const show = () => {
    drop = dropAt(editor, keys, point.x, point.y)
    line.hidden = drop === null
    if (!drop) return
    line.style.left = `${drop.line.left}px`
    line.style.top = `${drop.line.top}px`
    line.style.width = `${drop.line.width}px`
  }
  const scroll = () => {
    frame = 0
    const area = scroller?.getBoundingClientRect()
    if (!scroller || !area) return
    const above = area.top + EDGE - point.y
    const below = point.y - (area.bottom - EDGE)
    const by = above > 0 ? -Math.min(above / 3, FASTEST) : below > 0 ? Math.min(below / 3, FASTEST) : 0
    if (by === 0) return
    scroller.scrollTop += by
    show()
    frame = requestAnimationFrame(scroll)
  }
  const onMove = (event: PointerEvent) => {
    point = { x: event.clientX, y: event.clientY }
    show()
    frame ||= requestAnimationFrame(scroll)
  }
  const end = () => {
    cancelAnimationFrame(frame)
    removeEventListener('pointermove', onMove, true)
    removeEventListener('pointerup', onUp, true)
    removeEventListener('pointercancel', end, true)
    removeEventListener('keydown', onKey, true)
    line.remove()
    for (const key of keys) editor.getElementByKey(key)?.removeAttribute('data-dragged')
    onEnd()
  }
  const onUp = () => {
    const { place } = drop ?? {}
    end()
    if (!place || !editor.isEditable()) return
    editor.update(() => {
      const units = keys.map((key) => $getNodeByKey(key)).filter((node) => node !== null)
      // one that somebody deleted or moved meanwhile stays out
      if (units.length === keys.length) $moveBlocks(units, place)
    })
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    end()
  }
  addEventListener('pointermove', onMove, true)
  addEventListener('pointerup', onUp, true)
  addEventListener('pointercancel', end, true)
  addEventListener('keydown', onKey, true)
  return end
}
