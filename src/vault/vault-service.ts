import type { Doc } from 'yjs'
import { type NoteId, noteId, type VaultId } from '../core/base/ids.ts'
import { byteChannel } from '../crdt/byte-channel.ts'
import { LOCAL } from '../crdt/origins.ts'
import { readVault, setVaultName } from '../crdt/vault-doc.ts'
import type { indexContract, indexWriteContract } from '../ipc/index-contract.ts'
import type { keeperContract } from '../ipc/keeper-contract.ts'
import { domPort, type Port } from '../ipc/port.ts'
import { CallError, type Client, type EventOf, type Handlers, type Served, serve } from '../ipc/rpc.ts'
import { vaultContract } from '../ipc/vault-contract.ts'
import type { ConvertPool } from './convert/pool.ts'
import type { NoteState } from './convert/read-note.ts'
import { EditNotes } from './edit-notes.ts'
import { faultText } from './fault-words.ts'
import { BigChanges } from './history/big-changes.ts'
import { VersionKeeper } from './history/keep-versions.ts'
import { type Every, Sessions } from './history/sessions.ts'
import { Undo } from './history/undo.ts'
import { IndexSync } from './index-sync.ts'
import { KeyedQueue } from './keyed-queue.ts'
import { guardLog } from './log-guard.ts'
import { type OpenNoteHooks, OpenNotes } from './open-notes.ts'
import { AttachmentUse } from './services/attachment-use.ts'
import { Attachments } from './services/attachments.ts'
import { Check } from './services/check.ts'
import { CommitmentCalls } from './services/commitment-calls.ts'
import { Export } from './services/export.ts'
import { FolderChanges } from './services/folder-changes.ts'
import { Folders } from './services/folders.ts'
import { History } from './services/history.ts'
import { Html } from './services/html.ts'
import { Import } from './services/import.ts'
import { Logs } from './services/logs.ts'
import { MappingOfVault } from './services/mapping.ts'
import { Notes } from './services/notes.ts'
import { PassageReader } from './services/passage-reader.ts'
import { Passages } from './services/passages.ts'
import { Rename } from './services/rename.ts'
import { Replace } from './services/replace.ts'
import { Trash } from './services/trash.ts'
import type { JournaledStore } from './store/journaled-store.ts'
import { type VaultSyncParts, VaultSyncStore } from './sync/vault-sync-store.ts'
import { VaultState } from './vault-state.ts'

type Events = typeof vaultContract.events
type VaultEvent = { [K in keyof Events]: { name: K; payload: EventOf<typeof vaultContract, K> } }[keyof Events]

export type VaultServiceParts = {
  readonly vaultId: VaultId
  readonly store: JournaledStore
  readonly pool: ConvertPool
  /** Where what peers send is tried; absent: in the pool, with an import's patience. */
  readonly checkPool?: ConvertPool
  readonly index: Client<typeof indexContract>
  readonly indexWrite: Client<typeof indexWriteContract>
  readonly keeper: Client<typeof keeperContract>
  /** Makes the store give up the bytes of what was deleted; absent where that means nothing. */
  readonly tidyStore?: () => Promise<void>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** 21 characters of nanoid's alphabet. */
  readonly newId: () => string
  /** Instead of the timers that versions are kept by. */
  readonly every?: Every | undefined
}

/**
 * The vault worker without its worker: all services of one vault, put together. `serve` may be called before
 * `start`; calls wait until heads and vault doc are read.
 */
export class VaultService {
  readonly #parts: VaultServiceParts
  readonly #state: VaultState
  readonly #queue = new KeyedQueue()
  readonly #open: OpenNotes
  readonly #sync: IndexSync
  readonly #folders: Folders
  readonly #notes: Notes
  readonly #logs: Logs
  readonly #commitments: CommitmentCalls
  readonly #passages: Passages
  readonly #passageReader: PassageReader
  readonly #rename: Rename
  readonly #attachments: Attachments
  readonly #attachmentUse: AttachmentUse
  readonly #trash: Trash
  readonly #import: Import
  readonly #folderChanges: FolderChanges
  readonly #mapping: MappingOfVault
  readonly #export: Export
  readonly #html: Html
  readonly #check: Check
  readonly #versions: VersionKeeper
  readonly #sessions: Sessions
  readonly #changes: BigChanges
  readonly #history: History
  readonly #replace: Replace
  readonly #replicaParts: VaultSyncParts
  #replica: VaultSyncStore | null = null
  readonly #served = new Set<Served<typeof vaultContract>>()
  readonly #ready: Promise<void>
  #setReady: (started: Promise<void>) => void = () => {}
  /** Dirty notes are computed again, and what the index lacks is known. */
  #compared: Promise<void> = Promise.resolve()
  /** Cut-off work is done, and the index agrees. */
  #settled: Promise<void> = Promise.resolve()
  /** Store and journal are compared. */
  #reconciled: Promise<void> = Promise.resolve()
  #fault: string | null = null
  #restored: string | null = null

