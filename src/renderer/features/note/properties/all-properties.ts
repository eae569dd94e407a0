import { create } from 'zustand'
import type { NoteId } from '../../../../core/base/ids.ts'
import { FACT_KEYS } from '../../../../core/commitment/facts.ts'
import { wordKey } from '../../../../core/relation/words.ts'

/** The commitment whose properties are all shown, those too that its page says in its own way. */
export const useShowsAll = create<{ readonly id: NoteId | null }>(() => ({ id: null }))

export const showAllProperties = (id: NoteId, shows: boolean): void => useShowsAll.setState({ id: shows ? id : null })

const ON_PAGE: ReadonlySet<string> = new Set([...FACT_KEYS, 'rests_on', 'status'])

/** Whether the page of a commitment says this property in a place of its own. */
export const isOnPage = (key: string): boolean => ON_PAGE.has(wordKey(key))
