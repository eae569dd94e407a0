import { calendarDay } from '../../../core/base/calendar-day.ts'
import type { NoteId } from '../../../core/base/ids.ts'
import type { PropertyValue } from '../../../core/note/note.ts'
import { indexClient, vaultClient } from '../../platform/clients.ts'
import type { NoteDetails } from '../../platform/notes.ts'
import { propertyOf, setFact } from './facts.ts'

const RESTS_ON = 'rests_on'

/** How a link from `fromId` names a note: by its title, or by its path where the title alone leads elsewhere. */
export async function linkTo(fromId: NoteId, { id, title, path }: { id: NoteId; title: string; path: string }) {
  const [answer] = await indexClient().call('resolve', { targets: [title], fromId })
  const [nearest, another] = answer?.found ?? []
  const isPlain = nearest?.id === id && another === undefined
  return `[[${isPlain ? title : path.replace(/\.(?:md|markdown)$/i, '')}]]`
}

/** The commitment rests on one more: a line of its frontmatter, as if it had been typed there. */
export async function restOn(note: NoteDetails, ground: { id: NoteId; title: string; path: string }): Promise<void> {
  const link = await linkTo(note.id, ground)
  const { value } = propertyOf(note, RESTS_ON) ?? { value: null }
  const former: PropertyValue[] = Array.isArray(value) ? value : value === null || value === '' ? [] : [value]
  setFact(note, RESTS_ON, [...former, link])
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
