import * as Y from 'yjs'
import { namesOnlyItself } from './whole-update.ts'

/** Applies what can be applied and counts what cannot: one garbled update must not cost the others. */
export function applyReadable(doc: Y.Doc, updates: readonly Uint8Array[], origin?: unknown): number {
  let garbled = 0
  for (const update of updates) {
    try {
      Y.applyUpdate(doc, update, origin)
    } catch {
      garbled++
    }
  }
  return garbled
}

/** One update of all that can be read; null where that is nothing. Applied once to be sure of it. */
export function mergeReadable(updates: readonly Uint8Array[]): Uint8Array | null {
  const [first, second] = updates
  if (!first) return null
  const doc = new Y.Doc()
  const isWhole = applyReadable(doc, updates) === 0
  const merged = isEmpty(doc) ? null : Y.encodeStateAsUpdate(doc)
  doc.destroy()
  // As they are, where they can be: merging is no reason to write a doc anew.
  return isWhole && merged && !second ? first : merged
}

/**
 * What `other` holds and `base` lacks, as one update; null where that is nothing. Deletes count, which a
 * comparison of state vectors would not see, and so does what still waits for its predecessors.
 */
export function lacking(base: readonly Uint8Array[], other: readonly Uint8Array[]): Uint8Array | null {
  const updates = lackingUpdates(base, other)
  const [first, second] = updates
  return second ? Y.mergeUpdates(updates) : (first ?? null)
}

/** The same as the updates that it is made of: one for each of `other` that said something new, where they are known. */
export function lackingUpdates(base: readonly Uint8Array[], other: readonly Uint8Array[]): Uint8Array[] {
  const whole = () => [mergeReadable(other) ?? []].flat()
  if (other.length === 0) return []
  if (base.length === 0) return whole()
  const doc = new Y.Doc()
  applyReadable(doc, base)
  const made: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => made.push(update))
  const pendingBefore = pendingOf(doc)
  applyReadable(doc, other)
  const pending = pendingOf(doc)
  doc.destroy()
  // Structs that wait are in no `update` event: all of the other side is handed over once.
  return pending !== null && pending !== pendingBefore ? whole() : made
}

/** Whether everything that an update builds on is in it: where rows of a note are lost, what came after them is not enough. */
export const isWhole = (update: Uint8Array): boolean => namesOnlyItself(update) || readsAsWhole(update)

/** As `isWhole`, by Yjs itself: some four times as slow. */
export function readsAsWhole(update: Uint8Array): boolean {
  try {
    return hasAllItNames(Y.decodeUpdate(update))
  } catch {
    return true // it is no update, which `check` says and repairs
  }
}

function hasAllItNames({ structs, ds }: ReturnType<typeof Y.decodeUpdate>): boolean {
  const ends = new Map<number, number>()
  const has = (id: unknown) => !(id instanceof Y.ID) || id.clock < (ends.get(id.client) ?? 0)
  for (const struct of structs) {
    const { client, clock } = struct.id
    if (struct instanceof Y.Skip || clock !== (ends.get(client) ?? 0)) return false
    ends.set(client, clock + struct.length)
  }
  for (const [client, deletes] of ds.clients) {
    for (const { clock, len } of deletes) if (clock + len > (ends.get(client) ?? 0)) return false
  }
  return structs.every((struct) => {
    return !(struct instanceof Y.Item) || (has(struct.origin) && has(struct.rightOrigin) && has(struct.parent))
  })
}

const isEmpty = (doc: Y.Doc): boolean => doc.store.clients.size === 0 && pendingOf(doc) === null

/** What waits in a doc for predecessors, comparable; null where nothing does. */
function pendingOf(doc: Y.Doc): string | null {
  const { pendingStructs, pendingDs } = doc.store
  if (!pendingStructs && !pendingDs) return null
  return `${pendingStructs ? hexOf(pendingStructs.update) : ''}/${pendingDs ? hexOf(pendingDs) : ''}`
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16)).join(' ')
