import type * as Y from 'yjs'
import { metaOf } from '../note-doc.ts'
import type { UnitId } from './runs.ts'

const PREFIX = 'settled:'

/** A range of ids that went; `at` where its words stand, if they were put back or stood twice. Without it: left. */
export type SettledRange = UnitId & { readonly length: number; readonly at: UnitId | null }
export type Settled = readonly SettledRange[]

/** What was decided of words that lost their place, or stood twice (D11). What is not ours is left out. */
export function readSettled(doc: Y.Doc): Settled {
  const settled: SettledRange[] = []
  for (const key of metaOf(doc).keys()) {
    if (!key.startsWith(PREFIX)) continue
    const numbers = key.slice(PREFIX.length).split(':').map(Number)
    const [client = -1, clock = -1, length = -1, atClient = -1, atClock = -1] = numbers
    if (!numbers.every(isCount) || length < 1) continue
    if (numbers.length === 3) settled.push({ client, clock, length, at: null })
    else if (numbers.length === 5) settled.push({ client, clock, length, at: { client: atClient, clock: atClock } })
  }
  return settled
}

/** In the caller's transaction. Two who put the same words back at once write two keys: each has a place. */
export function writeSettled(doc: Y.Doc, { client, clock, length, at }: SettledRange): void {
  const numbers = at ? [client, clock, length, at.client, at.clock] : [client, clock, length]
  metaOf(doc).set(PREFIX + numbers.join(':'), true)
}

export const isWithin = (range: UnitId & { readonly length: number }, { client, clock }: UnitId): boolean =>
  range.client === client && range.clock <= clock && clock < range.clock + range.length

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
