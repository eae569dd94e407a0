import { type RefObject, useLayoutEffect, useState } from 'react'

/** How far an element stands below the top of what scrolls around it, which has to be positioned. px */
export function useMargin(ref: RefObject<HTMLElement | null>): number {
  const [margin, setMargin] = useState(0)
  // On every rendering: what stands above it may have come or gone.
  useLayoutEffect(() => {
    const now = ref.current?.offsetTop ?? 0
    if (now !== margin) setMargin(now)
  })
  return margin
}
