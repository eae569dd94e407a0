import { lstat, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { VaultId } from '../../core/base/ids.ts'
import type { ExportReport } from '../../ipc/app-contract.ts'
import { CallError } from '../../ipc/rpc.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import { writeAtomic } from '../store/atomic.ts'
import { ExportFiles } from './export-files.ts'
import { Mentions, NAMES, type PlannedFile, type PlannedNote, planFor, renamedIn, sidecarFor } from './export-plan.ts'
import { hiddenIn, reportOf, totalsOf } from './export-report.ts'
import { type Scope, WHOLE_VAULT } from './export-scope.ts'
import { chunks, eachOf, throttled } from './flow.ts'
import {
  OWN_FOLDER,
  RECEIPT,
  RECEIPT_LOG,
  type Receipt,
  readLog,
  readReceipt,
  type Written,
  writtenBefore,
} from './receipt.ts'
import { collisionKey } from './safe-path.ts'
import { sha256Of, Target } from './target.ts'
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
  /** Without one the whole vault. */
  readonly scope?: Scope
  /** Only names that Linux, macOS and Windows can all hold and tell apart (M6). */
  readonly portable?: boolean
  /** For the receipt: links to notes not written yet, null where nobody knows; versions that stay in the vault. */
  readonly unresolved?: (scope: Scope) => Promise<number | null>
  readonly versions?: (scope: Scope) => Promise<number>
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

const NOTES_A_CALL = 150
const CALLS = 2
const FILES = 12
const COPIES = 3
const PROGRESS_MS = 100

/** Files that the system leaves in any folder; a folder with nothing else is empty. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

/**
 * Writes a vault, or some of its notes with the attachments that they name, as Markdown. Only into an empty folder
 * or one that an earlier export of the same thing made, and there only over files that are as that export left them
 * (M10): everything else is left alone and listed. Each file is written beside its place and renamed. When all are
 * written the receipt is, and both are read from the disk again and compared: only then the export is done. A run
 * that was killed is continued by the next. Fails with `folder-not-empty`, `refused`, `disk-full`, or what the vault
 * says.
 */
export async function exportFolder(options: ExportOptions): Promise<ExportReport> {
  const started = performance.now()
  const { vault, vaultId, signal, scope = WHOLE_VAULT } = options
  const progress = throttled(options.onProgress, PROGRESS_MS)
  const target = await Target.open(options.folder, options.forbidden)
  const receipt = await mustBeOurs(target, options.folder, vaultId, scope)
  const own = await target.ownFolder()
  const log = path.join(own, RECEIPT_LOG)
  // Appended to below: never through a link that somebody put in its place.
  if ((await lstat(log).catch(() => null))?.isFile() === false) await rm(log, { recursive: true })
  const { written, isBroken } = await whatWeWrote(receipt, log)
  const files = new ExportFiles(target, written, log)

  // Asked side by side with the writing.
  const facts = Promise.all([options.unresolved?.(scope) ?? null, options.versions?.(scope) ?? 0]).catch(() => null)
  const plan = await vault.call('exportPlan', {})
  const rules = { foldsCase: target.foldsCase, platform: process.platform, portable: options.portable === true }
  const planned = planFor(plan, scope, rules)
  const head = { format: 1 as const, version: options.version, vault: vaultId, scope: scope.key }
  if (!receipt) {
    // From here on the folder is known as ours, so that a killed export can be continued.
    const empty = { notes: [], attachments: [], renamed: [], leftAlone: [], problems: [] }
    await writeReceipt(own, { ...head, at: new Date().toISOString(), complete: false, ...empty })
  }
  let attachments: readonly PlannedFile[] = planned.files
  let total = planned.notes.length + (scope.ids === null ? attachments.length : 0)
  let done = 0
  const advance = (count: number) => {
    done += count
    progress.report({ phase: 'write', done, total })
  }

  // `a.md` that is called `A.md` now: on a disk that folds case the old name has to go before the new one comes.
  const coming = new Map([...planned.notes, ...planned.files].map((file) => [file.path, file]))
  const keys = new Set([...coming.keys()].map((at) => collisionKey(at, target.foldsCase)))
  const isInTheWay = (at: string) => !coming.has(at) && keys.has(collisionKey(at, target.foldsCase))
  const inTheWay = new Set(files.formerLines().filter((line) => isInTheWay(line.path)))
  await eachOf(inTheWay, 1, (line) => files.removeStale(line))

  const mentions = scope.ids === null ? null : new Mentions(planned.files)
  // Only a copy that was compared to its end says when its files were last the same.
  const isTrusted = receipt?.version === options.version && receipt.complete && !isBroken
  const wanted: PlannedNote[] = []
  await eachOf(planned.notes, FILES, async (note) => {
    if (signal.aborted) return
    const line = receipt?.version === options.version ? files.former(note.path) : undefined
    // The texts of a part are looked through for attachments, so they are asked for in any case.
    const isCurrent = note.docHash !== '' && line?.docHash === note.docHash && line.links !== undefined && !mentions
    if (!line || !isCurrent) return void wanted.push(note)
    const isThere = isTrusted && (await files.looksUntouched(line))
    const size = isThere ? (line.size ?? null) : await files.sizeIfUntouched(line)
    if (size === null) return void wanted.push(note)
    files.keep({ ...line, id: note.id, size })
    advance(1)
  })
  wanted.sort((a, b) => (a.path < b.path ? -1 : 1))
  await eachOf(chunks(wanted, NOTES_A_CALL), CALLS, async (chunk) => {
    if (signal.aborted) return
    await putNotes(chunk, vault, files, mentions)
    advance(chunk.length)
  })
  if (mentions) {
    attachments = mentions.files
    total += attachments.length
  }
  await eachOf(attachments, COPIES, async (file) => {
    if (signal.aborted) return
    await putAttachment(file, options, files)
    advance(1)
  })

  const out = [...planned.notes, ...attachments]
  const renamed = renamedIn(out.filter(({ path: at }) => files.lines.has(at)))
  const linesOf = (list: readonly { path: string }[]) => list.flatMap(({ path: at }) => files.lines.get(at) ?? [])
  const [unresolved, versions] = (signal.aborted ? null : await facts) ?? [null, 0]
  const hidden = hiddenIn(plan.sidecar, versions)
  const make = (compared: { files: number; same: number }) => {
    const lists = { notes: linesOf(planned.notes), attachments: linesOf(attachments) }
    const totals = totalsOf(lists.notes, lists.attachments, unresolved, compared)
    return { totals, hidden, renamed, ...lists, ...files.listed() }
  }
  const finish = (compared: { files: number; same: number }) =>
    reportOf(make(compared), {
      folder: options.folder,
      receipt: path.join(options.folder, OWN_FOLDER, RECEIPT),
      written: files.count,
      ms: Math.round(performance.now() - started),
      cancelled: signal.aborted,
    })
  const nothing = { files: 0, same: 0 }
  if (signal.aborted) return finish(nothing)

  const stays = new Set(out.map((file) => file.path))
  const stale = files.formerLines().filter((line) => !stays.has(line.path) && !inTheWay.has(line))
  await eachOf(stale, FILES, (line) => files.removeStale(line))
  const sidecar = sidecarFor(plan, scope, planned.notes, renamed)
  for (const [name, content] of Object.entries(sidecar)) await writeAtomic(path.join(own, name), content, 0o644)
  if (sidecar[NAMES] === undefined) await rm(path.join(own, NAMES), { force: true })

  await writeReceipt(own, { ...head, at: new Date().toISOString(), complete: false, ...make(nothing) })
  progress.flush()
  const compared = await compareAll(files, sidecar, options)
  if (signal.aborted) return finish(compared)
  const last: Receipt = { ...head, at: new Date().toISOString(), complete: true, ...make(compared) }
  await writeReceipt(own, last)
  if (!(await isWritten(own, last))) files.problem(`${OWN_FOLDER}/${RECEIPT}`, 'it does not read back')
  await rm(log, { force: true })
  return finish(compared)
}

/** Has the vault convert some notes and writes them. */
async function putNotes(
  notes: readonly PlannedNote[],
  vault: VaultCalls,
  files: ExportFiles,
  mentions: Mentions | null,
): Promise<void> {
  const byId = new Map(notes.map((note) => [note.id, note]))
  const answers = await vault.call('exportNotes', { ids: [...byId.keys()] })
  const ready = answers.flatMap(({ id, bytes, problem, links, blockIds }) => {
    const note = byId.get(id)
    byId.delete(id)
    if (!note) return []
    if (problem !== null) files.problem(note.path, problem)
    if (problem !== null && bytes.length === 0) {
      // What an earlier export wrote stays, and stays ours: it is better than nothing.
      const former = files.former(note.path)
      if (former) files.keep(former)
      return []
    }
    mentions?.see(decoder.decode(bytes))
    const facts = { docHash: note.docHash, id, links, blockIds, size: bytes.length }
    return [{ note, bytes, line: { path: note.path, sha256: sha256Of(bytes), ...facts } }]
  })
  // Gone since the plan was made.
  for (const note of byId.values()) files.problem(note.path, 'the note is gone')
  await files.announce(ready.map(({ line }) => line))
  await eachOf(ready, FILES, ({ note, bytes, line }) =>
    files.put(line, (file) => files.target.write(file, bytes, note.updated > 0 ? note.updated : null, true)),
  )
}

const decoder = new TextDecoder()

async function putAttachment(file: PlannedFile, options: ExportOptions, files: ExportFiles): Promise<void> {
  const { path: at, sha256, size } = file
  const line = { path: at, sha256, size }
  const former = files.former(at)
  if (former?.sha256 === sha256) {
    if (await files.looksUntouched(former)) return files.keep({ ...former, size })
    if ((await files.sizeIfUntouched(line)) !== null) return files.keep(line)
  }
  const source = await options.attachments.verified(options.vaultId, sha256)
  if (!source) return files.problem(at, 'the vault does not hold this file any more')
  await files.announce([line])
  await files.put(line, (place) => files.target.copy(place, source.path, file))
}

/** Reads the receipt from the disk, then every file that it names, and takes out what is not as it says. */
async function compareAll(
  files: ExportFiles,
  sidecar: Readonly<Record<string, string>>,
  { signal, onProgress }: ExportOptions,
): Promise<{ files: number; same: number }> {
  const { root } = files.target
  const expected = [...files.lines.keys()].sort()
  const receipt = await readReceipt(root)
  const lines = receipt ? [...receipt.notes, ...receipt.attachments] : []
  const isWhole =
    lines.length === expected.length && lines.every((line) => files.lines.get(line.path)?.sha256 === line.sha256)
  if (!isWhole) {
    files.problem(`${OWN_FOLDER}/${RECEIPT}`, 'it does not read back')
    return { files: expected.length, same: 0 }
  }
  const progress = throttled(onProgress, PROGRESS_MS)
  const found = { same: 0, foreign: 0, different: 0 }
  let done = 0
  await eachOf(lines, FILES, async (line) => {
    if (signal.aborted) return
    found[await files.compare(line)]++
    progress.report({ phase: 'verify', done: ++done, total: lines.length })
  })
  for (const [name, content] of Object.entries(sidecar)) {
    const again = await readFile(path.join(root, OWN_FOLDER, name), 'utf8').catch(() => null)
    if (again !== content) files.problem(`${OWN_FOLDER}/${name}`, 'it does not read back')
  }
  if (!signal.aborted) onProgress({ phase: 'verify', done: lines.length, total: lines.length })
  // What somebody else changed meanwhile is none of this copy's files (M10).
  return { files: lines.length - found.foreign, same: found.same }
}

async function mustBeOurs(target: Target, folder: string, vaultId: VaultId, scope: Scope): Promise<Receipt | null> {
  const receipt = await readReceipt(target.root)
  if (receipt?.vault === vaultId && receipt.scope === scope.key) return receipt
  const entries = (await readdir(target.root)).filter((name) => !LITTER.has(name))
  if (entries.length === 0) return null
  const why = !receipt
    ? 'is not empty, and no export of this vault made it'
    : receipt.vault === vaultId
      ? 'holds a copy of other notes of this vault'
      : 'holds the copy of another vault'
  throw new CallError('folder-not-empty', `${folder} ${why}. Nothing was written; choose another folder.`)
}

/** `isBroken`: a run was ended before its receipt was written. */
async function whatWeWrote(receipt: Receipt | null, log: string): Promise<{ written: Written; isBroken: boolean }> {
  const lines = receipt ? [...receipt.notes, ...receipt.attachments] : []
  const text = await readFile(log, 'utf8').catch(() => '')
  return { written: writtenBefore([...lines, ...readLog(text)]), isBroken: text !== '' }
}

const asText = (receipt: Receipt) => `${JSON.stringify(receipt, null, 1)}\n`

const writeReceipt = (own: string, receipt: Receipt) => writeAtomic(path.join(own, RECEIPT), asText(receipt), 0o644)

const isWritten = async (own: string, receipt: Receipt) =>
  (await readFile(path.join(own, RECEIPT), 'utf8').catch(() => null)) === asText(receipt)
