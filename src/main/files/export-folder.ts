import { lstat, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { VaultId } from '../../core/base/ids.ts'
import type { ExportReport } from '../../ipc/app-contract.ts'
import { CallError } from '../../ipc/rpc.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import { writeAtomic } from '../store/atomic.ts'
import { ExportFiles } from './export-files.ts'
import { Mentions } from './export-mentions.ts'
import { type PlannedFile, type PlannedNote, planFor, SAYINGS } from './export-plan.ts'
import { outcomeOf, reportOf } from './export-report.ts'
import { type Scope, WHOLE_VAULT } from './export-scope.ts'
import { chunks, eachOf, throttled } from './flow.ts'
import { type LookFiles, lookHere } from './look-files.ts'
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
import { type FileWriter, type OpenWriter, writeHere } from './write-files.ts'

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
  /** How files are read again, and notes written; threads where there are any. */
  readonly look?: LookFiles
  readonly write?: OpenWriter
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
  const target = await Target.open(options.folder, options.forbidden)
  const writer = (options.write ?? writeHere)(target.root)
  try {
    return await exportTo(target, writer, started, options)
  } finally {
    writer.end()
  }
}

async function exportTo(
  target: Target,
  writer: FileWriter,
  started: number,
  options: ExportOptions,
): Promise<ExportReport> {
  const { vault, vaultId, signal, scope = WHOLE_VAULT } = options
  const progress = throttled(options.onProgress, PROGRESS_MS)
  const receipt = await mustBeOurs(target, options.folder, vaultId, scope)
  const own = await target.ownFolder()
  const log = path.join(own, RECEIPT_LOG)
  // Appended to below: never through a link that somebody put in its place.
  if ((await lstat(log).catch(() => null))?.isFile() === false) await rm(log, { recursive: true })
  const written = await whatWeWrote(receipt, log)
  const files = new ExportFiles(target, written, log, writer)

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
  const wanted: PlannedNote[] = []
  for (const note of planned.notes) {
    const line = receipt?.version === options.version ? files.former(note.path) : undefined
    // The texts of a part are looked through for attachments, so they are asked for in any case.
    const isCurrent = note.docHash !== '' && line?.docHash === note.docHash && line.links !== undefined && !mentions
    // Whether its file is there is seen when all are read again.
    if (line && isCurrent) files.keep({ ...line, id: note.id })
    else wanted.push(note)
  }
  advance(planned.notes.length - wanted.length)
  const writeNotes = (notes: readonly PlannedNote[]) =>
    eachOf(chunks(notes, NOTES_A_CALL), CALLS, async (chunk) => {
      if (signal.aborted) return
      await putNotes(chunk, vault, files, mentions)
      advance(chunk.length)
    })
  const writeFiles = (list: readonly PlannedFile[]) =>
    eachOf(list, COPIES, async (file) => {
      if (signal.aborted) return
      await putAttachment(file, options, files)
      advance(1)
    })
  await writeNotes(wanted)
  if (mentions) {
    attachments = mentions.files
    total += attachments.length
  }
  await writeFiles(
    attachments.filter((file) => {
      const former = files.former(file.path)
      if (former?.sha256 !== file.sha256) return true
      files.keep({ ...former, size: file.size })
      advance(1)
      return false
    }),
  )

  const out = [...planned.notes, ...attachments]
  const [unresolved, versions] = (signal.aborted ? null : await facts) ?? [null, 0]
  const { sidecar, make } = outcomeOf({
    plan,
    scope,
    notes: planned.notes,
    files: attachments,
    lines: files.lines,
    mentions,
    unresolved,
    versions,
    listed: () => files.listed(),
  })
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
  for (const [name, content] of Object.entries(sidecar)) await writeAtomic(path.join(own, name), content, 0o644)
  for (const name of SAYINGS) if (sidecar[name] === undefined) await rm(path.join(own, name), { force: true })

  const compare = async () => {
    await writeReceipt(own, { ...head, at: new Date().toISOString(), complete: false, ...make(nothing) })
    progress.flush()
    return compareAll(files, sidecar, options)
  }
  let compared = await compare()
  const missing = new Set(compared.missing)
  if (missing.size > 0 && !signal.aborted) {
    // What was deleted outside, and what a run that was killed had announced only.
    total += missing.size
    await writeNotes(planned.notes.filter((note) => missing.has(note.path)))
    await writeFiles(attachments.filter((file) => missing.has(file.path)))
    compared = await compare()
    for (const at of compared.missing) files.problem(at, 'it is gone as soon as it is written')
  }
  if (signal.aborted) return finish(nothing)
  const { files: count, same } = compared
  const last: Receipt = { ...head, at: new Date().toISOString(), complete: true, ...make({ files: count, same }) }
  await writeReceipt(own, last)
  if (!(await isWritten(own, last))) files.problem(`${OWN_FOLDER}/${RECEIPT}`, 'it does not read back')
  await rm(log, { force: true })
  return finish({ files: count, same })
}

