import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, realpath, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl'
import { CallError } from '../../ipc/rpc.ts'
import { diskProblem, isDisk, isFull } from './disk-problem.ts'
import { filesBeside } from './files-beside.ts'
import { targetSegments } from './safe-path.ts'
import type { Skipped } from './scan.ts'

/** A name for a folder that says nothing of where it lies. */
export const originName = (origin: string): string => createHash('sha256').update(origin).digest('hex').slice(0, 16)

/** Something to import from, as a folder on this disk. */
export type ImportSource = {
  readonly folder: string
  /** Paths below the folder, where not all of it is meant. */
  readonly only: ReadonlySet<string> | null
  /** What stays the same from one import of it to the next. */
  readonly origin: string
  readonly skipped: readonly Skipped[]
  /** Removes what was unpacked. */
  readonly close: () => Promise<void>
}

/** Of a zip, unpacked: a vault of many pictures fits, a bomb does not. */
const MOST_BYTES = 64 * 2 ** 30
const MOST_RATIO = 200
/** Below this a high ratio is a well packed text. */
const SMALL = 64 << 20
const MOST_ENTRIES = 500_000
const NOTHING = 'Nothing was copied.'
const MARKDOWN = /\.(?:md|markdown)$/i
const ZIP = /\.zip$/i

/** What a vault made of it is called. */
export const sourceName = (source: string): string =>
  path.basename(path.resolve(source)).replace(ZIP, '').replace(MARKDOWN, '') || 'Notes'

/** Fails with `no-folder`, where it is neither a folder, nor a zip, nor a Markdown file. */
export async function mustBeSource(source: string): Promise<'folder' | 'zip' | 'note'> {
  const found = await stat(source).catch(() => null)
  if (found?.isDirectory()) return 'folder'
  if (found?.isFile() && ZIP.test(source)) return 'zip'
  if (found?.isFile() && MARKDOWN.test(source)) return 'note'
  if (!found)
    throw new CallError(
      'no-folder',
      `There is no folder ${source}, and no zip or Markdown file of that name. ${NOTHING}`,
    )
  throw new CallError('no-folder', `${source} is neither a folder, nor a zip, nor a Markdown file. ${NOTHING}`)
}

/**
 * A folder as it is; a zip unpacked below `scratch` (the caller closes it); one Markdown file as the only one of its
 * folder, with the files in it that it names. None is written to. Fails with `no-folder`, `not-a-zip`, `zip-bomb`, or
 * as the disk does.
 */
export async function openSource(source: string, scratch: string, signal: AbortSignal): Promise<ImportSource> {
  const kind = await mustBeSource(source)
  const close = async () => {}
  if (kind === 'folder') return { folder: source, only: null, origin: await realpath(source), skipped: [], close }
  if (kind === 'note') {
    const folder = path.dirname(path.resolve(source))
    const { files, skipped } = await filesBeside(source)
    return { folder, only: new Set([path.basename(source), ...files]), origin: await realpath(folder), skipped, close }
  }
  await mkdir(scratch, { recursive: true, mode: 0o700 })
  const root = await mkdtemp(path.join(scratch, 'zip-'))
  const remove = () => rm(root, { recursive: true, force: true })
  try {
    const skipped = await unpack(source, root, signal)
    return { folder: await innerFolder(root), only: null, origin: await realpath(source), skipped, close: remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** A zip of one folder is that folder. */
async function innerFolder(root: string): Promise<string> {
  const entries = await readdir(root, { withFileTypes: true })
  const [only] = entries
  return only?.isDirectory() && entries.length === 1 && !only.name.startsWith('.') ? path.join(root, only.name) : root
}

async function unpack(file: string, root: string, signal: AbortSignal): Promise<Skipped[]> {
  const packed = (await stat(file)).size
  const zip = await openPromise(file, { autoClose: false, lazyEntries: true, decodeStrings: false }).catch(() => null)
  if (!zip) throw new CallError('not-a-zip', `${file} is no zip that can be read. ${NOTHING}`)
  const skipped: Skipped[] = []
  let bytes = 0
  let entries = 0
  const grow = (more: number) => {
    bytes += more
    if (bytes <= SMALL || (bytes <= MOST_BYTES && bytes <= packed * MOST_RATIO)) return
    throw new CallError('zip-bomb', `${file} would become far larger than it is. ${NOTHING}`)
  }
  try {
    for await (const entry of zip.eachEntry()) {
      signal.throwIfAborted()
      if (++entries > MOST_ENTRIES)
        throw new CallError(
          'zip-bomb',
          `${file} holds more than ${MOST_ENTRIES.toLocaleString('en')} files. ${NOTHING}`,
        )
      // Read here: the reader itself would end at the first name that leads out.
      const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
      const reason = await unpackEntry(zip, entry, name.replaceAll('\\', '/'), root, grow, signal)
      if (reason !== null) skipped.push({ path: printable(name), reason })
    }
  } catch (error) {
    if (error instanceof CallError || signal.aborted) throw error
    if (isDisk(error)) throw diskProblem(error, 'this computer’s own files', `${file} was not unpacked. ${NOTHING}`)
    throw new CallError('not-a-zip', `${file} is damaged: its list of files cannot be read to the end. ${NOTHING}`)
  } finally {
    zip.close()
  }
  return skipped
}

/** Why an entry was left out; null where it was written, or is a folder. */
async function unpackEntry(
  zip: ZipFile,
  entry: Entry,
  name: string,
  root: string,
  grow: (bytes: number) => void,
  signal: AbortSignal,
) {
  if (name.endsWith('/') || name.startsWith('__MACOSX/')) return null
  if (name.startsWith('.throughline/') || name.includes('/.throughline/')) {
    if (!/^(?:[^/]+\/)?\.throughline\/[a-z]+\.(?:json|log)$/.test(name)) return 'it is no file of an export'
  } else {
    const segments = targetSegments(name, process.platform)
    if (!segments.ok) return segments.error
  }
  if (name.split('/').some((part) => part === '..' || part === '.' || part === ''))
    return 'its path leads out of the zip'
  // Of Unix: a symbolic link would lead out of the folder.
  if (((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000) return 'it is a symbolic link'
  if (entry.isEncrypted()) return 'it is encrypted'
  const target = path.join(root, ...name.split('/'))
  let isOurs = false
  try {
    await mkdir(path.dirname(target), { recursive: true })
    // Two entries of one name: the first stays.
    await (await open(target, 'wx', 0o600)).close()
    isOurs = true
    const content = await zip.openReadStreamPromise(entry)
    let crc = 0
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        try {
          grow(chunk.length)
          crc = crc32(chunk, crc)
          done(null, chunk)
        } catch (error) {
          done(error as Error)
        }
      },
    })
    await pipeline(content, counted, createWriteStream(target), { signal })
    // The reader itself does not look.
    if (crc !== entry.crc32) throw new Error('the content is not what its sum says')
    return null
  } catch (error) {
    if (error instanceof CallError || signal.aborted || isFull(error)) throw error
    if (!isOurs) return codeOf(error) === 'EEXIST' ? 'another file of the zip has its name' : 'it cannot be unpacked'
    await rm(target, { force: true })
    return 'its content is damaged'
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this takes out
const printable = (name: string): string => name.replace(/[\u0000-\u001f\u007f]/g, '\ufffd').slice(0, 300)
