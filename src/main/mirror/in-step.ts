import { stat } from 'node:fs/promises'
import path from 'node:path'
import { watch } from 'chokidar'
import type { MirrorState } from '../../ipc/app-contract.ts'
import { CallError } from '../../ipc/rpc.ts'
import { errorCode, type Logger } from '../log.ts'
import { isForeign } from './look.ts'
import type { Happened } from './parts.ts'
import type { Mirror, OnVanished, RoundEnd } from './round.ts'

/** Edits here gather for this long, ms; a head follows its text 250 ms after the last key. */
const OUT_MS = 800
/** Changes of the folder are over when nothing moved for so long. */
const IN_MS = 300
/** Beyond this many paths at once another program is at work: it is taken in one go, when it is done. */
const STORM = 200
const STORM_MS = 1200
const LONGEST_MS = 30_000
const AGAIN_MS = 1000
const RETRY_MS = 5000
/** What a watcher may have missed. */
const COMPARE_MS = 5 * 60_000
const SAVE_MS = 5000
const MOST_HAPPENED = 100

export type InStepParts = {
  readonly folder: string
  readonly mirror: Mirror
  /** Runs a round while no other job has the vault; fails with `busy`. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
  /** Writes lines, receipt and sidecar. */
  readonly save: () => Promise<void>
  readonly log: Logger
  readonly onChanged: () => void
  readonly onWritten: (at: number) => void
  /** Something that a person wants to hear of, whatever they look at. */
  readonly tell: (level: 'info' | 'warning', text: string) => void
}

type Shown = Pick<
  MirrorState,
  'phase' | 'compared' | 'written' | 'read' | 'notes' | 'attachments' | 'leftAlone' | 'asking' | 'trouble' | 'problems'
>

