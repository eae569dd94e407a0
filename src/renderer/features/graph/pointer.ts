import type { Disposer } from '../../../core/base/disposable.ts'
import type { ToGraph } from './messages.ts'

/** px that a pointer may tremble and still click. */
const TREMBLE = 4
const WHEEL = 0.0016
/** A pinch on a touchpad comes as a wheel with Ctrl, in much smaller steps. */
const PINCH = 0.01
const LINE = 16

/** Pan by dragging, zoom by wheel or pinch, hover and click. What a point means, the worker knows. */
export function attachPointer(element: HTMLElement, post: (message: ToGraph) => void): Disposer {
  const listening = new AbortController()
  const { signal } = listening
  let down: { id: number; x: number; y: number; isDrag: boolean } | null = null
  const pointOf = (event: MouseEvent): readonly [number, number] => {
    const { left, top } = element.getBoundingClientRect()
    return [event.clientX - left, event.clientY - top]
  }

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return
      down = { id: event.pointerId, x: event.clientX, y: event.clientY, isDrag: false }
      element.setPointerCapture(event.pointerId)
    },
    { signal },
  )
  element.addEventListener(
    'pointermove',
    (event) => {
      if (down?.id !== event.pointerId) {
        post({ do: 'hover', at: pointOf(event) })
        return
      }
      const by = [event.clientX - down.x, event.clientY - down.y] as const
      if (!down.isDrag && Math.hypot(...by) < TREMBLE) return
      down = { ...down, x: event.clientX, y: event.clientY, isDrag: true }
      post({ do: 'pan', by })
    },
    { signal },
  )
  element.addEventListener(
    'pointerup',
    (event) => {
      if (down?.id !== event.pointerId) return
      if (!down.isDrag) post({ do: 'click', at: pointOf(event) })
      down = null
    },
    { signal },
  )
  const cancel = () => {
    down = null
  }
  element.addEventListener('pointercancel', cancel, { signal })
  element.addEventListener('pointerleave', () => post({ do: 'hover', at: null }), { signal })
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault()
      const steps = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE : event.deltaY
      post({ do: 'zoom', at: pointOf(event), factor: Math.exp(-steps * (event.ctrlKey ? PINCH : WHEEL)) })
    },
    { signal, passive: false },
  )
  return () => listening.abort()
}
