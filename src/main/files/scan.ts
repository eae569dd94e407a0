import type { Dirent } from 'node:fs'
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { CallError } from '../../ipc/rpc.ts'

export type ScannedFile = {
  /** Below the folder, with `/`. */
  readonly path: string
  readonly kind: 'note' | 'attachment'
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
}
export type Skipped = { readonly path: string; readonly reason: string }
export type Scan = {
  /** The folder itself, symbolic links resolved. */
  readonly root: string
  readonly files: readonly ScannedFile[]
  readonly skipped: readonly Skipped[]
  /** Ids by path, of an export's `.throughline/ids.json`; empty where there is none. */
  readonly ids: Readonly<Record<string, string>>
  readonly bytes: number
}

const MARKDOWN = /\.(?:md|markdown)$/i
const TOOL_FOLDERS: Readonly<Record<string, string>> = {
  '.git': 'git keeps its history there',
  '.obsidian': 'Obsidian keeps its settings there',
  '.trash': 'it holds what was thrown away',
  '.throughline': 'Throughline keeps ids of an export there; they were read',
  node_modules: 'it holds packages of a program',
}

/** Why a file cannot be read, in words, without its path. */
export function readProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read: permission denied'
  if (code === 'ENOENT') return 'it cannot be found: it has gone, or its name is not valid UTF-8'
  if (code === 'EISDIR') return 'it is a folder now'
  if (code === 'EIO') return 'the disk could not read it'
  return code === '' ? 'it cannot be read' : `it cannot be read (${code})`
}

/**
 * Lists a folder for import. Every file in it is in `files` or in `skipped`; a folder that is left out whole has
 * one line. Nothing is followed out of the folder, and nothing is written. Order is by path, so that it is the
 * same on every disk. Fails with `no-folder`.
 */
export async function scanFolder(
  folder: string,
  options: {
    readonly signal?: AbortSignal
    readonly onFound?: (files: number) => void
    /** Paths of files: nothing else is looked at. */
    readonly only?: ReadonlySet<string> | null
  } = {},
): Promise<Scan> {
  const root = await realpath(folder).catch(() => null)
  if (root === null || !(await stat(root)).isDirectory()) {
    throw new CallError('no-folder', `${folder} is no folder, or is not there any more. Nothing was copied.`)
  }
  const files: ScannedFile[] = []
  const skipped: Skipped[] = []
  const keep = (found: 'folder' | Skipped | ScannedFile, below: string) => {
    if (found === 'folder') folders.push(below)
    else if ('reason' in found) skipped.push(found)
    else files.push(found)
  }
  const folders = options.only ? [] : ['']
  for (const below of options.only ?? []) {
    const found = await lookAt(root, below)
    if (found !== 'folder') keep(found, below)
  }
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    options.signal?.throwIfAborted()
    let entries: Dirent[]
    try {
      entries = await readdir(path.join(root, at), { withFileTypes: true })
    } catch (error) {
      if (at === '')
        throw new CallError(
          'no-folder',
          `The folder ${folder} cannot be read: ${readProblem(error)}. Nothing was copied.`,
        )
      skipped.push({ path: at, reason: readProblem(error) })
      continue
    }
    const looks = entries.map(async (entry) => {
      const below = at === '' ? entry.name : `${at}/${entry.name}`
      keep(await look(root, below, entry), below)
    })
    await Promise.all(looks)
    options.onFound?.(files.length)
  }
  const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)
  return {
    root,
    files: files.sort(byPath),
    skipped: skipped.sort(byPath),
    ids: await readIds(root),
    bytes: files.reduce((sum, { size }) => sum + size, 0),
  }
}

/** One file that was named. */
async function lookAt(root: string, below: string): Promise<'folder' | Skipped | ScannedFile> {
  const full = path.join(root, below)
  try {
    const there = await lstat(full)
    const folder = path.dirname(full)
    if ((await realpath(folder)) !== folder) return { path: below, reason: 'it leads through a symbolic link' }
    return await look(root, below, {
      name: path.basename(below),
      isSymbolicLink: () => there.isSymbolicLink(),
      isDirectory: () => there.isDirectory(),
      isFile: () => there.isFile(),
    })
  } catch (error) {
    return { path: below, reason: readProblem(error) }
  }
}

type Entry = Pick<Dirent, 'name' | 'isSymbolicLink' | 'isDirectory' | 'isFile'>

async function look(root: string, below: string, entry: Entry): Promise<'folder' | Skipped | ScannedFile> {
  const { name } = entry
  if (entry.isSymbolicLink()) return { path: below, reason: await linkReason(root, below) }
  if (entry.isDirectory()) {
    const why = Object.hasOwn(TOOL_FOLDERS, name) ? TOOL_FOLDERS[name] : undefined
    if (why !== undefined) return { path: below, reason: why }
    if (name.startsWith('.')) return { path: below, reason: 'hidden folders are left out' }
    return 'folder'
  }
  // `....md` and `.md` are notes that people have; other hidden files are some program's.
  if (name.startsWith('.') && !MARKDOWN.test(name)) return { path: below, reason: 'hidden files are left out' }
  if (!entry.isFile()) return { path: below, reason: 'it is not a file with content (a pipe, a socket or a device)' }
  try {
    const { size, mtimeMs } = await lstat(path.join(root, below))
    return { path: below, kind: MARKDOWN.test(name) ? 'note' : 'attachment', size, modified: Math.round(mtimeMs) }
  } catch (error) {
    return { path: below, reason: readProblem(error) }
  }
}

async function linkReason(root: string, below: string): Promise<string> {
  const target = await realpath(path.join(root, below)).catch(() => null)
  if (target === null) return 'it is a symbolic link that leads nowhere'
  const inside = target === root || target.startsWith(root + path.sep)
  return inside
    ? 'it is a symbolic link to another place in this folder, which is taken there'
    : 'it is a symbolic link that leads out of the folder'
}

const idMap = z.record(z.string(), z.string())
const idsShape = z.union([idMap, z.object({ notes: idMap }).transform(({ notes }) => notes)])

async function readIds(root: string): Promise<Readonly<Record<string, string>>> {
  try {
    const file = path.join(root, '.throughline', 'ids.json')
    if ((await lstat(file)).isSymbolicLink()) return {}
    const read = idsShape.safeParse(JSON.parse(await readFile(file, 'utf8')))
    return read.success ? read.data : {}
  } catch {
    return {} // Without it every note gets an id of its own: a lost convenience, no lost words.
  }
}