/** When a mirror's rounds are due: after edits on either side, at the start, and every few minutes. */
export class InStep {
  readonly #parts: InStepParts
  readonly #watcher: ReturnType<typeof watch>
  readonly #compare: NodeJS.Timeout
  #timer: NodeJS.Timeout | null = null
  #saving: NodeJS.Timeout | null = null
  #dueAt = Number.POSITIVE_INFINITY
  #touched = 0
  #firstTouch = 0
  #running: Promise<void> | null = null
  #answer: OnVanished = 'ask'
  #isEnded = false
  #trashed = 0
  #happened: MirrorState['happened'] = []
  #shown: Shown = {
    phase: 'comparing',
    compared: null,
    written: null,
    read: null,
    notes: 0,
    attachments: 0,
    leftAlone: 0,
    asking: null,
    trouble: null,
    problems: [],
  }

  constructor(parts: InStepParts) {
    this.#parts = parts
    const below = (at: string) => path.relative(parts.folder, at).split(path.sep).join('/')
    this.#watcher = watch(parts.folder, {
      ignoreInitial: true,
      followSymlinks: false,
      ignored: (at) => at !== parts.folder && isForeign(below(at)),
    })
    this.#watcher.on('all', () => this.#onTouched())
    // Too many folders for the system to watch: the comparison every few minutes still sees everything.
    this.#watcher.on('error', (error) => parts.log.warn('mirror.not-watched', { code: errorCode(error) }))
    this.#compare = setInterval(() => this.#due(0), COMPARE_MS)
    this.#due(0)
  }

  get state(): Shown & Pick<MirrorState, 'happened'> {
    return { ...this.#shown, happened: this.#happened }
  }

  /** The vault was edited. */
  edited(): void {
    if (this.#dueAt === Number.POSITIVE_INFINITY) this.#due(OUT_MS)
  }

  answer(answer: OnVanished): Promise<void> {
    this.#answer = answer
    this.#due(0)
    return this.settled()
  }

  happened(event: Happened): void {
    const { kind, path: at, id, from } = event
    if (kind === 'trashed') this.#trashed++
    if (kind === 'log-kept') {
      this.#parts.tell(
        'warning',
        `An entry of the log in ${at} was changed in the folder. Entries stay as they were written; what is new goes into a new entry.`,
      )
    }
    this.#happened = [{ at: Date.now(), kind, path: at, id, from }, ...this.#happened].slice(0, MOST_HAPPENED)
  }

  /** Settles when no round runs. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running
  }

  /** @param isWritten what waits is written first, with the receipt */
  async end(isWritten: boolean): Promise<void> {
    const isDue = this.#dueAt !== Number.POSITIVE_INFINITY
    this.#isEnded = true
    clearInterval(this.#compare)
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#saving) clearTimeout(this.#saving)
    await this.#watcher.close()
    await this.settled()
    if (!isWritten) return
    if (isDue && this.#shown.phase === 'in-step') await this.#round().catch(() => {})
    await this.#parts.save().catch(() => {})
  }

  #onTouched(): void {
    const now = Date.now()
    if (this.#touched === 0) this.#firstTouch = now
    this.#touched++
    const quiet = this.#touched > STORM ? STORM_MS : IN_MS
    if (now - this.#firstTouch > LONGEST_MS) return
    this.#due(quiet, true)
  }

  /** @param isPutOff a round that is due is put off, as long as files keep changing */
  #due(ms: number, isPutOff = false): void {
    if (this.#isEnded) return
    const at = Date.now() + ms
    if (!isPutOff && at >= this.#dueAt) return
    if (this.#timer) clearTimeout(this.#timer)
    this.#dueAt = at
    this.#timer = setTimeout(() => this.#begin(), ms)
  }

  #begin(): void {
    this.#timer = null
    this.#dueAt = Number.POSITIVE_INFINITY
    if (this.#isEnded) return
    if (this.#running) {
      this.#due(AGAIN_MS)
      return
    }
    this.#running = this.#round()
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#running = null
      })
  }

  async #round(): Promise<void> {
    const { folder, mirror, alone } = this.#parts
    // git is half-way through a checkout.
    const isLocked = await stat(path.join(folder, '.git', 'index.lock')).catch(() => null)
    if (isLocked && Date.now() - isLocked.mtimeMs < LONGEST_MS) {
      this.#due(AGAIN_MS)
      return
    }
    this.#touched = 0
    const answer = this.#answer
    const end = await alone(() => mirror.round(answer))
    this.#answer = 'ask'
    this.#tellTrashed()
    this.#took(end)
    this.#parts.onChanged()
  }

  #tellTrashed(): void {
    const count = this.#trashed
    this.#trashed = 0
    if (count === 0) return
    const what = count === 1 ? 'A note is' : `${count.toLocaleString()} notes are`
    const files = count === 1 ? 'its file was' : 'their files were'
    this.#parts.tell('info', `${what} in the trash, because ${files} deleted in the folder in step.`)
  }

  #took(end: RoundEnd): void {
    const now = Date.now()
    if (end.kind === 'missing') {
      if (this.#shown.phase !== 'missing') {
        this.#parts.tell(
          'warning',
          'The folder in step is not there. Nothing was taken as deleted; it goes on when it is back.',
        )
      }
      this.#show({ phase: 'missing' })
      this.#due(RETRY_MS)
    } else if (end.kind === 'ask') {
      if (this.#shown.phase !== 'asking') {
        this.#parts.tell(
          'warning',
          'Many notes vanished from the folder in step. Nothing is done before you say what: File, Keep a folder in step.',
        )
      }
      this.#show({ phase: 'asking', asking: { gone: end.gone, total: end.total } })
    } else {
      const { notes, attachments, leftAlone, problems, wasRead, wasWritten } = end
      this.#show({
        phase: 'in-step',
        compared: now,
        ...(wasRead ? { read: now } : {}),
        ...(wasWritten ? { written: now } : {}),
        notes,
        attachments,
        leftAlone,
        problems: problems.slice(0, 100).map((problem) => ({ ...problem })),
      })
      if (wasWritten) this.#parts.onWritten(now)
      if (wasRead || wasWritten) this.#saveSoon()
      // What was changed meanwhile, or by reading in, is compared once more.
      if (end.isUnsettled || wasRead) this.#due(AGAIN_MS)
    }
  }

  #failed(error: unknown): void {
    const code = errorCode(error)
    if (error instanceof CallError && error.code === 'busy') {
      this.#due(AGAIN_MS)
      return
    }
    this.#parts.log.warn('mirror.failed', { code })
    const text = error instanceof CallError ? error.message : `The folder cannot be used just now (${code}).`
    this.#show({ phase: 'trouble', trouble: text })
    this.#due(RETRY_MS)
    this.#parts.onChanged()
  }

  #show(change: Partial<Shown>): void {
    this.#shown = { ...this.#shown, asking: null, trouble: null, ...change }
  }

  #saveSoon(): void {
    if (this.#isEnded) return
    if (this.#saving) clearTimeout(this.#saving)
    this.#saving = setTimeout(() => {
      this.#saving = null
      // Lines are on the disk already; the receipt is written again after the next change.
      this.#parts.save().catch((error: unknown) => this.#parts.log.warn('mirror.not-saved', { code: errorCode(error) }))
    }, SAVE_MS)
  }
}
