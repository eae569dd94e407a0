import { create } from 'zustand'
import type { NoteId } from '../../../../core/base/ids.ts'
import { FACT_KEYS, readFacts } from '../../../../core/commitment/facts.ts'
import type { Property } from '../../../../core/note/note.ts'
import { wordKey } from '../../../../core/relation/words.ts'

/** The commitment whose properties are all shown, those too that its page says in its own way. */
export const useShowsAll = create<{ readonly id: NoteId | null }>(() => ({ id: null }))

export const showAllProperties = (id: NoteId, shows: boolean): void => useShowsAll.setState({ id: shows ? id : null })

const ON_PAGE: ReadonlySet<string> = new Set([...FACT_KEYS, 'rests_on'])

/**
 * Whether the page of a commitment says this property in a place of its own. What it cannot read is shown as it was
 * typed, and so is a status that says another than the page does. `status`: what that says.
 */
export function isOnPage(property: Property, status: string): boolean {
  const { value } = property
  const key = wordKey(property.key)
  if (key === 'status') return typeof value === 'string' && value.replace(/[_-]/g, ' ').toLowerCase() === status
  if (!ON_PAGE.has(key)) return false
  const facts = readFacts([property])
  const isEmpty = value === null || value === ''
  if (key === 'due') return isEmpty || facts.due !== ''
  return key !== 'review_every' || isEmpty || facts.reviewEvery !== null
}
