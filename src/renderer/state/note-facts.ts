import { create } from 'zustand'
import type { NoteId } from '../../core/base/ids.ts'

export type OutlineItem = { readonly text: string; readonly level: number; readonly key: string }

/** What an open note says of itself, for the footer and the context pane. */
export type NoteFacts = {
  readonly words: number
  readonly selectedWords: number
  readonly characters: number
  readonly charactersUnspaced: number
  /** Headings by the keys of the outline: the one that is read under, and the one that is written under. */
  readonly readingKey: string | null
  readonly writingKey: string | null
  /** The paragraph with the caret, from 1; 0 while there is no caret. */
  readonly paragraph: number
  readonly paragraphs: number
  readonly outline: readonly OutlineItem[]
  /** Edits that the vault has not acknowledged yet. */
  readonly isSaving: boolean
}

const NONE: NoteFacts = {
  words: 0,
  selectedWords: 0,
  characters: 0,
  charactersUnspaced: 0,
  readingKey: null,
  writingKey: null,
  paragraph: 0,
  paragraphs: 0,
  outline: [],
  isSaving: false,
}

export const useNoteFacts = create<{ readonly byNote: Readonly<Record<string, NoteFacts>> }>(() => ({ byNote: {} }))

export function setNoteFacts(id: NoteId, facts: Partial<NoteFacts>): void {
  useNoteFacts.setState(({ byNote }) => ({ byNote: { ...byNote, [id]: { ...NONE, ...byNote[id], ...facts } } }))
}

export function forgetNoteFacts(id: NoteId): void {
  useNoteFacts.setState(({ byNote }) => {
    const { [id]: _gone, ...rest } = byNote
    return { byNote: rest }
  })
}

export const factsOf = (id: NoteId | null): NoteFacts | null =>
  id === null ? null : (useNoteFacts.getState().byNote[id] ?? null)

type HeadingRequest = { readonly id: NoteId; readonly key: string }

/** The heading that the outline asks to be shown; the note that it stands in answers. */
export const useHeadingRequest = create<{ readonly request: HeadingRequest | null }>(() => ({ request: null }))

export const requestHeading = (id: NoteId, key: string): void => useHeadingRequest.setState({ request: { id, key } })
