import { autoUpdate, flip, offset, shift, useFloating } from '@floating-ui/react'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'

type FloatingProps = {
  /** Where it hangs, in the window's coordinates; null while that place is not drawn. */
  rect: () => DOMRect | null
  /** Another value: another place. */
  anchorKey: string
  children: ReactNode
}

/** Hangs its content under a place in the text. */
export function Floating({ rect, anchorKey, children }: FloatingProps) {
  const latest = useRef(rect)
  latest.current = rect
  const { refs, floatingStyles, update } = useFloating({
    placement: 'bottom-start',
    strategy: 'fixed',
    middleware: [offset(4), flip({ padding: 8 }), shift({ padding: 8 })],
    whileElementsMounted: autoUpdate,
  })
  useLayoutEffect(() => {
    refs.setPositionReference({
      getBoundingClientRect: () => latest.current() ?? new DOMRect(),
      // the text, which still has the focus: with it the place scrolls
      ...(document.activeElement ? { contextElement: document.activeElement } : {}),
    })
  }, [refs])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says that the place moved
  useLayoutEffect(() => update(), [anchorKey, update])
  return createPortal(
    <div ref={refs.setFloating} className="floating" style={floatingStyles}>
      {children}
    </div>,
    document.body,
  )
}
