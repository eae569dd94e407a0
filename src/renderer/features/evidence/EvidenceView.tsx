import { List } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { create } from 'zustand'
import { useLedger } from '../../platform/ledger.ts'
import { useIndex } from '../../platform/use-live.ts'
import { useToday } from '../../platform/use-today.ts'
import { replacePlace } from '../../state/tabs.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { VirtualList } from '../../ui/VirtualList.tsx'
import '../../ui/view.css'
import { attempt, createNote } from '../note-actions/index.ts'
import { EvidenceRow, rowsOf } from './EvidenceRow.tsx'
import { AT_SIDE, type EvidenceList, type EvidenceListId, isEvidenceList, ON_PAGE } from './lists.ts'
import { WORDS } from './words.ts'
import '../../ui/box.css'
import './evidence.css'

/** Of each list, while all of them are shown. */
const FIRST = 3
const PAGE = 200
/** px */
const ROW = 59

/** As the person left it, while the window is open. */
const useShow = create<{ readonly drafts: boolean }>(() => ({ drafts: false }))

const goTo = (list: EvidenceListId | null): void => replacePlace({ at: 'evidence', ...(list === null ? {} : { list }) })

/** The live lists: questions about what carries what, each with the next thing to do (DESIGN, n3). */
export function EvidenceView({ list }: { list: string | null }) {
  const scroller = useRef<HTMLDivElement>(null)
  const chosen = isEvidenceList(list) ? list : null
  const { drafts } = useShow()
  const [page, setPage] = useState({ list: chosen, limit: PAGE })
  const limit = page.list === chosen ? page.limit : PAGE
  const counts = useIndex(`evidence:${drafts}`, (index) => index.call('evidence', { limit: FIRST, drafts }))
  const one = useIndex(chosen === null ? null : `evidence:${drafts}:${chosen}:${limit}`, (index) =>
    index.call('evidence', { limit, drafts, list: chosen as EvidenceListId }),
  )
  const status = useIndex('evidence:notes', (index) => index.call('status', {}))
  const lists = new Map(counts.data?.lists.map((each) => [each.is, each]))
  const total = [...lists.values()].reduce((sum, each) => sum + each.total, 0)
  const shown = chosen === null ? ON_PAGE.flatMap((id) => lists.get(id) ?? []) : (one.data?.lists ?? [])
  const isEmptyVault = status.data?.notes === 0

  return (
    <div className="view evidence" ref={scroller}>
      <div className="evidence-columns">
        <div className="evidence-side">
          <nav aria-label={WORDS.lists}>
            <ul>
              <SideRow
                glyph={<Icon of={List} size={14} />}
                label={WORDS.all}
                count={counts.data ? total : null}
                isCurrent={chosen === null}
                onClick={() => goTo(null)}
              />
              {AT_SIDE.map((id) => (
                <SideRow
                  key={id}
                  glyph={GLYPHS[id]}
                  label={WORDS.side[id]}
                  count={lists.get(id)?.total ?? null}
                  isCurrent={chosen === id}
                  onClick={() => goTo(id)}
                />
              ))}
            </ul>
          </nav>
          <p className="evidence-about">{WORDS.about}</p>
          <fieldset className="evidence-show">
            <legend>{WORDS.show}</legend>
            <label>
              <input
                type="checkbox"
                className="box"
                checked={!drafts}
                onChange={(event) => useShow.setState({ drafts: !event.currentTarget.checked })}
              />
              {WORDS.leaveOut}
            </label>
          </fieldset>
        </div>
        <div className="evidence-page">
          <h1 className="view-title">{WORDS.title}</h1>
          <p className="view-lede">{WORDS.lede}</p>
          {isEmptyVault && (
            <>
              <p className="view-empty">{WORDS.empty}</p>
              <Button onClick={() => attempt(() => createNote({ kind: 'essay' }))}>{WORDS.writeEssay}</Button>
            </>
          )}
          {!isEmptyVault && counts.data && total === 0 && chosen === null && (
            <p className="view-empty">{WORDS.allQuiet}</p>
          )}
          {shown
            .filter((each) => chosen !== null || each.total > 0)
            .map((each) => (
              <Section
                key={each.is}
                list={each}
                isAlone={chosen !== null}
                scroller={scroller}
                onMore={() => (chosen === null ? goTo(each.is) : setPage({ list: chosen, limit: limit + PAGE }))}
              />
            ))}
        </div>
      </div>
    </div>
  )
}

const GLYPHS: Record<EvidenceListId, React.ReactNode> = {
  'essays-without-example': <KindGlyph kind="essay" />,
  'one-source': <KindGlyph kind="essay" />,
  contested: <KindGlyph kind="essay" />,
  'unused-examples': <KindGlyph kind="example" />,
  'rests-on-nothing': <StatusGlyph status="considering" />,
  'ground-changed': <StatusGlyph status="in progress" />,
}

type SideRowProps = {
  glyph: React.ReactNode
  label: string
  count: number | null
  isCurrent: boolean
  onClick: () => void
}

function SideRow({ glyph, label, count, isCurrent, onClick }: SideRowProps) {
  return (
    <li>
      <button type="button" className="evidence-link" aria-current={isCurrent ? 'true' : undefined} onClick={onClick}>
        <span className="evidence-glyph">{glyph}</span>
        {label} <span className="num">{count?.toLocaleString('en')}</span>
      </button>
    </li>
  )
}

type SectionProps = {
  list: EvidenceList
  isAlone: boolean
  scroller: RefObject<HTMLElement | null>
  onMore: () => void
}

function Section({ list: { is, total, items }, isAlone, scroller, onMore }: SectionProps) {
  const today = useToday()
  const commitments = useLedger()?.all
  const statusOf = (id: string) => commitments?.find((each) => each.id === id)?.reading.status ?? 'considering'
  const titleId = `evidence-${is}`
  const left = total - items.length
  return (
    <section className="view-section" aria-labelledby={titleId}>
      <div className="view-section-head">
        <h2 id={titleId}>
          {WORDS.head[is]} <span className="num">{total.toLocaleString('en')}</span>
        </h2>
        <span className="is-right">{WORDS.sorted[is]}</span>
      </div>
      {items.length === 0 && isAlone && <p className="view-empty">{WORDS.none}</p>}
      {items.length > 0 && (
        <VirtualList
          items={rowsOf(items)}
          estimate={ROW}
          keyOf={({ item, pin }) => `${item.id} ${pin?.pin.id ?? ''}`}
          scroller={scroller}
          label={WORDS.head[is]}
        >
          {(row) => (
            <EvidenceRow
              list={is}
              row={row}
              today={today}
              status={row.item.kind === 'commitment' ? statusOf(row.item.id) : null}
            />
          )}
        </VirtualList>
      )}
      {left > 0 && (
        <button
          type="button"
          className="text-button evidence-more"
          aria-label={WORDS.moreOf(left, WORDS.head[is])}
          onClick={onMore}
        >
          {WORDS.more(left)}
        </button>
      )}
    </section>
  )
}
