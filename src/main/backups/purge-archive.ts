import { rm, stat } from 'node:fs/promises'
import { temporaryBeside } from '../store/atomic.ts'
import { ArchiveReader } from './archive-reader.ts'
import { type EntrySource, writeArchive } from './archive-writer.ts'
import { countVersions, type EntryFacts, MANIFEST, MARKDOWN, type Manifest, SNAPSHOT, VERSIONS } from './manifest.ts'

export type PurgeTools = {
  /** Writes a snapshot of the journal anew, without some docs. */
  readonly rewriteSnapshot: (from: string, to: string, without: ReadonlySet<string>) => Promise<void>
  /** The list of large changes anew, without some notes; null: it holds nothing else. */
  readonly rewriteChanges: (bytes: Uint8Array, without: ReadonlySet<string>) => Promise<Uint8Array | null>
}

const CHANGES = `${VERSIONS}changes.log`
const IDS = `${MARKDOWN}.throughline/ids.json`
const LOGS = `${MARKDOWN}.throughline/log.json`
const TITLES = `${MARKDOWN}.throughline/titles.json`
const FORMER = `${MARKDOWN}.throughline/former.json`
const PINS = `${MARKDOWN}.throughline/pins.json`

/**
 * Writes an archive anew without some notes, by the steps of every archive: the former one stays until the new one
 * has been read back. Settles with its bytes and living notes; null where it holds none of them. Fails as opening and writing an archive do.
 */
export async function purgeArchive(
  file: string,
  ids: ReadonlySet<string>,
  tools: PurgeTools,
  signal: AbortSignal,
): Promise<{ bytes: number; notes: number } | null> {
  const reader = await ArchiveReader.open(file)
  const [from, to] = [temporaryBeside(file), temporaryBeside(file)]
  try {
    if (!holdsAny(reader, ids)) return null
    await reader.unpack(SNAPSHOT, from)
    await tools.rewriteSnapshot(from, to, ids)
    await rm(from, { force: true })
    const { size } = await stat(to)
    const { manifest } = reader
    const written = await writeArchive({
      file,
      at: manifest.at,
      signal,
      // Windows replaces no file that is open.
      beforeReplace: () => reader.close(),
      entries: entriesWithout(reader, ids, { name: SNAPSHOT, file: to, size }, tools),
      manifest: (entries) => manifestWithout(manifest, ids, entries),
    })
    return { bytes: written.bytes, notes: written.manifest.counts.notes }
  } finally {
    await reader.close()
    await rm(from, { force: true })
    await rm(to, { force: true })
  }
}

const versionsOf = (id: string): string => `${VERSIONS}${id}.versions`

const holdsAny = (reader: ArchiveReader, ids: ReadonlySet<string>): boolean =>
  reader.manifest.notes.some(({ id }) => ids.has(id)) || [...ids].some((id) => reader.has(versionsOf(id)))

async function* entriesWithout(
  reader: ArchiveReader,
  ids: ReadonlySet<string>,
  snapshot: EntrySource,
  tools: PurgeTools,
): AsyncGenerator<EntrySource> {
  const dropped = new Set([...ids].map(versionsOf))
  for (const { id, path } of reader.manifest.notes) if (ids.has(id) && path !== null) dropped.add(MARKDOWN + path)
  for (const name of reader.names('')) {
    if (name === MANIFEST || dropped.has(name)) continue
    if (name === SNAPSHOT) yield snapshot
    else if (name === IDS) yield { name, bytes: idsWithout(await reader.read(name), ids) }
    else if (name === LOGS || name === TITLES || name === FORMER)
      yield { name, bytes: logsWithout(await reader.read(name), ids) }
    else if (name === PINS) yield { name, bytes: pinsWithout(await reader.read(name), ids) }
    else if (name === CHANGES) {
      const bytes = await tools.rewriteChanges(await reader.read(name), ids)
      if (bytes) yield { name, bytes }
    } else yield { name, from: reader }
  }
}

/** `ids.json` names notes by their paths, which are words too. What cannot be read is left out. */
function idsWithout(bytes: Uint8Array, ids: ReadonlySet<string>): Uint8Array {
  const left = entriesIn(bytes, 'notes').filter(([, id]) => typeof id === 'string' && !ids.has(id))
  return asJson({ version: 1, notes: Object.fromEntries(left) })
}

/** Entries of logs, and titles, those of before too, are words of their notes. */
function logsWithout(bytes: Uint8Array, ids: ReadonlySet<string>): Uint8Array {
  const left = entriesIn(bytes, 'notes').filter(([id]) => !ids.has(id))
  return asJson({ version: 1, notes: Object.fromEntries(left) })
}

/** A pin quotes the note that it points to. */
function pinsWithout(bytes: Uint8Array, ids: ReadonlySet<string>): Uint8Array {
  const isOf = (pin: unknown, key: string) =>
    typeof pin === 'object' && pin !== null && ids.has(String((pin as Record<string, unknown>)[key]))
  const left = entriesIn(bytes, 'pins').filter(([, pin]) => !isOf(pin, 'note') && !isOf(pin, 'target'))
  return asJson({ version: 1, pins: left.map(([, pin]) => pin) })
}

function entriesIn(bytes: Uint8Array, key: string): [string, unknown][] {
  try {
    const read: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    const found = typeof read === 'object' && read !== null ? (read as Record<string, unknown>)[key] : null
    return typeof found === 'object' && found !== null ? Object.entries(found) : []
  } catch {
    return []
  }
}

const asJson = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 1)}\n`)

function manifestWithout(manifest: Manifest, ids: ReadonlySet<string>, entries: Record<string, EntryFacts>): Manifest {
  const notes = manifest.notes.filter(({ id }) => !ids.has(id))
  const trashed = notes.filter((note) => note.trashed).length
  const versions = countVersions(entries)
  return {
    ...manifest,
    notes,
    entries,
    counts: { ...manifest.counts, notes: notes.length - trashed, trashed, versions },
  }
}
