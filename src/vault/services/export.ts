import type { NoteId } from '../../core/base/ids.ts'
import { namedFiles } from '../../core/import/named-files.ts'
import { decodeSource } from '../../core/markdown/source.ts'
import { splitPath, stemOf } from '../../core/note/file-name.ts'
import { printWords } from '../../core/relation/vault-words.ts'
import { readLog } from '../../crdt/note-log.ts'
import { readPins } from '../../crdt/note-pins.ts'
import type { NoteHead } from '../../crdt/store.ts'
import { readMapping } from '../../crdt/vault-doc.ts'
import { readTrails } from '../../crdt/vault-trails.ts'
import { CallError, type Input, type Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import { sha256Hex } from '../convert/hash.ts'
import type { ConvertPool } from '../convert/pool.ts'
import type { ExportResult, ExportTask } from '../convert/tasks.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { OpenNotes } from '../open-notes.ts'
import type { VaultState } from '../vault-state.ts'
import { ownWords } from '../vault-words.ts'
import type { Attachments } from './attachments.ts'

type Plan = Output<typeof vaultContract, 'exportPlan'>
type PlanOf = NonNullable<Input<typeof vaultContract, 'exportPlan'>['of']>
type Exported = Output<typeof vaultContract, 'exportNotes'>

/** Part of what `exportHash` means: another converter has to prove itself again (M4). */
const CONVERTER = '3'

type Parts = {
  readonly state: VaultState
  readonly open: OpenNotes
  readonly edits: EditNotes
  readonly attachments: Attachments
  readonly pool: ConvertPool
}

/** The vault as Markdown (MARKDOWN.md, M1 to M4). Writing files is main's. */
export class Export {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async plan(of?: PlanOf): Promise<Plan> {
    const { state, open, attachments } = this.#parts
    open.refreshAll()
    const notes: Plan['notes'] = []
    for (const head of of ? this.#headsOf(of) : state.catalog.heads()) {
      if (head.state !== 'live') continue
      // After a crash a head may be older than its note: with its hash, a file of that age would pass for current.
      const docHash = head.dirty && !open.isOpen(head.id) ? '' : head.docHash
      notes.push({ id: head.id, path: state.catalog.path(head), docHash, updated: head.updated })
    }
    if (of) return { notes, attachments: of.attachments ? attachments.list() : [], sidecar: {} }
    notes.sort((a, b) => (a.path < b.path ? -1 : 1))
    const ids = Object.fromEntries(notes.map(({ path, id }) => [path, id]))
    return {
      notes,
      attachments: attachments.list(),
      sidecar: {
        ...this.#importSidecar(),
        ...this.#fileSidecar(),
        ...(await this.#besides()),
        'ids.json': `${JSON.stringify({ version: 1, notes: ids }, null, 1)}\n`,
      },
    }
  }

  #headsOf({ ids, paths }: PlanOf): Iterable<NoteHead> {
    const { catalog } = this.#parts.state
    const wanted = new Set(ids)
    // A name may lead to a note elsewhere.
    for (const path of paths) for (const row of catalog.find(path)) if (row.path === path) wanted.add(row.id)
    return [...wanted].flatMap((id) => catalog.get(id) ?? [])
  }

  /** What an item of a log cannot say, pins, and trails (core/trail/SPEC.md, W3). */
  async #besides(): Promise<Record<string, string>> {
    const { state, edits } = this.#parts
    const logs: Record<string, unknown> = {}
    const pins: unknown[] = []
    const titles = this.#titles()
    const former = this.#formerTitles()
    const heads = [...state.catalog.heads()].filter(
      (head) => head.state === 'live' && (head.log ?? 0) + (head.pins ?? 0) > 0,
    )
    for (const { id } of heads.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      // One that cannot be read is told when it is exported.
      const found = await edits.read(id, (doc) => ({ log: readLog(doc), pins: readPins(doc) })).catch(() => null)
      if (found && found.log.length > 0) logs[id] = found.log
      for (const pin of found?.pins ?? []) pins.push({ note: id, ...pin })
    }
    const trails = readTrails(state.vaultDoc)
    const words = ownWords(state.vaultDoc)
    return {
      ...(Object.keys(logs).length > 0 ? { 'log.json': asJson({ version: 1, notes: logs }) } : {}),
      ...(pins.length > 0 ? { 'pins.json': asJson({ version: 1, pins }) } : {}),
      ...(Object.keys(titles).length > 0 ? { 'titles.json': asJson({ version: 1, notes: titles }) } : {}),
      ...(Object.keys(former).length > 0 ? { 'former.json': asJson({ version: 1, notes: former }) } : {}),
      ...(words.length > 0 ? { 'words.json': printWords(words) } : {}),
      ...(trails.length > 0 ? { 'trails.json': asJson({ version: 1, trails }) } : {}),
    }
  }

  /** Titles that their file's name cannot say (M6), by id. */
  #titles(): Record<string, string> {
    const { catalog } = this.#parts.state
    const titles: [string, string][] = []
    for (const head of catalog.heads()) {
      if (head.state !== 'live') continue
      if (head.title !== stemOf(splitPath(catalog.path(head))[1])) titles.push([head.id, head.title])
    }
    return Object.fromEntries(titles.sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /** What notes were called before, by id: links that were written then lead there still (S13). */
  #formerTitles(): Record<string, readonly string[]> {
    const former: [string, readonly string[]][] = []
    for (const head of this.#parts.state.catalog.heads()) {
      if (head.state === 'live' && head.formerTitles.length > 0) former.push([head.id, head.formerTitles])
    }
    return Object.fromEntries(former.sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /** What imports read as kinds and relations, and the kinds that files do not say (core/import, I7). */
  #importSidecar(): Record<string, string> {
    const { state } = this.#parts
    const { kinds: rules, words } = readMapping(state.vaultDoc)
    const kinds: Record<string, string> = {}
    for (const head of state.catalog.heads()) {
      if (head.state === 'live' && head.kindBeside === head.kind) kinds[state.catalog.path(head)] = head.kind
    }
    if (rules.length + Object.keys(words).length + Object.keys(kinds).length === 0) return {}
    const sorted = Object.fromEntries(Object.entries(kinds).sort(([a], [b]) => (a < b ? -1 : 1)))
    return {
      'import.json': `${JSON.stringify({ version: 1, mapping: { kinds: rules, words }, kinds: sorted }, null, 1)}\n`,
    }
  }

  /** Attachments that some notes mean by the path of another one (SPEC.md, S21). */
  #fileSidecar(): Record<string, string> {
    const files = this.#parts.attachments.standIns()
    return Object.keys(files).length === 0 ? {} : { 'files.json': asJson({ version: 1, files }) }
  }

  /**
   * Read back and compared note by note, unless this state of the note was already. A note that cannot be
   * converted comes without bytes and with the reason: it must not keep the others in.
   */
  async notes(ids: readonly NoteId[], withFiles = false): Promise<Exported> {
    const { state, pool } = this.#parts
    const exported: Exported = []
    const add = (id: NoteId, note: Pick<ExportResult, 'bytes' | 'problem' | 'links' | 'blockIds'>) => {
      const head = state.catalog.get(id)
      if (!head || head.state === 'purged') return
      const { bytes, problem, links, blockIds } = note
      const files = withFiles ? { files: this.#filesOf(id, bytes) } : {}
      exported.push({ id, path: state.catalog.path(head), bytes, problem, links, blockIds, ...files })
    }
    const addNothing = (id: NoteId, problem: string) =>
      add(id, { bytes: new Uint8Array(), problem, links: 0, blockIds: 0 })
    const tasks: ExportTask[] = []
    for (const [i, task] of (await Promise.all(ids.map((id) => this.#task(id)))).entries()) {
      const id = ids[i]
      if (task) tasks.push(task)
      else if (id !== undefined) addNothing(id, 'the store holds no text for it')
    }
    for (const [i, outcome] of (await pool.run(tasks)).entries()) {
      const task = tasks[i]
      if (!task) continue
      if (!outcome.ok) {
        addNothing(task.id, 'it could not be converted')
        continue
      }
      const { docHash, problem } = outcome.value
      add(task.id, outcome.value)
      const head = state.catalog.get(task.id)
      if (!head || !task.verify || problem !== null) continue
      state.setQuietly({ ...head, exportHash: proofOf(docHash, head.sourceHash, outcome.value) })
    }
    return exported
  }

  /** Attachments that a note leads to, as it would be shown. */
  #filesOf(id: NoteId, bytes: Uint8Array): { name: string; path: string }[] {
    const { attachments } = this.#parts
    return namedFiles(decodeSource(bytes).text).flatMap((name) => {
      const file = attachments.resolve(id, name)
      return file ? [{ name, path: file.path }] : []
    })
  }

  /** null where the store cannot give the note. */
  async #task(id: NoteId): Promise<ExportTask | null> {
    const { state, edits } = this.#parts
    const before = state.catalog.get(id)
    const stored = before && (await edits.stateOf(id).catch(() => null))
    const head = state.catalog.get(id)
    if (!stored || !head) return null
    const proof = readProof(head)
    // Edited while it was read: what was proved may be of another state.
    const isSame = !before.dirty && !head.dirty && before.docHash === head.docHash
    return { kind: 'export', id, state: stored, verify: !isSame || !proof, known: isSame && proof ? proof.known : null }
  }

  /** The note as it would be exported. */
  async show(id: NoteId): Promise<{ path: string; markdown: string }> {
    const [note] = await this.notes([this.#parts.state.head(id).id])
    if (!note) throw new CallError('not-found', 'There is no such note in this vault.')
    if (note.bytes.length === 0 && note.problem !== null) {
      throw new CallError('unreadable', `The note at ${note.path} cannot be shown: ${note.problem}.`)
    }
    return { path: note.path, markdown: new TextDecoder().decode(note.bytes) }
  }
}

/**
 * What `exportHash` keeps of an export that was proved: converter and docHash, what the receipt says of the note, and
 * whether its bytes were those that it was imported from.
 */
function proofOf(docHash: string, sourceHash: string, { bytes, links, blockIds }: ExportResult): string {
  const isSource = sourceHash !== '' && sha256Hex(bytes) === sourceHash
  return [CONVERTER, docHash, links, blockIds, isSource ? 'source' : ''].join(':')
}

/** null where this state of the note was not proved by this converter. */
function readProof({ exportHash, docHash, sourceHash }: NoteHead): { readonly known: ExportTask['known'] } | null {
  const [converter, hash, links, blockIds, from] = exportHash.split(':')
  if (converter !== CONVERTER || hash !== docHash) return null
  const isSource = from === 'source' && sourceHash !== ''
  return { known: isSource ? { sha256: sourceHash, links: Number(links), blockIds: Number(blockIds) } : null }
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`
