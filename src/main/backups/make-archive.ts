import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { NoteId } from '../../core/base/ids.ts'
import { CallError } from '../../ipc/rpc.ts'
import type { AttachmentStore } from '../attachments/attachment-store.ts'
import type { Progress, VaultCalls } from '../files/vault-calls.ts'
import type { ArchiveDisk } from './archive-disk.ts'
import type { ArchiveReader } from './archive-reader.ts'
import { cancelled, type EntrySource, writeArchive } from './archive-writer.ts'
import { entryProblem } from './entry-names.ts'
import {
  countVersions,
  type EntryFacts,
  FILES,
  FORMAT,
  MARKDOWN,
  type Manifest,
  SNAPSHOT,
  VERSIONS,
} from './manifest.ts'

/** A snapshot of the journal, verified, which stays as it is until the archive is made. */
export type SnapshotFile = {
  readonly file: string
  readonly size: number
  /** The number of the last record in it. */
  readonly last: number
  /** Notes that it holds the state of, living or in the trash. */
  readonly ids: ReadonlySet<string>
}

/** What an archive of a vault is made from. */
export type ArchiveSource = {
  readonly id: Manifest['vault']['id']
  readonly name: string
  readonly calls: VaultCalls
  readonly snapshot: () => Promise<SnapshotFile>
  /** May be missing: a vault without versions. */
  readonly versionsFolder: string
  /** sha256 of the attachments that versions name. */
  readonly versionAttachments: () => Promise<readonly string[]>
  /** The file of an attachment, compared with its hash; null where it is not what it was. */
  readonly attachment: (sha256: string) => ReturnType<AttachmentStore['verified']>
}

export type MakeOptions = {
  readonly source: ArchiveSource
  readonly file: string
  /** ms since 1970. */
  readonly at: number
  /** Version of the app: Markdown that another one wrote is not taken over. */
  readonly app: string
  /** Whether the archive holds the bytes of attachments or only names them. */
  readonly holdFiles: boolean
  /** The last archive of the vault, for the Markdown of notes that did not change since. */
  readonly previous: ArchiveReader | null
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  readonly disk?: ArchiveDisk
}

export type Made = {
  readonly bytes: number
  readonly manifest: Manifest
  /** Notes whose Markdown was taken from the last archive. */
  readonly copied: number
  /** Attachments of the vault that are missing or not what they were. */
  readonly missing: readonly string[]
}

const NOTES_A_CALL = 150
const MAX_WHOLE = 32 << 20

type Planned = { readonly id: NoteId; readonly path: string; readonly docHash: string }

/**
 * Makes an archive of a vault as it is now. Fails as `writeArchive` does, and with `not-ready` while the journal
 * does not hold every note yet: such an archive would be short.
 */
export async function makeArchive(options: MakeOptions): Promise<Made> {
  const { source, at, app, signal } = options
  const state: State = { options, notes: [], attachments: [], written: new Set(), copied: 0, missing: [], last: 0 }
  const manifest = (entries: Record<string, EntryFacts>): Manifest => ({
    format: FORMAT,
    app,
    vault: { id: source.id, name: source.name },
    at,
    journal: { last: state.last },
    counts: countsOf(state, entries),
    notes: state.notes,
    attachments: state.attachments,
    entries,
  })
  const { file, disk, onProgress } = options
  const onVerify = (done: number, total: number) => onProgress({ phase: 'verify', done, total })
  const written = await writeArchive({
    ...{ file, at, signal, manifest, onVerify, entries: entriesOf(state) },
    ...(disk ? { disk } : {}),
  })
  return { ...written, copied: state.copied, missing: state.missing }
}

type State = {
  readonly options: MakeOptions
  notes: Manifest['notes']
  attachments: Manifest['attachments']
  /** Paths of the Markdown that is in. */
  readonly written: Set<string>
  copied: number
  missing: string[]
  last: number
}

function countsOf({ notes, attachments }: State, entries: Record<string, EntryFacts>): Manifest['counts'] {
  const trashed = notes.filter((note) => note.trashed).length
  const versions = countVersions(entries)
  return { notes: notes.length - trashed, trashed, versions, attachments: attachments.length }
}

async function* entriesOf(state: State): AsyncGenerator<EntrySource> {
  const { source, signal } = state.options
  const ask: VaultCalls['call'] = (name, input) => orAborted(source.calls.call(name, input), signal)
  await ask('flush', {})
  const before = await ask('exportPlan', {})
  yield* markdown(before.notes, ask, state)
  for (const [name, content] of Object.entries(before.sidecar)) {
    const entry = `${MARKDOWN}.throughline/${name}`
    if (entryProblem(entry) === null) yield { name: entry, bytes: Buffer.from(content) }
  }

  // Behind the Markdown: what the snapshot holds is never older.
  const snapshot = await orAborted(source.snapshot(), signal)
  state.last = snapshot.last
  yield { name: SNAPSHOT, file: snapshot.file, size: snapshot.size }
  const after = await ask('exportPlan', {})
  state.notes = settle(before.notes, after.notes, snapshot.ids, state.written)

  yield* versions(source.versionsFolder)
  yield* files(after.attachments, state)
}

