import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { noteId } from '../../core/base/ids.ts'
import { splitPath } from '../../core/note/file-name.ts'
import { CallError } from '../../ipc/rpc.ts'
import { readProblem } from '../files/scan.ts'
import { sha256Of } from '../files/target.ts'
import type { ReadIn } from './decide.ts'
import type { MirrorParts, Problem } from './parts.ts'

type Parts = MirrorParts & { readonly root: string; readonly origin: string }
type Edit = ReadIn['edits'][number]
type Result = { hasChanged: boolean; isUnsettled: boolean; trashed: number; problems: Problem[] }

const BATCH_FILES = 200
const BATCH_BYTES = 1 << 20
const NO_TEXT = new Uint8Array()

/**
 * The folder's part of a round (SPEC.md, F5 to F11): text first, then names, then what went. Each step may run twice:
 * a line is set when the vault has answered.
 */
export async function readIn(decided: ReadIn, parts: Parts): Promise<Result> {
  const { lines, vault, onHappened, step = () => {} } = parts
  const result: Result = { hasChanged: false, isUnsettled: false, trashed: 0, problems: [] }
  const emptied = new Set<string>()

  const renamed = new Set(decided.moves.map(({ file }) => file.path))
  const isRenamed = ({ file }: Edit) => renamed.has(file.path)
  // What another program wrote goes before what follows from a rename: it may have led the links over itself.
  await readEdits(
    decided.edits.filter((edit) => !isRenamed(edit)),
    parts,
    result,
  )
  for (const { line, file, place } of decided.moves) {
    emptied.add(splitPath(line.path)[0])
    step('place')
    if (place) {
      await tolerated(file.path, result, async () => {
        await vault.call('placeNote', { id: noteId(line.id), path: file.path })
        onHappened({ kind: 'renamed', path: file.path, id: noteId(line.id), from: line.path })
      })
    }
    lines.set({ ...line, path: file.path, stamp: '' })
  }
  await lines.flush()
  await readEdits(decided.edits.filter(isRenamed), parts, result)

  for (const line of decided.gone) {
    emptied.add(splitPath(line.path)[0])
    step('trash')
    await tolerated(line.path, result, async () => {
      await vault.call('trashNote', { id: noteId(line.id) })
      lines.bury(line)
      result.trashed++
      onHappened({ kind: 'trashed', path: line.path, id: noteId(line.id), from: '' })
    })
  }
  for (const line of decided.forget) lines.bury(line)
  // Without a line it is written as a new one.
  for (const line of decided.back) {
    lines.drop(line)
    onHappened({ kind: 'put-back', path: line.path, id: noteId(line.id), from: '' })
  }
  await lines.flush()
  await readAttachments(decided, parts, result)
  if (emptied.size > 0) await removeEmptied(emptied, parts)
  return result
}

async function readEdits(edits: readonly Edit[], parts: Parts, result: Result): Promise<void> {
  const { vault, lines, texts, root, origin, onHappened, step = () => {} } = parts
  for (const batch of batches(edits)) {
    const files = []
    const taken: { edit: Edit; bytes: Uint8Array; sha256: string }[] = []
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
      if (revive && id !== null) {
        step('restore')
        await vault.call('restoreNote', { id: noteId(id) }).catch(ignoreGone)
      }
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
    step('import')
    const replies = await vault.call('importFiles', { files, origin, mirror: true })
    result.hasChanged = true
    const byPath = new Map(replies.map((reply) => [reply.path, reply]))
    for (const { edit, sha256 } of taken) {
      const reply = byPath.get(edit.file.path)
      if (!reply) continue
      const { file, revive, both } = edit
      lines.set({ path: file.path, sha256, docHash: '', id: reply.id, stamp: file.stamp, from: 'folder' })
      onHappened({
        kind: both && reply.status === 'updated' ? 'both' : revive ? 'restored' : 'read',
        path: file.path,
        id: reply.id,
        from: '',
      })
      // What the folder said of an entry goes back to what was written (core/commitment/SPEC.md, G10): never in silence.
      if (reply.log && reply.log.altered + reply.log.missing > 0) {
        onHappened({ kind: 'log-kept', path: file.path, id: reply.id, from: '' })
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

/** Folders of the vault that another program removed or renamed, once nothing is in them. */
async function removeEmptied(emptied: ReadonlySet<string>, { vault, root }: Parts): Promise<void> {
  const paths = new Set<string>()
  for (const folder of emptied) for (let at = folder; at !== ''; at = splitPath(at)[0]) paths.add(at)
  for (const at of [...paths].sort((a, b) => b.length - a.length)) {
    if (await stat(path.join(root, at)).catch(() => null)) continue
    const folders = await vault.call('folders', {})
    const byId = new Map(folders.map((folder) => [folder.id, folder]))
    const pathOf = (folder: (typeof folders)[number]): string => {
      const parent = folder.parentId === null ? undefined : byId.get(folder.parentId)
      return parent ? `${pathOf(parent)}/${folder.name}` : folder.name
    }
    const found = folders.find((folder) => pathOf(folder) === at)
    // One that still holds notes or folders stays.
    if (found) await vault.call('removeFolder', { id: found.id }).catch(ignoreGone)
  }
}

async function tolerated(at: string, result: Result, work: () => Promise<void>): Promise<void> {
  try {
    await work()
    result.hasChanged = true
  } catch (error) {
    if (!(error instanceof CallError) || !['bad-name', 'not-found', 'bad-path', 'newer'].includes(error.code))
      throw error
    result.problems.push({ path: at, reason: error.message })
  }
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof CallError) || error.code === 'closed') throw error
}

const isFull = (error: unknown) =>
  error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EROFS'].includes(String(error.code))

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
