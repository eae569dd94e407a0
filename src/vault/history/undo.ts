import type * as Y from 'yjs'
import type { NoteId } from '../../core/base/ids.ts'
import type { BigChange } from '../../core/history/version.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { readMeta, rootOf, updateMeta } from '../../crdt/note-doc.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { CallError } from '../../ipc/rpc.ts'
import { sha256Hex } from '../convert/hash.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { OpenNotes } from '../open-notes.ts'
import type { Notes } from '../services/notes.ts'
import type { Rename } from '../services/rename.ts'
import type { VaultState } from '../vault-state.ts'
import { type BigChanges, type BigStep, TRASHED_ONLY } from './big-changes.ts'
import type { VersionKeeper } from './keep-versions.ts'
import { type KeptContent, mergeBack, putBackAll, readKept } from './put-back.ts'
import type { Sessions } from './sessions.ts'

export type Undone = { restored: number; merged: number; trashed: number; kept: number }

type Parts = {
  readonly state: VaultState
  readonly open: OpenNotes
  readonly edits: EditNotes
  readonly notes: Notes
  readonly rename: Rename
  readonly versions: VersionKeeper
  readonly changes: BigChanges
  readonly sessions: Sessions
  readonly progress: (done: number, total: number) => void
}

const UNDONE = 'Undone: '
type Changed = BigChange['changed'][number]

/** The notes that nobody but the program has edited since a change: giving links their former names back is no edit. */
class AsLeft {
  readonly #hashes: Map<NoteId, string>

  constructor(texts: readonly Changed[]) {
    this.#hashes = new Map(texts.map(({ id, after }) => [id, after]))
  }

  /** The docHash that the note has if nobody edited it; null where somebody did. */
  of(id: NoteId): string | null {
    return this.#hashes.get(id) || null
  }

