import { useRef } from 'react'
import './splitter.css'

type SplitterProps = {
  label: string
  width: number
  min: number
  max: number
  /** The side of the window that the pane is at: dragging away from it makes it wider. */
  side: 'left' | 'right'
  onResize: (width: number) => void
  onReset: () => void
}

const STEP = 16

/** The hairline at a pane's edge: dragged, or moved with the arrow keys. Widths in px. */
export function Splitter({ label, width, min, max, side, onResize, onReset }: SplitterProps) {
  const drag = useRef<{ x: number; width: number } | null>(null)
  const sign = side === 'left' ? 1 : -1
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a widget, which hr is not
    <div
      className={`splitter is-${side}`}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onDoubleClick={onReset}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
        if (step === undefined) return
        event.preventDefault()
        onResize(width + sign * step)
      }}
      onPointerDown={(event) => {
        drag.current = { x: event.clientX, width }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (drag.current) onResize(drag.current.width + sign * (event.clientX - drag.current.x))
      }}
      onPointerUp={() => {
        drag.current = null
      }}
      onPointerCancel={() => {
        drag.current = null
      }}
    />
  )
}
