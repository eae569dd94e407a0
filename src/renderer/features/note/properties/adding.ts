import { create } from 'zustand'
import type { NoteId } from '../../../../core/base/ids.ts'

type Adding = {
  /** The note to which a property is about to be added: the field for its name shows and takes the focus. */
  readonly id: NoteId | null
  /** The name of one that was added, until its row is there and its value has the focus. */
  readonly made: string | null
}

export const useAdding = create<Adding>(() => ({ id: null, made: null }))

export const addProperty = (id: NoteId): void => useAdding.setState({ id, made: null })
/** `made`: the name that was given; null where none was. */
export const endAdding = (made: string | null): void => useAdding.setState({ id: null, made })

/** Whether the row of that name is the one that was added; says so once. */
export function isJustMade(key: string): boolean {
  if (useAdding.getState().made !== key) return false
  useAdding.setState({ made: null })
  return true
}
