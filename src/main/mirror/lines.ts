import { appendFile, mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { writeAtomic } from '../store/atomic.ts'

const lineShape = z.object({
  /** '' for a note whose file another note has taken over: it is about to be written elsewhere. */
  path: z.string(),
  sha256: z.string(),
  /** What the file was written from; '' where it was read in since. */
  docHash: z.string(),
  /** Of a note; '' for an attachment. */
  id: z.string(),
  /** Size, times and inode of the file as it was hashed; '' where it is to be hashed anew. */
  stamp: z.string(),
  from: z.enum(['app', 'folder']),
})
/** What both sides had last of one file: the base of every comparison. */
export type Line = z.infer<typeof lineShape>

const entryShape = z.union([
  z.object({ set: lineShape }),
  z.object({ due: lineShape }),
  z.object({ drop: z.string() }),
  z.object({ dropDue: z.string() }),
  z.object({ bury: lineShape }),
  z.object({ folder: z.string() }),
  z.object({ dropFolder: z.string() }),
])
type Entry = z.infer<typeof entryShape>
const fileShape = z.object({
  lines: z.array(lineShape),
  buried: z.array(lineShape),
  folders: z.array(z.string()).default([]),
})

const MOST_BURIED = 20_000
const FILE = 'lines.json'
const LOG = 'lines.log'

const keyOf = (line: Line): string => (line.id === '' ? `/${line.path}` : line.id)

/**
 * The lines of a mirror, in the vault's own folder and not in the mirrored one: what lies there may be put back or
 * checked out to any age. A line is announced before its file is written and set afterwards; what a kill left
 * announced is found in `due` and settled by a look at the files.
 */
export class Lines {
  readonly #folder: string
  readonly #byKey = new Map<string, Line>()
  readonly #byPath = new Map<string, Line>()
  /** Of notes that went to the trash, by path: the same file comes back to the same note. */
  readonly #buried = new Map<string, Line>()
  readonly due = new Map<string, Line>()
  readonly dueDrops = new Set<string>()
  /** Paths of the folders that both sides had. */
  readonly #folders = new Set<string>()
  /** Lines that were set since they were last asked for, by path. */
  #fresh = new Map<string, Line>()
  #waiting: Entry[] = []
  /** Entries in the log since it was last folded into the file. */
  #logged = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  static async open(folder: string): Promise<Lines> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const lines = new Lines(folder)
    const text = await readFile(path.join(folder, FILE), 'utf8').catch(() => '')
    if (text !== '') {
      const read = fileShape.parse(JSON.parse(text))
      for (const line of read.lines) lines.#put(line)
      for (const line of read.buried) lines.#buried.set(line.path, line)
      for (const folder of read.folders) lines.#folders.add(folder)
    }
    const log = await readFile(path.join(folder, LOG), 'utf8').catch(() => '')
    for (const row of log.split('\n')) lines.#replay(row)
    return lines
  }

  all(): Line[] {
    return [...this.#byKey.values()]
  }

  get isEmpty(): boolean {
    return this.#byKey.size === 0
  }

  /** How many notes and how many attachments have a file. */
  counts(): { notes: number; attachments: number } {
    let notes = 0
    for (const line of this.#byPath.values()) if (line.id !== '') notes++
    return { notes, attachments: this.#byPath.size - notes }
  }

  folders(): ReadonlySet<string> {
    return this.#folders
  }

  addFolder(below: string): void {
    if (this.#folders.has(below)) return
    this.#folders.add(below)
    this.#waiting.push({ folder: below })
  }

  dropFolder(below: string): void {
    if (this.#folders.delete(below)) this.#waiting.push({ dropFolder: below })
  }

  /** Lines that were set since this was asked last, as they are. */
  takeFresh(): Line[] {
    const fresh = [...this.#fresh.values()]
    this.#fresh = new Map()
    return fresh
  }

  ofNote(id: string): Line | undefined {
    return this.#byKey.get(id)
  }

  at(below: string): Line | undefined {
    return this.#byPath.get(below)
  }

  buried(): Iterable<Line> {
    return this.#buried.values()
  }

  /** Durable against a kill when settled; only then may the file be written. */
  async announce(line: Line): Promise<void> {
    this.#waiting.push({ due: line })
    await this.flush()
  }

  async announceDrop(below: string): Promise<void> {
    this.#waiting.push({ dropDue: below })
    await this.flush()
  }

  set(line: Line): void {
    this.#put(line)
    this.#fresh.set(line.path, line)
    this.#waiting.push({ set: line })
  }

  drop(line: Line): void {
    this.#forget(line)
    this.#waiting.push({ drop: keyOf(line) })
  }

  /** The note is in the trash now. */
  bury(line: Line): void {
    this.#bury(line)
    this.#waiting.push({ bury: line })
  }

  async flush(): Promise<void> {
    const entries = this.#waiting.splice(0)
    if (entries.length === 0) return
    this.#logged += entries.length
    await appendFile(path.join(this.#folder, LOG), entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
  }

  /** Folds the log into the file. */
  async save(): Promise<void> {
    await this.flush()
    if (this.#logged === 0) return
    const content = { lines: this.all(), buried: [...this.#buried.values()], folders: [...this.#folders] }
    await writeAtomic(path.join(this.#folder, FILE), JSON.stringify(content))
    await rm(path.join(this.#folder, LOG), { force: true })
    this.#logged = 0
  }

  #replay(row: string): void {
    const entry = row === '' ? null : parse(row)
    if (!entry) return
    this.#logged++
    if ('due' in entry) this.due.set(entry.due.path, entry.due)
    else if ('dropDue' in entry) this.dueDrops.add(entry.dropDue)
    else if ('drop' in entry) {
      const line = this.#byKey.get(entry.drop)
      if (line) {
        this.#forget(line)
        this.dueDrops.delete(line.path)
      }
    } else if ('bury' in entry) this.#bury(entry.bury)
    else if ('folder' in entry) this.#folders.add(entry.folder)
    else if ('dropFolder' in entry) this.#folders.delete(entry.dropFolder)
    else {
      this.#put(entry.set)
      this.due.delete(entry.set.path)
      this.dueDrops.delete(entry.set.path)
    }
  }

  #put(line: Line): void {
    const former = this.#byKey.get(keyOf(line))
    if (former) this.#forget(former)
    const other = line.path === '' ? undefined : this.#byPath.get(line.path)
    // Two notes change places: the one whose file this was has none until it is written in its new one.
    if (other && other.id !== '') this.#byKey.set(keyOf(other), { ...other, path: '' })
    else if (other) this.#forget(other)
    this.#byKey.set(keyOf(line), line)
    if (line.path !== '') this.#byPath.set(line.path, line)
    this.#buried.delete(line.path)
  }

  #forget(line: Line): void {
    this.#byKey.delete(keyOf(line))
    if (this.#byPath.get(line.path)?.id === line.id) this.#byPath.delete(line.path)
  }

  #bury(line: Line): void {
    this.#forget(line)
    if (line.path === '') return
    this.#buried.delete(line.path)
    this.#buried.set(line.path, line)
    const [oldest] = this.#buried.keys()
    if (this.#buried.size > MOST_BURIED && oldest !== undefined) this.#buried.delete(oldest)
  }
}

/** The last row may be half written. */
function parse(row: string): Entry | null {
  try {
    const read = entryShape.safeParse(JSON.parse(row))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
