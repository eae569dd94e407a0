import { useEffect } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { Kind } from '../../../core/note/note.ts'
import { type NoteDetails, useNote } from '../../platform/notes.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { attempt, setKind } from '../note-actions/index.ts'
import { consequencesOf } from './consequences.ts'
import { useKindFacts } from './use-kind-facts.ts'
import { WORDS } from './words.ts'

/** What another kind changes, and a yes; where it changes nothing it is done at once. */
export function KindDialog({ id, kind }: { id: NoteId; kind: Kind }) {
  const note = useNote(id).data
  return note ? <Ask key={id} note={note} to={kind} /> : null
}

function Ask({ note, to }: { note: NoteDetails; to: Kind }) {
  const { id } = note
  const facts = useKindFacts(id, note.kind, true)
  const said = facts && consequencesOf(facts, to)
  const isNothing = said?.length === 0
  useEffect(() => {
    if (!isNothing) return
    closeOverlay()
    attempt(() => setKind(id, to))
  }, [isNothing, id, to])
  if (!said || said.length === 0) return null
  return (
    <Dialog
      title={WORDS.title(note.shownTitle, to)}
      onClose={closeOverlay}
      actions={
        <>
          <Button look="ghost" onClick={closeOverlay}>
            {WORDS.cancel}
          </Button>
          <Button
            look="primary"
            onClick={() => {
              closeOverlay()
              attempt(() => setKind(id, to))
            }}
          >
            {WORDS.make(to)}
          </Button>
        </>
      }
    >
      <ul className="kind-changes">
        {[...said, WORDS.stays].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Dialog>
  )
}
