import type { Dirent } from 'node:fs'
import { lstat, readdir, readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import { splitPath } from '../../core/note/file-name.ts'
import { CallError } from '../../ipc/rpc.ts'
import { hashFile } from '../attachments/attachment-store.ts'
import { eachOf } from '../files/flow.ts'
import { sha256Of } from '../files/target.ts'
import type { Line } from './lines.ts'

export type FileNow = {
  /** Below the folder, with `/`. */
  readonly path: string
  readonly isNote: boolean
  readonly sha256: string
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
  readonly stamp: string
  /** The `id` of its frontmatter, read of files that no line knows; else ''. */
  readonly ownId: string
}
export type FolderNow = {
  readonly files: ReadonlyMap<string, FileNow>
  /** Paths where something stands that is no plain file: neither there nor gone. */
  readonly odd: ReadonlySet<string>
  /** Folders, the empty ones too. */
  readonly folders: ReadonlySet<string>
  /** Those of them with no file in them or below, but for hidden ones. */
  readonly empty: ReadonlySet<string>
  /** Files that are none of ours to touch. */
  readonly leftAlone: number
}

const NOTE = /\.(?:md|markdown)$/i
const FILES = /\.(?:png|jpe?g|gif|webp|avif|bmp|svg|pdf|mp3|m4a|ogg|wav|flac|mp4|m4v|mov|webm)$/i
const TEMPORARY = /~$|^~\$|^#.*#$|^4913$|\.(?:sw[a-z]|tmp|temp|crdownload|part|partial|download)$/i
const TOOLS = new Set(['node_modules'])
/** A note that is larger is left alone: a message between processes cannot hold it. */
export const LARGEST_NOTE = 32 << 20
const READS = 16
/** A file that changed right before it was hashed may change again without another time, ms. */
const RACY_MS = 100

/** Names that belong to other programs: hidden ones, and what editors and browsers write for a moment. */
export const isForeignName = (name: string): boolean =>
  TOOLS.has(name) || TEMPORARY.test(name) || (name.startsWith('.') && (!NOTE.test(name) || name.startsWith('.#')))

const isForeignFolder = (name: string): boolean => TOOLS.has(name) || name.startsWith('.')

/** For a watcher: whether anything of this path is looked at. */
export function isForeign(below: string): boolean {
  const names = below.split('/')
  return names.slice(0, -1).some(isForeignFolder) || isForeignName(names.at(-1) ?? '')
}

export const isBelowForeign = (below: string): boolean => below.split('/').slice(0, -1).some(isForeignFolder)

const stampOf = (size: number, mtimeMs: number, ctimeMs: number, ino: number): string =>
  `${size} ${mtimeMs} ${ctimeMs} ${ino}`

type LineAt = (below: string) => Line | undefined
type Found = {
  readonly below: string
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  readonly ino: number
}

/** The stamp to remember of a file right after it was hashed; '' where it is too fresh to be told apart later. */
export async function stampAt(file: string, now: number): Promise<string> {
  const { size, mtimeMs, ctimeMs, ino } = await lstat(file)
  return now - ctimeMs < RACY_MS ? '' : stampOf(size, mtimeMs, ctimeMs, ino)
}

/**
 * The whole folder as it is. What has size, times and inode of its line is not read. Fails with `unreadable` where
 * part of it cannot be listed: what is not seen there must not pass for gone.
 */
export async function lookAtFolder(root: string, lineAt: LineAt, now: () => number): Promise<FolderNow> {
  const files = new Map<string, FileNow>()
  const odd = new Set<string>()
  const found: Found[] = []
  const folders = new Set<string>()
  const filled = new Set<string>()
  const fill = (folder: string) => {
    for (let at = folder; at !== '' && !filled.has(at); at = splitPath(at)[0]) filled.add(at)
  }
  let leftAlone = 0
  const waiting = ['']
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const within = at
    if (within !== '') folders.add(within)
    const entries = await list(path.join(root, within), within === '')
    await Promise.all(
      entries.map(async (entry) => {
        const below = within === '' ? entry.name : `${within}/${entry.name}`
        if (entry.isDirectory()) return void (isForeignFolder(entry.name) || waiting.push(below))
        if (!entry.name.startsWith('.')) fill(within)
        if (isForeignName(entry.name) && !lineAt(below)) {
          if (entry.isFile() && !entry.name.startsWith('.')) leftAlone++
          return
        }
        if (!entry.isFile()) return void odd.add(below)
        const facts = await lstat(path.join(root, below)).catch(() => null)
        if (facts) found.push({ below, ...facts })
      }),
    )
  }
  leftAlone += await readFound(root, found, lineAt, now, files, odd)
  const empty = new Set([...folders].filter((at) => !filled.has(at)))
  return { files, odd, folders, empty, leftAlone }
}

