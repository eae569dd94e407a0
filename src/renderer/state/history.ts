import { create } from 'zustand'
import type { NoteId } from '../../core/base/ids.ts'

/** The note as it is now: not a version, but the end of the thread. */
export const NOW = 'now'

/** A note whose versions stand beside it. */
export type Looking = {
  /** Id of the version that is looked at, or `NOW`. */
  readonly chosen: string
  /** Compared with now, or read as it was. */
  readonly mode: 'compare' | 'read'
}

type History = {
  /** By note, so that each tab keeps what it shows. */
  readonly byNote: Readonly<Record<string, Looking>>
  /** What of the pane is to take the focus when it stands on the page; asked for once. */
  readonly wants: 'list' | 'name' | null
}

export const useHistoryView = create<History>(() => ({ byNote: {}, wants: null }))

export const lookingAt = (id: NoteId | null): Looking | null =>
  id === null ? null : (useHistoryView.getState().byNote[id] ?? null)

/** The versions of a note stand beside it, and `wants` of them takes the focus. */
export function showVersions(id: NoteId, wants: 'list' | 'name'): void {
  useHistoryView.setState(({ byNote }) => ({
    byNote: { ...byNote, [id]: byNote[id] ?? { chosen: NOW, mode: 'compare' } },
    wants,
  }))
}

export function look(id: NoteId, change: Partial<Looking>): void {
  useHistoryView.setState(({ byNote }) => {
    const former = byNote[id]
    return former ? { byNote: { ...byNote, [id]: { ...former, ...change } } } : {}
  })
}

/** Back to writing. */
export function closeVersions(id: NoteId): void {
  useHistoryView.setState(({ byNote }) => {
    const { [id]: _closed, ...rest } = byNote
    return { byNote: rest, wants: null }
  })
}

/** Whether the part was asked for; from then on it is not. */
export function takeWanted(part: 'list' | 'name'): boolean {
  if (useHistoryView.getState().wants !== part) return false
  useHistoryView.setState({ wants: null })
  return true
}
