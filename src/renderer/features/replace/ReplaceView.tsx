import { Replace, Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { vaultClient } from '../../platform/clients.ts'
import { useVault, useVaultList } from '../../platform/use-live.ts'
import { showToast } from '../../state/notices.ts'
import type { Place } from '../../state/place.ts'
import { goBack, replacePlace } from '../../state/tabs.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { TermList } from '../../ui/TermList.tsx'
import { VirtualList } from '../../ui/VirtualList.tsx'
import '../../ui/view.css'
import { attempt, undoOf } from '../note-actions/index.ts'
import { FoundNote } from './FoundNote.tsx'
import { isReadable } from './replaced.ts'
import { WORDS } from './words.ts'
import '../../ui/box.css'
import './replace.css'

type ReplacePlace = Extract<Place, { at: 'replace' }>

/** After the last key before the vault is asked, ms: every question opens notes. */
const PAUSE = 250
const ROW = 96

/** Words that become others in the whole vault, each shown in its sentence first (DESIGN 12, j1). */
export function ReplaceView({ place }: { place: ReplacePlace }) {
  const scroller = useRef<HTMLDivElement>(null)
  const { query, replacement, regex, matchCase } = place
  const [left, setLeft] = useState<ReadonlySet<NoteId>>(new Set())
  const [isBusy, setBusy] = useState(false)
  const asked = usePaused(query)
  const question = { query: asked, regex, matchCase }
  const canAsk = isReadable(question)
  const { data, failed } = useVault(asked === '' || !canAsk ? null : `find:${JSON.stringify(question)}`, (vault) =>
    vault.call('findText', question),
  )
  const hasFound = (data?.notes.length ?? 0) > 0
  const rows = useVaultList(hasFound ? 'replace-rows' : null, (vault) => vault.call('notes', {})).data
  const rowOf = new Map(rows?.map((row) => [row.id, row]))
  const found = data?.notes ?? []
  const taken = found.filter(({ id }) => !left.has(id))
  const count = (notes: typeof found) => notes.reduce((sum, note) => sum + note.places.length, 0)
  const shown = count(found)
  const change = (next: Partial<ReplacePlace>) => replacePlace({ ...place, ...next })

  const act = async () => {
    setBusy(true)
    try {
      const ids = taken.map(({ id }) => id)
      const done = await vaultClient().call('replaceText', { ...question, replacement, ids })
      if (done.places === 0) showToast(WORDS.nothingDone)
      else showToast(WORDS.done(done.places, done.notes), undoOf(done.change))
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="view" ref={scroller}>
      <div className="view-columns">
        <div>
          <h1 className="sr-only">{WORDS.title}</h1>
          <div className="replace-line">
            <Icon of={Search} />
            <input
              type="search"
              aria-label={WORDS.find}
              aria-invalid={!canAsk || failed !== null}
              placeholder={WORDS.findHint}
              value={query}
              // biome-ignore lint/a11y/noAutofocus: one comes here to type
              autoFocus
              spellCheck={false}
              data-replace-field
              onChange={(event) => change({ query: event.currentTarget.value })}
            />
            <span className="replace-total num" role="status">
              {data && WORDS.total(data.total, found.length)}
            </span>
          </div>
          <div className="replace-line">
            <Icon of={Replace} />
            <input
              type="text"
              aria-label={WORDS.replace}
              placeholder={WORDS.replaceHint}
              value={replacement}
              spellCheck={false}
              onChange={(event) => change({ replacement: event.currentTarget.value })}
            />
            <Box label={WORDS.matchCase} isOn={matchCase} onChange={(isOn) => change({ matchCase: isOn })} />
            <Box label={WORDS.pattern} isOn={regex} onChange={(isOn) => change({ regex: isOn })} />
          </div>
          {(!canAsk || failed !== null) && (
            <p className="replace-problem" role="alert">
              {canAsk && failed !== 'bad-query' ? WORDS.notLooked : WORDS.badPattern}
            </p>
          )}
          {asked === '' && <p className="view-empty">{WORDS.ask}</p>}
          {data?.total === 0 && <p className="view-empty">{WORDS.nothing(asked)}</p>}
          {found.length > 0 && (
            <>
              <VirtualList
                items={found}
                estimate={ROW}
                keyOf={({ id }) => id}
                scroller={scroller}
                label={WORDS.results}
              >
                {(note) => (
                  <FoundNote
                    note={note}
                    row={rowOf.get(note.id)}
                    isTaken={!left.has(note.id)}
                    onTake={(isTaken) => setLeft(without(left, note.id, !isTaken))}
                    replacement={replacement}
                    question={question}
                  />
                )}
              </VirtualList>
              <div className="replace-foot">
                <p>
                  {(data?.total ?? 0) > shown && <>{WORDS.first(shown)} </>}
                  {WORDS.oneStep}
                  <br />
                  {WORDS.onlyText}
                </p>
                <Button look="ghost" onClick={goBack}>
                  {WORDS.cancel}
                </Button>
                <Button
                  look="primary"
                  isBusy={isBusy}
                  isDisabled={taken.length === 0 || asked !== query}
                  onClick={() => attempt(act)}
                >
                  {isBusy ? WORDS.acting : WORDS.act(count(taken), shown, taken.length)}
                </Button>
              </div>
            </>
          )}
        </div>
        <aside className="view-side" aria-label={WORDS.canWrite}>
          <TermList title={WORDS.canWrite} terms={WORDS.help} />
        </aside>
      </div>
    </div>
  )
}

function Box({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <label className="replace-switch">
      <input
        type="checkbox"
        className="box"
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {label}
    </label>
  )
}

/** A value once it has stood still. */
function usePaused(value: string): string {
  const [paused, setPaused] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE)
    return () => clearTimeout(timer)
  }, [value])
  return paused
}

function without(set: ReadonlySet<NoteId>, id: NoteId, isIn: boolean): ReadonlySet<NoteId> {
  const next = new Set(set)
  if (isIn) next.add(id)
  else next.delete(id)
  return next
}
