import { calendarDay } from '../../../core/base/calendar-day.ts'
import type { NoteId } from '../../../core/base/ids.ts'
import { withLinks } from '../../../core/relation/edit-relation.ts'
import { vaultClient } from '../../platform/clients.ts'
import type { NoteDetails } from '../../platform/notes.ts'
import { type Linked, linkTo } from '../note-actions/index.ts'
import { propertyOf, setFact } from './facts.ts'

const RESTS_ON = 'rests_on'

/** The commitment rests on one more: a line of its frontmatter, as if it had been typed there. */
export async function restOn(note: NoteDetails, ground: Linked): Promise<void> {
  const link = await linkTo(note.id, ground)
  const { value } = propertyOf(note, RESTS_ON) ?? { value: null }
  setFact(note, RESTS_ON, withLinks(value, [link]))
}

/** An example that is written here and now is one more that the commitment rests on; it opens nowhere by itself. */
export async function writeGround(note: NoteDetails, title: string): Promise<void> {
  const made = await vaultClient().call('createNote', { title, kind: 'example' })
  await restOn(note, made)
}

/** What is told now becomes an example that illustrates the commitment, and says so itself. */
export async function tellExample(note: NoteDetails, title: string, seen: string): Promise<NoteId> {
  const link = await linkTo(note.id, note)
  const target = link.slice(2, -2)
  const { id } = await vaultClient().call('createNote', {
    title,
    kind: 'example',
    markdown: `${seen}\n\nillustrates:: ${link}\n`,
    linkIds: { [target]: note.id },
  })
  return id
}

/** Whether a day of an entry or pin, as it was written, is this one. */
export const isToday = (at: string): boolean => at.slice(0, 10) === calendarDay(new Date())
