import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { counted } from '../../core/base/counted.ts'
import type { NoteId, VaultId } from '../../core/base/ids.ts'
import { readFileFacts } from '../../core/import/file-facts.ts'
import { kindByRules, type Mapping } from '../../core/import/mapping.ts'
import type { Kind } from '../../core/note/note.ts'
import type { ImportReport } from '../../ipc/app-contract.ts'
import { CallError, type Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { AttachmentStore, StoredFile } from '../attachments/attachment-store.ts'
import { diskProblem, isFull } from './disk-problem.ts'
import { eachOf, throttled } from './flow.ts'
import { isEmptyMapping, readImportSidecar, readStandIns } from './import-sidecar.ts'
import { type ImportSource, originName } from './import-source.ts'
import { originalNames } from './original-names.ts'
import { readBesideFolder } from './read-beside.ts'
import { readReceipt } from './receipt.ts'
import { readProblem, type ScannedFile, type Skipped, scanFolder } from './scan.ts'
import type { Progress, VaultCalls } from './vault-calls.ts'

type NoteFile = {
  path: string
  bytes: Uint8Array
  updated: number
  id?: string
  exported?: string
  beside?: string
  kind?: Kind
}

export type ImportOptions = {
  readonly folder: string
  /** Where the folder is what was unpacked, or not all of it is meant: see import-source.ts. */
  readonly source?: ImportSource
  /** Becomes the vault's. Without one the vault's own holds, else the one that an export left beside the files. */
  readonly mapping?: Mapping | undefined
  /** Notes that are in already get their kinds by the mapping too (core/import, I9). */
  readonly applyKinds?: boolean
  readonly vaultId: VaultId
  readonly vault: VaultCalls
  readonly attachments: Pick<AttachmentStore, 'addFile'>
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
}

const BATCH_FILES = 200
const BATCH_BYTES = 1 << 20
/** Batches under way at once: one is parsed, one is on its way, one is read from disk. */
const IN_FLIGHT = 3
const READS = 16
const COPIES = 4
/** A text file beyond this is kept as a file beside the notes: a message between processes cannot hold it. */
const LARGEST_NOTE = 32 << 20
const PROGRESS_MS = 100

/**
 * Copies a folder of Markdown into a vault. Every file becomes a note, an attachment or a reason; the folder is
 * never written to (M7). A second run changes only what changed (M8); a run that was killed is continued by the
 * next, since each batch is durable when it is answered. After `signal` aborts, what was sent stays, and the
 * report says `cancelled`. Fails with `no-folder`, or with what the vault says.
 */
export async function importFolder(options: ImportOptions): Promise<ImportReport> {
  const { folder, vault, vaultId, signal } = options
  const started = performance.now()
  const progress = throttled(options.onProgress, PROGRESS_MS)
  const counts = { created: 0, updated: 0, unchanged: 0, attachments: 0, rekinded: 0 }
  const asText: Skipped[] = []
  const logsKept: Skipped[] = []
  const renamed: { path: string; name: string }[] = []
  const report = (links: number, unresolved: number, skipped: readonly Skipped[]): ImportReport => ({
    ...counts,
    vault: vaultId,
    notes: counts.created + counts.updated + counts.unchanged,
    links,
    unresolved,
    asText: sorted(asText),
    logsKept: sorted(logsKept),
    renamed: [...renamed].sort((a, b) => (a.path < b.path ? -1 : 1)),
    skipped: sorted(skipped),
    ms: Math.round(performance.now() - started),
    cancelled: signal.aborted,
  })

  const scan = await scanFolder(folder, {
    signal,
    only: options.source?.only ?? null,
    onFound: (files) => progress.report({ phase: 'scan', done: files, total: files }),
  }).catch((error: unknown) => {
    if (signal.aborted) return null
    throw error
  })
  if (!scan) return report(0, 0, [])

  const beside = await readBesideFolder(scan.root)
  const exported = await exportedBefore(scan.root, vaultId)
  const names = await originalNames(
    scan.root,
    scan.files.map((file) => file.path),
  )
  const vaultPath = (file: ScannedFile) => names.get(file.path) ?? file.path
  const origin = originName(options.source?.origin ?? scan.root)
  const skipped = [...(options.source?.skipped ?? []), ...scan.skipped]
  const sidecar = await readImportSidecar(scan.root)
  await adoptMapping(vault, options.mapping, sidecar.mapping)
  const rules = options.applyKinds === true ? (await vault.call('importMapping', {})).kinds : null
  const wanted: { id: NoteId; kind: Kind }[] = []
  const isNote = (file: ScannedFile) => file.kind === 'note' && file.size <= LARGEST_NOTE
  const notes = scan.files.filter(isNote)
  const others = scan.files.filter((file) => !isNote(file))
  let done = 0
  const advance = (files: number) => {
    done += files
    progress.report({ phase: 'read', done, total: scan.files.length })
  }

  /** A file that the vault cannot take in stops its batch: then one at a time, so that it stops nothing else. */
  const send = async (files: NoteFile[]): Promise<Output<typeof vaultContract, 'importFiles'>> => {
    if (files.length === 0) return []
    try {
      return await vault.call('importFiles', { files, origin })
    } catch (error) {
      const [only, another] = files
      if (!only || !(error instanceof CallError) || error.code !== 'unreadable') throw error
      if (!another) {
        skipped.push({ path: only.path, reason: error.message })
        return []
      }
      const results = []
      for (const file of files) results.push(...(await send([file])))
      return results
    }
  }

  const importNotes = () =>
    eachOf(batches(notes), IN_FLIGHT, async (batch) => {
      if (signal.aborted) return
      const files: NoteFile[] = []
      await eachOf(batch, READS, async (file) => {
        try {
          // A copy of its own: a Buffer may be a window on a larger pool, which would be sent whole.
          const bytes = new Uint8Array(await readFile(path.join(scan.root, file.path)))
          const id = Object.hasOwn(scan.ids, file.path) ? scan.ids[file.path] : undefined
          const said = beside.note(id)
          const left = exported.get(file.path)
          const kind = sidecar.kinds.get(vaultPath(file))
          files.push({
            path: vaultPath(file),
            bytes,
            updated: file.modified,
            ...(id === undefined ? {} : { id }),
            ...(said === undefined ? {} : { beside: said }),
            ...(left === undefined ? {} : { exported: left }),
            ...(kind === undefined ? {} : { kind }),
          })
        } catch (error) {
          skipped.push({ path: file.path, reason: readProblem(error) })
        }
      })
      files.sort((a, b) => (a.path < b.path ? -1 : 1))
      for (const result of await send(files)) {
        counts[result.status]++
        const file = rules && result.status !== 'created' ? files.find(({ path: at }) => at === result.path) : undefined
        const kind = file && rules && kindOf(file, rules)
        if (kind) wanted.push({ id: result.id, kind })
        const { altered = 0, missing = 0 } = result.log ?? {}
        if (altered + missing > 0) logsKept.push({ path: result.path, reason: logReason(altered, missing) })
        if (result.asText !== null) asText.push({ path: result.path, reason: result.asText })
      }
      advance(batch.length)
    })

  const importOthers = async () => {
    const standIns = await readStandIns(scan.root)
    const listed: (StoredFile & {
      path: string
      exported?: string
      standsFor?: { path: string; notes: string[] }[]
    })[] = []
    await eachOf(others, COPIES, async (file) => {
      if (signal.aborted) return
      const stored = await copy(file)
      if (stored) {
        const at = vaultPath(file)
        const left = exported.get(file.path)
        const standsFor = standIns.get(at)
        listed.push({
          path: at,
          ...stored,
          ...(left === undefined ? {} : { exported: left }),
          ...(standsFor === undefined ? {} : { standsFor }),
        })
        if (file.kind === 'note') asText.push({ path: file.path, reason: 'too large for a note: kept as a file' })
      }
      advance(1)
    })
    listed.sort((a, b) => (a.path < b.path ? -1 : 1))
    for (let i = 0; i < listed.length; i += 500) {
      const attachments = listed.slice(i, i + 500)
      renamed.push(...(await vault.call('importAttachments', { origin, attachments })))
    }
    counts.attachments = listed.length
  }
  const copy = async (file: ScannedFile): Promise<StoredFile | null> => {
    try {
      return await options.attachments.addFile(vaultId, path.join(scan.root, file.path), signal)
    } catch (error) {
      if (!signal.aborted && isFull(error)) {
        const safe = `${file.path} was not copied in. What came in before it is whole, and ${folder} is as it was: make room and import it again to go on.`
        throw diskProblem(error, 'this computer’s own files', safe)
      }
      if (!signal.aborted) skipped.push({ path: file.path, reason: readProblem(error) })
      return null
    }
  }

  // One after the other, so that progress counts notes that are stored, and a run that is killed has notes first.
  await importNotes()
  if (wanted.length > 0 && !signal.aborted) counts.rekinded = (await vault.call('applyKinds', { kinds: wanted })).notes
  await importOthers()
  progress.flush()
  options.onProgress({ phase: 'index', done: 0, total: notes.length })
  if (beside.trails !== '' && !signal.aborted) await vault.call('importTrails', { trails: beside.trails })
  if (beside.words !== '' && !signal.aborted) await vault.call('importWords', { words: beside.words })
  const { links, unresolved } = await vault.call('importEnd', {})
  return report(links, unresolved, skipped)
}

/** Entries of a log are not changed by their file (core/commitment, G10). */
const logReason = (altered: number, missing: number): string => {
  const said = [
    altered > 0 ? `${counted(altered, 'entry', 'entries')} written otherwise` : '',
    missing > 0 ? `${counted(missing, 'entry', 'entries')} missing` : '',
  ]
  return `${said.filter((each) => each !== '').join(', ')}: the log of the note stays as it was written`
}

/** Before any file is read by it. A mapping that came with the files is no reason to change what the vault has. */
async function adoptMapping(vault: VaultCalls, given: Mapping | undefined, listed: Mapping): Promise<void> {
  if (!given && isEmptyMapping(listed)) return
  if (!given && !isEmptyMapping(await vault.call('importMapping', {}))) return
  const { kinds, words } = given ?? listed
  await vault.call('setImportMapping', { kinds: [...kinds], words: { ...words } })
}

/** By the rules; null for a file that says its kind itself. */
function kindOf({ path: at, bytes, kind }: NoteFile, rules: Mapping['kinds']): Kind | null {
  const facts = readFileFacts(at, bytes)
  return facts.kind === null ? (kind ?? kindByRules(facts, rules) ?? 'note') : null
}

/** By path, the hash of each file as the last export of this vault into this folder left it. */
async function exportedBefore(root: string, vaultId: VaultId): Promise<ReadonlyMap<string, string>> {
  const receipt = await readReceipt(root)
  if (receipt?.vault !== vaultId) return new Map()
  return new Map([...receipt.notes, ...receipt.attachments].map(({ path: at, sha256 }) => [at, sha256]))
}

function* batches(files: readonly ScannedFile[]): Generator<readonly ScannedFile[]> {
  let batch: ScannedFile[] = []
  let bytes = 0
  for (const file of files) {
    if (batch.length > 0 && (batch.length >= BATCH_FILES || bytes + file.size > BATCH_BYTES)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(file)
    bytes += file.size
  }
  if (batch.length > 0) yield batch
}

const sorted = (list: readonly Skipped[]) => [...list].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
