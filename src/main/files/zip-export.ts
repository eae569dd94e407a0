import { createReadStream } from 'node:fs'
import { mkdir, open, realpath, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { ExportReport } from '../../ipc/app-contract.ts'
import { CallError } from '../../ipc/rpc.ts'
import { archiveDisk } from '../backups/archive-disk.ts'
import { ZipOutput } from '../backups/zip-output.ts'
import { removeLeftOvers, syncFolder, temporaryBeside } from '../store/atomic.ts'
import { diskProblem } from './disk-problem.ts'
import type { ExportOptions } from './export-folder.ts'
import { Mentions } from './export-mentions.ts'
import { type PlannedFile, type PlannedNote, planFor } from './export-plan.ts'
import { outcomeOf, reportOf } from './export-report.ts'
import { WHOLE_VAULT } from './export-scope.ts'
import { chunks, throttled } from './flow.ts'
import { OWN_FOLDER, RECEIPT, type Receipt, type ReceiptLine } from './receipt.ts'
import { targetSegments } from './safe-path.ts'
import type { Skipped } from './scan.ts'
import { sha256Of } from './target.ts'
import { compareZip } from './zip-compare.ts'

const NOTES_A_CALL = 150
const PROGRESS_MS = 100
/** What a zip can say of a time begins here. */
const FIRST_TIME = Date.UTC(1980, 0, 2)

type State = {
  readonly zip: ZipOutput
  readonly lines: Map<string, ReceiptLine>
  readonly problems: Skipped[]
  readonly options: ExportOptions
}

/**
 * The same as `exportFolder`, as one zip that holds what the folder would (`options.folder` is the zip's path):
 * written beside its place, read back whole and compared with its receipt, then renamed over what was there. A run
 * that fails, is cancelled or killed leaves the former file as it was. Fails with `refused`, `disk-full`, `damaged`
 * where it does not read back, or what the vault says.
 */
export async function exportZip(options: ExportOptions): Promise<ExportReport> {
  const started = performance.now()
  const { folder: file, vault, vaultId, signal, scope = WHOLE_VAULT, portable = false } = options
  await mustBeOutside(file, options.forbidden)
  const progress = throttled(options.onProgress, PROGRESS_MS)
  const facts = Promise.all([options.unresolved?.(scope) ?? null, options.versions?.(scope) ?? 0]).catch(() => null)
  const plan = await vault.call('exportPlan', {})
  // Where it will be unpacked nobody knows; names of no system at all are refused below.
  const planned = planFor(plan, scope, { foldsCase: false, platform: 'linux', portable })
  const temporary = temporaryBeside(file)
  const at = Date.now()
  await removeLeftOvers(path.dirname(file))
  const zip = new ZipOutput(archiveDisk.write(temporary), at)
  const state: State = { zip, lines: new Map(), problems: [], options }
  try {
    let attachments: readonly PlannedFile[] = planned.files
    let total = planned.notes.length + (scope.ids === null ? attachments.length : 0)
    let done = 0
    const advance = (count: number) => {
      done += count
      progress.report({ phase: 'write', done, total })
    }
    const mentions = scope.ids === null ? null : new Mentions(planned.files)
    for (const chunk of chunks(planned.notes, NOTES_A_CALL)) {
      if (signal.aborted) break
      await addNotes(chunk, state, mentions)
      advance(chunk.length)
    }
    if (mentions) {
      attachments = mentions.files
      total += attachments.length
    }
    for (const each of attachments) {
      if (signal.aborted) break
      await addAttachment(each, state)
      advance(1)
    }
    const [unresolved, versions] = (signal.aborted ? null : await facts) ?? [null, 0]
    const { sidecar, make } = outcomeOf({
      plan,
      scope,
      notes: planned.notes,
      files: attachments,
      lines: state.lines,
      mentions,
      unresolved,
      versions,
      listed: () => ({ leftAlone: [], problems: [...state.problems] }),
    })
    const report = (compared: { files: number; same: number }, receipt: string) =>
      reportOf(make(compared), {
        folder: file,
        receipt,
        written: state.lines.size,
        ms: Math.round(performance.now() - started),
        cancelled: signal.aborted,
      })
    const stopped = async () => {
      await zip.abandon()
      await rm(temporary, { force: true })
      return report({ files: 0, same: 0 }, file)
    }
    if (signal.aborted) return await stopped()

    for (const [name, content] of Object.entries(sidecar)) {
      await zip.add(`${OWN_FOLDER}/${name}`, Buffer.from(content), true)
    }
    const all = { files: state.lines.size, same: state.lines.size }
    const head = { format: 1 as const, version: options.version, vault: vaultId, scope: scope.key }
    // It says that all was compared: nobody sees it under its name before that is true.
    const receipt: Receipt = { ...head, at: new Date(at).toISOString(), complete: true, ...make(all) }
    await zip.add(`${OWN_FOLDER}/${RECEIPT}`, Buffer.from(`${JSON.stringify(receipt, null, 1)}\n`), true)
    await zip.finish()
    await archiveDisk.sync(temporary)
    progress.flush()
    const compared = await compareZip(temporary, Object.keys(sidecar), {
      signal,
      onProgress: (same, files) => progress.report({ phase: 'verify', done: same, total: files }),
    })
    if (signal.aborted || compared === null) return await stopped()
    if (compared.same !== all.same)
      throw new CallError('damaged', `${file} was written, but reads back differently. ${asItWas(file)}`)
    await rename(temporary, file)
    await syncFolder(path.dirname(file))
    options.onProgress({ phase: 'verify', done: all.files, total: all.files })
    return report(all, file)
  } catch (error) {
    await zip.abandon()
    await rm(temporary, { force: true })
    throw diskProblem(error, file, asItWas(file))
  }
}

async function mustBeOutside(file: string, forbidden: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true }).catch((error: unknown) => {
    throw diskProblem(error, path.dirname(file), 'Nothing was written.')
  })
  const folder = await realpath(path.dirname(file))
  const own = await realpath(forbidden).catch(() => path.resolve(forbidden))
  if (folder === own || folder.startsWith(own + path.sep)) {
    throw new CallError('refused', `${folder} holds the app's own data; choose another folder.`)
  }
  // A folder of that name would only be found out at the rename.
  const isFolder = await open(file, 'r').then(
    async (handle) => {
      const found = await handle.stat().finally(() => handle.close())
      return found.isDirectory()
    },
    () => false,
  )
  if (isFolder) throw new CallError('refused', `${file} is a folder; choose another name.`)
}

