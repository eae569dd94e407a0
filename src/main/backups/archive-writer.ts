import { createReadStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { CallError } from '../../ipc/rpc.ts'
import { removeLeftOvers, temporaryBeside } from '../store/atomic.ts'
import { type ArchiveDisk, archiveDisk, diskError } from './archive-disk.ts'
import { ArchiveReader } from './archive-reader.ts'
import { entryProblem, isUnpacked } from './entry-names.ts'
import { type EntryFacts, MANIFEST, type Manifest } from './manifest.ts'
import { ZipOutput } from './zip-output.ts'

/** One entry: its bytes, a file of which the first `size` bytes are taken, or an entry of another archive. */
export type EntrySource = { readonly name: string } & (
  | { readonly bytes: Uint8Array }
  | { readonly file: string; readonly size: number }
  | { readonly from: ArchiveReader }
)

export type WriteOptions = {
  /** Where it will lie; replaced whole. */
  readonly file: string
  /** ms since 1970. */
  readonly at: number
  /** In the order in which they are written. */
  readonly entries: AsyncIterable<EntrySource>
  /** Called when all entries are written. */
  readonly manifest: (entries: Record<string, EntryFacts>) => Manifest
  readonly signal: AbortSignal
  readonly disk?: ArchiveDisk
  /** When it is whole and about to take the place of what lies there. */
  readonly beforeReplace?: () => Promise<void>
  /** While it is read back. */
  readonly onVerify?: (done: number, total: number) => void
}

/**
 * Writes an archive: into a temporary file beside its place, to the disk, read back whole and compared with what
 * went in, then renamed. Whatever fails or ends this half-way leaves the former file as it was. Fails with
 * `disk-full`, `read-only`, `disk-broken`, `cancelled`, or `damaged` where it does not read back.
 */
export async function writeArchive(options: WriteOptions): Promise<{ bytes: number; manifest: Manifest }> {
  const { file, at, signal, disk = archiveDisk } = options
  const folder = path.dirname(file)
  const temporary = temporaryBeside(file)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await removeLeftOvers(folder)
    const manifest = await writeEntries(disk.write(temporary), at, options)
    await disk.sync(temporary)
    const reader = await ArchiveReader.open(temporary)
    try {
      await reader.verify({ signal, onProgress: options.onVerify })
    } finally {
      await reader.close()
    }
    const { size } = await stat(temporary)
    if (signal.aborted) throw cancelled()
    await options.beforeReplace?.()
    await disk.rename(temporary, file)
    await disk.syncFolder(folder)
    return { bytes: size, manifest }
  } catch (error) {
    await disk.remove(temporary).catch(() => {}) // the next one in this folder removes it
    if (signal.aborted) throw cancelled()
    throw diskError(error, `The disk of ${path.basename(folder)}`)
  }
}

export const cancelled = () =>
  new CallError('cancelled', 'The archive was not finished; the former ones are as they were.')

async function writeEntries(
  target: ReturnType<ArchiveDisk['write']>,
  at: number,
  { entries, manifest, signal }: WriteOptions,
): Promise<Manifest> {
  const zip = new ZipOutput(target, at)
  try {
    const facts: Record<string, EntryFacts> = {}
    for await (const entry of entries) {
      if (signal.aborted) throw cancelled()
      const problem = entryProblem(entry.name)
      if (problem !== null || facts[entry.name]) throw new CallError('internal', `Not to be archived: ${problem}.`)
      facts[entry.name] = await put(zip, entry)
    }
    const made = manifest(facts)
    await zip.add(MANIFEST, Buffer.from(`${JSON.stringify(made)}\n`), true)
    await zip.finish()
    return made
  } catch (error) {
    await zip.abandon()
    throw error
  }
}

/** In one piece where it is small, so that yazl deflates several at once. */
const MAX_WHOLE = 1 << 20

async function put(zip: ZipOutput, entry: EntrySource): Promise<EntryFacts> {
  const { name } = entry
  const isPlain = isUnpacked(name)
  if ('bytes' in entry) return zip.add(name, entry.bytes, !isPlain)
  if ('file' in entry) {
    const { file, size } = entry
    if (size === 0) return zip.add(name, new Uint8Array(), false)
    return zip.addStream(name, size, () => createReadStream(file, { end: size - 1, highWaterMark: 1 << 20 }))
  }
  const { from } = entry
  const size = from.manifest.entries[name]?.size ?? 0
  if (size <= MAX_WHOLE || !isPlain) return zip.add(name, await from.read(name), !isPlain)
  return zip.addStream(name, size, () => Readable.from(from.pieces(name)))
}
