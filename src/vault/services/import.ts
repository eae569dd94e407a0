import { nanoid } from 'nanoid'
import * as Y from 'yjs'
import { counted } from '../../core/base/counted.ts'
import { isId, type NoteId, noteId, type VaultId } from '../../core/base/ids.ts'
import { splitPath } from '../../core/note/file-name.ts'
import { readTrails } from '../../core/trail/trail.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { IMPORT } from '../../crdt/origins.ts'
import type { InboxEntry, NoteHead } from '../../crdt/store.ts'
import { readMapping } from '../../crdt/vault-doc.ts'
import { addTrails } from '../../crdt/vault-trails.ts'
import type { FolderChange } from '../../ipc/file-shapes.ts'
import type { indexContract } from '../../ipc/index-contract.ts'
import { CallError, type Client, type Input, type Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { ConvertPool } from '../convert/pool.ts'
import { headOf, type NoteState, readState } from '../convert/read-note.ts'
import type { ImportResult, ImportTask, Outcome, ReimportResult, ReimportTask } from '../convert/tasks.ts'
import type { BigChanges, BigStep } from '../history/big-changes.ts'
import type { VersionKeeper } from '../history/keep-versions.ts'
import type { Sessions } from '../history/sessions.ts'
import type { IndexSync } from '../index-sync.ts'
import type { KeyedQueue } from '../keyed-queue.ts'
import type { OpenNotes } from '../open-notes.ts'
import type { VaultState } from '../vault-state.ts'
import type { Folders } from './folders.ts'

export type ImportFiles = Input<typeof vaultContract, 'importFiles'>['files']
type FileIn = ImportFiles[number]
type Reply = Output<typeof vaultContract, 'importFiles'>[number]
/** Versions by note. */
type Kept = ReadonlyMap<NoteId, string>

/** Files of one call from which on it is taken for a part of more. */
const MANY = 50
/** In place of the hash of a note that was not imported before: no file has it. */
const NEVER = 'never'
const TOO_SLOW = 'takes too long to read as Markdown: kept as plain text'
const BROKEN = 'could not be read as Markdown: kept as plain text'

type Parts = {
  readonly state: VaultState
  readonly vaultId: VaultId
  readonly folders: Folders
  readonly open: OpenNotes
  readonly queue: KeyedQueue
  readonly pool: ConvertPool
  readonly sync: IndexSync
  readonly index: Client<typeof indexContract>
  readonly changes: BigChanges
  readonly versions: VersionKeeper
  readonly sessions: Sessions
  /** Watches the doc of a note that nobody has open, while a file changes it. */
  readonly guard: (doc: Y.Doc) => void
}

/**
 * Files in (MARKDOWN.md, M7 to M9; SPEC.md, S14). A batch is parsed in the pool, written with its heads in one
 * transaction, and answered when that is durable; the index follows behind.
 */
export class Import {
  readonly #parts: Parts
  /** Ids that a batch under way has given out. */
  readonly #reserved = new Set<NoteId>()
  /** Notes of the import that goes on. */
  #session = new Set<NoteId>()
  /** Ids that the files of this import asked for and did not get. */
  #renamed = new Map<string, string>()
  /** The import as a big change: a part for each batch, since all of it at once would be written again and again. */
  #step: { readonly id: string; parts: number; first: BigStep | null; readonly notes: Set<NoteId> } | null = null

  /** A part of a folder's change was taken in since `end`. */
  #hasChange = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /**
   * @param mirror a folder that is kept in step: which note a file is, main knows
   * @param change the big change that this is a part of; a mirror without one only keeps versions
   */
  async files(files: ImportFiles, origin: string, mirror = false, change?: FolderChange): Promise<Reply[]> {
    const { state, folders, sync } = this.#parts
    for (const { path } of files) checkPath(path)
    if (files.length >= MANY && !mirror) sync.feed.hold()
    folders.ensureAll(files.map(({ path }) => splitPath(path)[0]))
    const knownAs = (file: FileIn) => (mirror ? this.#mirrored(file) : this.#known(file, origin))
    const tasks = files.map((file) => this.#task(file, knownAs(file), mirror))
    const outcomes = await this.#convert(tasks)
    const strangers = mirror ? new Set<number>() : this.#strangers(files, origin, outcomes)
    for (const i of strangers) {
      const task = { ...(tasks[i] as ImportTask), knownHash: '', listedId: null }
      tasks[i] = task
      outcomes[i] = (await this.#convert([task]))[0] ?? null
    }
    const replies: Reply[] = []
    let step: BigStep | null = null
    let kept: Kept = new Map()
    const entries: (InboxEntry & { head: NoteHead; note: NoteState })[] = []
    const changed: { file: FileIn; head: NoteHead }[] = []
    try {
      for (const [i, file] of files.entries()) {
        const known = strangers.has(i) ? undefined : knownAs(file)
        const result = outcomes[i] ?? null
        if (known) {
          if (result?.status !== 'unchanged') changed.push({ file, head: known })
          else replies.push({ path: file.path, id: known.id, status: 'unchanged', asText: null })
          continue
        }
        const settled = await this.#settleId(tasks[i] as ImportTask, result)
        this.#reserved.add(settled.id)
        const head = headOf(settled.id, settled.state, {
          indexedHash: '',
          exportHash: '',
          dirty: false,
          updated: file.updated,
          importPath: file.path,
          importOrigin: origin,
          sourceHash: settled.sourceHash,
        })
        entries.push({ id: settled.id, update: settled.update, head, note: settled.state })
        replies.push({ path: file.path, id: settled.id, status: 'created', asText: settled.asText })
      }
      // One that was empty until now may have been removed while its files were read.
      for (const { head } of entries) {
        if (head.folderId === null || state.catalog.folderPath(head.folderId) !== '') continue
        folders.ensure(splitPath(head.importPath)[0])
      }
      if (!mirror || change) step = await this.#begin(entries, changed, change)
      else kept = await this.#keep(changed.map(({ head }) => head.id))
      // Folders first: a note on disk whose folder is not would be shown at the top.
      await state.vaultStored()
      if (entries.length > 0)
        await state.store.appendInbox(entries.map(({ id, update, head }) => ({ id, update, head })))
      for (const { head } of entries) state.setHead(head, true)
      state.settlePaths()
      for (const { id, note } of entries) sync.accept(id, note)
    } finally {
      for (const { id } of entries) this.#reserved.delete(id)
    }
    replies.push(
      ...(await Promise.all(changed.map(({ file, head }) => this.#update(file, head, origin, step, mirror)))),
    )
    for (const reply of mirror ? replies : []) {
      const before = step?.versionOf(reply.id) ?? kept.get(reply.id)
      if (before !== undefined) reply.before = before
    }
    if (changed.length > 0) await step?.end()
    const listed = new Map(files.map(({ path, id }) => [path, id]))
    for (const { id, path } of replies) {
      this.#session.add(id)
      const said = listed.get(path)
      if (said !== undefined && said !== id) this.#renamed.set(said, id)
    }
    await sync.feed.room()
    return replies
  }

  async trails(text: string): Promise<void> {
    const { state } = this.#parts
    addTrails(state.vaultDoc, readTrails(text), this.#renamed, IMPORT)
    await state.vaultStored()
  }

  /** Settles when all of it is searchable; links of what this import brought. */
  async end(): Promise<{ links: number; unresolved: number }> {
    const { state, sync, index, changes } = this.#parts
    const ids = this.#session
    this.#session = new Set()
    this.#renamed = new Map()
    const step = this.#step
    this.#step = null
    await step?.first?.end(`Import of ${counted(step.notes.size, 'note')}`)
    if (step || this.#hasChange) await changes.load()
    this.#hasChange = false
    await sync.flush()
    let living = 0
    for (const head of state.catalog.heads()) if (head.state === 'live') living++
    const { links, unresolved } = await index.call('status', {})
    if (ids.size >= living) return { links, unresolved }
    let own = 0
    let open = 0
    for (const id of ids) {
      const found = await index.call('outlinks', { id })
      own += found.length
      open += found.filter((link) => link.id === null).length
    }
    return { links: own, unresolved: open }
  }

  /** Written down before anything of the batch is: cut off after that, what was taken in can be undone. */
  async #begin(
    entries: readonly { readonly id: NoteId; readonly note: NoteState }[],
    changed: readonly { readonly head: NoteHead }[],
    change: FolderChange | undefined,
  ): Promise<BigStep | null> {
    if (entries.length + changed.length === 0) return null
    const { changes } = this.#parts
    let step: BigStep
    if (change) {
      this.#hasChange = true
      step = changes.begin('import', change.title, `${change.id}/${nanoid()}`)
    } else {
      step = this.part([...entries.map(({ id }) => id), ...changed.map(({ head }) => head.id)])
    }
    if (changed.length > 0) await step.before(changed.map(({ head }) => head.id))
    if (entries.length > 0) await step.beforeCreating(entries.map(({ id, note }) => ({ id, docHash: note.docHash })))
    return step
  }

  /** A part of the import that goes on, which is about to make or change these notes. */
  part(ids: readonly NoteId[]): BigStep {
    this.#step ??= { id: nanoid(), parts: 0, first: null, notes: new Set() }
    const session = this.#step
    const step = this.#parts.changes.begin('import', 'Import', `${session.id}/${session.parts++}`)
    session.first ??= step
    for (const id of ids) session.notes.add(id)
    return step
  }

  /** The notes as they are: of one that is kept in this state already, that version. */
  async #keep(ids: readonly NoteId[]): Promise<Kept> {
    const { versions } = this.#parts
    const kept = new Map<NoteId, string>()
    for (const id of ids) {
      const version = (await versions.keepNow(id, { reason: 'before-import' })) ?? (await versions.list(id)).at(-1)
      if (version) kept.set(id, version.id)
    }
    return kept
  }

  #task(file: FileIn, known: NoteHead | undefined, mirror: boolean): ImportTask {
    const { vaultId, folders } = this.#parts
    const listed = file.id !== undefined && isId(file.id) ? noteId(file.id) : null
    return {
      kind: 'import',
      vaultId,
      path: file.path,
      bytes: file.bytes,
      folderId: folders.ensure(splitPath(file.path)[0]),
      listedId: listed !== null && this.#isFree(listed) ? listed : null,
      refuseIds: false,
      generation: 0,
      // A mirror's file may have become again what was taken in once: that is an edit of what it was since.
      knownHash: known ? (mirror ? NEVER : known.sourceHash || NEVER) : '',
      exportedHash: file.exported,
      beside: file.beside,
      givenKind: file.kind,
      rules: readMapping(this.#parts.state.vaultDoc).kinds,
      plain: null,
    }
  }

  /**
   * The note that this file is already: by the path it came from; or a note written here that was exported
   * to this very path and names its id in `.throughline/ids.json`.
   */
  #known(file: FileIn, origin: string): NoteHead | undefined {
    const { catalog } = this.#parts.state
    const imported = catalog.imported(file.path, origin)
    // Undoing an import threw its notes away, not the wish to import the folder again.
    const isUndone = imported && this.#parts.changes.isUndone(imported.id)
    if (imported && imported.state !== 'purged' && !isUndone) return imported
    const listed = file.id === undefined ? undefined : catalog.get(noteId(file.id))
    return listed && listed.state !== 'purged' && listed.importPath === '' && catalog.path(listed) === file.path
      ? listed
      : undefined
  }

  #mirrored({ id }: FileIn): NoteHead | undefined {
    const head = id === undefined ? undefined : this.#parts.state.catalog.get(noteId(id))
    return head?.state === 'purged' ? undefined : head
  }

  /**
   * Places in the batch of files that share nothing but their path with a note of another folder: a second
   * `README.md` is a note of its own, never a newer text of the first. Where most of a batch is as another folder
   * left it, the folder was moved or copied, and what differs is an edit (M8).
   */
  #strangers(files: ImportFiles, origin: string, outcomes: readonly (ImportResult | null)[]): ReadonlySet<number> {
    const elsewhere = [...files.keys()].filter((i) => {
      const file = files[i] as FileIn
      const known = this.#known(file, origin)
      const from = known?.importOrigin ?? ''
      return known && from !== '' && from !== origin && file.id !== known.id && file.exported === undefined
    })
    const changed = elsewhere.filter((i) => outcomes[i]?.status !== 'unchanged')
    return new Set(changed.length * 2 >= elsewhere.length ? changed : [])
  }

  #isFree(id: NoteId): boolean {
    return !this.#parts.state.catalog.get(id) && !this.#reserved.has(id)
  }

  /** A task that fails is tried again as plain text, which reads anything. */
  async #convert(tasks: readonly ImportTask[]): Promise<(ImportResult | null)[]> {
    const { pool } = this.#parts
    const outcomes = await pool.run(tasks)
    const results: (ImportResult | null)[] = []
    for (const [i, outcome] of outcomes.entries()) {
      const task = tasks[i]
      results.push(outcome.ok || !task ? resultOf(outcome) : await this.#plain(task, outcome.error))
    }
    return results
  }

  async #plain(task: ImportTask, error: 'timed-out' | 'failed'): Promise<ImportResult | null> {
    const [outcome] = await this.#parts.pool.run([{ ...task, plain: error === 'timed-out' ? TOO_SLOW : BROKEN }])
    return outcome ? resultOf(outcome) : null
  }

  /** The id that the file asks for may belong to another note: then it gets the one of its path and bytes (M9). */
  async #settleId(task: ImportTask, first: ImportResult | null): Promise<ImportResult & { status: 'new' }> {
    let result = first
    for (let generation = 0; generation < 100; generation++) {
      if (result?.status === 'new' && this.#isFree(result.id)) return result
      const [again] = await this.#convert([{ ...task, knownHash: '', listedId: null, refuseIds: true, generation }])
      result = again ?? null
      if (!result) break
    }
    throw new CallError('unreadable', `The file ${task.path} could not be taken in.`)
  }

  /** The file's text comes back as an edit of its note, the same edit on every device (M8, M9). */
  #update(file: FileIn, known: NoteHead, origin: string, step: BigStep | null, mirror: boolean): Promise<Reply> {
    const { state, open, queue, pool, sync, sessions } = this.#parts
    return queue.run(known.id, async () => {
      const opened = open.get(known.id)
      const stored = opened ? Y.encodeStateAsUpdate(opened.doc) : await state.store.load(known.id)
      if (!stored) throw new CallError('unreadable', `The note of ${file.path} has no text in the store.`)
      const task: ReimportTask = {
        kind: 'reimport',
        id: known.id,
        path: file.path,
        bytes: file.bytes,
        state: stored,
        formerHashes: [mirror ? '' : known.sourceHash, file.exported ?? ''].filter((hash) => hash !== ''),
        base: file.base,
        beside: file.beside,
        plain: null,
      }
      let [outcome] = await pool.run([task])
      if (outcome && !outcome.ok) {
        ;[outcome] = await pool.run([{ ...task, plain: outcome.error === 'timed-out' ? TOO_SLOW : BROKEN }])
      }
      if (!outcome?.ok) throw new CallError('unreadable', `The file ${file.path} could not be taken in.`)
      const { sourceHash, asText, log } = outcome.value
      const facts = { importPath: file.path, importOrigin: origin, sourceHash, updated: file.updated }
      if (opened) {
        step?.about(known.id, opened.doc)
        Y.applyUpdate(opened.doc, outcome.value.update, IMPORT)
        step?.left(known.id, docHash(opened.doc))
        sessions.rebase(known.id)
        await opened.whenStored()
        // Its head may have followed the text while the disk was busy: only the head as it is now is built on.
        state.setHead({ ...state.head(known.id), ...facts, dirty: true })
        open.refresh(known.id)
      } else {
        const { update, note } = this.#guarded(known, stored, outcome.value)
        const next = headOf(known.id, note, { ...state.head(known.id), ...facts, dirty: false })
        await state.store.appendInbox([{ id: known.id, update, head: next }])
        step?.left(known.id, note.docHash)
        state.setHead(next, true)
        state.settlePaths()
        sync.accept(known.id, note)
      }
      return { path: file.path, id: known.id, status: 'updated', asText, log }
    })
  }

  /** What the file changed, and what the note's log says of it. */
  #guarded(known: NoteHead, stored: Uint8Array, { update, state: note }: ReimportResult) {
    if ((known.log ?? 0) === 0) return { update, note }
    const doc = new Y.Doc()
    Y.applyUpdate(doc, stored)
    const before = Y.encodeStateVector(doc)
    this.#parts.guard(doc)
    Y.applyUpdate(doc, update, IMPORT)
    const guarded = { update: Y.encodeStateAsUpdate(doc, before), note: readState(doc) }
    doc.destroy()
    return guarded
  }
}

const resultOf = (outcome: Outcome<ImportResult>): ImportResult | null => (outcome.ok ? outcome.value : null)

/** Paths come from main, which made them from names on a disk; they end up in folders and exports all the same. */
export function checkPath(path: string): void {
  const segments = path.split('/')
  if (!path.includes('\0') && segments.every((segment) => segment !== '' && segment !== '.' && segment !== '..')) return
  throw new CallError(
    'bad-path',
    `“${path.replaceAll('\0', '\ufffd')}” is no path below the folder that is read in. It was not taken in.`,
  )
}
