import { createHash } from 'node:crypto'
import { closeSync, fstatSync, lstatSync, openSync, readFileSync, readSync } from 'node:fs'
import path from 'node:path'
import { targetSegments } from './safe-path.ts'

/** Content, size and time (ms since 1970) of a plain file; 'other' for a link, a folder or a pipe; null for nothing. */
export type Seen = { readonly sha256: string; readonly size: number; readonly modified: number } | 'other' | null

export type LookJob = { readonly root: string; readonly paths: readonly string[] }

/** Reads files below a folder: one answer a path, in their order. `onProgress` is called now and then. */
export type LookFiles = (
  job: LookJob,
  options: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
) => Promise<readonly Seen[]>

const PIECE = 1 << 20
const WHOLE = 4 << 20

/**
 * Looks at files one by one, without a way out of the folder: no link is followed. Blocks while it reads, which for
 * ten thousand notes costs a fifth of what asking for each of them does; so it belongs into a thread of its own.
 */
export class FileLook {
  readonly #root: string
  readonly #folders = new Map<string, boolean>()

  constructor(root: string) {
    this.#root = root
  }

  look(below: string): Seen {
    const segments = targetSegments(below, process.platform)
    if (!segments.ok || !this.#isPlain(segments.value.slice(0, -1))) return null
    const file = path.join(this.#root, ...segments.value)
    try {
      const found = lstatSync(file, { throwIfNoEntry: false })
      if (!found) return null
      if (!found.isFile()) return 'other'
      // Time and size of before the content: a change in between shows as another time when it is looked at next.
      const { size, mtimeMs: modified } = found
      return { sha256: size < WHOLE ? hashWhole(file) : hashPieces(file), size, modified }
    } catch {
      return null // whatever is wrong with it is said when it is written
    }
  }

  #isPlain(names: readonly string[]): boolean {
    if (names.length === 0) return true
    const key = names.join('/')
    const known = this.#folders.get(key)
    if (known !== undefined) return known
    const folder = path.join(this.#root, ...names)
    const isPlain =
      this.#isPlain(names.slice(0, -1)) && lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
    this.#folders.set(key, isPlain)
    return isPlain
  }
}

const hashWhole = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

function hashPieces(file: string): string {
  const hash = createHash('sha256')
  const handle = openSync(file, 'r')
  try {
    const buffer = Buffer.allocUnsafe(PIECE)
    for (let left = fstatSync(handle).size; left > 0; ) {
      const read = readSync(handle, buffer)
      if (read === 0) break
      hash.update(buffer.subarray(0, read))
      left -= read
    }
    return hash.digest('hex')
  } finally {
    closeSync(handle)
  }
}

const AT_ONCE = 16

/** Here, a few files at a time: for tests, and where there is no thread. */
export const lookHere: LookFiles = async ({ root, paths }, { signal, onProgress }) => {
  const look = new FileLook(root)
  const seen: Seen[] = []
  for (const below of paths) {
    if (signal.aborted) break
    seen.push(look.look(below))
    if (seen.length % AT_ONCE !== 0) continue
    onProgress(seen.length)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return seen
}
