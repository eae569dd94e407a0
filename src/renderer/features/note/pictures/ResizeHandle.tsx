import { type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from 'react'
import { clampWidth } from './sizes.ts'
import { WORDS } from './words.ts'

/** Px for a press of an arrow key, and with Shift. */
const STEP = 10
const LARGE_STEP = 50
/** A change of the source is on the page long before. */
const REFOCUS_MS = 200
const ARROWS: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }

type ResizeHandleProps = {
  name: string
  /** What the picture stands in. */
  frame: RefObject<HTMLElement | null>
  /** The width that is shown meanwhile; null: what the source says. */
  onWidth: (width: number | null) => void
  onCommit: (width: number) => void
}

/** At the right edge of a picture: dragged, or moved by the arrow keys. The height follows. */
export function ResizeHandle({ name, frame, onWidth, onCommit }: ResizeHandleProps) {
  const handle = useRef<HTMLSpanElement>(null)
  const [width, setWidth] = useState(0)
  const wanted = useRef<number | null>(null)
  const drag = useRef<{ x: number; width: number } | null>(null)

  const shown = () => frame.current?.querySelector('img')?.getBoundingClientRect().width ?? 0
  const most = () => frame.current?.closest('.p, li, .prose')?.getBoundingClientRect().width ?? 576
  const show = (next: number) => {
    const clamped = clampWidth(next, most())
    wanted.current = clamped
    setWidth(clamped)
    onWidth(clamped)
  }
  const commit = () => {
    const next = wanted.current
    wanted.current = null
    drag.current = null
    if (next === null) return
    keepFocus()
    onCommit(next)
  }
  const stop = () => {
    wanted.current = null
    drag.current = null
    onWidth(null)
  }

  /**
   * The place is moved into new DOM when its source changes: what is moved loses the focus, and Lexical, which sees
   * that something moved, puts the caret back into the text. The handle gets the focus back for a moment.
   */
  const keepFocus = () => {
    const { current } = handle
    const root = current?.closest('.prose')
    if (!current || !root || document.activeElement !== current) return
    const back = () => {
      if (document.activeElement !== current) current.focus({ preventScroll: true })
    }
    const observer = new MutationObserver(back)
    observer.observe(root, { childList: true, subtree: true })
    root.addEventListener('focus', back)
    const stop = () => {
      observer.disconnect()
      root.removeEventListener('focus', back)
      document.removeEventListener('pointerdown', stop, true)
    }
    // whoever presses elsewhere goes there
    document.addEventListener('pointerdown', stop, true)
    setTimeout(stop, REFOCUS_MS)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const by = ARROWS[event.key]
    if (by !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault()
      show((wanted.current ?? shown()) + by * (event.shiftKey ? LARGE_STEP : STEP))
    } else if (event.key === 'Escape' && wanted.current !== null) {
      event.preventDefault()
      event.stopPropagation()
      stop()
    }
  }
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    event.preventDefault()
    handle.current?.focus()
    handle.current?.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, width: shown() }
  }
  return (
    <span
      ref={handle}
      className="picture-handle"
      role="slider"
      tabIndex={0}
      aria-label={WORDS.size(name)}
      aria-valuemin={32}
      aria-valuemax={2000}
      aria-valuenow={Math.round(width || shown())}
      aria-valuetext={WORDS.pixels(Math.round(width || shown()))}
      onFocus={() => setWidth(shown())}
      onKeyDown={onKeyDown}
      onKeyUp={({ key }) => {
        if (ARROWS[key] !== undefined) commit()
      }}
      onBlur={commit}
      onPointerDown={onPointerDown}
      onPointerMove={({ clientX }) => {
        if (drag.current) show(drag.current.width + clientX - drag.current.x)
      }}
      onPointerUp={commit}
      onPointerCancel={stop}
    />
  )
}
