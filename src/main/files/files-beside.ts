import { type FileHandle, lstat, open, readdir, realpath } from 'node:fs/promises'
import path from 'node:path'
import { namedFiles } from '../../core/import/named-files.ts'
import { decodeSource } from '../../core/markdown/source.ts'
import type { Skipped } from './scan.ts'

/** Of the note: one that is longer names its files further up as well as any. */
const MOST_READ = 8 << 20
const MOST_FILES = 2000
/** Folders beside the note in which a bare name is looked for, as Obsidian finds it. */
const MOST_FOLDERS = 200

const OUTSIDE = 'it lies outside the folder of the note: import that folder to bring it along'

/**
 * The files that one Markdown file names and that lie in its folder or below (X12): paths from that folder. What it
 * names elsewhere, and what leads through a symbolic link, is told and not looked at.
 */
export async function filesBeside(note: string): Promise<{ files: string[]; skipped: Skipped[] }> {
  const folder = await realpath(path.dirname(note))
  const names = namedFiles(decodeSource(await readHead(path.join(folder, path.basename(note)))).text)
  const files = new Set<string>()
  const skipped: Skipped[] = []
  let folders: Promise<string[]> | null = null
  for (const name of names.slice(0, MOST_FILES)) {
    const below = path.posix.normalize(name)
    if (below.startsWith('../') || below.startsWith('/') || /^[A-Za-z]:/.test(below)) {
      skipped.push({ path: name, reason: OUTSIDE })
      continue
    }
    const places = [below]
    if (!below.includes('/')) {
      folders ??= foldersIn(folder)
      for (const each of await folders) places.push(`${each}/${below}`)
    }
    for (const place of places) {
      const found = await lookAt(folder, place)
      if (found === 'none') continue
      if (found === 'file') files.add(place)
      else skipped.push({ path: place, reason: 'it is a symbolic link, or leads through one' })
      break
    }
  }
  return { files: [...files], skipped }
}

async function lookAt(folder: string, below: string): Promise<'file' | 'link' | 'none'> {
  const full = path.join(folder, below)
  const there = await lstat(full).catch(() => null)
  if (!there || there.isDirectory() || below.split('/').some((part) => part.startsWith('.'))) return 'none'
  const real = await realpath(full).catch(() => null)
  return there.isFile() && real === full ? 'file' : 'link'
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort()
    .slice(0, MOST_FOLDERS)
}

async function readHead(file: string): Promise<Uint8Array> {
  let handle: FileHandle | null = null
  try {
    handle = await open(file, 'r')
    const bytes = new Uint8Array(Math.min((await handle.stat()).size, MOST_READ))
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0)
    return bytes.subarray(0, bytesRead)
  } catch {
    return new Uint8Array() // the import itself says why
  } finally {
    await handle?.close()
  }
}
