import type { FolderId, NoteId } from '../core/base/ids.ts'
import { fileKey, NOTE_ENDING, safeStem } from '../core/note/file-name.ts'
import type { NoteHead } from '../crdt/store.ts'

type Named = Pick<NoteHead, 'id' | 'title' | 'file' | 'created' | 'folderId' | 'state'>

/** `stale`: to be dealt out anew before the next answer. `crowded`: some note has a number after its name. */
type Shelf = {
  readonly notes: Map<NoteId, Named>
  readonly names: Map<NoteId, string>
  readonly taken: Set<string>
  stale: boolean
  crowded: boolean
}

/** What a note's file would be called if it were alone: the exact name it came with, or a safe one (M6). */
export function wantedName(note: Pick<Named, 'title' | 'file'>): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a name from a peer must stay one file of this folder
  const isFile = note.file !== '' && !/[/\\\u0000]/.test(note.file) && note.file !== '.' && note.file !== '..'
  return isFile ? note.file : safeStem(note.title) + NOTE_ENDING
}

/** Living notes before trashed ones, imported names before new ones, then the older note, then the id (S12). */
function before(a: Named, b: Named): number {
  const rank = (note: Named) => (note.state === 'live' ? 0 : 2) + (note.file === '' ? 1 : 0)
  if (rank(a) !== rank(b)) return rank(a) - rank(b)
  if (a.created !== b.created) return a.created < b.created ? -1 : 1
  return a.id < b.id ? -1 : 1
}

/**
 * One file name for every note of a folder, unique without regard to case and Unicode form. The same notes
 * give the same names on every start and every device, in whatever order they came.
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
    if (shelf.taken.has(fileKey(name))) {
      this.#spoil(shelf)
    } else {
      shelf.taken.add(fileKey(name))
      shelf.names.set(note.id, name)
    }
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
      shelf.names.delete(note.id)
      shelf.taken.delete(fileKey(name))
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
    const shelf: Shelf = { notes: new Map(), names: new Map(), taken: new Set(), stale: false, crowded: false }
    this.#shelves.set(id, shelf)
    return shelf
  }
}

function deal(shelf: Shelf): void {
  shelf.names.clear()
  shelf.taken.clear()
  const waiting: Named[] = []
  const take = (note: Named, name: string): boolean => {
    const key = fileKey(name)
    if (shelf.taken.has(key)) return false
    shelf.taken.add(key)
    shelf.names.set(note.id, name)
    return true
  }
  // Own names first, so that a note really called `Name 2` is not pushed aside by a second `Name`.
  for (const note of [...shelf.notes.values()].sort(before)) if (!take(note, wantedName(note))) waiting.push(note)
  const numbers = new Map<string, number>()
  for (const note of waiting) {
    const name = wantedName(note)
    const [, stem = name, ending = ''] = /^(.*?)(\.(?:md|markdown))?$/is.exec(name) ?? []
    let number = numbers.get(fileKey(name)) ?? 2
    while (!take(note, `${stem} ${number}${ending}`)) number++
    numbers.set(fileKey(name), number + 1)
  }
  shelf.stale = false
  shelf.crowded = waiting.length > 0
}
