import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { threadId } from 'node:worker_threads'
import { isLeftOver } from '../store/atomic.ts'
import { targetSegments } from './safe-path.ts'

export type PutItem = {
  /** Below the folder, with `/`. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly sha256: string
  /** ms since 1970; null: now. */
  readonly modified: number | null
  /** What the file may hold to be written over: contents that we know to be ours. */
  readonly ours: readonly string[]
}
/** `full`: the disk takes no more. Anything else is of this file alone: in words without its path, or what the disk says. */
export type PutResult =
  | 'written'
  | 'same'
  | 'foreign'
  | 'other'
  | 'full'
  | { readonly problem: string }
  | { readonly code: string }

/** Writes files below a folder, in their order; one at a time. */
export type FileWriter = {
  put(items: readonly PutItem[]): Promise<readonly PutResult[]>
  end(): void
}
/** @param root an existing folder, links resolved */
export type OpenWriter = (root: string) => FileWriter

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EROFS'])
/** Threads count their temporary files apart, so that no two of them take one name. */
const A_THREAD = 1_000_000_000

/**
 * Writes files whole or not at all, and only over what is ours (SPEC X3 to X5). Blocks while it writes, so it belongs
 * into a thread of its own. Whoever uses it reads the files again.
 */
export class FilePut {
  readonly #root: string
  readonly #folders = new Map<string, string | { readonly problem: string }>()
  #temporary = threadId * A_THREAD

  constructor(root: string) {
    this.#root = root
  }

  put(item: PutItem): PutResult {
    try {
      return this.#put(item)
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') return failed(error)
      // A folder that was empty may have been removed since it was looked at.
      this.#folders.clear()
      try {
        return this.#put(item)
      } catch (again) {
        return failed(again)
      }
    }
  }

  #put({ path: below, bytes, sha256, modified, ours }: PutItem): PutResult {
    const segments = targetSegments(below, process.platform)
    if (!segments.ok) return { problem: segments.error }
    const folder = this.#folder(segments.value.slice(0, -1))
    if (typeof folder !== 'string') return folder
    const file = path.join(folder, segments.value.at(-1) ?? '')
    const there = lstatSync(file, { throwIfNoEntry: false })
    if (there && !there.isFile()) return 'other'
    const hash = there ? createHash('sha256').update(readFileSync(file)).digest('hex') : null
    if (hash === sha256) return 'same'
    if (hash !== null && !ours.includes(hash)) return 'foreign'
    this.#write(folder, file, bytes, modified)
    return 'written'
  }

  #write(folder: string, file: string, bytes: Uint8Array, modified: number | null): void {
    const temporary = path.join(folder, `.throughline-${process.pid}-${++this.#temporary}.tmp`)
    try {
      writeFileSync(temporary, bytes, { flag: 'wx' })
      if (modified !== null) utimesSync(temporary, modified / 1000, modified / 1000)
      renameSync(temporary, file)
    } catch (error) {
      rmSync(temporary, { force: true })
      throw error
    }
  }

  /** Made where it is missing; none on the way may be a link. */
  #folder(names: readonly string[]): string | { readonly problem: string } {
    const key = names.join('/')
    const known = this.#folders.get(key)
    if (known !== undefined) return known
    const found = this.#open(names)
    this.#folders.set(key, found)
    return found
  }

  #open(names: readonly string[]): string | { readonly problem: string } {
    const parent = names.length === 0 ? this.#root : this.#folder(names.slice(0, -1))
    if (typeof parent !== 'string') return parent
    const folder = names.length === 0 ? parent : path.join(parent, names.at(-1) ?? '')
    const there = lstatSync(folder, { throwIfNoEntry: false })
    if (!there) {
      mkdirSync(folder)
      return folder
    }
    if (there.isSymbolicLink()) return { problem: 'a folder on its path is a symbolic link' }
    if (!there.isDirectory()) return { problem: 'a file stands where a folder of its path should be' }
    // An export that was killed could not clean up behind itself.
    for (const name of readdirSync(folder)) if (isLeftOver(name)) rmSync(path.join(folder, name), { force: true })
    return folder
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')

const failed = (error: unknown): PutResult => (FULL.has(codeOf(error)) ? 'full' : { code: codeOf(error) })

/** Here: for tests, and where there is no thread. */
export const writeHere: OpenWriter = (root) => {
  const files = new FilePut(root)
  return { put: async (items) => items.map((item) => files.put(item)), end: () => {} }
}
