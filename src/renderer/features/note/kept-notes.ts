import type { NoteId } from '../../../core/base/ids.ts'

/** A note that nobody looks at and that may be looked at again, with its undo, caret and selection. */
export type KeptNote = {
  /** What it takes, in words: a part of the memory that kept notes may have together. */
  readonly weight: number
  dispose(): void
}

export type KeptNotes<T extends KeptNote> = {
  /** Keeps a note; those that were left longest ago go where there are too many, or too heavy ones. */
  keep(id: NoteId, note: T): void
  /** Gives a note back; whoever takes it lets go of it. */
  take(id: NoteId): T | null
  /** Lets go of a note, where it is kept. */
  drop(id: NoteId): void
  /** The one left longest ago first. */
  ids(): NoteId[]
}

/** `later`: when there is time to weigh what was left and to let go of what is too much; another note is on its way. */
export function createKeptNotes<T extends KeptNote>(
  limits: { most: number; mostWeight: number },
  later: (work: () => void) => void,
): KeptNotes<T> {
  /** Weighed once: counting the words of each of them takes time. */
  const kept = new Map<NoteId, { readonly note: T; weight: number | null }>()

  const drop = (id: NoteId) => {
    const former = kept.get(id)
    kept.delete(id)
    former?.note.dispose()
  }
  const weight = () =>
    [...kept.values()].reduce((sum, each) => {
      each.weight ??= each.note.weight
      return sum + each.weight
    }, 0)
  const trim = () => {
    for (const oldest of [...kept.keys()]) {
      if (kept.size <= limits.most && weight() <= limits.mostWeight) return
      drop(oldest)
    }
  }

  return {
    keep: (id, note) => {
      drop(id)
      kept.set(id, { note, weight: null })
      later(trim)
    },
    take: (id) => {
      const { note = null } = kept.get(id) ?? {}
      kept.delete(id)
      return note
    },
    drop,
    ids: () => [...kept.keys()],
  }
}
