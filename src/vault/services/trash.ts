import type { NoteId } from '../../core/base/ids.ts'
import { stemOf } from '../../core/note/file-name.ts'
import { LOCAL } from '../../crdt/origins.ts'
import type { NoteHead } from '../../crdt/store.ts'
import { markPurged, readVault } from '../../crdt/vault-doc.ts'
import type { indexWriteContract } from '../../ipc/index-contract.ts'
import type { keeperContract } from '../../ipc/keeper-contract.ts'
import { CallError, type Client, type Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { ConvertPool } from '../convert/pool.ts'
import type { ReadTask } from '../convert/tasks.ts'
import type { EditNotes } from '../edit-notes.ts'
import { KeyedQueue } from '../keyed-queue.ts'
import type { OpenNotes } from '../open-notes.ts'
import { purgedHead } from '../store/head-from-state.ts'
import type { VaultState } from '../vault-state.ts'

type Row = Output<typeof vaultContract, 'trash'>[number]
type Purged = Output<typeof vaultContract, 'purgeNotes'>

const JOB = 'purge:'
const BATCH = 64
const EXCERPT = 120

type Parts = {
  readonly state: VaultState
  readonly open: OpenNotes
  readonly edits: EditNotes
  /** One task of a note at a time. */
  readonly queue: KeyedQueue
  readonly pool: ConvertPool
  readonly indexWrite: Client<typeof indexWriteContract>
  readonly keeper: Client<typeof keeperContract>
  readonly tidyStore?: (() => Promise<void>) | undefined
}

/**
 * The trash: what is in it, and leaving it for good (SPEC.md, S17 to S19). A purge is written down first and
 * finished at the next start wherever it was cut off; each step of it may run twice.
 */
export class Trash {
  readonly #parts: Parts
  /** One purge at a time. */
  readonly #queue = new KeyedQueue()
  /** Of a trashed note's doc, as long as its hash stays. */
  readonly #read = new Map<NoteId, { readonly docHash: string; readonly words: number; readonly excerpt: string }>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** The last one thrown away first; those of unknown time after the others, by their last change. */
  async list(): Promise<Row[]> {
    const { state, open } = this.#parts
    open.refreshAll()
    const heads = [...state.catalog.heads()].filter((head) => head.state === 'trashed')
    await this.#readTexts(heads)
    const rows: Row[] = []
    for (const head of heads) {
      // Put back or purged while texts were read.
      if (state.catalog.get(head.id)?.state !== 'trashed') continue
      const row = state.row(head.id)
      rows.push({
        ...row,
        trashedAt: head.trashedAt ?? null,
        words: this.#read.get(head.id)?.words ?? 0,
        excerpt: this.#read.get(head.id)?.excerpt ?? '',
        folderGone: head.folderId !== null && row.folderId === null,
        names: namesOf(head, row.path),
      })
    }
    return rows.sort(
      (a, b) => (b.trashedAt ?? 0) - (a.trashedAt ?? 0) || b.updated - a.updated || (a.id < b.id ? -1 : 1),
    )
  }

  /** Fails with `not-found` or `not-trashed`, and then nothing was done. */
  purge(ids: readonly NoteId[]): Promise<Purged> {
    return this.#queue.run(JOB, async () => {
      const { state } = this.#parts
      const wanted = [...new Set(ids)]
      for (const id of wanted) {
        if (state.head(id).state === 'trashed') continue
        throw new CallError('not-trashed', 'Only what is in the trash can be removed for good.')
      }
      await this.#finishAll()
      const [first] = wanted
      if (first === undefined) return { notes: 0, archives: 0, left: [] }
      const key = JOB + first
      await state.store.putJob({ key, state: wanted })
      return this.#finish(key, wanted)
    })
  }

  /**
   * Right after heads and vault doc were read: what was purged is gone at once, also where an older journal or a
   * restored store brought it back. `resume` removes it from the disk.
   */
  async begin(): Promise<void> {
    const { catalog, store } = this.#parts.state
    const back = this.#purgedElsewhere()
    for (const id of this.#purged()) if (catalog.get(id)?.state !== 'purged') catalog.put(purgedHead(id))
    if (back[0] === undefined) return
    catalog.takeMoved()
    // On a disk that fails the next start finds them in the vault doc again.
    await store.putJob({ key: JOB + back[0], state: back }).catch(() => {})
  }

  /** What a peer purged while this vault is open: it goes here too, whatever became of it meanwhile (S19). */
  async follow(): Promise<void> {
    const back = this.#purgedElsewhere()
    if (back[0] === undefined) return
    await this.#parts.state.store.putJob({ key: JOB + back[0], state: back }).catch(() => {})
    await this.resume()
  }

  #purged(): NoteId[] {
    return [...readVault(this.#parts.state.vaultDoc).purged.keys()]
  }

  /** Ids that the vault doc gave up and that are still here. */
  #purgedElsewhere(): NoteId[] {
    const { catalog } = this.#parts.state
    return this.#purged().filter((id) => (catalog.get(id)?.state ?? 'purged') !== 'purged')
  }

  /** What an end of the program cut off. What fails now is tried again with the next purge, or start. */
  resume(): Promise<void> {
    return this.#queue.run(JOB, () => this.#finishAll().catch(() => {}))
  }

  async #finishAll(): Promise<void> {
    for (const { key, state } of await this.#parts.state.store.jobs()) {
      if (key.startsWith(JOB)) await this.#finish(key, state as NoteId[])
    }
  }

  async #finish(key: string, wanted: readonly NoteId[]): Promise<Purged> {
    const { state, indexWrite, keeper, queue } = this.#parts
    // Put back since it was asked for: then it stays, unless it had been given up already.
    const marked = readVault(state.vaultDoc).purged
    const ids = wanted.filter((id) => marked.has(id) || state.catalog.get(id)?.state !== 'live')
    state.vaultDoc.transact(() => {
      for (const id of ids) if (!marked.has(id)) markPurged(state.vaultDoc, id, LOCAL)
    }, LOCAL)
    // From here on nothing brings them back: no journal, no import, no second start.
    await state.vaultStored()
    for (const id of ids) await queue.run(id, () => this.#remove(id))
    state.settlePaths()
    const { archives, left } = await keeper.call('purge', { ids })
    // The index may be starting again; then it is made anew without them.
    await indexWrite.call('scrub', {}).catch(() => {})
    await this.#parts.tidyStore?.().catch(() => {})
    await state.store.deleteJob(key)
    return { notes: ids.length, archives, left }
  }

  async #remove(id: NoteId): Promise<void> {
    const { state, open, indexWrite } = this.#parts
    const head = purgedHead(id)
    await open.evict(id)
    // In the catalog first: whoever waits for this note's turn finds nothing to open.
    state.setHead(head)
    await state.store.delete(id)
    await state.store.putHeads([head])
    await indexWrite.call('remove', { ids: [id] }).catch(() => {})
    this.#read.delete(id)
  }

  async #readTexts(heads: readonly NoteHead[]): Promise<void> {
    const { edits, pool } = this.#parts
    const stale = heads.filter(({ id, docHash }) => this.#read.get(id)?.docHash !== docHash)
    for (let at = 0; at < stale.length; at += BATCH) {
      const part = stale.slice(at, at + BATCH)
      const states = await Promise.all(part.map(({ id }) => edits.stateOf(id).catch(() => null)))
      const tasks: ReadTask[] = []
      const read: NoteHead[] = []
      for (const [i, head] of part.entries()) {
        const stored = states[i]
        if (!stored) continue
        tasks.push({ kind: 'read', state: stored })
        read.push(head)
      }
      for (const [i, outcome] of (await pool.run(tasks)).entries()) {
        const head = read[i]
        if (!head || !outcome.ok) continue
        const { words, text } = outcome.value
        this.#read.set(head.id, { docHash: head.docHash, words, excerpt: excerptOf(text) })
      }
    }
  }
}

/** Every name by which a link may mean the note (SPEC L1): also the ends of its path. */
function namesOf(head: NoteHead, path: string): string[] {
  const names = new Set([head.title, head.shownTitle, ...head.aliases, ...head.formerTitles])
  const segments = stemOf(path).split('/')
  for (const i of segments.keys()) names.add(segments.slice(i).join('/'))
  return [...names].filter((name) => name !== '')
}

/** The first words of a text, at most 120 characters, links as a reader sees them. */
function excerptOf(text: string): string {
  const plain = text
    .slice(0, 4 * EXCERPT)
    .replace(/!?\[\[(?:[^[\]\n|]*\|)?([^[\]\n]*)\]\]/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  if (plain.length <= EXCERPT) return plain
  const cut = plain.slice(0, EXCERPT - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > EXCERPT / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}
