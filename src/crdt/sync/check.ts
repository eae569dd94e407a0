import * as Y from 'yjs'
import { MAX_MESSAGE, type SyncRefusal } from './port.ts'

/**
 * Whether updates of a peer may touch a doc: tried on a scratch, whole (rule Y10). Runs where it can be ended, since
 * bytes may also be slow (facts/safety.md): updates are V1 only, whose reading ends with the bytes, while 27 bytes of
 * V2 run for ever; what is left that takes long is integrating, and that is for the caller's clock.
 */
export type CheckLimits = {
  /** Bytes of all updates of one call. */
  readonly size: number
  /** Items, deletes and skips in them: a byte of an update makes at most one. */
  readonly structs: number
  /** How far elements may be nested. Import and editor make 200 at most. */
  readonly depth: number
}

export const LIMITS: CheckLimits = { size: MAX_MESSAGE, structs: 4_000_000, depth: 1_000 }

/** A client that says it is further than this has written for no reason but to be ahead of everybody. */
const MAX_CLOCK = 2 ** 31

export type Checked =
  | { readonly ok: true; readonly doc: Y.Doc; readonly changed: boolean }
  | { readonly ok: false; readonly code: SyncRefusal }

/**
 * @param stored the doc as it is, one V1 update; null for a doc that is new here
 * @returns the scratch with everything applied, which is the caller's to destroy
 */
export function checkUpdates(
  stored: Uint8Array | null,
  updates: readonly Uint8Array[],
  limits: CheckLimits = LIMITS,
): Checked {
  const doc = new Y.Doc({ guid: '' })
  if (stored) {
    Y.applyUpdate(doc, stored)
    // What waits in our own doc for something lost says nothing of what comes now.
    forgetPending(doc)
  }
  const refused = tryOn(doc, updates, limits)
  if (refused === null || refused === 'same') return { ok: true, doc, changed: refused === null }
  doc.destroy()
  return { ok: false, code: refused }
}

function tryOn(doc: Y.Doc, updates: readonly Uint8Array[], limits: CheckLimits): SyncRefusal | 'same' | null {
  if (updates.reduce((sum, { length }) => sum + length, 0) > limits.size) return 'too-large'
  let changed = false
  doc.on('update', () => {
    changed = true
  })
  try {
    for (const update of updates) {
      const refused = readThrough(update, limits)
      if (refused) return refused
      Y.applyUpdate(doc, update)
      // What waits for its predecessors is taken by nobody: it may never come, and every later update pays for it.
      if (doc.store.pendingStructs || doc.store.pendingDs) return 'incomplete'
    }
  } catch {
    return 'malformed'
  }
  if (!changed) return 'same'
  return isDeeper(doc, limits.depth) ? 'deep' : null
}

/** Reads it to the end without touching a doc. Throws where Yjs does. */
function readThrough(update: Uint8Array, limits: CheckLimits): SyncRefusal | null {
  const { structs, ds } = Y.decodeUpdate(update)
  let count = structs.length
  for (const { id, length } of structs) if (!isClock(id.clock + length)) return 'malformed'
  for (const deletes of ds.clients.values()) {
    count += deletes.length
    for (const { clock, len } of deletes) if (len < 1 || !isClock(clock + len)) return 'malformed'
  }
  return count > limits.structs ? 'too-large' : null
}

const isClock = (end: number): boolean => Number.isSafeInteger(end) && end <= MAX_CLOCK

/** Level by level and not by recursion: it is looked at because it may be too deep for that. */
function isDeeper(doc: Y.Doc, most: number): boolean {
  let level: Pick<Y.AbstractType<unknown>, '_map' | '_start'>[] = [...doc.share.values()]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true
    const below: typeof level = []
    const look = (item: Y.Item) => {
      if (!item.deleted && item.content instanceof Y.ContentType) below.push(item.content.type)
    }
    for (const type of level) {
      for (let item = type._start; item; item = item.right) look(item)
      for (const item of type._map.values()) look(item)
    }
    level = below
  }
  return false
}

/** What a doc holds beyond a vector, without what waits in it for predecessors: nobody could take that. */
export function wholeDiff(stored: Uint8Array, vector: Uint8Array | null): Uint8Array {
  const doc = new Y.Doc({ guid: '' })
  Y.applyUpdate(doc, stored)
  forgetPending(doc)
  const update = vector ? Y.encodeStateAsUpdate(doc, vector) : Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}

function forgetPending(doc: Y.Doc): void {
  doc.store.pendingStructs = null
  doc.store.pendingDs = null
}
