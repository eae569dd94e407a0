import { Act } from '../../ui/Act.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { Snippet } from '../../ui/Marked.tsx'
import { attempt, openNote } from '../note-actions/index.ts'
import { restOn } from './ground-acts.ts'
import { verbsAsWords } from './might-fit.ts'
import type { Commitment } from './use-commitment.ts'
import type { Fitting } from './use-might-fit.ts'
import { WORDS } from './words.ts'
import './might-fit.css'

/** Examples that hold words of a commitment which is still considered. */
export function MightFit({ commitment, fitting }: { commitment: Commitment; fitting: readonly Fitting[] }) {
  return (
    <ul>
      {fitting.map((example) => (
        <li key={example.id} className="cm-fits">
          <button
            type="button"
            className="ctx-link"
            onClick={(event) => openNote(example.id, { newTab: event.ctrlKey || event.metaKey })}
          >
            <KindGlyph kind="example" label={WORDS.kindNames.example} />
            <span className="ctx-link-title">{example.title}</span>
            <span className="ctx-sentence fits-words">
              <Snippet pieces={example.snippet.map(({ text, hit }) => ({ text: verbsAsWords(text), hit }))} />
            </span>
          </button>
          <Act
            text={WORDS.restOnIt}
            label={WORDS.restOn(example.title)}
            onClick={() => attempt(() => restOn(commitment.note, example))}
          />
        </li>
      ))}
    </ul>
  )
}
