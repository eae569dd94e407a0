import { appendFile } from 'node:fs/promises'
import { CallError } from '../../ipc/rpc.ts'
import { isFull } from './disk-problem.ts'
import type { Seen } from './look-files.ts'
import type { ReceiptLine, Written } from './receipt.ts'
import { readProblem, type Skipped } from './scan.ts'
import { hashOf, PlaceError, type Target } from './target.ts'
import type { FileWriter, PutResult } from './write-files.ts'

const FOREIGN = 'somebody else changed it since the last export'
const NOT_PLAIN = 'it is not a plain file'

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
  /** Paths that this run has written, or found written. */
  readonly #fresh = new Set<string>()
  readonly #log: string
  readonly #writer: FileWriter

  /** @param log file of announcements @param written as the folder was left by us before */
  constructor(target: Target, written: Written, log: string, writer: FileWriter) {
    this.target = target
    this.#writer = writer
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

  /** Writes notes where that is ours to do, and takes them up in the receipt. */
  async putNotes(notes: readonly { line: ReceiptLine; bytes: Uint8Array; modified: number | null }[]): Promise<void> {
    const items = notes.map(({ line: { path, sha256 }, bytes, modified }) => {
      const ours = [...(this.#written.get(path)?.hashes ?? [])]
      return { path, sha256, bytes, modified, ours }
    })
    const results = await this.#writer.put(items)
    for (const [n, { line }] of notes.entries()) this.#taken(line, results[n] ?? { problem: 'it was not written' })
  }

  #taken(line: ReceiptLine, result: PutResult): void {
    if (result === 'full') throw this.#full()
    if (result === 'foreign' || result === 'other') {
      this.leftAlone.push({ path: line.path, reason: result === 'other' ? NOT_PLAIN : FOREIGN })
    } else if (typeof result === 'object') {
      this.problem(line.path, 'problem' in result ? result.problem : writeProblem(Object.assign(new Error(), result)))
    } else {
      if (result === 'written') this.count++
      this.#fresh.add(line.path)
      this.keep(line)
    }
  }

  /** The same for one file of any size. */
  async put(line: ReceiptLine, write: (file: string) => Promise<void>): Promise<void> {
    try {
      const file = await this.target.place(line.path, true)
      const there = await this.target.look(file)
      const hash = hashOf(there)
      if (hash !== line.sha256) {
        if (there !== null && !this.#isOurs(line.path, hash)) {
          this.leftAlone.push({ path: line.path, reason: there === 'other' ? NOT_PLAIN : FOREIGN })
          return
        }
        await write(file)
        this.count++
      }
      this.#fresh.add(line.path)
      this.keep(line)
    } catch (error) {
      if (isFull(error)) throw this.#full()
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
   * Compares a line with what was seen of its file: `same` is kept with the size and time that the file has, anything
   * else leaves the lines. A file that this run did not write is to be written when it is gone or older than we know
   * (`missing`), and somebody else's when it is neither (`foreign`); one that it did write is a problem.
   */
  compare(line: ReceiptLine, seen: Seen): 'same' | 'missing' | 'foreign' | 'different' {
    const { path } = line
    if (seen !== null && seen !== 'other' && seen.sha256 === line.sha256) {
      this.keep({ ...line, size: seen.size, modified: seen.modified })
      return 'same'
    }
    this.lines.delete(path)
    // A note that could not be converted is listed already.
    if (this.problems.some((problem) => problem.path === path)) return 'different'
    if (this.#fresh.has(path)) {
      this.problem(path, 'read again from the disk, it is not what was written')
      return 'different'
    }
    if (seen === null || (seen !== 'other' && this.#isOurs(path, seen.sha256))) return 'missing'
    this.leftAlone.push({ path, reason: seen === 'other' ? NOT_PLAIN : FOREIGN })
    return 'foreign'
  }

  #full(): CallError {
    const text = `The disk of ${this.target.root} is full or cannot be written to.`
    return new CallError('disk-full', `${text} What is written there is whole; the next copy goes on from it.`)
  }

  #isOurs(path: string, hash: string | null): boolean {
    return hash !== null && this.#written.get(path)?.hashes.has(hash) === true
  }
}

function writeProblem(error: unknown): string {
  return readProblem(error)
    .replace('may not be read', 'may not be written')
    .replace('cannot be read', 'cannot be written')
}

const sorted = (list: readonly Skipped[]) => [...list].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
