import { create } from 'zustand'
import type { NoteId } from '../../core/base/ids.ts'
import type { FindQuery } from '../../core/note/find-in-note.ts'

export type FindRequest = { readonly id: NoteId; readonly what: 'find' | 'replace' | 'next' | 'previous' }

type FindStore = {
  /** The same in every note: one looks for a word here, then there. */
  readonly query: FindQuery
  readonly replacement: string
  /** What a command asks of the bar of a note, which answers by taking it. */
  readonly request: FindRequest | null
}

export const useFind = create<FindStore>(() => ({
  query: { query: '', regex: false, matchCase: false, wholeWords: false },
  replacement: '',
  request: null,
}))

export const changeQuery = (change: Partial<FindQuery>): void =>
  useFind.setState(({ query }) => ({ query: { ...query, ...change } }))

export const requestFind = (id: NoteId, what: FindRequest['what']): void => useFind.setState({ request: { id, what } })