/** Has the vault convert some notes and writes them. */
async function putNotes(
  notes: readonly PlannedNote[],
  vault: VaultCalls,
  files: ExportFiles,
  mentions: Mentions | null,
): Promise<void> {
  const byId = new Map(notes.map((note) => [note.id, note]))
  const answers = await vault.call('exportNotes', { ids: [...byId.keys()], withFiles: mentions !== null })
  const ready = answers.flatMap(({ id, bytes, problem, links, blockIds, files: leads }) => {
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
    mentions?.see(decoder.decode(bytes), leads)
    const facts = { docHash: note.docHash, id, links, blockIds, size: bytes.length }
    return [{ note, bytes, line: { path: note.path, sha256: sha256Of(bytes), ...facts } }]
  })
  // Gone since the plan was made.
  for (const note of byId.values()) files.problem(note.path, 'the note is gone')
  await files.announce(ready.map(({ line }) => line))
  await files.putNotes(
    ready.map(({ note, bytes, line }) => ({ line, bytes, modified: note.updated > 0 ? note.updated : null })),
  )
}

const decoder = new TextDecoder()

async function putAttachment(file: PlannedFile, options: ExportOptions, files: ExportFiles): Promise<void> {
  const { path: at, sha256, size } = file
  const line = { path: at, sha256, size }
  const source = await options.attachments.verified(options.vaultId, sha256)
  if (!source) return files.problem(at, 'the vault does not hold this file any more')
  await files.announce([line])
  await files.put(line, (place) => files.target.copy(place, source.path, file))
}

/** Reads the receipt from the disk, then every file that it names, and takes out what is not as it says. */
async function compareAll(
  files: ExportFiles,
  sidecar: Readonly<Record<string, string>>,
  { signal, onProgress, look = lookHere }: ExportOptions,
): Promise<{ files: number; same: number; missing: readonly string[] }> {
  const { root } = files.target
  const expected = [...files.lines.keys()].sort()
  const receipt = await readReceipt(root)
  const lines = receipt ? [...receipt.notes, ...receipt.attachments] : []
  const isWhole =
    lines.length === expected.length && lines.every((line) => files.lines.get(line.path)?.sha256 === line.sha256)
  if (!isWhole) {
    files.problem(`${OWN_FOLDER}/${RECEIPT}`, 'it does not read back')
    return { files: expected.length, same: 0, missing: [] }
  }
  const progress = throttled(onProgress, PROGRESS_MS)
  const total = lines.length
  const seen = await look(
    { root, paths: lines.map((line) => line.path) },
    { signal, onProgress: (done) => progress.report({ phase: 'verify', done, total }) },
  )
  if (signal.aborted) return { files: total, same: 0, missing: [] }
  const found = { same: 0, missing: 0, foreign: 0, different: 0 }
  const missing: string[] = []
  for (const [n, line] of lines.entries()) {
    const is = files.compare(line, seen[n] ?? null)
    found[is]++
    if (is === 'missing') missing.push(line.path)
  }
  for (const [name, content] of Object.entries(sidecar)) {
    const again = await readFile(path.join(root, OWN_FOLDER, name), 'utf8').catch(() => null)
    if (again !== content) files.problem(`${OWN_FOLDER}/${name}`, 'it does not read back')
  }
  onProgress({ phase: 'verify', done: total, total })
  // What somebody else changed meanwhile is none of this copy's files (M10).
  return { files: total - found.foreign, same: found.same, missing }
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

async function whatWeWrote(receipt: Receipt | null, log: string): Promise<Written> {
  const lines = receipt ? [...receipt.notes, ...receipt.attachments] : []
  const text = await readFile(log, 'utf8').catch(() => '')
  return writtenBefore([...lines, ...readLog(text)])
}

const asText = (receipt: Receipt) => `${JSON.stringify(receipt, null, 1)}\n`

const writeReceipt = (own: string, receipt: Receipt) => writeAtomic(path.join(own, RECEIPT), asText(receipt), 0o644)

const isWritten = async (own: string, receipt: Receipt) =>
  (await readFile(path.join(own, RECEIPT), 'utf8').catch(() => null)) === asText(receipt)
