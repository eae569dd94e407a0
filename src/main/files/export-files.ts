import { appendFile } from 'node:fs/promises'
import { CallError } from '../../ipc/rpc.ts'
import type { ReceiptLine, Written } from './receipt.ts'
import { readProblem, type Skipped } from './scan.ts'
import { hashOf, PlaceError, type Target } from './target.ts'

const FOREIGN = 'somebody else changed it since the last export'

/** The files of a running export: what lies in the target, what was written, and what was not and why. */
export class ExportFiles {
  readonly target: Target
  /** What lies there now as it should, by path; its sizes are those of the bytes. */
  readonly lines = new Map<string, ReceiptLine>()
  readonly leftAlone: Skipped[] = []
  readonly problems: Skipped[] = []
  /** Files written in this run. */
  count = 0
  readonly #written: Written
  readonly #log: string

  /** @param log file of announcements @param written as the folder was left by us before */
  constructor(target: Target, written: Written, log: string) {
    this.target = target
    this.#written = written
    this.#log = log
  }

  listed(): { leftAlone: Skipped[]; problems: Skipped[] } {
    return { leftAlone: sorted(this.leftAlone), problems: sorted(this.problems) }
  }

  former(path: string): ReceiptLine | undefined {
    return this.#written.get(path)?.line
  }

  formerLines(): ReceiptLine[] {
    return [...this.#written.values()].map(({ line }) => line)
  }

  /** Before the files of these lines are written: a run that is killed then knows both contents as its own. */
  announce(lines: readonly ReceiptLine[]): Promise<void> {
    return appendFile(this.#log, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }

  problem(path: string, reason: string): void {
    this.problems.push({ path, reason })
  }

  keep(line: ReceiptLine): void {
    this.lines.set(line.path, line)
  }

  /** The size of a file that is as the line says; null where it is not, or cannot be read. */
  async sizeIfUntouched(line: ReceiptLine): Promise<number | null> {
    try {
      const found = await this.target.look(await this.target.place(line.path, false))
      return found !== null && found !== 'other' && found.sha256 === line.sha256 ? found.size : null
    } catch {
      return null // whatever is wrong with its place is said when it is written
    }
  }

  /**
   * Whether a file has the size and time with which the line left it. That is no proof, only a reason not to write
   * now: everything is read again at the end.
   */
  async looksUntouched(line: ReceiptLine): Promise<boolean> {
    if (line.size === undefined || line.modified === undefined) return false
    try {
      const found = await this.target.stamp(await this.target.place(line.path, false))
      return found !== null && found.size === line.size && found.modified === line.modified
    } catch {
      return false
    }
  }

  /** Writes one file where that is ours to do, and takes it up in the receipt. */
  async put(line: ReceiptLine, write: (file: string) => Promise<void>): Promise<void> {
    try {
      const file = await this.target.place(line.path, true)
      const there = await this.target.look(file)
      const hash = hashOf(there)
      if (hash !== line.sha256) {
        if (there !== null && !this.#isOurs(line.path, hash)) {
          this.leftAlone.push({ path: line.path, reason: there === 'other' ? 'it is not a plain file' : FOREIGN })
          return
        }
        await write(file)
        this.count++
      }
      this.keep(line)
    } catch (error) {
      if (isFull(error)) throw new CallError('disk-full', 'The disk of that folder is full. What is written is whole.')
      this.problem(line.path, error instanceof PlaceError ? error.message : writeProblem(error))
    }
  }

  /** A file of an earlier export that the vault no longer has: removed where nobody changed it, else listed. */
  async removeStale(line: ReceiptLine): Promise<void> {
    try {
      const file = await this.target.place(line.path, false)
      const there = await this.target.look(file)
      if (this.#isOurs(line.path, hashOf(there))) await this.target.remove(file)
      else if (there !== null) {
        this.leftAlone.push({ path: line.path, reason: `${FOREIGN}, and the vault has it no more` })
      }
    } catch {
      this.leftAlone.push({ path: line.path, reason: 'it could not be removed' })
    }
  }

  /**
   * Compares a line with its file: `same` is kept with the size and time that the file has, anything else leaves the
   * lines. A file that this run did not write was changed by somebody else (`foreign`); one that it did write, or
   * that is gone, is a problem.
   */
  async compare(line: ReceiptLine): Promise<'same' | 'foreign' | 'different'> {
    const isOld = this.former(line.path)?.sha256 === line.sha256
    const found = await this.#read(line.path)
    if (found !== null && found.sha256 === line.sha256) {
      this.keep({ ...line, size: found.size, modified: found.modified })
      return 'same'
    }
    this.lines.delete(line.path)
    if (isOld && found !== null) {
      this.leftAlone.push({ path: line.path, reason: FOREIGN })
      return 'foreign'
    }
    // A note that could not be converted is listed already.
    if (!this.problems.some(({ path }) => path === line.path)) {
      this.problem(line.path, 'read again from the disk, it is not what was written')
    }
    return 'different'
  }

  async #read(path: string): Promise<{ sha256: string; size: number; modified: number } | null> {
    try {
      const file = await this.target.place(path, false)
      // Before the content: a change in between shows as another time at the next export.
      const stamp = await this.target.stamp(file)
      const found = await this.target.look(file)
      return stamp === null || found === null || found === 'other' ? null : { ...found, modified: stamp.modified }
    } catch {
      return null
    }
  }

  #isOurs(path: string, hash: string | null): boolean {
    return hash !== null && this.#written.get(path)?.hashes.has(hash) === true
  }
}

const isFull = (error: unknown) =>
  error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EROFS'].includes(String(error.code))

function writeProblem(error: unknown): string {
  return readProblem(error)
    .replace('may not be read', 'may not be written')
    .replace('cannot be read', 'cannot be written')
}

const sorted = (list: readonly Skipped[]) => [...list].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
