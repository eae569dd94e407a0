import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type NoteId, noteId } from '../../core/base/ids.ts'
import type { FolderChange } from '../../ipc/file-shapes.ts'
import { CallError } from '../../ipc/rpc.ts'
import { isFull } from '../files/disk-problem.ts'
import { readProblem } from '../files/scan.ts'
import { sha256Of } from '../files/target.ts'
import type { ReadIn } from './decide.ts'
import type { Line } from './lines.ts'
import type { MirrorParts, Problem } from './parts.ts'

type Parts = MirrorParts & {
  readonly root: string
  readonly origin: string
  /** The big change that all of it is; undefined for a single save. */
  readonly change: FolderChange | undefined
}
type Edit = ReadIn['edits'][number]
type Result = {
  hasChanged: boolean
  isUnsettled: boolean
  trashed: number
  problems: Problem[]
  /** Of the notes that were read in. */
  readonly ids: Set<NoteId>
}

const BATCH_FILES = 200
const BATCH_BYTES = 1 << 20
const NO_TEXT = new Uint8Array()

/**
 * The folder's part of a round (SPEC.md, F5 to F11): text first, then names, then what went. Each step may run twice:
 * a line is set when the vault has answered.
 */
export async function readIn(decided: ReadIn, parts: Parts): Promise<Result> {
  const { lines, vault, change, onHappened, step = () => {} } = parts
  const result: Result = { hasChanged: false, isUnsettled: false, trashed: 0, problems: [], ids: new Set() }

  const renamed = new Set(decided.moves.map(({ file }) => file.path))
  const isRenamed = ({ file }: Edit) => renamed.has(file.path)
  // What another program wrote goes before what follows from a rename: it may have led the links over itself.
  await readEdits(
    decided.edits.filter((edit) => !isRenamed(edit)),
    parts,
    result,
  )
  for (const { line, file, place } of decided.moves) {
    step('place')
    if (place) {
      await tolerated(file.path, result, async () => {
        const id = noteId(line.id)
        await vault.call('placeNote', { id, path: file.path, ...(change ? { change } : {}) })
        result.ids.add(id)
        const isOne = decided.moves.length === 1 && decided.edits.length + decided.gone.length === 0
        onHappened({ kind: 'renamed', path: file.path, id, from: line.path, change: isOne ? change?.id : undefined })
      })
    }
    lines.set({ ...line, path: file.path, stamp: '' })
  }
  await lines.flush()
  await readEdits(decided.edits.filter(isRenamed), parts, result)

  await trashAll(decided.gone, parts, result)
  for (const line of decided.forget) lines.bury(line)
  // Without a line it is written as a new one.
  for (const line of decided.back) {
    lines.drop(line)
    onHappened({ kind: 'put-back', path: line.path, id: noteId(line.id), from: '' })
  }
  await lines.flush()
  await readAttachments(decided, parts, result)
  return result
}

async function trashAll(gone: readonly Line[], parts: Parts, result: Result): Promise<void> {
  const { vault, lines, change, onHappened, step = () => {} } = parts
  const trash = async (some: readonly Line[]) => {
    step('trash')
    await vault.call('trashNotes', { ids: some.map(({ id }) => noteId(id)), ...(change ? { change } : {}) })
    for (const line of some) {
      lines.bury(line)
      result.trashed++
      onHappened({ kind: 'trashed', path: line.path, id: noteId(line.id), from: '' })
    }
    result.hasChanged = true
    await lines.flush()
  }
  for (let i = 0; i < gone.length; i += BATCH_FILES) {
    const some = gone.slice(i, i + BATCH_FILES)
    try {
      await trash(some)
    } catch (error) {
      if (!isTolerable(error)) throw error
      // One that cannot be changed keeps no other from going.
      for (const line of some) await tolerated(line.path, result, () => trash([line]))
    }
  }
}