/** What the manifest says of each note. A hash that changed meanwhile says nothing of what is in the archive. */
function settle(
  before: readonly Planned[],
  after: readonly Planned[],
  ids: ReadonlySet<string>,
  written: ReadonlySet<string>,
): Manifest['notes'] {
  const later = new Map(after.map((note) => [note.id as string, note]))
  const planned = new Map(before.map((note) => [note.id as string, note]))
  for (const id of planned.keys()) {
    // Written in this moment, or the journal has still to take it in.
    if (!ids.has(id) && later.has(id)) {
      throw new CallError('not-ready', 'The second copy of this vault is still being written. Try again in a minute.')
    }
  }
  return [...ids].sort().map((id) => {
    const [note, now] = [planned.get(id), later.get(id)]
    const place = note && written.has(note.path) ? note.path : null
    const docHash = note && now && note.docHash === now.docHash ? note.docHash : ''
    return { id, trashed: !now, path: place, docHash }
  })
}

async function* markdown(
  notes: readonly Planned[],
  ask: VaultCalls['call'],
  state: State,
): AsyncGenerator<EntrySource> {
  const { previous, onProgress } = state.options
  const fits = notes.filter(({ path: at }) => entryProblem(MARKDOWN + at) === null)
  let done = 0
  const advance = (count: number) => {
    done += count
    onProgress({ phase: 'write', done, total: fits.length })
  }
  const entry = (at: string, bytes: Uint8Array): EntrySource => {
    state.written.add(at)
    return { name: MARKDOWN + at, bytes }
  }

  const wanted = new Map(fits.map((note) => [note.path, note]))
  if (previous && isUsable(previous.manifest, state.options)) {
    const known = new Map(previous.manifest.notes.map((note) => [note.path ?? '', note]))
    for (const name of previous.names(MARKDOWN)) {
      const at = name.slice(MARKDOWN.length)
      const note = wanted.get(at)
      const former = known.get(at)
      if (!note || note.docHash === '' || former?.docHash !== note.docHash || former.id !== note.id) continue
      // Damaged since: it is written anew.
      const bytes = await previous.read(name).catch(() => null)
      if (!bytes) continue
      wanted.delete(at)
      state.copied++
      yield entry(at, bytes)
      advance(1)
    }
  }

  const batches = [...chunks([...wanted.values()], NOTES_A_CALL)]
  const fetch = (n: number) => {
    const answer = batches[n] && ask('exportNotes', { ids: batches[n].map(({ id }) => id) })
    answer?.catch(() => {}) // heard when its turn comes
    return answer
  }
  let next = fetch(0)
  for (const [n, batch] of batches.entries()) {
    const answers = (await next) ?? []
    next = fetch(n + 1)
    const byId = new Map(batch.map((note) => [note.id, note]))
    for (const { id, bytes, problem } of answers) {
      const note = byId.get(id)
      // A note that cannot be converted is whole in the snapshot.
      if (note && (problem === null || bytes.length > 0)) yield entry(note.path, bytes)
    }
    advance(batch.length)
  }
}

const isUsable = (former: Manifest, { app, source }: MakeOptions): boolean =>
  former.app === app && former.vault.id === source.id

async function* versions(folder: string): AsyncGenerator<EntrySource> {
  // Only a folder that is not there has no versions: one that cannot be read must not make an archive without them.
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  for (const name of names.sort()) {
    const entry = VERSIONS + name
    if (entryProblem(entry) !== null) continue
    const found = await stat(path.join(folder, name)).catch(() => null)
    if (!found?.isFile()) continue
    const file = path.join(folder, name)
    // Read at once: it may be replaced by another at any time. One that only grows is whole at any of its lengths.
    if (found.size > MAX_WHOLE) yield { name: entry, file, size: found.size }
    else yield { name: entry, bytes: await readFile(file) }
  }
}

/** Holds or names every attachment of the catalog and of versions, each once. */
async function* files(
  catalog: readonly { readonly sha256: string; readonly size: number }[],
  state: State,
): AsyncGenerator<EntrySource> {
  const { source, holdFiles } = state.options
  const wanted = new Map(catalog.map(({ sha256, size }) => [sha256, size]))
  for (const sha256 of await source.versionAttachments()) if (!wanted.has(sha256)) wanted.set(sha256, -1)
  for (const [sha256, size] of [...wanted].sort()) {
    const found = await source.attachment(sha256)
    if (!found) state.missing.push(sha256)
    const known = found?.size ?? Math.max(size, 0)
    state.attachments.push({ sha256, size: known, held: holdFiles && found !== null })
    if (holdFiles && found) yield { name: FILES + sha256, file: found.path, size: found.size }
  }
}

/** A call to a vault that somebody keeps waiting must not keep us waiting. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(cancelled())
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

function* chunks<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < list.length; i += size) yield list.slice(i, i + size)
}
