import { useEffect, useState } from 'react'
import { calendarDay } from '../../../core/base/calendar-day.ts'
import type { FolderId, NoteId } from '../../../core/base/ids.ts'
import { useClients, type VaultClient, vaultClient } from '../../platform/clients.ts'
import { useFolders } from '../../platform/notes.ts'
import { showToast } from '../../state/notices.ts'
import { Button } from '../../ui/Button.tsx'
import { dayOf } from '../../ui/dates.ts'
import { attempt, undoOf, watchChanges } from '../note-actions/index.ts'
import { type CountAt, countAt } from './count-at.ts'
import { folderChoices, foldersWithin } from './folder-choices.ts'
import { endOfDay } from './moments.ts'
import { WORDS } from './words.ts'

type Counted =
  | { readonly is: 'nothing' }
  | { readonly is: 'counting'; readonly done: number; readonly total: number }
  | { readonly is: 'counted'; readonly count: CountAt }

/** Progress is drawn at most this often. */
const EVERY = 50

/** Many notes as they were at the end of a day, as one large change. */
export function PutBack() {
  const { data: folders } = useFolders()
  const [day, setDay] = useState('')
  const [folder, setFolder] = useState<FolderId | ''>('')
  const [isBusy, setBusy] = useState(false)
  const at = endOfDay(day)
  const [counted, recount] = useCount(at, folder === '' ? null : foldersWithin(folders ?? [], folder))
  const count = counted.is === 'counted' ? counted.count : null

  const putBack = () => {
    if (at === null || count === null) return
    setBusy(true)
    attempt(async () => {
      try {
        const vault = vaultClient()
        const made = await watchChanges(vault)
        const { restored } = await vault.call('restoreNotesAt', { ids: [...count.changes], at })
        showToast(WORDS.areBack(restored, dayOf(at, new Date())), undoOf(await made()))
      } finally {
        setBusy(false)
        recount()
      }
    })
  }
  return (
    <section className="view-section" aria-labelledby="put-back">
      <div className="view-section-head">
        <h2 id="put-back">{WORDS.putBackTitle}</h2>
      </div>
      <p className="put-back-lede">{WORDS.putBackLede}</p>
      <div className="put-back-ask">
        <label>
          <span>{WORDS.putBackOn}</span>
          <input
            type="date"
            className="field-input num"
            value={day}
            max={calendarDay(new Date())}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
        </label>
        <label>
          <span>{WORDS.which}</span>
          <select
            className="field-input"
            value={folder}
            onChange={(event) => setFolder(event.currentTarget.value as FolderId | '')}
          >
            <option value="">{WORDS.allNotes}</option>
            {folderChoices(folders ?? []).map(({ id, path }) => (
              <option key={id} value={id}>
                {path}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className="put-back-count num" role="status">
        {counted.is === 'counting' && WORDS.counting(counted.done, counted.total)}
        {count && WORDS.would(count.changes.length, count.without)}
      </p>
      {count && count.changes.length > 0 && (
        <Button look="primary" isBusy={isBusy} onClick={putBack}>
          {WORDS.putBack(count.changes.length)}
        </Button>
      )}
    </section>
  )
}

/** How many notes would change; counted anew when something is asked differently, and by its second value. */
function useCount(at: number | null, within: ReadonlySet<FolderId> | null): [Counted, () => void] {
  const vault = useClients((clients) => clients.vault)
  const [counted, setCounted] = useState<Counted>({ is: 'nothing' })
  const [round, setRound] = useState(0)
  const key = within === null ? 'all' : [...within].sort().join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `within` is new each time; its key says what is in it
  useEffect(() => {
    setCounted({ is: 'nothing' })
    if (at === null || !vault) return
    let isOver = false
    attempt(async () => {
      const docHashes = await docHashesOf(vault, within)
      const show = (done: number) => {
        if (!isOver && done % EVERY === 0) setCounted({ is: 'counting', done, total: docHashes.size })
      }
      const count = await countAt(vault, docHashes, at, show, () => isOver)
      if (count) setCounted({ is: 'counted', count })
    })
    return () => {
      isOver = true
    }
  }, [at, key, vault, round])
  return [counted, () => setRound(round + 1)]
}

/** The content hash of every living note, of some folders only where they are given. */
async function docHashesOf(
  vault: VaultClient,
  within: ReadonlySet<FolderId> | null,
): Promise<ReadonlyMap<NoteId, string>> {
  const [rows, plan] = await Promise.all([vault.call('notes', {}), vault.call('exportPlan', {})])
  const hashes = new Map(plan.notes.map(({ id, docHash }) => [id, docHash]))
  const chosen = within === null ? rows : rows.filter(({ folderId }) => folderId !== null && within.has(folderId))
  return new Map(chosen.map(({ id }) => [id, hashes.get(id) ?? '']))
}
