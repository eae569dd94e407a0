import { useState } from 'react'
import { z } from 'zod'
import type { NoteId } from '../../../core/base/ids.ts'
import { vaultClient } from '../../platform/clients.ts'
import { useSession } from '../../state/session.ts'

/**
 * What was begun and not added yet. Kept by the page's own storage, which every window shares and a restart keeps;
 * taken away when it is added, and when its note is gone for good.
 */
const key = (id: NoteId, what: string): string => `commitment:${useSession.getState().vault?.id ?? ''}:${id}:${what}`

export function readDraft<T>(id: NoteId, what: string, shape: z.ZodType<T>, none: T): T {
  try {
    const text = localStorage.getItem(key(id, what))
    const read = text === null ? null : shape.safeParse(JSON.parse(text))
    return read?.success ? read.data : none
  } catch {
    return none
  }
}

/** null: there is nothing to keep any more. Where the storage is full, what is typed stays in its field alone. */
export function keepDraft(id: NoteId, what: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key(id, what))
    else localStorage.setItem(key(id, what), JSON.stringify(value))
  } catch {
    // the field has it still
  }
}

/** What is left of a field whose words were added while more were typed behind them; null for nothing. */
export function restOf(now: string, sent: string): string | null {
  const rest = now.startsWith(sent) ? now.slice(sent.length).trimStart() : now
  return rest === '' ? null : rest
}

/** What was written in a field and not sent yet, of this note. */
export function useDraft<T>(id: NoteId, what: string, shape: z.ZodType<T>, none: T): [T, (next: T | null) => void] {
  const [value, setValue] = useState(() => readDraft(id, what, shape, none))
  const set = (next: T | null) => {
    keepDraft(id, what, next)
    setValue(next ?? none)
  }
  return [value, set]
}

/** Words of notes that are gone for good go with them. */
export async function forgetLost(): Promise<void> {
  const prefix = `commitment:${useSession.getState().vault?.id ?? ''}:`
  const ids = new Set(
    Object.keys(localStorage).flatMap((each) => (each.startsWith(prefix) ? [each.split(':')[2]] : [])),
  )
  for (const id of ids) {
    const isGone = await vaultClient()
      .call('note', { id: id as NoteId })
      .then(
        () => false,
        (error: unknown) => error instanceof Error && 'code' in error && error.code === 'not-found',
      )
    if (!isGone) continue
    for (const each of Object.keys(localStorage)) if (each.startsWith(`${prefix}${id}:`)) localStorage.removeItem(each)
  }
}

export const textShape = z.string()
