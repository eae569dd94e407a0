import type * as Y from 'yjs'
import { metaOf } from '../note-doc.ts'
import type { UnitId } from './runs.ts'

const PREFIX = 'settled:'

/** A range of ids about which somebody has decided; `at` where its words stand again. */
export type SettledRange = UnitId & { readonly length: number; readonly at: UnitId | null }
export type Settled = readonly SettledRange[]

/** What was decided of words that lost their place, or stood twice (D11). What is not ours is left out. */
export function readSettled(doc: Y.Doc): Settled {
  const settled: SettledRange[] = []
  for (const [key, value] of metaOf(doc)) {
    if (!key.startsWith(PREFIX)) continue
    const [client = -1, clock = -1, length = -1] = key.slice(PREFIX.length).split(':').map(Number)
    if (!isCount(client) || !isCount(clock) || !isCount(length) || length === 0) continue
    settled.push({ client, clock, length, at: readAt(value) })
  }
  return settled
}

/** In the caller's transaction. */
export function writeSettled(doc: Y.Doc, { client, clock, length, at }: SettledRange): void {
  metaOf(doc).set(`${PREFIX}${client}:${clock}:${length}`, at ? [at.client, at.clock] : 'left')
}

function readAt(value: unknown): UnitId | null {
  if (!Array.isArray(value)) return null
  const [client, clock] = value as unknown[]
  return isCount(client) && isCount(clock) ? { client, clock } : null
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