  constructor(parts: VaultServiceParts) {
    const { vaultId, store, pool, index, indexWrite, keeper, now } = parts
    this.#parts = parts
    this.#ready = new Promise((resolve) => {
      this.#setReady = resolve
    })
    const progress = (job: EventOf<typeof vaultContract, 'progress'>['job']) => (done: number, total: number) =>
      this.#emit({ name: 'progress', payload: { job, done, total } })
    const state = new VaultState({ store, now, tell: (changed) => this.#emit({ name: 'changed', payload: changed }) })
    const onState = (id: NoteId, note: NoteState) => this.#sync.accept(id, note)
    const queue = this.#queue
    const guard = (doc: Doc) => guardLog(doc, () => this.#logs.now())
    // Named before they are made: an open note tells the sessions, and those read open notes.
    const hooks: OpenNoteHooks = {
      onOpen: (id, doc, awareness) => {
        this.#replica?.noteOpened(id, doc, awareness)
        this.#sessions.onOpen(id, doc)
        guard(doc)
      },
      onUpdate: (id) => this.#sessions.onUpdate(id),
      onClose: (id, doc) => this.#sessions.onClose(id, doc),
      onClosed: (id) => this.#replica?.noteClosed(id),
    }
    const open = new OpenNotes(state, queue, onState, hooks)
    const beforeEdit = async (id: NoteId, stored: Uint8Array, docHash: string) => {
      if (!this.#changes.isLeft(id, docHash)) return
      await this.#versions.keep(id, stored, { reason: 'session' }).catch(() => {})
    }
    const edits = new EditNotes({ state, open, queue, onState, beforeEdit, guard })
    const sync = new IndexSync({ state, index: indexWrite, pool, open, progress: progress('index') })
    this.#state = state
    this.#open = open
    this.#sync = sync
    this.#folders = new Folders(state, vaultId)
    this.#notes = new Notes({ state, edits, folders: this.#folders, newId: () => noteId(parts.newId()), onState })
    this.#logs = new Logs({ state, edits })
    const logs = this.#logs
    this.#passages = new Passages({ edits })
    this.#passageReader = new PassageReader({ state, open, edits })
    this.#attachments = new Attachments(state)
    const attachments = this.#attachments
    const tell = (ids: readonly NoteId[]) => this.#emit({ name: 'history', payload: { ids: [...ids] } })
    const versions = new VersionKeeper({ state, keeper, pool, edits, attachments, now, tell })
    const sessions = new Sessions(versions, parts.every)
    const changes = new BigChanges({ state, keeper, versions, tell })
    this.#versions = versions
    this.#sessions = sessions
    this.#changes = changes
    const stepping = { state, open, edits, sync, index, changes, sessions }
    this.#rename = new Rename({ ...stepping, progress: progress('rename') })
    const [notes, rename, folders] = [this.#notes, this.#rename, this.#folders]
    const undo = new Undo({
      state,
      open,
      edits,
      notes,
      rename,
      versions,
      changes,
      sessions,
      progress: progress('undo'),
    })
    const restoring = progress('restore')
    this.#history = new History({
      state,
      edits,
      pool,
      keeper,
      versions,
      sessions,
      changes,
      undo,
      progress: restoring,
      tell,
    })
    const keep = (id: NoteId) => versions.keepNow(id, { reason: 'session' }).catch(() => null)
    this.#commitments = new CommitmentCalls({ ...stepping, notes, logs, versions, keeper, pool, keep })
    this.#replace = new Replace({ ...stepping, notes, pool, progress: progress('replace') })
    this.#attachmentUse = new AttachmentUse({ state, open, edits, sync, pool, attachments, index, indexWrite })
    const { tidyStore } = parts
    this.#trash = new Trash({ state, open, edits, queue, pool, indexWrite, keeper, tidyStore })
    this.#import = new Import({ ...stepping, vaultId, folders: this.#folders, queue, pool, versions, guard })
    this.#folderChanges = new FolderChanges({ state, folders, notes, rename, changes })
    this.#mapping = new MappingOfVault(stepping)
    this.#export = new Export({ state, open, edits, attachments: this.#attachments, pool })
    this.#html = new Html({ state, edits, attachments: this.#attachments, pool, index })
    this.#check = new Check({ state, store, open, edits, pool, sync, index: indexWrite, progress: progress('check') })
    const checks = parts.checkPool ?? pool
    this.#replicaParts = { vaultId, state, open, queue, pool: checks, index: sync, trash: this.#trash, versions }
    state.onMoved = (ids) => sync.reread(ids)
    store.health.changed.on(() => this.#tellFault())
    store.progress.on(({ done, total }) => restoring(done, total))
    store.restored.on((text) => {
      this.#restored = text
      this.#emit({ name: 'restored', payload: { text } })
    })
    store.putBack.on(({ heads }) => {
      for (const head of heads) state.setHead(head, true)
      state.settlePaths()
      sync.reread(heads.map(({ id }) => id))
    })
  }

  /** Reads heads and vault doc; what was left undone goes on behind. Rejects where the store cannot be read. */
  start(): Promise<void> {
    const started = Promise.all([this.#state.open(), this.#attachments.open()]).then(() => this.#trash.begin())
    this.#setReady(started)
    this.#compared = started.then(async () => {
      const dirty: NoteId[] = []
      for (const head of this.#state.catalog.heads()) if (head.dirty) dirty.push(head.id)
      this.#sync.reread(dirty)
      await this.#sync.settled()
      await this.#sync.compare()
    })
    this.#settled = this.#compared.then(async () => {
      // Without the keeper there is no history to take up.
      await this.#changes.load().catch(() => {})
      await this.#rename.resume()
      await this.#trash.resume()
      await this.#sync.settled()
    })
    // Behind everything that a person waits for; what is cut off here is found again by the next start.
    this.#reconciled = this.#settled.then(() => this.#parts.store.reconcile())
    this.#reconciled.catch(() => {})
    // Whoever waits for these hears of a failure there.
    this.#ready.catch(() => {})
    this.#compared.catch(() => {})
    this.#settled.catch(() => {})
    return started
  }

  serve(port: Port): void {
    const served = serve(vaultContract, this.#handlers(), port)
    this.#served.add(served)
    void served.closed.then(() => this.#served.delete(served))
  }

  /**
   * Everything that was sent is on disk, in the store or, while that fails, in the journal; the index follows
   * where that is not a whole rebuild.
   */
  async flush(): Promise<void> {
    const { store } = this.#parts
    // While the store fails, what only waits for it is not waited for: heads are derived.
    const settled = (work: Promise<unknown>) => store.health.orFailing(work)
    // A title that is given while the window closes is still looking for its links.
    await settled(this.#rename.written())
    await settled(this.#queue.idle())
    this.#open.refreshAll()
    await Promise.all([this.#open.whenStored(), this.#state.vaultStored(), settled(this.#state.heads.idle())])
    await settled(this.#compared)
    if (!this.#sync.isRebuilding) await this.#sync.flush().catch(() => {})
    await settled(this.#state.heads.idle())
    await settled(this.#sessions.flush())
    await settled(store.mark().catch(() => {}))
  }

  /** What peers are joined to (vault/sync): one for the life of the vault, when every head is right. */
  async replica(): Promise<VaultSyncStore> {
    await this.#settled
    this.#replica ??= new VaultSyncStore(this.#replicaParts)
    return this.#replica
  }

  /** Store and journal hold the same, as far as that was not so at the start. */
  whenReconciled(): Promise<void> {
    return this.#reconciled
  }

  async close(): Promise<void> {
    await this.flush()
    this.#sessions.end()
    this.#replica?.close()
    this.#parts.checkPool?.close()
    this.#parts.pool.close()
    await this.#state.close()
  }

  #emit({ name, payload }: VaultEvent): void {
    for (const served of this.#served) served.emit(name, payload as never)
  }

  #tellFault(): void {
    const { fault, journalFault } = this.#parts.store.health
    const text = faultText(fault, journalFault)
    if (text === this.#fault) return
    this.#fault = text
    this.#emit({ name: 'fault', payload: { text } })
  }

  #handlers(): Handlers<typeof vaultContract> {
    const handlers = this.#calls()
    const waiting: Record<string, unknown> = {}
    for (const [name, handler] of Object.entries(handlers)) {
      const call = handler as (input: unknown, ports: readonly MessagePort[]) => unknown
      waiting[name] = async (input: unknown, ports: readonly MessagePort[]) => {
        await this.#ready
        return call(input, ports)
      }
    }
    return waiting as Handlers<typeof vaultContract>
  }

  #calls() {
    const state = this.#state
    return {
      info: () => {
        const { kinds, trashed } = state.catalog.counts()
        const { name } = readVault(state.vaultDoc)
        return { name, counts: kinds, trashed, fault: this.#fault, restored: this.#restored }
      },
      ...this.#history.calls(),
      ...this.#replace.calls(),
      ...this.#passages.calls(),
      trash: () => this.#trash.list(),
      purgeNotes: ({ ids }) => this.#trash.purge(ids),
      setName: async ({ name }) => {
        setVaultName(state.vaultDoc, name, LOCAL)
        await state.vaultStored()
      },
      folders: () => this.#folders.list(),
      notes: (filter) => state.catalog.rows(filter),
      note: ({ id }) => this.#notes.read(id),
      find: ({ name }) => this.#notes.find(name),
      createNote: (note) => this.#notes.create(note),
      openNote: ({ id }, ports) => this.#openNote(id, ports),
      appendMarkdown: async ({ id, markdown }) => {
        // What a script appends to a note that nobody has open is an edit like any other.
        if (!this.#open.isOpen(id)) await this.#versions.keepNow(id, { reason: 'session' }).catch(() => {})
        return this.#notes.append(id, markdown)
      },
      noteLog: ({ id }) => this.#logs.read(id),
      ...this.#commitments.calls(),
      importTrails: ({ trails }) => this.#import.trails(trails),
      showMarkdown: ({ id }) => this.#export.show(id),
      passage: ({ id, anchor, most }) => this.#passageReader.read(id, anchor, most),
      renameNote: ({ id, title }) => this.#rename.rename(id, title),
      setKind: ({ id, kind }) => this.#notes.setKind(id, kind),
      editFacts: ({ id, edit, author }) =>
        this.#notes.editFacts(id, edit, { author: author ?? '', at: this.#logs.now() }),
      moveNote: ({ id, folderId }) => this.#rename.move(id, folderId),
      trashNote: ({ id }) => this.#notes.trash(id),
      restoreNote: ({ id }) => this.#notes.restore(id),
      createFolder: ({ parentId, name }) => this.#folders.create(parentId, name),
      renameFolder: ({ id, name }) => this.#folders.rename(id, name),
      moveFolder: ({ id, parentId }) => this.#folders.move(id, parentId),
      removeFolder: ({ id }) => this.#folders.remove(id),
      attachments: () => this.#attachments.list(),
      addAttachments: ({ attachments }) => this.#attachments.add(attachments),
      importAttachments: ({ origin, attachments }) => this.#attachments.take(attachments, origin),
      attachmentsInUse: async () => {
        await this.#settled
        return this.#attachmentUse.inUse()
      },
      removeAttachments: async ({ attachments }) => {
        await this.#settled
        return this.#attachmentUse.remove(attachments)
      },
      resolveAttachment: ({ noteId: id, target }) => this.#attachments.resolve(id, target),
      importFiles: ({ files, origin, mirror, change }) => this.#import.files(files, origin ?? '', mirror, change),
      ...this.#folderChanges.calls(),
      importMapping: () => this.#mapping.get(),
      importedKinds: ({ origin, paths }) => this.#mapping.importedKinds(origin, paths),
      applyKinds: ({ kinds }) => this.#mapping.apply(kinds, (ids) => this.#import.part(ids)),
      setImportMapping: (mapping) => this.#mapping.set(mapping),
      writeKinds: () => this.#mapping.writeKinds(),
      importEnd: () => this.#import.end(),
      exportPlan: ({ of }) => this.#export.plan(of),
      exportNotes: ({ ids, withFiles }) => this.#export.notes(ids, withFiles),
      htmlOf: ({ ids }) => this.#html.of(ids),
      check: async ({ repair }) => {
        await this.#settled
        // What is still being written to the journal is nothing to report.
        await this.#reconciled.catch(() => {})
        return this.#check.run(repair)
      },
      whenReconciled: () => this.#reconciled.catch(() => {}),
      flush: () => this.flush(),
      whenIndexed: async () => {
        await this.#settled
        this.#open.refreshAll()
        await this.#sync.flush()
      },
    } satisfies Handlers<typeof vaultContract>
  }

  async #openNote(id: NoteId, ports: readonly MessagePort[]): Promise<void> {
    const [port, ...others] = ports
    for (const other of others) other.close()
    if (!port) throw new CallError('invalid', 'A note is opened with the port that carries it.')
    await this.#open.serve(id, byteChannel(domPort(port)))
  }
}