  about(id: NoteId, doc: Y.Doc): void {
    if (docHash(doc) !== this.#hashes.get(id)) this.#hashes.delete(id)
  }

  left(id: NoteId, hash: string): void {
    if (this.#hashes.has(id)) this.#hashes.set(id, hash)
  }
}

/** Takes a big change back, as a big change of its own, so that this can be taken back too (SPEC.md, K9). */
export class Undo {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Fails with `not-found`, or `undone` where it was taken back already. */
  async run(id: string): Promise<Undone> {
    const { changes, state, open } = this.#parts
    const change = await changes.get(id)
    if (!change) throw new CallError('not-found', 'This change is not remembered any more.')
    if (change.undone) throw new CallError('undone', 'This change was undone already.')
    open.refreshAll()
    const isThere = (note: NoteId) => (state.catalog.get(note)?.state ?? 'purged') !== 'purged'
    const texts = change.changed.filter((each) => each.version !== TRASHED_ONLY && isThere(each.id))
    const thrown = change.changed.filter((each) => each.version === TRASHED_ONLY && isThere(each.id))
    const made = change.created.filter((each) => isThere(each.id))
    const toTrash = made.filter(({ id: note, after }) => {
      const head = state.catalog.get(note)
      return head?.state === 'live' && head.docHash === after
    })
    const kept = made.filter(({ id: note }) => state.catalog.get(note)?.state === 'live').length - toTrash.length
    const back = thrown.filter(({ id: note }) => state.catalog.get(note)?.state === 'trashed')

    const title = change.title.startsWith(UNDONE) ? change.title.slice(UNDONE.length) : UNDONE + change.title
    const step = changes.begin(change.kind, title)
    await step.before(texts.map((each) => each.id))
    await step.beforeTrash(toTrash.map((each) => each.id))
    await step.beforeCreating(back.map((each) => ({ id: each.id, docHash: '' })))

    const total = texts.length + toTrash.length + back.length
    let done = 0
    const counts: Undone = { restored: 0, merged: 0, trashed: 0, kept }
    const tick = () => this.#parts.progress(++done, total)
    const expected = new AsLeft(texts)
    // The last one first: a name may have been free only because another note gave it up.
    for (const { kind, note } of change.names.toReversed()) {
      if (isThere(note.id)) await this.#nameBack(kind, note, expected)
    }
    for (const each of texts) {
      const result = await this.#text(change, each, expected.of(each.id), step)
      if (result) counts[result]++
      tick()
    }
    for (const { id: note } of toTrash) {
      await this.#parts.notes.trash(note)
      step.left(note, state.head(note).docHash)
      counts.trashed++
      tick()
    }
    for (const { id: note } of back) {
      await this.#parts.notes.restore(note)
      step.left(note, state.head(note).docHash)
      counts.restored++
      tick()
    }
    await changes.setUndone(id)
    await step.end()
    await changes.load()
    return counts
  }

  /** @param expected docHash of a note that nobody edited since the change; null where somebody did */
  async #text(
    change: BigChange,
    changed: Changed,
    expected: string | null,
    step: BigStep,
  ): Promise<'restored' | 'merged' | null> {
    const { edits, sessions, state } = this.#parts
    const { id } = changed
    const before = await this.#content(id, changed.version)
    if (!before) return null
    if (expected === null && (change.kind === 'rename' || change.kind === 'move')) {
      // All that was changed there is links, and those have their former names by now.
      step.left(id, await edits.read(id, docHash))
      return 'merged'
    }
    await sessions.idle()
    const after = expected === null ? await this.#after(id, changed) : null
    // What was written since cannot be told from what the change did: the note stays as it is.
    if (expected === null && changed.after !== '' && !after) return null
    const result = await edits.edit(id, (doc) => {
      // Somebody began to write a moment ago.
      if (expected !== null && docHash(doc) !== expected) return 'again'
      // A rename gave this note its links back meanwhile.
      if (change.kind !== 'rename' && change.kind !== 'move') step.about(id, doc)
      const isSame = JSON.stringify(readTree(rootOf(doc))) === JSON.stringify(before.tree)
      if (after) mergeBack(doc, after, before)
      else putBackAll(doc, before)
      step.left(id, docHash(doc))
      return isSame || !after ? 'restored' : 'merged'
    })
    if (result === 'again') return this.#text(change, changed, null, step)
    const head = state.head(id)
    if (head.importPath !== '') {
      state.setHead({ ...head, sourceHash: before.source ? sha256Hex(before.source) : '' })
    }
    sessions.rebase(id)
    return result
  }

  /** The state that the change left, kept when somebody edited on; null where nobody did. */
  async #after(id: NoteId, changed: Changed): Promise<KeptContent | null> {
    const versions = await this.#parts.versions.list(id)
    const at = versions.findIndex((version) => version.id === changed.version)
    const later = versions.slice(at + 1).filter((version) => version.docHash !== versions[at]?.docHash)
    // Of a change that was cut off nobody knows what it left: the next state there is.
    const found = changed.after === '' ? later[0] : later.find((version) => version.docHash === changed.after)
    return found ? this.#content(id, found.id) : null
  }

  async #content(id: NoteId, version: string): Promise<KeptContent | null> {
    try {
      return readKept(await this.#parts.versions.read(id, version))
    } catch (error) {
      // Thinned long ago, damaged, or of a newer program: this note stays as it is, and the others come back.
      if (error instanceof CallError && error.code !== 'closed') return null
      throw error
    }
  }

  /** The note's name or folder first, with every link to it; its former file name after that. */
  async #nameBack(kind: 'rename' | 'move', { id, version }: Changed, asLeft: AsLeft): Promise<void> {
    const { rename, edits, state } = this.#parts
    const before = await this.#content(id, version)
    if (!before) return
    const { title, folderId, file, formerTitles } = before.meta
    if (kind === 'rename') await rename.rename(id, title, asLeft)
    else if (folderId === null || state.catalog.folderPath(folderId) !== '') await rename.move(id, folderId, asLeft)
    await edits.edit(id, (doc) => {
      asLeft.about(id, doc)
      if (kind === 'rename' && readMeta(doc).title === title) updateMeta(doc, { file, formerTitles }, LOCAL)
      asLeft.left(id, docHash(doc))
    })
  }
}
