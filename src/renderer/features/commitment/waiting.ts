import { z } from 'zod'
import { create } from 'zustand'
import type { NoteId } from '../../../core/base/ids.ts'
import { keepDraft, readDraft } from './drafts.ts'

const WAITS = 'waits'

/** Grows when a review is let wait, so that its page hears of it. */
const useWaits = create<{ readonly revision: number }>(() => ({ revision: 0 }))

/** The page does not ask for the review any more today. It is due all the same, and everything else says so. */
export function letWait(id: NoteId, today: string): void {
  keepDraft(id, WAITS, today)
  useWaits.setState(({ revision }) => ({ revision: revision + 1 }))
}

export function useWaiting(id: NoteId, today: string): boolean {
  useWaits(({ revision }) => revision)
  return readDraft(id, WAITS, z.string(), '') === today
}
