import type { FolderId, NoteId } from '../core/base/ids.ts'
import { fileKey, NOTE_ENDING, safeStem } from '../core/note/file-name.ts'
import type { NoteHead } from '../crdt/store.ts'

type Named = Pick<NoteHead, 'id' | 'title' | 'file' | 'created' | 'folderId' | 'state'>

/** `stale`: to be dealt out anew before the next answer. `crowded`: some note has a number after its name. */
type Shelf = {
  readonly notes: Map<NoteId, Named>
  readonly names: Map<NoteId, string>
  /** Names as they are, and how many stand behind one key of a case-insensitive disk. */
  readonly exact: Set<string>
  readonly keys: Map<string, number>
  /** Keys of names that were made here: nothing else may have one. */
  readonly made: Set<string>
  stale: boolean
  crowded: boolean
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a name from a peer must stay one file of its folder
const NO_FILE = /^\.{0,2}$|[/\\\u0000]/

/** What a note's file would be called if it were alone: the exact name it came with, or a safe one (M6). */
export const wantedName = (note: Pick<Named, 'title' | 'file'>): string =>
  NO_FILE.test(note.file) ? safeStem(note.title) + NOTE_ENDING : note.file

/** A living note with the name that it came with: `a.md` and `A.md` of one folder both stay what they were. */
const isExact = (note: Named): boolean => note.state === 'live' && !NO_FILE.test(note.file)

/** Living notes before trashed ones, imported names before new ones, then the older note, then the id (S12). */
function before(a: Named, b: Named): number {
  const rank = (note: Named) => (note.state === 'live' ? 0 : 2) + (note.file === '' ? 1 : 0)
  if (rank(a) !== rank(b)) return rank(a) - rank(b)
  if (a.created !== b.created) return a.created < b.created ? -1 : 1
  return a.id < b.id ? -1 : 1
}

/**
 * One file name for every note of a folder. Imported names stay to the letter, and where two of them differ in
 * case only, it is the target of an export that may be unable to hold them; a name that is made here is unique
 * without regard to case and Unicode form. The same notes give the same names on every start and every device,
 * in whatever order they came.
 */
export class FileNames {
  readonly #shelves = new Map<FolderId | null, Shelf>()
  readonly #stale = new Set<Shelf>()
  #renamed = new Set<NoteId>()

  put(note: Named): void {
    this.remove(note)
    const shelf = this.#shelf(note.folderId)
    shelf.notes.set(note.id, note)
    if (shelf.stale) return
    const name = wantedName(note)
    if (!take(shelf, note, name, isExact(note))) this.#spoil(shelf)
  }

  /** `note` as it was put: its folder is where it is looked for. */
  remove(note: Pick<Named, 'id' | 'folderId'>): void {
    const shelf = this.#shelf(note.folderId)
    if (!shelf.notes.delete(note.id)) return
    const name = shelf.names.get(note.id)
    if (shelf.stale || name === undefined) return
    // Somebody may have been waiting for the name.
    if (shelf.crowded) {
      this.#spoil(shelf)
    } else {
      const key = fileKey(name)
      const left = (shelf.keys.get(key) ?? 1) - 1
      if (left > 0) shelf.keys.set(key, left)
      else shelf.keys.delete(key)
      shelf.names.delete(note.id)
      shelf.exact.delete(name)
      shelf.made.delete(key)
    }
  }

  name(note: Pick<Named, 'id' | 'folderId'>): string {
    const shelf = this.#shelf(note.folderId)
    this.#deal(shelf)
    return shelf.names.get(note.id) ?? ''
  }

  /** Notes that got another name because others came or went, since this was asked last. */
  takeRenamed(): NoteId[] {
    for (const shelf of this.#stale) this.#deal(shelf)
    const renamed = [...this.#renamed]
    this.#renamed = new Set()
    return renamed
  }

  #spoil(shelf: Shelf): void {
    shelf.stale = true
    this.#stale.add(shelf)
  }

  #deal(shelf: Shelf): void {
    if (!shelf.stale) return
    const before = new Map(shelf.names)
    deal(shelf)
    this.#stale.delete(shelf)
    for (const [id, name] of shelf.names) {
      const former = before.get(id)
      if (former !== undefined && former !== name) this.#renamed.add(id)
    }
  }

  #shelf(id: FolderId | null): Shelf {
    const known = this.#shelves.get(id)
    if (known) return known
    const shelf: Shelf = {
      notes: new Map(),
      names: new Map(),
      exact: new Set(),
      keys: new Map(),
      made: new Set(),
      stale: false,
      crowded: false,
    }
    this.#shelves.set(id, shelf)
    return shelf
  }
}

/** false: somebody has the name. */
function take(shelf: Shelf, note: Named, name: string, exact: boolean): boolean {
  const key = fileKey(name)
  if (exact ? shelf.exact.has(name) || shelf.made.has(key) : shelf.keys.has(key)) return false
  shelf.exact.add(name)
  shelf.keys.set(key, (shelf.keys.get(key) ?? 0) + 1)
  if (!exact) shelf.made.add(key)
  shelf.names.set(note.id, name)
  return true
}

function deal(shelf: Shelf): void {
  shelf.names.clear()
  shelf.exact.clear()
  shelf.keys.clear()
  shelf.made.clear()
  const waiting: Named[] = []
  // Own names first, so that a note really called `Name 2` is not pushed aside by a second `Name`.
  for (const note of [...shelf.notes.values()].sort(before)) {
    if (!take(shelf, note, wantedName(note), isExact(note))) waiting.push(note)
  }
  const numbers = new Map<string, number>()
  for (const note of waiting) {
    const name = wantedName(note)
    const [, stem = name, ending = ''] = /^(.*?)(\.(?:md|markdown))?$/is.exec(name) ?? []
    let number = numbers.get(fileKey(name)) ?? 2
    while (!take(shelf, note, `${stem} ${number}${ending}`, false)) number++
    numbers.set(fileKey(name), number + 1)
  }
  shelf.stale = false
  shelf.crowded = waiting.length > 0
}
