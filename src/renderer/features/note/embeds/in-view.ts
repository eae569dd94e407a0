import { type RefObject, useEffect, useState } from 'react'

/** What lies further than this beyond the window is asked for when it comes near, px. */
const NEAR = 900

/** Whether an element is on the screen or nearly so. False until that is known. */
export function useIsNear(element: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    const { current } = element
    if (!current) return
    const observer = new IntersectionObserver((entries) => setNear(entries.at(-1)?.isIntersecting === true), {
      rootMargin: `${NEAR}px 0px`,
      root: scrollerOf(current),
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return isNear
}

/** A margin counts from the edge of what scrolls, which the window is not. */
function scrollerOf(element: HTMLElement): HTMLElement | null {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at
  }
  return null
}
