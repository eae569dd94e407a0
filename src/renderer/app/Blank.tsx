import { KINDS } from '../../core/note/note.ts'
import { keyLabel, runCommand } from '../features/commands/index.ts'
import { attempt, createNote } from '../features/note-actions/index.ts'
import { KindGlyph } from '../ui/KindGlyph.tsx'
import { WORDS } from './words.ts'

/** A tab that nothing was opened in yet: one question, and what one may write. */
export function Blank() {
  return (
    <div className="blank">
      <h1 className="sr-only">{WORDS.nothingHere}</h1>
      <p>{WORDS.question}</p>
      <div className="blank-actions">
        {KINDS.map((kind) => (
          <button type="button" key={kind} onClick={() => attempt(() => createNote({ kind }))}>
            <KindGlyph kind={kind} />
            {WORDS.write[kind]}
            {kind === 'note' && <kbd>{keyLabel('note.new')}</kbd>}
          </button>
        ))}
        <button type="button" onClick={() => runCommand('go.jump')}>
          <span />
          {WORDS.jump}
          <kbd>{keyLabel('go.jump')}</kbd>
        </button>
      </div>
    </div>
  )
}
