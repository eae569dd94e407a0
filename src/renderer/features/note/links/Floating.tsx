import { autoUpdate, flip, offset, type Placement, shift, size, useFloating } from '@floating-ui/react'
import type { LexicalEditor, NodeKey } from 'lexical'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { textRange } from '../../../../editor/extensions/highlights.ts'

type FloatingProps = {
  /** Where it hangs, in the window's coordinates; null while that place is not drawn. */
  rect: () => DOMRect | null
  /** Another value: another place. */
  anchorKey: string
  placement?: Placement
  children: ReactNode
}

/** A menu is no higher than the place that it has: in a low window it scrolls. */
const ROOM = size({
  padding: 8,
  apply: ({ availableHeight, elements }) =>
    elements.floating.style.setProperty('--room', `${Math.max(96, Math.floor(availableHeight))}px`),
})

/** Hangs its content under a place in the text, or where `placement` says; never over it. */
export function Floating({ rect, anchorKey, placement = 'bottom-start', children }: FloatingProps) {
  const latest = useRef(rect)
  latest.current = rect
  const { refs, floatingStyles, update } = useFloating({
    placement,
    strategy: 'fixed',
    middleware: [offset(4), flip({ padding: 8 }), shift({ padding: 8 }), ROOM],
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

/** Characters of a text node on the page, in the window's coordinates; null where it is not drawn. */
export function rectOf(editor: LexicalEditor, key: NodeKey, start: number, end: number): DOMRect | null {
  const range = textRange(editor.getElementByKey(key), start, end)
  return range && (range.getClientRects()[0] ?? range.getBoundingClientRect())
}