async function addNotes(notes: readonly PlannedNote[], state: State, mentions: Mentions | null): Promise<void> {
  const { zip, lines, problems, options } = state
  const answers = await options.vault.call('exportNotes', {
    ids: notes.map(({ id }) => id),
    withFiles: mentions !== null,
  })
  const byId = new Map(answers.map((answer) => [answer.id, answer]))
  for (const note of notes) {
    const answer = byId.get(note.id)
    const problem = answer ? answer.problem : 'the note is gone'
    if (problem !== null) problems.push({ path: note.path, reason: problem })
    if (!answer || (problem !== null && answer.bytes.length === 0) || !isFit(note.path, state)) continue
    mentions?.see(decoder.decode(answer.bytes), answer.files)
    const time = note.updated > FIRST_TIME ? note.updated : undefined
    await zip.add(note.path, answer.bytes, true, time)
    const { id, docHash } = note
    const { bytes, links, blockIds } = answer
    lines.set(note.path, { path: note.path, sha256: sha256Of(bytes), docHash, id, links, blockIds, size: bytes.length })
  }
}

const decoder = new TextDecoder()

async function addAttachment({ path: at, sha256, size }: PlannedFile, state: State): Promise<void> {
  if (!isFit(at, state)) return
  const source = await state.options.attachments.verified(state.options.vaultId, sha256)
  if (!source) {
    state.problems.push({ path: at, reason: 'the vault does not hold this file any more' })
    return
  }
  // A stream of nothing would wait for its first byte.
  if (size === 0) await state.zip.add(at, new Uint8Array(), false)
  else await state.zip.addStream(at, size, () => createReadStream(source.path, { highWaterMark: 1 << 20 }))
  state.lines.set(at, { path: at, sha256, size })
}

function isFit(at: string, { problems, lines }: State): boolean {
  const segments = targetSegments(at, 'linux')
  const reason = segments.ok ? (lines.has(at) ? 'another file has this path' : null) : segments.error
  // A backslash is a way out of the folder for programs that unpack it on Windows.
  const problem = reason ?? (at.includes('\\') ? 'a zip cannot hold its path' : null)
  if (problem !== null) problems.push({ path: at, reason: problem })
  return problem === null
}

const asItWas = (file: string) => `What was called ${path.basename(file)} is as it was.`
