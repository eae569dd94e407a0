import type { NoteId } from '../core/base/ids.ts'
import type { BigChange, Version } from '../core/history/version.ts'
import type { JournalRecord } from '../ipc/journal-port.ts'
import type { keeperContract } from '../ipc/keeper-contract.ts'
import { CallError, type Handlers } from '../ipc/rpc.ts'

type Kept = { version: Version; state: Uint8Array }

/** What main keeps for a vault, in memory: what outlives a MemoryKeeper is its fields. */
export class MemoryKeeper {
  /** Record n is at n - 1. */
  readonly journal: JournalRecord[] = []
  readonly versions = new Map<NoteId, Kept[]>()
  readonly changes = new Map<string, BigChange>()
  /** Everything up to this number is only in a snapshot: `journalSince` refuses. */
  compacted = 0
  /** What is said to have been found damaged. */
  damage: string | null = null
  /** Makes the store that could not be opened an empty one. */
  onSetAside: () => void = () => {}

  readonly handlers: Handlers<typeof keeperContract> = {
    journalIndex: () => {
      const docs = new Map<string, { key: string; head: Uint8Array | null; isLater: boolean }>()
      const attachments = new Map<string, Uint8Array>()
      const purged = new Set<string>()
      for (const { kind, key, bytes } of this.journal) {
        if (kind === 'update') docs.set(key, { key, head: docs.get(key)?.head ?? null, isLater: true })
        if (kind === 'head' && docs.has(key)) docs.set(key, { key, head: bytes, isLater: false })
        if (kind === 'purge') {
          docs.delete(key)
          purged.add(key)
        }
        if (kind === 'attachment') {
          if (bytes.length > 0) attachments.set(key, bytes)
          else attachments.delete(key)
        }
      }
      return {
        last: this.journal.length,
        docs: [...docs.values()],
        attachments: [...attachments.values()],
        purged: [...purged],
        damage: this.damage,
      }
    },
    journalRead: ({ keys }) =>
      keys.flatMap((key) => {
        const from = this.journal.findLastIndex((record) => record.key === key && record.kind === 'purge') + 1
        const updates = this.journal
          .slice(from)
          .filter((record) => record.kind === 'update' && record.key === key)
          .map(({ bytes }) => bytes)
        return updates.length > 0 ? [{ key, updates }] : []
      }),
    journalSince: ({ after }) => {
      if (after < this.compacted) throw new CallError('compacted', 'These records are in a snapshot.')
      return { records: this.journal.slice(after), next: null }
    },

    setStoreAside: () => {
      if (this.journal.length === 0) throw new CallError('no-journal', 'There is no journal.')
      this.onSetAside()
    },

    versions: ({ id }) => this.#of(id).map(({ version }) => version),
    putVersion: ({ id, version, state }) => {
      const kept = this.#of(id)
      const bytes = state ?? kept.find((other) => other.version.hash === version.hash)?.state
      if (!bytes) throw new CallError('not-found', 'There is no such state.')
      this.versions.set(id, [...kept, { version, state: bytes.slice() }])
    },
    readVersion: ({ id, version }) => this.#find(id, version).state,
    changeVersion: ({ id, version, name, pins }) => {
      const kept = this.#find(id, version)
      kept.version = {
        ...kept.version,
        ...(name === undefined ? {} : { name }),
        ...(pins === undefined ? {} : { pins }),
      }
    },
    bigChanges: () => [...this.changes.values()],
    putBigChange: (change) => {
      this.changes.set(change.id, change)
    },
    versionAttachments: () => [
      ...new Set([...this.versions.values()].flat().flatMap(({ version }) => version.attachments)),
    ],
    purge: ({ ids }) => {
      for (const id of ids) {
        this.versions.delete(id)
        this.forget(id)
      }
      return { archives: 0, left: [] }
    },
  }

  /** With the first records of the journal only, as a loss of its end leaves it; by default with all. */
  copy(records = this.journal.length): MemoryKeeper {
    const copy = new MemoryKeeper()
    copy.journal.push(...this.journal.slice(0, records))
    for (const [id, kept] of this.versions) copy.versions.set(id, [...kept])
    for (const [id, change] of this.changes) copy.changes.set(id, change)
    return copy
  }

  /** A note's words leave the journal; the numbers of the records stay. */
  forget(id: NoteId): void {
    for (const [i, record] of this.journal.entries()) {
      if (record.key === id && record.kind !== 'purge') {
        this.journal[i] = { kind: 'purge', key: id, bytes: new Uint8Array() }
      }
    }
  }

  #of(id: NoteId): Kept[] {
    return this.versions.get(id) ?? []
  }

  #find(id: NoteId, version: string): Kept {
    const kept = this.#of(id).find((other) => other.version.id === version)
    if (!kept) throw new CallError('not-found', 'There is no such version.')
    return kept
  }
}
