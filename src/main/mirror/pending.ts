import type { NoteId } from '../../core/base/ids.ts'
import type { Known } from './known.ts'

/** Beyond so many at once another program is at work, or a big change here: everything is compared. */
export const STORM = 200

/** What both sides told of since the last round, or that everything is to be compared (F16). */
export class Pending {
  #notes = new Set<NoteId>()
  #paths = new Set<string>()
  #hasMore = false
  /** Nothing is known before the first comparison. */
  #isAll = true

  get isAll(): boolean {
    return this.#isAll
  }

  all(): void {
    this.#isAll = true
    this.#notes.clear()
    this.#paths.clear()
  }

  edited({ ids, all, folders }: { readonly ids: readonly NoteId[]; readonly all: boolean; readonly folders: boolean }) {
    if (folders) this.#hasMore = true
    if (!this.#isAll) for (const id of ids) this.#notes.add(id)
    if (all || this.#notes.size > STORM) this.all()
  }

  touched(path: string): void {
    if (!this.#isAll) this.#paths.add(path)
    if (this.#paths.size > STORM) this.all()
  }

  /** Null: everything. What is taken is known no more. */
  take(): Known | null {
    const known = { notes: this.#notes, paths: this.#paths, hasMore: this.#hasMore }
    const isAll = this.#isAll
    this.#notes = new Set()
    this.#paths = new Set()
    this.#hasMore = false
    this.#isAll = false
    return isAll ? null : known
  }

  /** What was taken for a round that did not begin. */
  putBack(known: Known | null): void {
    if (!known) {
      this.all()
      return
    }
    this.edited({ ids: [...known.notes], all: false, folders: known.hasMore })
    for (const path of known.paths) this.touched(path)
  }
}
