import type { PropertyValue } from '../../../core/note/note.ts'
import { wordKey } from '../../../core/relation/words.ts'
import type { NoteDetails } from '../../platform/notes.ts'
import { editFact } from '../note-actions/index.ts'

/** A property that says a fact, in whatever spelling it was typed. */
export const propertyOf = ({ properties }: NoteDetails, key: string) =>
  properties.find((property) => property.key === key) ?? properties.find((property) => wordKey(property.key) === key)

/** Gives a fact of a commitment another value, whether it stands in its frontmatter or not. null: it is left empty. */
export function setFact(note: NoteDetails, key: string, value: PropertyValue): void {
  const former = propertyOf(note, key)
  if (former && JSON.stringify(former.value) === JSON.stringify(value)) return
  if (former) editFact(note.id, { is: 'set', key: former.key, value })
  else if (value !== null && value !== '') editFact(note.id, { is: 'add', key, value })
}
