import { useDeferredValue, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { vaultClient } from '../../platform/clients.ts'
import { useNote } from '../../platform/notes.ts'
import { useIndex } from '../../platform/use-live.ts'
import { showToast } from '../../state/notices.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { leaveNote } from '../../state/tabs.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { Palette, type PaletteOption } from '../../ui/Palette.tsx'
import { RadiusLine } from '../blast-radius/index.ts'
import { openNote, say, undoOf } from '../note-actions/index.ts'
import { WORDS } from './words.ts'
import './merge.css'

const TITLES = 12

type Note = { readonly id: NoteId; readonly title: string }

/** Which note another one becomes part of; then what that does, and a yes. */
export function MergeDialog({ id }: { id: NoteId }) {
  const [into, setInto] = useState<Note | null>(null)
  const note = useNote(id).data
  if (!note) return null
  const from = { id, title: note.title }
  return into ? <Confirm from={from} into={into} /> : <Pick from={from} onPick={setInto} />
}

function Pick({ from, onPick }: { from: Note; onPick: (into: Note) => void }) {
  const [query, setQuery] = useState('')
  const asked = useDeferredValue(query.trim())
  const { data } = useIndex(`merge:${asked}`, (index) => index.call('titles', { query: asked, limit: TITLES }))
  const options = (data ?? [])
    .filter(({ id }) => id !== from.id)
    .map(
      ({ id, title, kind, path }): PaletteOption => ({
        key: id,
        group: '',
        name: `${title}, ${WORDS.kinds[kind]}`,
        run: () => onPick({ id, title }),
        content: (
          <>
            <KindGlyph kind={kind} />
            <span className="palette-title clip">{title}</span>
            <span className="palette-meta clip">{path.split('/').slice(0, -1).join('/')}</span>
          </>
        ),
      }),
    )
  return (
    <Palette
      label={WORDS.pick(from.title)}
      hint={WORDS.filter}
      query={query}
      onQuery={setQuery}
      options={options}
      isCurrent={asked === query.trim() && data !== null}
      status=""
      onClose={closeOverlay}
      foot={
        <span>
          <kbd>↩</kbd>
          {WORDS.choose}
        </span>
      }
    />
  )
}

function Confirm({ from, into }: { from: Note; into: Note }) {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const merge = async () => {
    setBusy(true)
    try {
      const { change, links } = await vaultClient().call('mergeNotes', { from: from.id, into: into.id })
      closeOverlay()
      leaveNote(from.id)
      openNote(into.id)
      showToast(WORDS.done(from.title, into.title, links), undoOf(change))
    } catch (error) {
      setProblem(say(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={WORDS.confirm(from.title, into.title)}
      onClose={isBusy ? null : closeOverlay}
      actions={
        <>
          <Button look="ghost" isDisabled={isBusy} onClick={closeOverlay}>
            {WORDS.cancel}
          </Button>
          <Button look="primary" isBusy={isBusy} onClick={() => void merge()}>
            {isBusy ? WORDS.merging : WORDS.merge}
          </Button>
        </>
      }
    >
      <ul className="merge-steps">
        {WORDS.happens(from.title, into.title).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <RadiusLine id={from.id} />
      {problem !== null && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  )
}
