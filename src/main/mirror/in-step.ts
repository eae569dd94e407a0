import { stat } from 'node:fs/promises'
import path from 'node:path'
import { watch } from 'chokidar'
import type { MirrorState } from '../../ipc/mirror-shapes.ts'
import { CallError } from '../../ipc/rpc.ts'
import { errorCode, type Logger } from '../log.ts'
import type { HappenedList } from './happened-list.ts'
import { isForeign } from './look.ts'
import type { Happened } from './parts.ts'
import { Pending, STORM } from './pending.ts'
import type { Mirror, OnVanished, RoundEnd } from './round.ts'

/** Edits here gather for this long, ms; a head follows its text 250 ms after the last key. */
const OUT_MS = 800
/** Changes of the folder are over when nothing moved for so long. */
const IN_MS = 300
/** A storm is taken in one go, when it is over. */
const STORM_MS = 1200
const LONGEST_MS = 30_000
const AGAIN_MS = 1000
const RETRY_MS = 5000
/** What a watcher may have missed is looked for so often, */
const COMPARE_MS = 5 * 60_000
/** but never for more than this part of the time: ten thousand notes take seconds. */
const COMPARE_SHARE = 1 / 300
/** The receipt after everything was compared, and after what only appends to it. */
const SAVE_MS = 5000
const SAVE_LATER_MS = 60_000
const MOST_PROBLEMS = 100

export type InStepParts = {
  readonly folder: string
  readonly mirror: Mirror
  /** Runs a round while no other job has the vault; fails with `busy`. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
  /** Settles when the vault has back what its journal had to give: before that a note may seem to be gone (F21). */
  readonly whole: () => Promise<unknown>
  /** Whether both sides have this folder: that it was made is no news. */
  readonly knowsFolder: (below: string) => boolean
  readonly happened: HappenedList
  /** Writes lines, receipt and sidecar. */
  readonly save: () => Promise<void>
  readonly log: Logger
  readonly onChanged: () => void
  readonly onWritten: (at: number) => void
  /** Something that a person wants to hear of, whatever they look at. */
  readonly tell: (level: 'info' | 'warning', text: string) => void
  /** In place of chokidar's, in tests. */
  readonly watch?: typeof watch
}

type Shown = Pick<
  MirrorState,
  'phase' | 'compared' | 'written' | 'read' | 'notes' | 'attachments' | 'leftAlone' | 'asking' | 'trouble' | 'problems'
>

/** How long after a comparison of everything the next one is due, by what it took; ms. */
export const compareAgainIn = (took: number): number => Math.max(COMPARE_MS, Math.round(took / COMPARE_SHARE))

