import { nanoid } from 'nanoid'
import type { NoteId } from '../../core/base/ids.ts'
import type { Version, VersionReason } from '../../core/history/version.ts'
import { fileNameKey, filesNamedIn } from '../../core/note/file-mentions.ts'
import type { keeperContract } from '../../ipc/keeper-contract.ts'
import { CallError, type Client } from '../../ipc/rpc.ts'
import type { ConvertPool } from '../convert/pool.ts'
import type { EditNotes } from '../edit-notes.ts'
import { KeyedQueue } from '../keyed-queue.ts'
import type { Attachments } from '../services/attachments.ts'
import type { VaultState } from '../vault-state.ts'

type Parts = {
  readonly keeper: Client<typeof keeperContract>
  readonly pool: ConvertPool
  readonly state: VaultState
  readonly edits: EditNotes
  readonly attachments: Attachments
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly tell: (ids: readonly NoteId[]) => void
}

export type Wish = {
  readonly reason: VersionReason
  readonly name?: string
  /** The big change before which it is kept: such a version is its own, also where the state is kept already. */
  readonly change?: string
}

/** Several at once, so that a disk's answers overlap; more would only fill the memory. */
const SIDE_BY_SIDE = 8

/**
 * Keeps states of notes as versions (SPEC.md, K1 to K4): one after another for a note, in the pool, so that nobody
 * who types waits for it. A state that is the newest version already is not kept again.
 */
export class VersionKeeper {
  readonly #parts: Parts
  readonly #queue = new KeyedQueue()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Rejects where it could not be kept. Null: there is nothing to keep, or the newest version is this very state. */
  keep(id: NoteId, state: Uint8Array, wish: Wish): Promise<Version | null> {
    return this.#queue.run(id, async () => {
      const { keeper, pool, attachments } = this.#parts
      const versions = await this.list(id)
      const newest = versions.at(-1)
      const files = attachments.names()
      const before = newest ? await this.read(id, newest.id).catch(() => null) : null
      const withText = files.length > 0
      const [outcome] = await pool.run([{ kind: 'version', state, before, withText }])
      if (!outcome?.ok) throw new CallError('not-kept', 'A version of this note could not be kept.')
      const { text, isEmpty, ...facts } = outcome.value
      const isOwn = wish.name !== undefined || wish.change !== undefined
      if (isEmpty || (newest?.docHash === facts.docHash && !isOwn)) return null
      const version: Version = {
        ...facts,
        id: nanoid(),
        at: this.#parts.now(),
        reason: versions.length === 0 && wish.reason !== 'named' && !wish.change ? 'first' : wish.reason,
        name: wish.name ?? null,
        change: wish.change ?? null,
        pins: [],
        attachments: withText ? hashesNamed(text, files) : [],
      }
      // Purged meanwhile: its words leave every disk, and this call comes before the one that says so, or not at all.
      if ((this.#parts.state.catalog.get(id)?.state ?? 'purged') === 'purged') return null
      const isThere = versions.some(({ hash }) => hash === version.hash)
      await keeper.call('putVersion', { id, version, state: isThere ? null : state })
      this.#parts.tell([id])
      return version
    })
  }

  /** The note as it is now. */
  async keepNow(id: NoteId, wish: Wish): Promise<Version | null> {
    return this.keep(id, await this.#parts.edits.stateOf(id), wish)
  }

  /** Many notes as they are now. Rejects with the first that could not be kept; notes without text are left out. */
  async keepAll(ids: readonly NoteId[], wish: Wish): Promise<Map<NoteId, Version>> {
    const kept = new Map<NoteId, Version>()
    const waiting = [...ids]
    const work = async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        const version = await this.keepNow(id, wish).catch((error: unknown) => {
          if (error instanceof CallError && error.code === 'not-found') return null
          throw error
        })
        if (version) kept.set(id, version)
      }
    }
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
    return kept
  }

  list(id: NoteId): Promise<readonly Version[]> {
    return this.#parts.keeper.call('versions', { id })
  }

  read(id: NoteId, version: string): Promise<Uint8Array> {
    return this.#parts.keeper.call('readVersion', { id, version })
  }

  /** Settles when nothing is being kept. */
  idle(): Promise<void> {
    return this.#queue.idle()
  }
}

/** What is not certain counts as named, as everywhere that decides what may go. */
function hashesNamed(text: string, files: readonly { readonly path: string; readonly sha256: string }[]): string[] {
  const hashes = new Map<string, Set<string>>()
  for (const { path, sha256 } of files) {
    const key = fileNameKey(path)
    if (key === null) continue
    const known = hashes.get(key)
    if (known) known.add(sha256)
    else hashes.set(key, new Set([sha256]))
  }
  const named = filesNamedIn(text, new Set(hashes.keys()))
  return [...new Set([...named].flatMap((key) => [...(hashes.get(key) ?? [])]))]
}
