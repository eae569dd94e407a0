import { Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { citesOf } from '../../../core/commitment/details.ts'
import { entryDay } from '../../../core/commitment/entry.ts'
import { useNote } from '../../platform/notes.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { attempt } from '../note-actions/index.ts'
import { FindNote } from './FindNote.tsx'
import { tellExample } from './ground-acts.ts'
import { LineField } from './LineField.tsx'
import { type Ground, isAgainst } from './rests-on.ts'
import type { ReviewDraft } from './review-draft.ts'
import type { Commitment } from './use-commitment.ts'
import { useGround } from './use-ground.ts'
import { WORDS } from './words.ts'

type PartProps = { commitment: Commitment; draft: ReviewDraft; onChange: (change: Partial<ReviewDraft>) => void }

/** Examples that show what was seen: at least one, or it is said that there is none. */
export function ReviewShows({ commitment, draft, onChange }: PartProps) {
  const { id, note } = commitment
  const ground = useGround(id) ?? []
  const [adds, setAdds] = useState<'cite' | 'tell' | null>(null)
  const known = ground.filter(({ id, kind }) => id !== null && kind === 'example')
  const others = draft.cites.concat(draft.told).filter((each, at, all) => {
    return !known.some(({ id }) => id === each) && all.indexOf(each) === at
  })
  const cite = (each: string) => onChange({ cites: [...new Set([...draft.cites, each])], isNone: false })
  const toggle = (each: string) =>
    draft.cites.includes(each) ? onChange({ cites: draft.cites.filter((other) => other !== each) }) : cite(each)
  return (
    <section className="cm-step" aria-labelledby={`shows-${id}`}>
      <h2 id={`shows-${id}`} className="part-head">
        {WORDS.whatShows}
        <small>{WORDS.atLeastOne}</small>
      </h2>
      <ul className="cm-shows">
        {others.map((each) => (
          <Cited
            key={each}
            id={each as NoteId}
            says={draft.told.includes(each) ? WORDS.writtenToday : ''}
            isOn={draft.cites.includes(each)}
            onToggle={() => toggle(each)}
          />
        ))}
        {known.map((row) => (
          <Cited
            key={row.id}
            id={row.id as NoteId}
            says={draft.told.includes(row.id ?? '') ? WORDS.writtenToday : sayGround(commitment, row)}
            isOn={draft.cites.includes(row.id ?? '')}
            onToggle={() => toggle(row.id ?? '')}
          />
        ))}
      </ul>
      <div className="shows-acts">
        {adds === 'cite' ? (
          <FindNote
            label={WORDS.citeSearch}
            placeholder={WORDS.citeSearch}
            kind="example"
            without={new Set([id, ...draft.cites])}
            onChoose={(found) => {
              cite(found.id)
              setAdds(null)
            }}
            onClose={() => setAdds(null)}
          />
        ) : (
          <button type="button" className="shows-act" onClick={() => setAdds('cite')}>
            <Icon of={Plus} size={14} />
            {WORDS.citeAnother}
          </button>
        )}
        <button type="button" className="shows-act" aria-expanded={adds === 'tell'} onClick={() => setAdds('tell')}>
          <Icon of={Pencil} size={14} />
          {WORDS.tellIt}
        </button>
        <label className="shows-none">
          <input
            type="checkbox"
            checked={draft.isNone}
            onChange={({ target }) => onChange(target.checked ? { isNone: true, cites: [] } : { isNone: false })}
          />
          {WORDS.noEvidence}
        </label>
      </div>
      {adds === 'tell' && (
        <Telling
          onTell={(title) => {
            setAdds(null)
            attempt(async () => {
              const told = await tellExample(note, title, draft.text.trim())
              onChange({ cites: [...draft.cites, told], told: [...draft.told, told], isNone: false })
            })
          }}
          onClose={() => setAdds(null)}
        />
      )}
    </section>
  )
}

type CitedProps = { id: NoteId; says: string; isOn: boolean; onToggle: () => void }

function Cited({ id, says, isOn, onToggle }: CitedProps) {
  const { data: note } = useNote(id)
  if (!note || note.trashed) return null
  return (
    <li>
      <label>
        <input type="checkbox" checked={isOn} onChange={onToggle} />
        <KindGlyph kind={note.kind} />
        <span className="shows-title">{note.title}</span>
      </label>
      <small>{says}</small>
    </li>
  )
}

function sayGround({ entries, reading, today }: Commitment, row: Ground): string {
  const { id, says } = row
  if (!isAgainst(row)) return says === 'illustrates' ? WORDS.illustrates : WORDS.carries.example
  const challenges = says === 'challenges' ? WORDS.challenges : WORDS.challengesGround
  const since = reading.review?.since || reading.opened
  const isReread = entries.some((entry) => {
    const cites = citesOf(entry)
    return entryDay(entry) > since && Array.isArray(cites) && cites.includes(id)
  })
  return isReread || since === '' ? challenges : WORDS.notReread(challenges, since, today)
}

/** A new example is named; its words are those of the review, and can be written further any time. */
function Telling({ onTell, onClose }: { onTell: (title: string) => void; onClose: () => void }) {
  const [title, setTitle] = useState('')
  const tell = () => title.trim() !== '' && onTell(title.trim())
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a frame and a legend of its own
    <div
      className="cm-telling"
      role="group"
      aria-label={WORDS.tellIt}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onClose()
      }}
    >
      <LineField
        className="authored"
        aria-label={WORDS.tellTitle}
        placeholder={WORDS.tellTitle}
        value={title}
        onText={setTitle}
        onEnter={tell}
        ref={focusOnce}
      />
      <p>{WORDS.tellHelp}</p>
      <div className="cm-acts">
        <Button isDisabled={title.trim() === ''} onClick={tell}>
          {WORDS.tell}
        </Button>
        <Button look="ghost" onClick={onClose}>
          {WORDS.cancel}
        </Button>
      </div>
    </div>
  )
}

const focusOnce = (field: HTMLTextAreaElement | null): void => field?.focus()