/**
 * Some paths of the folder as they are, by the same rules. Null where only a look at the whole folder can tell: a
 * folder stands there, or the way to it leads over a link.
 */
export async function lookAtPaths(
  root: string,
  paths: Iterable<string>,
  lineAt: LineAt,
  now: () => number,
): Promise<FolderNow | null> {
  const files = new Map<string, FileNow>()
  const odd = new Set<string>()
  const found: Found[] = []
  const places = new Map<string, Promise<boolean>>()
  const isPlain = (folder: string): Promise<boolean> => {
    const known = places.get(folder)
    if (known) return known
    const place = path.join(root, folder)
    const plain = realpath(place).then(
      (real) => real === place,
      // Its files are gone with it.
      (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
    )
    places.set(folder, plain)
    return plain
  }
  let isClear = true
  await eachOf([...new Set(paths)], READS, async (below) => {
    if (isForeign(below) && !lineAt(below)) return
    if (!(await isPlain(path.dirname(below)))) isClear = false
    const facts = await lstat(path.join(root, below)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') isClear = false
      return null
    })
    if (!facts) return
    if (facts.isDirectory()) isClear = false
    else if (facts.isFile()) found.push({ below, ...facts })
    else odd.add(below)
  })
  if (!isClear) return null
  const leftAlone = await readFound(root, found, lineAt, now, files, odd)
  return { files, odd, folders: new Set(), empty: new Set(), leftAlone }
}

/** Answers how many are none of ours. */
async function readFound(
  root: string,
  found: readonly Found[],
  lineAt: LineAt,
  now: () => number,
  files: Map<string, FileNow>,
  odd: Set<string>,
): Promise<number> {
  let leftAlone = 0
  await eachOf(found, READS, async ({ below, size, mtimeMs, ctimeMs, ino }) => {
    const line = lineAt(below)
    const isNote = NOTE.test(below) && size <= LARGEST_NOTE
    if (!line && !isNote && !FILES.test(below)) {
      leftAlone++
      return
    }
    const stamp = stampOf(size, mtimeMs, ctimeMs, ino)
    const facts = { path: below, isNote, size, modified: Math.round(mtimeMs) }
    if (line && line.stamp === stamp) {
      files.set(below, { ...facts, sha256: line.sha256, stamp, ownId: '' })
      return
    }
    const read = await hashed(path.join(root, below), isNote, !line)
    if (read === 'gone') return
    if (read === 'unreadable') return void odd.add(below)
    files.set(below, { ...facts, ...read, stamp: now() - ctimeMs < RACY_MS ? '' : stamp })
  })
  return leftAlone
}

async function list(folder: string, isRoot: boolean): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (!isRoot && (error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new CallError('unreadable', 'A part of the folder cannot be read; nothing is done meanwhile.')
  }
}

async function hashed(
  file: string,
  isNote: boolean,
  wantsId: boolean,
): Promise<{ sha256: string; size: number; ownId: string } | 'gone' | 'unreadable'> {
  try {
    if (!isNote) return { ...(await hashFile(file)), ownId: '' }
    const bytes = await readFile(file)
    return { sha256: sha256Of(bytes), size: bytes.length, ownId: wantsId ? ownIdOf(bytes) : '' }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable'
  }
}

/** The frontmatter's `id`, as our own export writes it. */
function ownIdOf(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('utf8')
  const [, frontmatter = ''] = /^\ufeff?---\r?\n([\s\S]*?)\r?\n---/.exec(head) ?? []
  return /^id:[ \t]*["']?([\w-]+)["']?[ \t]*$/m.exec(frontmatter)?.[1] ?? ''
}
