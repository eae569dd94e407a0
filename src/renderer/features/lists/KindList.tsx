import { useRef, useState } from 'react'
import type { Kind } from '../../../core/note/note.ts'
import { useVaultList } from '../../platform/use-live.ts'
import { showOverlay } from '../../state/overlay.ts'
import { Button } from '../../ui/Button.tsx'
import { dayLabel } from '../../ui/dates.ts'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { shownTitle } from '../../ui/shown-title.ts'
import { VirtualList } from '../../ui/VirtualList.tsx'
import '../../ui/view.css'
import { attempt, createNote, openNote } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

const ROW = 59

/** Commitments have a view of their own. */
export type ListedKind = Exclude<Kind, 'commitment'>

/** All notes of a kind, last changed first or by title. */
export function KindList({ kind }: { kind: ListedKind }) {
  const scroller = useRef<HTMLDivElement>(null)
  const [order, setOrder] = useState<'change' | 'title'>('change')
  const { data } = useVaultList(`list:${kind}`, (vault) => vault.call('notes', { kind }))
  const rows = order === 'title' ? data : data?.toSorted((a, b) => b.updated - a.updated)
  const now = new Date()
  const write = () => attempt(() => createNote({ kind }))
  return (
    <div className="view" ref={scroller}>
      <h1 className="view-title">{WORDS.titles[kind]}</h1>
      <p className="view-lede">{WORDS.ledes[kind]}</p>
      {data?.length === 0 && (
        <>
          <p className="view-empty">{WORDS.empty[kind]}</p>
          <Button onClick={write}>{WORDS.write[kind]}</Button>
        </>
      )}
      {rows && rows.length > 0 && (
        <section className="view-section" aria-label={WORDS.titles[kind]}>
          <div className="view-section-head">
            <span>{WORDS.titles[kind]}</span>
            <span className="num">{rows.length.toLocaleString()}</span>
            <span className="is-right list-acts">
              <button type="button" className="text-button" onClick={write}>
                {WORDS.write[kind]}
              </button>
              <button type="button" className="text-button" onClick={() => showOverlay({ is: 'start-from', kind })}>
                {WORDS.startFrom}
              </button>
              <button
                type="button"
                className="text-button"
                onClick={() => setOrder(order === 'title' ? 'change' : 'title')}
              >
                {order === 'title' ? WORDS.byTitle : WORDS.byChange}
              </button>
            </span>
          </div>
          <VirtualList
            items={rows}
            estimate={ROW}
            keyOf={({ id }) => id}
            scroller={scroller}
            label={WORDS.titles[kind]}
          >
            {(row) => (
              <button
                type="button"
                className="note-item"
                onClick={(event) => openNote(row.id, { newTab: event.ctrlKey || event.metaKey })}
              >
                <KindGlyph kind={row.kind} />
                <span className="note-item-title clip">{shownTitle(row.title, row.path)}</span>
                <span className="note-item-right num">{dayLabel(row.updated, now)}</span>
                <span className="note-item-line clip">{row.path.split('/').slice(0, -1).join(' / ')}</span>
              </button>
            )}
          </VirtualList>
        </section>
      )}
    </div>
  )
}
