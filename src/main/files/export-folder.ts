import { appendFile, lstat, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { NoteId, VaultId } from '../../core/base/ids.ts'
import type { ExportReport } from '../../ipc/app-contract.ts'
import { CallError } from '../../ipc/rpc.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import { writeAtomic } from '../store/atomic.ts'
import { eachOf, throttled } from './flow.ts'
import {
  OWN_FOLDER,
  RECEIPT,
  RECEIPT_LOG,
  type Receipt,
  type ReceiptLine,
  readLog,
  readReceipt,
  type Written,
  writtenBefore,
} from './receipt.ts'
import { collisionKey } from './safe-path.ts'
import { readProblem, type Skipped } from './scan.ts'
import { hashOf, PlaceError, sha256Of, Target } from './target.ts'
import type { Progress, VaultCalls } from './vault-calls.ts'

export type ExportOptions = {
  readonly folder: string
  readonly vaultId: VaultId
  /** Of the app: notes written by another version are written anew. */
  readonly version: string
  readonly vault: VaultCalls
  readonly attachments: Pick<AttachmentStore, 'verified'>
  /** The app's own folder, never written to. */
  readonly forbidden: string
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

type PlannedNote = { id: NoteId; path: string; docHash: string; updated: number }
type PlannedFile = { path: string; sha256: string; size: number }

const NOTES_A_CALL = 150
const CALLS = 2
const FILES = 12
const COPIES = 3
const PROGRESS_MS = 100
const SIDECAR_NAME = /^[a-z0-9][a-z0-9-]*\.json$/

/** Files that the system leaves in any folder; a folder with nothing else is empty. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

/**
 * Writes a vault as Markdown. Only into an empty folder or one that an earlier export of this vault made, and
 * there only over files that are as that export left them (M10): everything else is left alone and listed. Each
 * file is written beside its place and renamed, then read back. The receipt is written last; a run that was
 * killed is continued by the next. Fails with `folder-not-empty`, `refused`, or what the vault says.
 */
export async function exportFolder(options: ExportOptions): Promise<ExportReport> {
  const started = performance.now()
  const { vault, vaultId, signal } = options
  const progress = throttled(options.onProgress, PROGRESS_MS)
  const target = await Target.open(options.folder, options.forbidden)
  const receipt = await mustBeOurs(target, options.folder, vaultId)
  const own = await target.ownFolder()
  const log = path.join(own, RECEIPT_LOG)
  // Appended to below: never through a link that somebody put in its place.
  if ((await lstat(log).catch(() => null))?.isFile() === false) await rm(log, { recursive: true })
  const written = await whatWeWrote(receipt, log)

  const plan = await vault.call('exportPlan', {})
  const state: State = {
    target,
    written,
    lines: new Map(),
    leftAlone: [],
    problems: [],
    bytes: 0,
    count: 0,
    log: (lines) => appendFile(log, lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
  }
  const head = { format: 1 as const, version: options.version, vault: vaultId }
  if (!receipt) {
    // From here on the folder is known as ours, so that a killed export can be continued.
    const empty = { notes: [], attachments: [], leftAlone: [], problems: [] }
    await writeReceipt(own, { ...head, at: new Date().toISOString(), complete: false, ...empty })
  }

  const total = plan.notes.length + plan.attachments.length
  let done = 0
  const advance = (count: number) => {
    done += count
    progress.report({ phase: 'write', done, total })
  }
  const notes = withoutCollisions(plan.notes, state)
  const files = withoutCollisions(plan.attachments, state)
  const keys = new Set([...notes, ...files].map((file) => collisionKey(file.path, target.foldsCase)))
  const planned = new Set([...notes, ...files].map((file) => file.path))
  const stale = [...written.values()].map(({ line }) => line).filter((line) => !planned.has(line.path))
  // `a.md` that is called `A.md` now: on a disk that folds case the old name has to go before the new one comes.
  const inTheWay = stale.filter((line) => keys.has(collisionKey(line.path, target.foldsCase)))
  await eachOf(inTheWay, 1, (line) => removeStale(line, state))

  const isSameVersion = receipt?.version === options.version
  const wanted: PlannedNote[] = []
  await eachOf(notes, FILES, async (note) => {
    if (signal.aborted) return
    const line = isSameVersion ? written.get(note.path)?.line : undefined
    const isCurrent = note.docHash !== '' && line?.docHash === note.docHash
    const size = isCurrent ? await sizeIfUntouched(line, state) : null
    if (!line || size === null) return void wanted.push(note)
    keep(state, { ...line, id: note.id }, size)
    advance(1)
  })
  wanted.sort((a, b) => (a.path < b.path ? -1 : 1))
  await eachOf(chunks(wanted, NOTES_A_CALL), CALLS, async (chunk) => {
    if (signal.aborted) return
    const byId = new Map(chunk.map((note) => [note.id, note]))
    const answers = await vault.call('exportNotes', { ids: [...byId.keys()] })
    const ready = answers.flatMap(({ id, bytes, problem }) => {
      const note = byId.get(id)
      byId.delete(id)
      if (note && problem !== null) state.problems.push({ path: note.path, reason: problem })
      const isConverted = problem === null || bytes.length > 0
      // What an earlier export wrote stays, and stays ours: it is better than nothing.
      const former = isConverted || !note ? undefined : written.get(note.path)?.line
      if (former) keep(state, former, 0)
      return note && isConverted
        ? [{ note, bytes, line: { path: note.path, sha256: sha256Of(bytes), docHash: note.docHash, id } }]
        : []
    })
    // Gone since the plan was made.
    for (const note of byId.values()) state.problems.push({ path: note.path, reason: 'the note is gone' })
    await state.log(ready.map(({ line }) => line))
    await eachOf(ready, FILES, ({ note, bytes, line }) =>
      put(state, line, bytes.length, (file) => target.write(file, bytes, note.updated > 0 ? note.updated : null)),
    )
    advance(chunk.length)
  })
  await eachOf(files, COPIES, async (file) => {
    if (signal.aborted) return
    await putAttachment(file, options, state)
    advance(1)
  })

  const report = (where: string): ExportReport => ({
    folder: options.folder,
    notes: notes.filter(({ path: at }) => state.lines.has(at)).length,
    written: state.count,
    attachments: files.filter(({ path: at }) => state.lines.has(at)).length,
    bytes: state.bytes,
    leftAlone: sorted(state.leftAlone),
    problems: sorted(state.problems),
    receipt: where,
    ms: Math.round(performance.now() - started),
    cancelled: signal.aborted,
  })
  const receiptPath = path.join(options.folder, OWN_FOLDER, RECEIPT)
  if (signal.aborted) return report(receiptPath)

  await eachOf(
    stale.filter((line) => !inTheWay.includes(line)),
    FILES,
    (line) => removeStale(line, state),
  )
  for (const [name, content] of Object.entries(plan.sidecar)) {
    if (SIDECAR_NAME.test(name) && name !== RECEIPT) await writeAtomic(path.join(own, name), content, 0o644)
  }
  const linesOf = (list: readonly { path: string }[]) => list.flatMap(({ path: at }) => state.lines.get(at) ?? [])
  await writeReceipt(own, {
    ...head,
    at: new Date().toISOString(),
    complete: true,
    notes: linesOf(notes),
    attachments: linesOf(files),
    leftAlone: sorted(state.leftAlone),
    problems: sorted(state.problems),
  })
  await rm(log, { force: true })
  progress.flush()
  options.onProgress({ phase: 'verify', done: total, total })
  return report(receiptPath)
}

type State = {
  readonly target: Target
  /** As the folder was left by us before. */
  readonly written: Written
  /** What lies there now as it should, by path. */
  readonly lines: Map<string, ReceiptLine>
  readonly leftAlone: Skipped[]
  readonly problems: Skipped[]
  bytes: number
  /** Files written in this run. */
  count: number
  readonly log: (lines: readonly ReceiptLine[]) => Promise<void>
}

const FOREIGN = 'somebody else changed it since the last export'

async function mustBeOurs(target: Target, folder: string, vaultId: VaultId): Promise<Receipt | null> {
  const receipt = await readReceipt(target.root)
  if (receipt?.vault === vaultId) return receipt
  const entries = (await readdir(target.root)).filter((name) => !LITTER.has(name))
  if (entries.length === 0) return null
  const why = receipt ? 'holds the copy of another vault' : 'is not empty, and no export of this vault made it'
  throw new CallError('folder-not-empty', `${folder} ${why}. Nothing was written; choose another folder.`)
}

async function whatWeWrote(receipt: Receipt | null, log: string): Promise<Written> {
  const lines = receipt ? [...receipt.notes, ...receipt.attachments] : []
  const text = await readFile(log, 'utf8').catch(() => '')
  return writtenBefore([...lines, ...readLog(text)])
}

const writeReceipt = (own: string, receipt: Receipt) =>
  writeAtomic(path.join(own, RECEIPT), `${JSON.stringify(receipt, null, 1)}\n`, 0o644)

/** On a disk that folds case, the second of two paths that it cannot tell apart is listed and not written. */
function withoutCollisions<F extends { readonly path: string }>(files: readonly F[], state: State): F[] {
  const seen = new Map<string, string>()
  return [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .filter(({ path: at }) => {
      const key = collisionKey(at, state.target.foldsCase)
      const other = seen.get(key)
      if (other === undefined) seen.set(key, at)
      else state.problems.push({ path: at, reason: `this disk cannot tell it from ${other}` })
      return other === undefined
    })
}

/** The size of a file that is as the line says; null where it is not, or cannot be read. */
async function sizeIfUntouched(line: ReceiptLine | undefined, { target }: State): Promise<number | null> {
  if (!line) return null
  try {
    const found = await target.look(await target.place(line.path, false))
    return found !== null && found !== 'other' && found.sha256 === line.sha256 ? found.size : null
  } catch {
    return null // whatever is wrong with its place is said when it is written
  }
}

function keep(state: State, line: ReceiptLine, size: number): void {
  state.lines.set(line.path, line)
  state.bytes += size
}

/** Writes one file where that is ours to do, and takes it up in the receipt. */
async function put(
  state: State,
  line: ReceiptLine,
  size: number,
  write: (file: string) => Promise<void>,
): Promise<void> {
  const { target, written, leftAlone, problems } = state
  try {
    const file = await target.place(line.path, true)
    const there = await target.look(file)
    const hash = hashOf(there)
    if (hash !== line.sha256) {
      if (there !== null && !(hash !== null && written.get(line.path)?.hashes.has(hash))) {
        leftAlone.push({ path: line.path, reason: there === 'other' ? 'it is not a plain file' : FOREIGN })
        return
      }
      await write(file)
      state.count++
    }
    keep(state, line, size)
  } catch (error) {
    if (isFull(error)) throw new CallError('disk-full', 'The disk of that folder is full. What is written is whole.')
    problems.push({ path: line.path, reason: error instanceof PlaceError ? error.message : writeProblem(error) })
  }
}

async function putAttachment(file: PlannedFile, options: ExportOptions, state: State): Promise<void> {
  const { path: at, sha256, size } = file
  const line = { path: at, sha256 }
  if (state.written.has(at) && (await sizeIfUntouched(line, state)) !== null) return keep(state, line, size)
  const source = await options.attachments.verified(options.vaultId, sha256)
  if (!source) {
    state.problems.push({ path: at, reason: 'the vault does not hold this file any more' })
    return
  }
  await state.log([line])
  await put(state, line, size, (place) => state.target.copy(place, source.path, file))
}

/** A file of an earlier export that the vault no longer has: removed where nobody changed it, else listed. */
async function removeStale(line: ReceiptLine, { target, leftAlone, written }: State): Promise<void> {
  try {
    const file = await target.place(line.path, false)
    const there = await target.look(file)
    const hash = hashOf(there)
    if (hash !== null && written.get(line.path)?.hashes.has(hash)) await target.remove(file)
    else if (there !== null) leftAlone.push({ path: line.path, reason: `${FOREIGN}, and the vault has it no more` })
  } catch {
    leftAlone.push({ path: line.path, reason: 'it could not be removed' })
  }
}

const isFull = (error: unknown) =>
  error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EROFS'].includes(String(error.code))

function writeProblem(error: unknown): string {
  return readProblem(error)
    .replace('may not be read', 'may not be written')
    .replace('cannot be read', 'cannot be written')
}

function* chunks<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < list.length; i += size) yield list.slice(i, i + size)
}

const sorted = (list: readonly Skipped[]) => [...list].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
