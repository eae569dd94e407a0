import type { NoteId } from '../../../core/base/ids.ts'
import { requestHeading, useNoteFacts } from '../../state/note-facts.ts'
import { Section } from './Section.tsx'
import { WORDS } from './words.ts'

/** The note's headings; one goes there. */
export function Outline({ id }: { id: NoteId }) {
  const outline = useNoteFacts(({ byNote }) => byNote[id]?.outline)
  if (!outline || outline.length === 0) return null
  const top = Math.min(...outline.map(({ level }) => level))
  return (
    <Section name="outline" title={WORDS.outline}>
      <ul className="ctx-outline">
        {outline.map(({ key, text, level }) => (
          <li key={key}>
            <button type="button" data-depth={Math.min(level - top, 3)} onClick={() => requestHeading(id, key)}>
              <span className="clip">{text}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
