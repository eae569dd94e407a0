import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { typeahead } from './typeahead.ts'
import { useMargin } from './use-margin.ts'
import './tree.css'

/** A row of a tree, in the order in which it is read. */
export type TreeRow = {
  readonly key: string
  readonly parent: string | null
  /** From 1. */
  readonly level: number
  /** null: has no children to show. */
  readonly isExpanded: boolean | null
  /** For typeahead. */
  readonly text: string
  /** What a reader hears. */
  readonly name: string
  readonly position: number
  readonly siblings: number
}

type TreeProps<R extends TreeRow> = {
  label: string
  rows: readonly R[]
  /** px */
  rowHeight: number
  scroller: RefObject<HTMLElement | null>
  currentKey: string | null
  onExpand: (row: R, isExpanded: boolean) => void
  /** The pointer was pressed on a row: it opens in a moment, or is dragged. */
  onPress: (row: R) => void
  onOpen: (row: R, event: { isMod: boolean }) => void
  onKey: (row: R, event: KeyboardEvent) => void
  /** The row that a menu is wanted for; before the menu opens. */
  onPoint: (row: R | null) => void
  onDrop: (dragged: string, target: R) => void
  canDrop: (dragged: string, target: R) => boolean
  children: (row: R) => ReactNode
}

/**
 * A tree as WAI-ARIA describes it, with one stop for Tab: the focus stays on the tree and
 * `aria-activedescendant` walks, so that rows may come and go with scrolling.
 */
export function Tree<R extends TreeRow>({
  label,
  rows,
  rowHeight,
  scroller,
  currentKey,
  onExpand,
  onPress,
  onOpen,
  onKey,
  onPoint,
  onDrop,
  canDrop,
  children,
}: TreeProps<R>) {
  const id = useId()
  const tree = useRef<HTMLDivElement>(null)
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const [dropKey, setDropKey] = useState<string | null>(null)
  const dragged = useRef<string | null>(null)
  const search = useRef(typeahead())
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 20,
    scrollMargin: useMargin(tree),
    getItemKey: (at) => rows[at]?.key ?? at,
  })
  const wanted = rows.findIndex(({ key }) => key === (activeKey ?? currentKey))
  const activeAt = wanted >= 0 ? wanted : 0
  const active = rows[activeAt]
  const total = rows.length * rowHeight

  useEffect(() => {
    tree.current?.style.setProperty('height', `${total}px`)
  }, [total])
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are of another height now
  useEffect(() => virtual.measure(), [rowHeight])

  const activate = (at: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, at))]
    if (!row) return
    setActiveKey(row.key)
    const drawn = document.getElementById(`${id}-${row.key}`)
    if (drawn) drawn.scrollIntoView({ block: 'nearest' })
    else virtual.scrollToIndex(rows.indexOf(row), { align: 'auto' })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (!active || event.defaultPrevented) return
    const moves: Record<string, () => void> = {
      ArrowDown: () => activate(activeAt + 1),
      ArrowUp: () => activate(activeAt - 1),
      Home: () => activate(0),
      End: () => activate(rows.length - 1),
      ArrowRight: () => {
        if (active.isExpanded === false) onExpand(active, true)
        else if (active.isExpanded) activate(activeAt + 1)
      },
      ArrowLeft: () => {
        if (active.isExpanded) onExpand(active, false)
        else if (active.parent !== null) activate(rows.findIndex(({ key }) => key === active.parent))
      },
      Enter: () => onOpen(active, { isMod: event.ctrlKey || event.metaKey }),
    }
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey
    const move = isPlain || event.key === 'Enter' ? moves[event.key] : undefined
    if (move) {
      event.preventDefault()
      move()
    } else if (isPlain && event.key.length === 1 && event.key.trim() !== '') {
      event.preventDefault()
      const texts = rows.map(({ text }) => text)
      const found = search.current(event.key, texts, activeAt)
      if (found >= 0) activate(found)
    } else {
      onKey(active, event)
    }
  }

  const rowAt = (target: EventTarget): R | null => {
    const element = target instanceof Element ? target.closest('[data-row]') : null
    return rows[Number(element?.getAttribute('data-row') ?? -1)] ?? null
  }

  return (
    <div
      ref={tree}
      className="tree"
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={active && `${id}-${active.key}`}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        const row = rowAt(event.target) ?? active ?? null
        if (row) setActiveKey(row.key)
        onPoint(row)
      }}
    >
      {virtual.getVirtualItems().map((item) => {
        const row = rows[item.index]
        if (!row) return null
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus for its rows
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens to the keyboard
          <div
            key={row.key}
            id={`${id}-${row.key}`}
            className={[
              'tree-row',
              row.key === currentKey ? 'is-current' : '',
              row.key === active?.key ? 'is-active' : '',
              row.key === dropKey ? 'is-drop' : '',
            ].join(' ')}
            role="treeitem"
            aria-label={row.name}
            aria-level={row.level}
            aria-posinset={row.position}
            aria-setsize={row.siblings}
            aria-expanded={row.isExpanded ?? undefined}
            aria-selected={row.key === currentKey}
            data-row={item.index}
            data-level={Math.min(row.level, 8)}
            draggable
            style={{ transform: `translateY(${item.start - virtual.options.scrollMargin}px)` }}
            onPointerDown={(event) => {
              if (event.button === 0) onPress(row)
            }}
            onClick={(event) => {
              setActiveKey(row.key)
              const isMod = event.ctrlKey || event.metaKey
              if (row.isExpanded !== null) onExpand(row, !row.isExpanded)
              else onOpen(row, { isMod })
            }}
            onAuxClick={(event) => {
              if (event.button === 1 && row.isExpanded === null) onOpen(row, { isMod: true })
            }}
            onDragStart={(event) => {
              dragged.current = row.key
              event.dataTransfer.effectAllowed = 'move'
              event.dataTransfer.setData('application/x-throughline-row', row.key)
            }}
            onDragOver={(event) => {
              if (dragged.current === null || !canDrop(dragged.current, row)) return
              event.preventDefault()
              setDropKey(row.key)
            }}
            onDragLeave={() => setDropKey(null)}
            onDragEnd={() => {
              dragged.current = null
              setDropKey(null)
            }}
            onDrop={(event) => {
              event.preventDefault()
              if (dragged.current !== null) onDrop(dragged.current, row)
              setDropKey(null)
            }}
          >
            {children(row)}
          </div>
        )
      })}
    </div>
  )
}
