import { calendarDay, type Day } from '../../core/base/calendar-day.ts'
import type { Disposer } from '../../core/base/disposable.ts'
import type { NoteId, VaultId } from '../../core/base/ids.ts'
import { allOf, capital, inWords } from '../../core/base/in-words.ts'
import { errorCode, type Logger } from '../log.ts'

export type DueReview = { readonly id: NoteId; readonly title: string; readonly on: Day }
export type Notice = { readonly title: string; readonly body: string }

export type ReviewNoticesOptions = {
  /** The person wants them. */
  readonly isOn: () => boolean
  /** Those that are open. */
  readonly vaults: () => readonly VaultId[]
  /** The reviews of a vault that are due on a day. */
  readonly due: (vault: VaultId, today: Day) => Promise<readonly DueReview[]>
  /** Shows one notice of the system. */
  readonly show: (notice: Notice, onClick: () => void) => void
  /** The commitments of a vault, in front of the person. */
  readonly open: (vault: VaultId) => void
  readonly now: () => Date
  readonly after: (ms: number, run: () => void) => Disposer
  readonly log: Logger
}

const HOUR_MS = 60 * 60_000
/** The start has other things to do, and a vault that opens has an index to read. */
export const FIRST_MS = 20_000
const AFTER_MIDNIGHT_MS = 1000
const MOST_TITLES = 3

/**
 * Tells of due reviews: at the start, when a day begins, and hourly at most, in one notice for all of them. What was
 * told is told again on another day only. The titles are the person's own words on their own screen; the log gets
 * their number.
 */
export class ReviewNotices {
  readonly #options: ReviewNoticesOptions
  #cancel: Disposer = () => {}
  #told = new Set<string>()
  #toldOn: Day = ''
  #isLooking = false
  #isStopped = false

  constructor(options: ReviewNoticesOptions) {
    this.#options = options
    this.#plan(FIRST_MS)
  }

  /** The person has just asked for them. */
  soon(): void {
    if (!this.#isLooking) this.#plan(0)
  }

  stop(): void {
    this.#isStopped = true
    this.#cancel()
  }

  #plan(ms: number): void {
    this.#cancel()
    if (!this.#isStopped) this.#cancel = this.#options.after(ms, () => void this.#look())
  }

  async #look(): Promise<void> {
    this.#isLooking = true
    if (this.#options.isOn()) await this.#tell()
    this.#isLooking = false
    const now = this.#options.now()
    const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime()
    this.#plan(Math.min(HOUR_MS, midnight - now.getTime() + AFTER_MIDNIGHT_MS))
  }

  async #tell(): Promise<void> {
    const { vaults, due, show, open, now, log } = this.#options
    const today = calendarDay(now())
    if (today !== this.#toldOn) this.#told = new Set()
    this.#toldOn = today
    const all: (DueReview & { readonly vault: VaultId })[] = []
    for (const vault of vaults()) {
      try {
        for (const review of await due(vault, today)) all.push({ ...review, vault })
      } catch (error) {
        // A host that is just being started again is asked in an hour.
        log.warn('reviews.not-asked', { code: errorCode(error) })
      }
    }
    const fresh = all.filter((review) => !this.#told.has(keyOf(review)))
    const [first] = fresh
    if (!first || this.#isStopped) return
    for (const review of fresh) this.#told.add(keyOf(review))
    show(noticeOf(all.map(({ title }) => title)), () => open(first.vault))
    log.info('reviews.told', { due: all.length })
  }
}

const keyOf = ({ vault, id, on }: DueReview & { vault: VaultId }): string => `${vault} ${id} ${on}`

/** “Two reviews are due” and their titles. */
export function noticeOf(titles: readonly string[]): Notice {
  const many = titles.length
  const named = titles.length > MOST_TITLES ? titles.slice(0, MOST_TITLES - 1) : titles
  const rest = many - named.length
  return {
    title: many === 1 ? 'One review is due' : `${capital(inWords(many))} reviews are due`,
    body: allOf(rest > 0 ? [...named, `${inWords(rest)} more`] : named),
  }
}