async function readEdits(edits: readonly Edit[], parts: Parts, result: Result): Promise<void> {
  const { vault, lines, texts, root, origin, change, onHappened, keepCopy, step = () => {} } = parts
  for (const batch of batches(edits)) {
    const files = []
    const taken: { edit: Edit; bytes: Uint8Array; sha256: string }[] = []
    const back: NoteId[] = []
    for (const edit of batch) {
      const { file, line, id, revive } = edit
      const bytes = await readFile(path.join(root, file.path)).then(
        (read) => new Uint8Array(read),
        () => null,
      )
      // Somebody is writing it this very moment.
      if (!bytes || sha256Of(bytes) !== file.sha256) {
        result.isUnsettled = true
        continue
      }
      if (revive && id !== null) back.push(noteId(id))
      // Where the text of the line is missing, an older one would undo what was written here since: both stay.
      const base = id === null ? null : line ? ((await texts.read(line.sha256)) ?? NO_TEXT) : NO_TEXT
      await texts.keep(file.sha256, bytes)
      taken.push({ edit, bytes, sha256: file.sha256 })
      files.push({
        path: file.path,
        bytes,
        updated: file.modified,
        // The `id` in a new file may be another file's of which it is a copy: a note that is there is not its note.
        ...(id === null ? {} : { id }),
        ...(line ? { exported: line.sha256 } : {}),
        ...(base ? { base } : {}),
      })
    }
    if (files.length === 0) continue
    const partOf = change ? { change } : {}
    if (back.length > 0) {
      step('restore')
      await vault.call('restoreNotes', { ids: back, ...partOf }).catch(ignoreGone)
    }
    step('import')
    const replies = await vault.call('importFiles', { files, origin, mirror: true, ...partOf })
    result.hasChanged = true
    const byPath = new Map(replies.map((reply) => [reply.path, reply]))
    for (const { edit, bytes, sha256 } of taken) {
      const reply = byPath.get(edit.file.path)
      if (!reply) continue
      const { file, revive, both } = edit
      lines.set({ path: file.path, sha256, docHash: '', id: reply.id, stamp: file.stamp, from: 'folder' })
      onHappened({
        kind: both && reply.status === 'updated' ? 'both' : revive ? 'restored' : 'read',
        path: file.path,
        id: reply.id,
        from: '',
        before: reply.before,
      })
      result.ids.add(reply.id)
      // What the folder said of an entry goes back to what was written (core/commitment/SPEC.md, G10): never in silence.
      if (reply.log && reply.log.altered + reply.log.missing > 0) {
        // The changed words stand nowhere else once the file is as it was.
        const kept = reply.log.altered > 0 ? await keepCopy?.(reply.id, bytes) : undefined
        onHappened({ kind: 'log-kept', path: file.path, id: reply.id, from: '', kept })
      }
    }
    await lines.flush()
  }
  if (result.hasChanged) await vault.call('importEnd', {})
}

async function readAttachments({ attach, detach }: ReadIn, parts: Parts, result: Result): Promise<void> {
  const { vault, vaultId, lines, attachments, root, onHappened, step = () => {} } = parts
  for (const file of attach) {
    try {
      const stored = await attachments.addFile(vaultId, path.join(root, file.path))
      step('attach')
      await vault.call('addAttachments', { attachments: [{ path: file.path, ...stored }] })
      result.hasChanged = true
      const isSame = stored.sha256 === file.sha256
      if (!isSame) result.isUnsettled = true
      const from = lines.at(file.path)?.from ?? 'folder'
      lines.set({ path: file.path, sha256: stored.sha256, docHash: '', id: '', stamp: isSame ? file.stamp : '', from })
      onHappened({ kind: 'read', path: file.path, id: null, from: '' })
    } catch (error) {
      if (error instanceof CallError || isFull(error)) throw error
      result.problems.push({ path: file.path, reason: readProblem(error) })
    }
  }
  if (detach.length === 0) return
  const stored = new Map((await vault.call('attachments', {})).map((each) => [each.path, each]))
  const wanted = detach.flatMap((line) => stored.get(line.path) ?? [])
  step('detach')
  const gone = wanted.length === 0 ? [] : await vault.call('removeAttachments', { attachments: wanted })
  const removed = new Set(gone.map((each) => each.path))
  for (const line of detach) {
    lines.drop(line)
    result.hasChanged = true
    const isPutBack = stored.has(line.path) && !removed.has(line.path)
    onHappened({ kind: isPutBack ? 'put-back' : 'removed', path: line.path, id: null, from: '' })
  }
  await lines.flush()
}

async function tolerated(at: string, result: Result, work: () => Promise<void>): Promise<void> {
  try {
    await work()
    result.hasChanged = true
  } catch (error) {
    if (!isTolerable(error)) throw error
    result.problems.push({ path: at, reason: error.message })
  }
}

const isTolerable = (error: unknown): error is CallError =>
  error instanceof CallError && ['bad-name', 'not-found', 'bad-path', 'newer'].includes(error.code)

function ignoreGone(error: unknown): void {
  if (!(error instanceof CallError) || error.code === 'closed') throw error
}

function* batches(edits: readonly Edit[]): Generator<readonly Edit[]> {
  let batch: Edit[] = []
  let bytes = 0
  for (const edit of edits) {
    if (batch.length > 0 && (batch.length >= BATCH_FILES || bytes + edit.file.size > BATCH_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(edit)
    bytes += edit.file.size
  }
  if (batch.length > 0) yield batch
}
