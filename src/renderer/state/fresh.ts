import { create } from 'zustand'
import type { NoteId } from '../../core/base/ids.ts'

/** A note that was just made, and where its writer goes on: asked for once, by the view that opens it. */
export const useFresh = create<{ readonly id: NoteId | null; readonly focus: 'title' | 'text' }>(() => ({
  id: null,
  focus: 'text',
}))

export const setFresh = (id: NoteId, focus: 'title' | 'text'): void => useFresh.setState({ id, focus })
export const clearFresh = (): void => useFresh.setState({ id: null })
