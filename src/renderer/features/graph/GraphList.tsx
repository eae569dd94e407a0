import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { adjacencyOf } from '../../../core/graph/adjacency.ts'
import { useWords } from '../../platform/relation-words.ts'
import { Icon } from '../../ui/Icon.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { RelationLine } from '../../ui/RelationLine.tsx'
import { type ItemRow, listOrder, listRows, nextItem } from './list-rows.ts'
import type { GraphData } from './messages.ts'
import { WORDS } from './words.ts'

const ROW = 28

type GraphListProps = {
  data: GraphData
  selected: string | null
  onSelect: (id: string) => void
  onOpen: (id: string) => void
}

/**
 * The drawing in words: a tree with one stop for Tab, in which `aria-activedescendant` walks. What is chosen
 * here is chosen there, and the other way round.
 */
export function GraphList({ data, selected, onSelect, onOpen }: GraphListProps) {
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set())
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const adjacency = useMemo(() => adjacencyOf(data.ids.length, data.ends), [data])
  const order = useMemo(() => listOrder(data, adjacency), [data, adjacency])
  const words = useWords()
  const rows = useMemo(
    () => listRows(data, adjacency, order, expanded, words),
    [data, adjacency, order, expanded, words],
  )
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 16,
    getItemKey: (at) => rows[at]?.key ?? at,
  })

  const placed = rows.findIndex(({ key }) => key === activeKey)
  const activeAt = placed >= 0 ? placed : 0
  const active = rows[activeAt]

  const activate = (at: number) => {
    const row = rows[at]
    if (row?.is !== 'item') return
    setActiveKey(row.key)
    virtual.scrollToIndex(at, { align: 'auto' })
    if (row.id !== selected) onSelect(row.id)
  }

  const activeId = active?.is === 'item' ? active.id : null
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows what the drawing chose, and only that
  useEffect(() => {
    if (selected === null || selected === activeId) return
    const at = rows.findIndex(({ key }) => key === selected)
    if (at < 0) return
    setActiveKey(selected)
    virtual.scrollToIndex(at, { align: 'auto' })
  }, [selected])

  const expand = (row: ItemRow, isExpanded: boolean) =>
    setExpanded((before) => {
      const next = new Set(before)
      if (isExpanded) next.add(row.id)
      else next.delete(row.id)
      return next
    })

  const toParent = () => {
    for (let at = activeAt; at >= 0; at--) {
      const row = rows[at]
      if (row?.is === 'item' && row.level === 1) {
        activate(at)
        return
      }
    }
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (active?.is !== 'item' || event.ctrlKey || event.metaKey || event.altKey) return
    const moves: Record<string, () => void> = {
      ArrowDown: () => activate(nextItem(rows, activeAt, 1)),
      ArrowUp: () => activate(nextItem(rows, activeAt, -1)),
      Home: () => activate(0),
      End: () => activate(nextItem(rows, rows.length, -1)),
      ArrowRight: () => (active.isExpanded === false ? expand(active, true) : activate(nextItem(rows, activeAt, 1))),
      ArrowLeft: () => (active.isExpanded ? expand(active, false) : toParent()),
      Enter: () => onOpen(active.id),
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }

  return (
    <div className="graph-list-scroll" ref={scroller}>
      <div
        className="graph-tree"
        role="tree"
        aria-label={WORDS.list}
        tabIndex={0}
        aria-activedescendant={active && `${id}-${active.key}`}
        onKeyDown={onKeyDown}
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (!row) return null
          const style = { transform: `translateY(${item.start}px)` }
          if (row.is === 'head') {
            return (
              <div key={row.key} className="graph-row is-head" role="none" style={style}>
                <RelationLine relation={row.relation} />
                <span>{row.reading}</span>
                <span className="num">{row.links}</span>
              </div>
            )
          }
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus for its rows
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens to the keyboard
            <div
              key={row.key}
              id={`${id}-${row.key}`}
              className={[
                'graph-row',
                row.level === 2 ? 'is-linked' : '',
                row.id === selected ? 'is-selected' : '',
                row.key === active?.key ? 'is-active' : '',
              ].join(' ')}
              role="treeitem"
              aria-label={row.name}
              aria-level={row.level}
              aria-posinset={row.position}
              aria-setsize={row.siblings}
              aria-expanded={row.isExpanded ?? undefined}
              aria-selected={row.id === selected}
              style={style}
              onClick={() => activate(item.index)}
              onDoubleClick={() => onOpen(row.id)}
            >
              {row.level === 1 && (
                // A bigger place to press than the arrow; the keyboard has Right and Left.
                // biome-ignore lint/a11y/noStaticElementInteractions: a part of its row
                // biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens to the keyboard
                <span
                  className="graph-twist"
                  onClick={(event) => {
                    event.stopPropagation()
                    if (row.isExpanded !== null) expand(row, !row.isExpanded)
                  }}
                >
                  {row.isExpanded !== null && <Icon of={row.isExpanded ? ChevronDown : ChevronRight} size={14} />}
                </span>
              )}
              <KindGlyph kind={row.kind} />
              <span className="graph-row-title">{row.title}</span>
              <span className="num">{row.links > 0 && row.links.toLocaleString()}</span>
            </div>
          )
        })}
      </div>
    </div>
  )
}
