import { useRef, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { useIndex, useVaultList } from '../../platform/use-live.ts'
import { showOverlay } from '../../state/overlay.ts'
import { useSession } from '../../state/session.ts'
import { Button } from '../../ui/Button.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { VirtualList } from '../../ui/VirtualList.tsx'
import '../../ui/view.css'
import { TrashedNote } from './TrashedNote.tsx'
import type { TrashRow, Waiting } from './trash-row.ts'
import { whenLabel } from './when.ts'
import { WORDS } from './words.ts'
import './trash.css'

const ROW = 59
/** Of each row: what its line says of commitments. */
const ITEMS = 8

/** What was thrown away: to be read, put back, or removed for good (DESIGN 12, k2). */
export function TrashView() {
  const scroller = useRef<HTMLDivElement>(null)
  const [chosenId, setChosen] = useState<NoteId | null>(null)
  const days = useSession(({ settings }) => settings.emptyTrashAfter)
  const { data } = useVaultList('trash', (vault) => vault.call('trash', {}))
  const rows = data ?? []
  const waiting = useIndex(rows.length === 0 ? null : `waiting:${rows.map(({ id }) => id).join()}`, (index) =>
    index.call('waiting', { names: rows.map(({ names }) => names), limit: ITEMS }),
  )
  const waitingFor = new Map(rows.map(({ id }, at) => [id, waiting.data?.[at]]))
  const chosen = rows.find(({ id }) => id === chosenId) ?? rows[0]
  return (
    <div className="view" ref={scroller}>
      <div className={chosen ? 'view-columns' : undefined}>
        <div>
          <h1 className="view-title">{WORDS.title}</h1>
          {data && <p className="view-lede">{WORDS.lede(rows.length, days)}</p>}
          {rows.length > 0 && (
            <section className="view-section" aria-label={WORDS.deleted}>
              <div className="view-section-head trash-columns">
                <span className="trash-first">
                  {WORDS.deleted} <span className="num">{rows.length.toLocaleString()}</span>
                </span>
                <span className="trash-head">{WORDS.when}</span>
                <span className="trash-head">{WORDS.waiting}</span>
              </div>
              <VirtualList items={rows} estimate={ROW} keyOf={({ id }) => id} scroller={scroller} label={WORDS.deleted}>
                {(row) => (
                  <Row
                    row={row}
                    waiting={waitingFor.get(row.id)}
                    isChosen={row.id === chosen?.id}
                    onChoose={() => setChosen(row.id)}
                  />
                )}
              </VirtualList>
              <div className="trash-foot">
                <span>{WORDS.emptyLine}</span>
                <Button onClick={() => showOverlay({ is: 'empty-trash', ids: rows.map(({ id }) => id) })}>
                  {WORDS.empty}
                </Button>
              </div>
            </section>
          )}
        </div>
        {chosen && <TrashedNote key={chosen.id} row={chosen} />}
      </div>
    </div>
  )
}

type RowProps = { row: TrashRow; waiting: Waiting | undefined; isChosen: boolean; onChoose: () => void }

function Row({ row, waiting, isChosen, onChoose }: RowProps) {
  const resting = waiting?.items.filter(({ relation, kind }) => relation === 'rests_on' && kind === 'commitment').length
  const links = waiting?.links ?? 0
  return (
    <button
      type="button"
      className={isChosen ? 'note-item trash-columns is-chosen' : 'note-item trash-columns'}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      <KindGlyph kind={row.kind} label={WORDS.kinds[row.kind]} />
      <span className="note-item-title clip">{row.title}</span>
      <span className="trash-cell num">{whenLabel(row.trashedAt, new Date())}</span>
      <span className="trash-cell num">
        {waiting && WORDS.links(links)}
        {links > 0 && <small>{resting ? WORDS.restsOn(resting) : WORDS.notWritten(links)}</small>}
      </span>
      <span className="note-item-line clip">{lineOf(row)}</span>
    </button>
  )
}

function lineOf({ path, folderGone, words, excerpt }: TrashRow): string {
  const place = folderGone ? WORDS.folderGone : WORDS.wasIn(path.split('/').slice(0, -1).join(' / '))
  return [`${place}. ${WORDS.words(words)}`, ...(excerpt === '' ? [] : [WORDS.excerpt(excerpt)])].join('. ')
}
