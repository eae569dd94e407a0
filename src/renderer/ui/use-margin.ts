import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** How far an element stands below the top of what scrolls around it, which has to be positioned. px */
export function useMargin(ref: RefObject<HTMLElement | null>): number {
  const [margin, setMargin] = useState(0)
  const frame = useRef(0)
  useLayoutEffect(() => {
    setMargin(ref.current?.offsetTop ?? 0)
    return () => cancelAnimationFrame(frame.current)
  }, [ref])
  // On every rendering: what stands above it may have come or gone. With the next frame, which is laid out anyway: asked
  // for here it would lay out a page of which the half is still to come.
  useLayoutEffect(() => {
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(() => setMargin(ref.current?.offsetTop ?? 0))
  })
  return margin
}
