import type { NoteRow } from '../../../core/note/note.ts'
import type { TextQuery } from '../../../core/note/text-query.ts'
import type { Output } from '../../../ipc/rpc.ts'
import type { vaultContract } from '../../../ipc/vault-contract.ts'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { openNote } from '../note-actions/index.ts'
import { replacedWith } from './replaced.ts'
import { WORDS } from './words.ts'

type Found = Output<typeof vaultContract, 'findText'>['notes'][number]

/** A note with its places, as they are and as they will be. Left out, they stay as they are. */
export function FoundNote({
  note,
  row,
  isTaken,
  onTake,
  replacement,
  question,
}: {
  note: Found
  row: NoteRow | undefined
  isTaken: boolean
  onTake: (isTaken: boolean) => void
  replacement: string
  question: TextQuery
}) {
  const folder = row?.path.split('/').slice(0, -1).join(' / ') ?? ''
  return (
    <article className={isTaken ? 'replace-note' : 'replace-note is-left'} aria-label={note.title}>
      <input
        type="checkbox"
        className="box"
        aria-label={WORDS.take(note.title)}
        checked={isTaken}
        onChange={(event) => onTake(event.currentTarget.checked)}
      />
      <h2 className="replace-title">
        <KindGlyph kind={row?.kind ?? 'note'} />
        <button
          type="button"
          className="clip"
          onClick={(event) => openNote(note.id, { newTab: event.ctrlKey || event.metaKey })}
        >
          {note.title}
        </button>
        {folder !== '' && <small>{folder}</small>}
      </h2>
      <span className="replace-count num">{WORDS.count(note.places.length, isTaken)}</span>
      <div className="replace-places">
        {note.places.map(({ before, match, after }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places stand in the order of the text
          <p key={at}>
            {before}
            {isTaken ? (
              <>
                <del>{match}</del>
                {replacement !== '' && (
                  <>
                    {' '}
                    <ins>{replacedWith(match, replacement, question)}</ins>
                  </>
                )}
              </>
            ) : (
              match
            )}
            {after}
          </p>
        ))}
      </div>
    </article>
  )
}
