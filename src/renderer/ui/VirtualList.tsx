import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
import { useMargin } from './use-margin.ts'
import './virtual-list.css'

type VirtualListProps<T> = {
  items: readonly T[]
  /** px, of a row that was not drawn yet. */
  estimate: number
  keyOf: (item: T) => string
  children: (item: T, at: number) => ReactNode
  /** What scrolls around the list. */
  scroller: RefObject<HTMLElement | null>
  label: string
  /** The row to bring into sight, also where it is not drawn yet: whenever it changes. */
  revealed?: string | null
}

/** A list of thousands that draws what can be seen; rows may be of any height. */
export function VirtualList<T>({
  items,
  estimate,
  keyOf,
  children,
  scroller,
  label,
  revealed = null,
}: VirtualListProps<T>) {
  const list = useRef<HTMLUListElement>(null)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    overscan: 12,
    getItemKey: (at) => {
      const item = items[at]
      return item === undefined ? at : keyOf(item)
    },
    scrollMargin: useMargin(list),
  })
  const total = virtual.getTotalSize()
  useLayoutEffect(() => {
    list.current?.style.setProperty('height', `${total}px`)
  }, [total])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another row is asked for
  useLayoutEffect(() => {
    const at = revealed === null ? -1 : items.findIndex((item) => keyOf(item) === revealed)
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [revealed])
  return (
    <ul ref={list} className="virtual-list" aria-label={label}>
      {virtual.getVirtualItems().map((row) => {
        const item = items[row.index]
        if (item === undefined) return null
        return (
          <li
            key={row.key}
            ref={virtual.measureElement}
            data-index={row.index}
            aria-setsize={items.length}
            aria-posinset={row.index + 1}
            style={{ transform: `translateY(${row.start - virtual.options.scrollMargin}px)` }}
          >
            {children(item, row.index)}
          </li>
        )
      })}
    </ul>
  )
}
