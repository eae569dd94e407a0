import type { PropertyValue } from '../../../core/note/note.ts'
import type { NoteDetails } from '../../platform/notes.ts'
import { useVaultList } from '../../platform/use-live.ts'
import { activeNote, useTabs } from '../../state/tabs.ts'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { openNote } from '../note-actions/index.ts'
import { dueLabel } from './due.ts'
import { WORDS } from './words.ts'

/** Commitments are few; a vault with very many of them shows the first by title. */
const MOST = 60

/** What somebody is trying now, above everything else; left out where there is nothing. */
export function InProgress() {
  const { data } = useVaultList('in-progress', async (vault) => {
    const rows = await vault.call('notes', { kind: 'commitment' })
    const notes = await Promise.all(rows.slice(0, MOST).map(({ id }) => vault.call('note', { id })))
    return notes.filter((note) => /^in[ _-]progress$/i.test(property(note, 'status')))
  })
  const current = useTabs(activeNote)
  if (!data || data.length === 0) return null
  const now = new Date()
  return (
    <section className="nav-section" aria-labelledby="nav-in-progress">
      <div className="nav-head">
        <h2 id="nav-in-progress">{WORDS.inProgress}</h2>
        <span className="nav-head-right num">{data.length}</span>
      </div>
      <ul>
        {data.map((note) => {
          const due = dueLabel(property(note, 'due'), now)
          return (
            <li key={note.id}>
              <button
                type="button"
                className="nav-row"
                aria-label={WORDS.inProgressName(note.title, due?.text ?? '')}
                aria-current={note.id === current ? 'page' : undefined}
                onClick={(event) => openNote(note.id, { newTab: event.ctrlKey || event.metaKey })}
              >
                <span className="nav-glyph">
                  <StatusGlyph status="in progress" />
                </span>
                <span className="clip nav-text authored">{note.shownTitle}</span>
                {due && <span className={due.isNow ? 'nav-count is-due' : 'nav-count'}>{due.text}</span>}
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function property(note: NoteDetails, key: string): string {
  const value: PropertyValue | undefined = note.properties.find((each) => each.key === key)?.value
  return typeof value === 'string' ? value : ''
}
