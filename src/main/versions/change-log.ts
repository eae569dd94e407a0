import type { NoteId } from '../../core/base/ids.ts'
import type { BigChange } from '../../core/history/version.ts'
import type { FrameFiles } from './frame-file.ts'
import { bigChangePayload, CHANGE_FILE, readEntry } from './version-file.ts'

const NAME = 'changes.log'
/** Big changes that are remembered. One with parts (`id/1`) is one. */
const MOST = 200
/** Rewritten when it holds so many frames more than changes. */
const SLACK = 100

/** A part of a change belongs to what stands before its `/`. */
const groupOf = (id: string): string => id.split('/')[0] ?? id

/** Kinds that are about the notes that they name: without one of those they say nothing that could be undone. */
const ABOUT_NOTES: ReadonlySet<BigChange['kind']> = new Set(['rename', 'move', 'merge'])

/** `changes.log`: the big changes of a vault, oldest first, the last one of an id counts. One caller at a time. */
export class ChangeLog {
  readonly #files: FrameFiles
  #changes: Map<string, BigChange> | null = null
  #frames = 0

  constructor(files: FrameFiles) {
    this.#files = files
  }

  async all(): Promise<BigChange[]> {
    return [...(await this.#read()).values()]
  }

  async put(change: BigChange): Promise<void> {
    const changes = await this.#read()
    try {
      await this.#files.append(NAME, CHANGE_FILE, [bigChangePayload(copy(change))])
    } catch (error) {
      this.#changes = null
      throw error
    }
    changes.set(change.id, change)
    this.#frames++
    forgetOld(changes)
    if (this.#frames > changes.size * 2 + SLACK) await this.#write(changes)
  }

  /** Nothing of these notes stays in it, when settled. */
  async drop(ids: ReadonlySet<NoteId>): Promise<void> {
    const changes = await this.#read()
    const left = new Map<string, BigChange>()
    for (const [id, change] of changes) {
      const changed = change.changed.filter((each) => !ids.has(each.id))
      const created = change.created.filter((each) => !ids.has(each.id))
      const isSame = changed.length === change.changed.length && created.length === change.created.length
      if (!isSame && (ABOUT_NOTES.has(change.kind) || changed.length + created.length === 0)) continue
      left.set(id, isSame ? change : { ...change, changed, created })
    }
    this.#changes = null
    // Also where nothing was found: a frame that was replaced since may still name them.
    if (this.#frames > 0) await this.#write(left)
  }

  async #write(changes: Map<string, BigChange>): Promise<void> {
    await this.#files.replace(
      NAME,
      CHANGE_FILE,
      [...changes.values()].map((change) => bigChangePayload(copy(change))),
    )
    this.#changes = changes
    this.#frames = changes.size
  }

  async #read(): Promise<Map<string, BigChange>> {
    if (this.#changes) return this.#changes
    const changes = new Map<string, BigChange>()
    const { frames } = await this.#files.read(NAME, CHANGE_FILE)
    for (const { payload } of frames) {
      const entry = readEntry(payload)
      if (entry?.is === 'bigChange') changes.set(entry.change.id, entry.change)
    }
    forgetOld(changes)
    this.#changes = changes
    this.#frames = frames.length
    return changes
  }
}

function forgetOld(changes: Map<string, BigChange>): void {
  const groups = [...new Set([...changes.keys()].map(groupOf))]
  const gone = new Set(groups.slice(0, Math.max(0, groups.length - MOST)))
  for (const id of changes.keys()) if (gone.has(groupOf(id))) changes.delete(id)
}

const copy = (change: BigChange) => ({
  ...change,
  changed: change.changed.map((each) => ({ ...each })),
  created: change.created.map((each) => ({ ...each })),
})
