import type { Disposer } from '../../core/base/disposable.ts'
import type { Hash32, HeadTree } from './head-tree.ts'

export type { Hash32 } from './head-tree.ts'

/**
 * What the protocol needs of both its sides: a connection that somebody else has authenticated, and a replica of the
 * vault. Rules Y1 to Y24 stand in SPEC.md of this folder.
 */

/** Bytes of a message on the connection, header included. */
export const MAX_FRAME = 64 * 1024
/** Bytes of a message that comes in parts: the largest update that is taken. */
export const MAX_MESSAGE = 64 * 1024 * 1024
/** Bytes of a doc's id in UTF-8. */
export const MAX_ID = 64
/** Docs that a peer may speak of: ten times the largest vault that is tested. */
export const MAX_DOCS = 1_000_000

/** Structurally a `Connection` of main/network: messages in order and whole, until one side closes. */
export interface SyncLink {
  /** False: taken, and no more before `onDrain`. */
  send(message: Uint8Array): boolean
  onDrain(listener: () => void): Disposer
  onMessage(listener: (message: Uint8Array) => void): Disposer
  close(reason?: SyncEnd): void
}

/** Why a session ended by one side's wish. A code is data; words are made where they are shown. */
export const SYNC_ENDS = [
  'done',
  /** Another vault, or a version of the protocol that this one does not speak. */
  'other-vault',
  'version',
  /** Bytes that are no message; a message that was not its turn; more than was agreed. */
  'malformed',
  'wrong-order',
  'too-large',
  'flood',
  /** The scratch refused an update: `SyncRefusal` says why. */
  'refused',
  /** A state whose hash is not the one that was claimed for it, or claims without end. */
  'false-hash',
  /** A file whose bytes are not those of its hash. */
  'false-file',
] as const
export type SyncEnd = (typeof SYNC_ENDS)[number]

/**
 * Why an update is not taken. `incomplete`: it builds on what neither it nor the doc holds; `deep`: nested beyond what
 * anybody writes; `slow`: the scratch did not end in time; `foreign`: what no version of this program writes;
 * `unseeded`: a new doc without a schema (D1); `holds-back`: the person has to be asked first.
 */
export type SyncRefusal =
  | 'malformed'
  | 'too-large'
  | 'incomplete'
  | 'deep'
  | 'slow'
  | 'foreign'
  | 'unseeded'
  | 'holds-back'

export type Received =
  /** All of it is in the doc and durable; `hash` is the doc's from then on. */
  | {
      readonly status: 'applied'
      readonly hash: Hash32
      readonly changed: boolean
      /** Written by a newer version than this one: stored and given on as it is. */
      readonly newer: boolean
    }
  /** Nothing of it is. */
  | { readonly status: 'refused'; readonly code: SyncRefusal }
  /** The doc was given up here for good; not an error of the peer, who has not heard of it. */
  | { readonly status: 'gone' }
  /** This side's disk: the peer is not to blame, and the same update will be asked for again. */
  | { readonly status: 'failed' }

export type Given = { readonly update: Uint8Array; readonly hash: Hash32 }

export type Changed = {
  readonly id: string
  /** V1. */
  readonly update: Uint8Array
  /** The session that it came through, or anything else. */
  readonly origin: unknown
}

/** What a replica offers. `testing/sync-peers.ts` has one in memory, `vault/sync` the vault worker's. */
export interface SyncStore {
  readonly vault: string
  /** The newest schema of docs that this side reads. */
  readonly schema: number
  /** Hashes of all docs as last computed: what `unsettled` names says less. Changes by itself. */
  readonly tree: HeadTree
  /** Docs that changed since their hash was computed; each is told by `onSettled` when it has one again. */
  unsettled(id: string): boolean
  readonly unsettledCount: number
  onSettled(listener: (id: string) => void): Disposer
  /** `gone`: never wanted again; `never`: an id that no doc of ours has. */
  accepts(id: string): 'yes' | 'gone' | 'never'
  /** The doc of the vault itself: always goes first, for it says what was given up. */
  readonly vaultDoc: string
  /** Null where there is no such doc. */
  stateVector(id: string): Promise<Uint8Array | null>
  /** What the doc holds beyond the vector, with its hash at that moment; rejects where the vector is none. */
  give(id: string, vector: Uint8Array | null): Promise<Given | null>
  /**
   * Checked in a scratch, all of them, then applied whole or not at all, in the order of the calls for one doc.
   * @param updated seconds since 1970, where the other side said when it was edited last
   */
  receive(id: string, updates: readonly Uint8Array[], origin: object, updated?: number): Promise<Received>
  /** The hash of a state that is looked at and not taken; null where the scratch refuses it. */
  hashOf(id: string, update: Uint8Array): Promise<Hash32 | null>
  onChanged(listener: (changed: Changed) => void): Disposer

  /** Docs that somebody looks at now: they go before the others, and carets go between them. */
  openIds(): readonly string[]
  onOpen(listener: () => void): Disposer
  /** Awareness of a doc that is open here; null where nobody is there. */
  awareness(id: string): Uint8Array | null
  onAwareness(listener: (change: { id: string; update: Uint8Array; origin: unknown }) => void): Disposer
  receiveAwareness(id: string, update: Uint8Array, origin: object): void
  /** Carets that came through this session go with it. */
  dropAwareness(origin: object): void
}

/** A state of a doc that shares a state vector with ours and says something else: one clientID wrote twice. */
export type Conflict = {
  readonly id: string
  readonly mine: Hash32
  readonly theirs: Hash32
  /** Their doc as one update, checked in a scratch and in no doc of ours; null where it was too large to keep. */
  readonly update: Uint8Array
}
