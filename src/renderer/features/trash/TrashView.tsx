import { RotateCcw } from 'lucide-react'
import { useRef, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { NoteRow } from '../../../core/note/note.ts'
import { vaultClient } from '../../platform/clients.ts'
import { useVault, useVaultList } from '../../platform/use-live.ts'
import { showToast } from '../../state/notices.ts'
import { Button } from '../../ui/Button.tsx'
import { dayLabel } from '../../ui/dates.ts'
import { Icon } from '../../ui/Icon.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { VirtualList } from '../../ui/VirtualList.tsx'
import '../../ui/view.css'
import { attempt, copyText, openNote, restoreNote } from '../note-actions/index.ts'
import { WORDS } from './words.ts'
import './trash.css'

const ROW = 59

/** What was thrown away: to be read, and put back. */
export function TrashView() {
  const scroller = useRef<HTMLDivElement>(null)
  const [chosenId, setChosen] = useState<NoteId | null>(null)
  const { data } = useVaultList('trash', (vault) => vault.call('notes', { trashed: true }))
  const now = new Date()
  const rows = data?.toSorted((a, b) => b.updated - a.updated) ?? []
  const chosen = rows.find(({ id }) => id === chosenId) ?? rows[0]
  return (
    <div className="view" ref={scroller}>
      <div className={chosen ? 'view-columns' : undefined}>
        <div>
          <h1 className="view-title">{WORDS.title}</h1>
          {data && <p className="view-lede">{WORDS.lede(rows.length)}</p>}
          {rows.length > 0 && (
            <section className="view-section" aria-label={WORDS.deleted}>
              <div className="view-section-head">
                <span>{WORDS.deleted}</span>
                <span className="num">{rows.length.toLocaleString()}</span>
              </div>
              <VirtualList items={rows} estimate={ROW} keyOf={({ id }) => id} scroller={scroller} label={WORDS.deleted}>
                {(row) => (
                  <button
                    type="button"
                    className={row.id === chosen?.id ? 'note-item is-chosen' : 'note-item'}
                    aria-pressed={row.id === chosen?.id}
                    onClick={() => setChosen(row.id)}
                  >
                    <KindGlyph kind={row.kind} />
                    <span className="note-item-title clip">{row.title}</span>
                    <span className="note-item-right num">{dayLabel(row.updated, now)}</span>
                    <span className="note-item-line clip">
                      {WORDS.wasIn(row.path.split('/').slice(0, -1).join(' / '))}
                    </span>
                  </button>
                )}
              </VirtualList>
            </section>
          )}
        </div>
        {chosen && <TrashedNote row={chosen} />}
      </div>
    </div>
  )
}

function TrashedNote({ row }: { row: NoteRow }) {
  const { data } = useVault(`markdown:${row.id}`, (vault) => vault.call('showMarkdown', { id: row.id }))
  return (
    <aside className="view-side" aria-label={row.title}>
      <div className="trash-sticky">
        <p className={`kind-line kind-${row.kind}`}>
          <KindGlyph kind={row.kind} />
          <b>{WORDS.kinds[row.kind]}</b>
        </p>
        <h2 className="trash-title">{row.title}</h2>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
        <pre className="trash-text" tabIndex={0}>
          {data && withoutFrontmatter(data.markdown)}
        </pre>
        <div className="trash-actions">
          <Button
            look="primary"
            onClick={() =>
              attempt(async () => {
                await restoreNote(row.id)
                openNote(row.id)
              })
            }
          >
            <Icon of={RotateCcw} />
            {WORDS.putBack}
          </Button>
          <Button
            onClick={() =>
              attempt(async () => {
                const { markdown } = await vaultClient().call('showMarkdown', { id: row.id })
                copyText(markdown)
                showToast(WORDS.copied)
              })
            }
          >
            {WORDS.copyText}
          </Button>
        </div>
      </div>
    </aside>
  )
}

const withoutFrontmatter = (markdown: string): string => markdown.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n+/, '')
