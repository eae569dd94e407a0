import { RotateCcw } from 'lucide-react'
import { vaultClient } from '../../platform/clients.ts'
import { useIndex, useVault } from '../../platform/use-live.ts'
import { showToast } from '../../state/notices.ts'
import { Button } from '../../ui/Button.tsx'
import { Blocks } from '../../ui/blocks/Blocks.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { Marked } from '../../ui/Marked.tsx'
import { attempt, copyText, openNote, restoreNote } from '../note-actions/index.ts'
import type { TrashRow } from './trash-row.ts'
import { whenLabel } from './when.ts'
import { WORDS } from './words.ts'

/** Notes shown with their sentences; the others are counted. */
const SENTENCES = 20

/** A note of the trash beside the list: its words, and who waits for it. */
export function TrashedNote({ row }: { row: TrashRow }) {
  const { data } = useVault(`blocks:${row.id}`, (vault) => vault.call('readVersion', { id: row.id }))
  return (
    <aside className="view-side" aria-label={row.title}>
      <div className="trash-sticky">
        <p className={`kind-line kind-${row.kind}`}>
          <KindGlyph kind={row.kind} />
          <b>{WORDS.kinds[row.kind]}</b>
          {row.trashedAt !== null && (
            <span className="num">{WORDS.deletedAt(whenLabel(row.trashedAt, new Date()))}</span>
          )}
        </p>
        <h2 className="trash-title">{row.title}</h2>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
        <div className="trash-text blocks" tabIndex={0}>
          {data && <Blocks blocks={data.blocks} />}
        </div>
        <div className="trash-actions">
          <Button look="primary" onClick={() => attempt(() => putBack(row))}>
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
        {row.folderGone && <p className="trash-note">{WORDS.goesToTop}</p>}
        <WaitingLinks row={row} />
      </div>
    </aside>
  )
}

function WaitingLinks({ row }: { row: TrashRow }) {
  const { data } = useIndex(`waiting-for:${row.id}`, (index) =>
    index.call('waiting', { names: [row.names], limit: SENTENCES }),
  )
  const waiting = data?.[0]
  if (!waiting) return null
  return (
    <section className="trash-waiting" aria-label={WORDS.waitingForIt}>
      <h3>{WORDS.waitingForIt}</h3>
      {waiting.links === 0 && <p className="trash-note">{WORDS.nothingWaits}</p>}
      <ul>
        {waiting.items.map(({ id, kind, title, context, start, end }) => (
          <li key={id}>
            <button
              type="button"
              className="trash-link"
              onClick={(event) => openNote(id, { newTab: event.ctrlKey || event.metaKey })}
            >
              <KindGlyph kind={kind} label={WORDS.kinds[kind]} />
              <span className="trash-link-title">{title}</span>
              <span className="trash-sentence">
                <Marked context={context} start={start} end={end} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {waiting.notes > waiting.items.length && (
        <p className="trash-note">{WORDS.more(waiting.notes - waiting.items.length)}</p>
      )}
      {waiting.links > 0 && <p className="trash-note">{WORDS.reconnects(waiting.links)}</p>}
    </section>
  )
}

async function putBack({ id, title, folderGone }: TrashRow): Promise<void> {
  await restoreNote(id)
  openNote(id)
  if (folderGone) showToast(WORDS.isBackAtTop(title))
}