/** When a mirror's rounds are due: after edits on either side, at the start, and every few minutes. */
export class InStep {
  readonly #parts: InStepParts
  readonly #watcher: ReturnType<typeof watch>
  #compare: NodeJS.Timeout | null = null
  #timer: NodeJS.Timeout | null = null
  #saving: NodeJS.Timeout | null = null
  #dueAt = Number.POSITIVE_INFINITY
  #touched = 0
  #firstTouch = 0
  #running: Promise<void> | null = null
  #answer: OnVanished = 'ask'
  #isEnded = false
  #trashed = 0
  readonly #pending = new Pending()
  #isWhole = false
  #hasCompared = false
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
    this.#watcher = (parts.watch ?? watch)(parts.folder, {
      ignoreInitial: true,
      followSymlinks: false,
      ignored: (at) => at !== parts.folder && isForeign(below(at)),
    })
    this.#watcher.on('all', (event, at) => this.#onTouched(event, below(at)))
    // What moved while it began to watch, it has not told of.
    this.#watcher.on('ready', () => this.compareAll())
    // Too many folders for the system to watch: the comparison every few minutes still sees everything.
    this.#watcher.on('error', (error) => {
      parts.log.warn('mirror.not-watched', { code: errorCode(error) })
      this.#pending.all()
      this.#due(RETRY_MS)
    })
    this.#due(0)
  }

  get state(): Shown {
    return this.#shown
  }

  /** Everything, whatever is known to have changed. */
  compareAll(): void {
    this.#pending.all()
    this.#due(0)
  }

  /** The vault was started again: what it told of meanwhile, nobody heard. */
  restarted(): void {
    this.#isWhole = false
    this.compareAll()
  }

  /** The vault was edited. */
  edited(changed: Parameters<Pending['edited']>[0]): void {
    this.#pending.edited(changed)
    if (this.#dueAt === Number.POSITIVE_INFINITY) this.#due(OUT_MS)
  }

  answer(answer: OnVanished): Promise<void> {
    this.#answer = answer
    this.#due(0)
    return this.settled()
  }

  happened(event: Happened): void {
    const { kind, path: at } = event
    if (kind === 'trashed') this.#trashed++
    if (kind === 'log-kept') {
      this.#parts.tell(
        'warning',
        `An entry of the log in ${at} was changed in the folder. Entries stay as they were written; what is new goes into a new entry.`,
      )
    }
    this.#parts.happened.add(event)
  }

  /** Settles when no round runs. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running
  }

  /** @param isWritten what waits is written first, with the receipt */
  async end(isWritten: boolean): Promise<void> {
    const isDue = this.#dueAt !== Number.POSITIVE_INFINITY
    this.#isEnded = true
    if (this.#compare) clearTimeout(this.#compare)
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#saving) clearTimeout(this.#saving)
    await this.#watcher.close()
    await this.settled()
    if (!isWritten) return
    if (isDue && this.#shown.phase === 'in-step') await this.#round().catch(() => {})
    await this.#parts.save().catch(() => {})
  }

  #onTouched(event: string, at: string): void {
    if (event === 'addDir' && (at === '' || this.#parts.knowsFolder(at))) return
    if (event === 'addDir' || event === 'unlinkDir') this.#pending.all()
    else this.#pending.touched(at)
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
    const { folder, mirror, alone, whole, happened } = this.#parts
    // git is half-way through a checkout.
    const isLocked = await stat(path.join(folder, '.git', 'index.lock')).catch(() => null)
    if (isLocked && Date.now() - isLocked.mtimeMs < LONGEST_MS) {
      this.#due(AGAIN_MS)
      return
    }
    if (!this.#isWhole) await whole()
    this.#isWhole = true
    this.#touched = 0
    const answer = this.#answer
    const taken = this.#pending.take()
    // While it waits for an answer, or for the folder, nothing but everything can say that this is over.
    const known = this.#shown.phase === 'in-step' ? taken : null
    let end: RoundEnd
    let began = performance.now()
    try {
      end = await alone(() => {
        began = performance.now()
        return mirror.round(answer, known)
      })
    } catch (error) {
      if (isBusy(error)) this.#pending.putBack(known)
      else this.#pending.all()
      happened.endRound(Date.now())
      throw error
    } finally {
      if (!known) this.#compareAgain(performance.now() - began)
    }
    // One that was given while the round ran is for the next.
    if (answer !== 'ask') this.#answer = 'ask'
    this.#tellTrashed()
    this.#took(end)
    happened.endRound(Date.now())
    this.#parts.onChanged()
  }

  #compareAgain(took: number): void {
    if (this.#compare) clearTimeout(this.#compare)
    if (!this.#isEnded) this.#compare = setTimeout(() => this.compareAll(), compareAgainIn(took))
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
    if (end.kind !== 'done' || end.isUnsettled) this.#pending.all()
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
      const { notes, attachments, whole, looked, wasRead, wasWritten } = end
      const former = this.#shown.problems.filter(({ path: at }) => looked && !looked.has(at))
      const problems = [...end.problems, ...former].slice(0, MOST_PROBLEMS)
      if (whole && !this.#hasCompared) {
        this.#hasCompared = true
        this.#parts.happened.add(
          { kind: 'compared', path: '', id: null, from: '', counts: { files: whole.files } },
          true,
        )
      }
      this.#show({
        phase: 'in-step',
        compared: now,
        ...(wasRead ? { read: now } : {}),
        ...(wasWritten ? { written: now } : {}),
        notes,
        attachments,
        ...(whole ? { leftAlone: whole.leftAlone } : {}),
        problems: problems.map((problem) => ({ ...problem })),
      })
      if (wasWritten) this.#parts.onWritten(now)
      if (wasRead || wasWritten) this.#saveSoon(whole ? SAVE_MS : SAVE_LATER_MS)
      // What was changed meanwhile is compared once more; what reading in changed, the vault tells of.
      if (end.isUnsettled) this.#due(AGAIN_MS)
    }
  }

  #failed(error: unknown): void {
    const code = errorCode(error)
    if (isBusy(error)) {
      this.#due(AGAIN_MS)
      return
    }
    this.#parts.log.warn('mirror.failed', { code })
    const text = error instanceof CallError ? error.message : `${this.#parts.folder} cannot be used just now (${code}).`
    this.#show({ phase: 'trouble', trouble: text })
    this.#due(RETRY_MS)
    this.#parts.onChanged()
  }

  #show(change: Partial<Shown>): void {
    this.#shown = { ...this.#shown, asking: null, trouble: null, ...change }
  }

  #saveSoon(ms: number): void {
    if (this.#isEnded) return
    // The one that waits holds what came since as well, and may be due sooner.
    if (this.#saving) return
    this.#saving = setTimeout(() => {
      this.#saving = null
      // Lines are on the disk already; the receipt is written again after the next change.
      this.#parts.save().catch((error: unknown) => this.#parts.log.warn('mirror.not-saved', { code: errorCode(error) }))
    }, ms)
  }
}

const isBusy = (error: unknown): boolean => error instanceof CallError && error.code === 'busy'
