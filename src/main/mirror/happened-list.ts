import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type MirrorHappened, mirrorHappenedShape } from '../../ipc/mirror-shapes.ts'
import { writeAtomic } from '../store/atomic.ts'
import type { Happened } from './parts.ts'

const MOST = 200
/** Of one round; a storm is one line, or no line of yesterday would be left. */
const MOST_OF_ONE_ROUND = 20
const WRITE_MS = 1000
const fileShape = z.object({ happened: z.array(mirrorHappenedShape) })

/**
 * What happened between a vault and its folder, newest first (F20): on the disk, so that it is there after a start. It
 * has names of files, and no text.
 */
export class HappenedList {
  readonly #file: string
  readonly #onFailed: (error: unknown) => void
  #all: MirrorHappened[]
  #round: Happened[] = []
  #timer: NodeJS.Timeout | null = null

  private constructor(file: string, all: MirrorHappened[], onFailed: (error: unknown) => void) {
    this.#file = file
    this.#all = all
    this.#onFailed = onFailed
  }

  /** A list that cannot be read begins anew. */
  static async open(file: string, onFailed: (error: unknown) => void): Promise<HappenedList> {
    const text = await readFile(file, 'utf8').catch(() => '')
    return new HappenedList(file, parse(text), onFailed)
  }

  get all(): MirrorHappened[] {
    return this.#all
  }

  get(entry: string): MirrorHappened | undefined {
    return this.#all.find(({ entry: id }) => id === entry)
  }

  /** @param isFirst it came before everything else of its round */
  add(happened: Happened, isFirst = false): void {
    if (isFirst) this.#round.unshift(happened)
    else this.#round.push(happened)
  }

  /** What was added since is of one round, and is shown. @param at ms since 1970 */
  endRound(at: number): void {
    const round = this.#round
    this.#round = []
    if (round.length === 0) return
    const written = round.filter(({ kind }) => kind === 'written')
    const others = round.filter(({ kind }) => kind !== 'written')
    const isStorm = others.some(({ kind }) => kind === 'changes') && others.length > MOST_OF_ONE_ROUND
    const shown = isStorm ? others.filter(({ kind }) => kind === 'changes' || kind === 'log-kept') : others
    const files = { kind: 'written', path: '', id: null, from: '', counts: { files: written.length } } as const
    const lines = [...(written.length > MOST_OF_ONE_ROUND ? [files] : written), ...shown]
    const entries = lines.map(
      (each): MirrorHappened => ({ at, entry: randomBytes(9).toString('base64url'), undone: false, ...each }),
    )
    this.#all = [...entries.reverse(), ...this.#all].slice(0, MOST)
    this.#later()
  }

  /** It was taken back, and with it whatever else its big change did. */
  setUndone(entry: string): void {
    const change = this.get(entry)?.change
    this.#all = this.#all.map((each) =>
      each.entry === entry || (change !== undefined && each.change === change) ? { ...each, undone: true } : each,
    )
    this.#later()
  }

  /** Nothing of notes that are no more stays in it. */
  keepOnly(isThere: (id: string) => boolean): void {
    const left = this.#all.filter(({ id }) => id === null || isThere(id))
    if (left.length === this.#all.length) return
    this.#all = left
    this.#later()
  }

  async write(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    await writeAtomic(this.#file, `${JSON.stringify({ happened: this.#all })}\n`)
  }

  #later(): void {
    this.#timer ??= setTimeout(() => {
      this.write().catch(this.#onFailed)
    }, WRITE_MS)
  }

  /** Writes what waits. */
  async end(): Promise<void> {
    if (this.#timer) await this.write().catch(this.#onFailed)
  }
}

function parse(text: string): MirrorHappened[] {
  try {
    return fileShape.parse(JSON.parse(text)).happened
  } catch {
    return []
  }
}
