import type { NoteId } from '../../core/base/ids.ts'
import { fileNameKey, filesNamedIn } from '../../core/note/file-mentions.ts'
import type { StoredAttachment } from '../../crdt/store.ts'
import type { indexContract, indexWriteContract } from '../../ipc/index-contract.ts'
import type { Client } from '../../ipc/rpc.ts'
import type { ConvertPool } from '../convert/pool.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { IndexSync } from '../index-sync.ts'
import type { OpenNotes } from '../open-notes.ts'
import type { VaultState } from '../vault-state.ts'
import type { Attachments } from './attachments.ts'

type Use = { paths: string[]; certain: boolean }

const BATCH = 64
const TRIES = 3

type Parts = {
  readonly state: VaultState
  readonly open: OpenNotes
  readonly edits: EditNotes
  readonly sync: IndexSync
  readonly pool: ConvertPool
  readonly attachments: Attachments
  readonly index: Client<typeof indexContract>
  readonly indexWrite: Client<typeof indexWriteContract>
}

/**
 * Which attachments notes name (main/attachments/README.md, A2). Living notes are looked through in the index, after
 * it was compared with their heads; those in the trash are read. What cannot be found out counts as named.
 */
export class AttachmentUse {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async inUse(): Promise<Use> {
    const files = this.#parts.attachments.list()
    const all = [...new Set(this.#parts.attachments.names().map(({ path }) => path))]
    // A note that changed while the others were looked through might name a file by now.
    for (let tries = 0; tries < TRIES; tries++) {
      const before = await this.#states()
      const named = before && (await this.#named(all, before.trashed))
      if (!named) break
      const after = await this.#states()
      if (after?.key === before.key) {
        const isNamed = ({ path, from = [] }: StoredAttachment) =>
          named.has(path) || from.some((each) => named.has(each.path))
        return { paths: files.filter(isNamed).map(({ path }) => path), certain: true }
      }
    }
    return { paths: files.map(({ path }) => path), certain: false }
  }

  /** Only what is in the list with the same content, and what no note names now. */
  async remove(wanted: readonly StoredAttachment[]): Promise<StoredAttachment[]> {
    const { attachments } = this.#parts
    const { paths } = await this.inUse()
    const isNamed = new Set(paths)
    const going = attachments
      .list()
      .filter(({ path, sha256 }) => wanted.some((each) => each.path === path && each.sha256 === sha256))
      .filter(({ path }) => !isNamed.has(path))
    await attachments.remove(going)
    return going
  }

  /** Of every note that is not purged; null where the index does not agree with them. */
  async #states(): Promise<{ key: string; trashed: readonly NoteId[] } | null> {
    const { state, open, sync, indexWrite } = this.#parts
    open.refreshAll()
    await sync.settled()
    const hashes = await indexWrite.call('hashes', {}).catch(() => null)
    if (!hashes) return null
    const indexed = new Map(hashes.map(({ id, docHash }) => [id, docHash]))
    const trashed: NoteId[] = []
    const all: string[] = []
    for (const { id, docHash, state: is, dirty } of state.catalog.heads()) {
      if (is === 'purged') continue
      if (is === 'trashed') trashed.push(id)
      else if (indexed.get(id) !== docHash || (dirty && !open.isOpen(id))) return null
      all.push(`${id} ${docHash} ${is}`)
    }
    return { key: all.sort().join('\n'), trashed }
  }

  async #named(all: readonly string[], trashed: readonly NoteId[]): Promise<Set<string> | null> {
    const { index, edits, pool } = this.#parts
    const named = new Set<string>()
    let after: number | null = 0
    while (after !== null) {
      const names: string[] = all.filter((path) => !named.has(path))
      if (names.length === 0) return named
      const page: { named: string[]; next: number | null } | null = await index
        .call('filesNamed', { names, after })
        .catch(() => null)
      if (!page) return null
      for (const path of page.named) named.add(path)
      after = page.next
    }
    for (let at = 0; at < trashed.length; at += BATCH) {
      const states = await Promise.all(trashed.slice(at, at + BATCH).map((id) => edits.stateOf(id).catch(() => null)))
      const tasks = states.flatMap((state) => (state ? [{ kind: 'read' as const, state }] : []))
      if (tasks.length < states.length) return null
      const keys = new Map<string, string[]>()
      for (const path of all.filter((each) => !named.has(each))) {
        const key = fileNameKey(path)
        if (key !== null) keys.set(key, [...(keys.get(key) ?? []), path])
      }
      for (const outcome of await pool.run(tasks)) {
        if (!outcome.ok) return null
        const text = `${outcome.value.propertyText}\n${outcome.value.text}`
        for (const key of filesNamedIn(text, new Set(keys.keys()))) {
          for (const path of keys.get(key) ?? []) named.add(path)
        }
      }
    }
    return named
  }
}
