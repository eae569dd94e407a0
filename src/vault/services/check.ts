import type { NoteId } from '../../core/base/ids.ts'
import type { indexWriteContract } from '../../ipc/index-contract.ts'
import type { Client, Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { ConvertPool } from '../convert/pool.ts'
import type { ReadTask } from '../convert/tasks.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { IndexSync } from '../index-sync.ts'
import type { OpenNotes } from '../open-notes.ts'
import type { JournaledStore } from '../store/journaled-store.ts'
import type { VaultState } from '../vault-state.ts'

type Report = Output<typeof vaultContract, 'check'>
type Problem = Report['problems'][number]

const BATCH = 64
const SHORT = {
  store: 'the journal holds words of it that the store does not have',
  journal: 'the journal lacks words of it',
} as const

type Parts = {
  readonly state: VaultState
  readonly open: OpenNotes
  readonly edits: EditNotes
  readonly pool: ConvertPool
  readonly sync: IndexSync
  readonly index: Client<typeof indexWriteContract>
  /** The same store, as the one that has a journal. */
  readonly store: JournaledStore
  readonly progress: (done: number, total: number) => void
}

/**
 * Opens every doc and proves that what is derived from it, and its second copy, agree (ARCHITECTURE, "One
 * picture"; SPEC.md, S16 and R8).
 */
export class Check {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /**
   * Problems as found; `repair` then puts back what the journal has of notes that the store cannot read, merges
   * the two, and sets right what is derived. `ok` says whether any was found.
   */
  async run(repair: boolean): Promise<Report> {
    const { state, open, sync, store, progress } = this.#parts
    open.refreshAll()
    await open.whenStored()
    await sync.settled()
    const problems: Problem[] = []
    const wrong: NoteId[] = []
    const lost: NoteId[] = []
    const ids: NoteId[] = []
    for (const head of state.catalog.heads()) if (head.state !== 'purged') ids.push(head.id)
    for (let at = 0; at < ids.length; at += BATCH) {
      const part = ids.slice(at, at + BATCH)
      for (const problem of await this.#docs(part)) {
        problems.push(problem)
        if (problem.code === 'head-stale') wrong.push(problem.id as NoteId)
        else lost.push(problem.id as NoteId)
      }
      progress(Math.min(at + BATCH, ids.length), ids.length)
    }
    problems.push(...(await this.#index()))
    for (const { id, lacks } of await store.compare(progress)) {
      if (lost.includes(id)) continue
      if (lacks === 'store') wrong.push(id)
      problems.push({ code: `${lacks}-short`, id, text: `${this.#path(id)}: ${SHORT[lacks]}` })
    }
    if (repair && problems.length > 0) {
      for (const id of lost) if (await store.repair(id)) wrong.push(id)
      await store.reconcile(true)
      sync.reread(wrong)
      await sync.settled()
      await sync.compare()
      await sync.flush()
    }
    return { ok: problems.length === 0, notes: ids.length, problems }
  }

  async #docs(ids: readonly NoteId[]): Promise<Problem[]> {
    const { state, open, edits, pool } = this.#parts
    const problems: Problem[] = []
    const tasks: ReadTask[] = []
    const read: NoteId[] = []
    const states = await Promise.all(ids.map((id) => edits.stateOf(id).catch(() => null)))
    for (const [i, id] of ids.entries()) {
      const stored = states[i]
      if (stored) {
        tasks.push({ kind: 'read', state: stored })
        read.push(id)
      } else {
        problems.push({ code: 'doc-missing', id, text: `${this.#path(id)}: the store holds no text for it` })
      }
    }
    for (const [i, outcome] of (await pool.run(tasks)).entries()) {
      const id = read[i]
      const head = id === undefined ? undefined : state.catalog.get(id)
      if (id === undefined || !head) continue
      if (!outcome.ok) {
        problems.push({ code: 'doc-unreadable', id, text: `${this.#path(id)}: its doc does not open` })
      } else if (outcome.value.docHash !== head.docHash && !open.isOpen(id)) {
        // An open note may have been typed in since; its head follows.
        problems.push({ code: 'head-stale', id, text: `${this.#path(id)}: the list of notes has another state of it` })
      }
    }
    return problems
  }

  async #index(): Promise<Problem[]> {
    const { state, open, index } = this.#parts
    const problems: Problem[] = []
    const indexed = new Map<NoteId, string>()
    for (const { id, docHash } of await index.call('hashes', {})) indexed.set(id, docHash)
    for (const head of state.catalog.heads()) {
      if (head.state !== 'live') continue
      const hash = indexed.get(head.id)
      if (hash === undefined) {
        problems.push({ code: 'index-missing', id: head.id, text: `${this.#path(head.id)}: not in the index` })
      } else if (hash !== head.docHash && !open.isOpen(head.id)) {
        problems.push({ code: 'index-stale', id: head.id, text: `${this.#path(head.id)}: indexed from another state` })
      }
    }
    for (const id of indexed.keys()) {
      if (state.catalog.get(id)?.state !== 'live') {
        problems.push({ code: 'index-extra', id, text: 'the index holds a note that is not in the vault' })
      }
    }
    return problems
  }

  #path(id: NoteId): string {
    const head = this.#parts.state.catalog.get(id)
    return head ? this.#parts.state.catalog.path(head) : id
  }
}
