import type { FolderId, NoteId } from '../core/base/ids.ts'
import { type Candidate, resolveLink } from '../core/link/resolve.ts'
import { linkKey } from '../core/link/wikilink.ts'
import { fileKey, joinPath, stemOf } from '../core/note/file-name.ts'
import type { Folder, Kind, NoteRow } from '../core/note/note.ts'
import { folderPaths, folderTree } from '../crdt/folder-tree.ts'
import type { NoteHead } from '../crdt/store.ts'
import { FileNames, wantedName } from './paths.ts'

type RowFilter = {
  readonly folderId?: FolderId | null | undefined
  readonly kind?: Kind | undefined
  readonly trashed?: boolean | undefined
}

/**
 * All notes of the vault in memory, from their heads: rows, folders, paths and names. It is told of every
 * change and holds no text; the docs stay the truth (SPEC.md, S11 and S12). About 1 kB a note.
 */
export class Catalog {
  readonly #heads = new Map<NoteId, NoteHead>()
  readonly #files = new FileNames()
  /** By path, and by folder and path: two folders may each have a `README.md`. */
  readonly #imports = new Map<string, NoteId>()
  /** By linkKey of title, shown title, alias, former title and file stem. Made when a name is first asked for. */
  #names: Map<string, Set<NoteId>> | null = null
  #folders: readonly Folder[] = []
  #folderPaths: ReadonlyMap<FolderId, string> = new Map()
  #folderIds: ReadonlyMap<string, FolderId> = new Map()

  get size(): number {
    return this.#heads.size
  }

  get folders(): readonly Folder[] {
    return this.#folders
  }

  heads(): Iterable<NoteHead> {
    return this.#heads.values()
  }

  get(id: NoteId): NoteHead | undefined {
    return this.#heads.get(id)
  }

  /** Adds or replaces. A purged note stays known, so that its id is not given away again. */
  put(head: NoteHead): void {
    const former = this.#heads.get(head.id)
    if (former && isCalledTheSame(former, head)) {
      this.#heads.set(head.id, head)
      return
    }
    if (former) this.#forget(former)
    this.#heads.set(head.id, head)
    for (const key of importKeys(head)) this.#imports.set(key, head.id)
    if (head.state === 'purged') return
    this.#files.put({ ...head, folderId: this.#folderOf(head) })
    if (this.#names) addNames(this.#names, head)
  }

  #forget(head: NoteHead): void {
    this.#heads.delete(head.id)
    for (const key of importKeys(head)) if (this.#imports.get(key) === head.id) this.#imports.delete(key)
    this.#files.remove({ id: head.id, folderId: this.#folderOf(head) })
    for (const key of this.#names ? nameKeys(head) : []) {
      const ids = this.#names?.get(key)
      ids?.delete(head.id)
      if (ids?.size === 0) this.#names?.delete(key)
    }
  }

  /** A folder that a peer removed while a note was put into it: the note is shown at the top (V2). */
  #folderOf(head: NoteHead): FolderId | null {
    return head.folderId !== null && this.#folderPaths.has(head.folderId) ? head.folderId : null
  }

  /** `stored` as the vault doc has them. Answers the living notes whose path is another now. */
  setFolders(stored: readonly Folder[]): NoteId[] {
    const before = this.#folderPaths
    const heads = [...this.#heads.values()]
    const folders = folderTree(stored)
    const paths = folderPaths(folders)
    // Names are dealt a folder at a time: only notes that change their folder are taken out and put back.
    const moved = heads.filter(({ folderId }) => folderId !== null && before.has(folderId) !== paths.has(folderId))
    for (const head of moved) this.#files.remove({ id: head.id, folderId: this.#folderOf(head) })
    this.#folders = folders
    this.#folderPaths = paths
    const ids = new Map<string, FolderId>()
    for (const [id, path] of paths) ids.set(path, id)
    this.#folderIds = ids
    for (const head of moved) if (head.state !== 'purged') this.#files.put({ ...head, folderId: this.#folderOf(head) })
    return heads
      .filter(
        ({ folderId, state }) => state === 'live' && folderId !== null && before.get(folderId) !== paths.get(folderId),
      )
      .map(({ id }) => id)
  }

  folderPath(id: FolderId | null): string {
    return id === null ? '' : (this.#folderPaths.get(id) ?? '')
  }

  /** Notes whose path changed because others came or went, since this was asked last. */
  takeMoved(): NoteId[] {
    return this.#files.takeRenamed().filter((id) => this.#heads.get(id)?.state === 'live')
  }

  /** '' is the top, undefined is nowhere. */
  folderAt(path: string): FolderId | null | undefined {
    return path === '' ? null : this.#folderIds.get(path)
  }

  path(head: NoteHead): string {
    const folderId = this.#folderOf(head)
    return joinPath(this.folderPath(folderId), this.#files.name({ id: head.id, folderId }))
  }

  row(head: NoteHead): NoteRow {
    return {
      id: head.id,
      title: head.title,
      kind: head.kind,
      folderId: this.#folderOf(head),
      path: this.path(head),
      created: head.created,
      updated: head.updated,
      trashed: head.state === 'trashed',
    }
  }

  /** By title. Living notes, or the trashed ones. */
  rows(filter: RowFilter): NoteRow[] {
    const state = filter.trashed ? 'trashed' : 'live'
    const heads = [...this.#heads.values()].filter(
      (head) =>
        head.state === state &&
        (filter.kind === undefined || head.kind === filter.kind) &&
        (filter.folderId === undefined || this.#folderOf(head) === filter.folderId),
    )
    const collator = new Intl.Collator(undefined, { numeric: true })
    return heads
      .sort((a, b) => collator.compare(a.title, b.title) || (a.id < b.id ? -1 : 1))
      .map((head) => this.row(head))
  }

  /** Living notes directly in a folder. */
  notesIn(folderId: FolderId): NoteHead[] {
    return [...this.#heads.values()].filter((head) => head.state === 'live' && this.#folderOf(head) === folderId)
  }

  counts(): { kinds: Record<Kind, number>; trashed: number; folders: Map<FolderId, number> } {
    const kinds: Record<Kind, number> = { essay: 0, example: 0, commitment: 0, note: 0 }
    const folders = new Map<FolderId, number>()
    let trashed = 0
    for (const head of this.#heads.values()) {
      if (head.state === 'trashed') trashed++
      if (head.state !== 'live') continue
      kinds[head.kind]++
      const folderId = this.#folderOf(head)
      if (folderId !== null) folders.set(folderId, (folders.get(folderId) ?? 0) + 1)
    }
    return { kinds, trashed, folders }
  }

  /** The note that a file of this path became at its last import: of this folder, else of any. */
  imported(path: string, origin: string): NoteHead | undefined {
    const id = this.#imports.get(`${origin}\n${path}`) ?? this.#imports.get(path)
    return id === undefined ? undefined : this.#heads.get(id)
  }

  /** Living notes that a name leads to, nearest first, by the rule of links (core/link); several: ambiguous. */
  resolve(name: string, fromFolder = ''): NoteRow[] {
    const candidates: Candidate[] = []
    const names = this.#byName()
    const key = linkKey(name)
    // By the whole name, by the end of a path, and by a path whose name got a number (`Name 2`).
    const last = lastSegment(key)
    for (const known of new Set([key, last, last.replace(/ \d+$/, '')])) {
      for (const id of names.get(known) ?? []) this.#candidates(id, key, candidates)
    }
    const { found } = resolveLink({ name, fromFolder, candidates })
    const heads = found.map(({ id }) => this.#heads.get(id as NoteId))
    return heads.flatMap((head) => (head ? [this.row(head)] : []))
  }

  #byName(): Map<string, Set<NoteId>> {
    if (this.#names) return this.#names
    const names = new Map<string, Set<NoteId>>()
    for (const head of this.#heads.values()) if (head.state !== 'purged') addNames(names, head)
    this.#names = names
    return names
  }

  #candidates(id: NoteId, key: string, candidates: Candidate[]): void {
    const head = this.#heads.get(id)
    if (head?.state !== 'live') return
    const path = this.path(head)
    candidates.push({ id, path, match: 'path' })
    if (linkKey(head.title) === key) candidates.push({ id, path, match: 'title' })
    if ([head.shownTitle, ...head.aliases].some((alias) => linkKey(alias) === key)) {
      candidates.push({ id, path, match: 'alias' })
    }
    if (head.formerTitles.some((former) => linkKey(former) === key)) candidates.push({ id, path, match: 'former' })
  }

  /** For people at a command line: by id, exact path with or without its ending, title, then alias. */
  find(name: string): NoteRow[] {
    const byId = this.#heads.get(name as NoteId)
    if (byId && byId.state !== 'purged') return [this.row(byId)]
    const key = fileKey(name)
    const stem = stemOf(lastSegment(name))
    for (const known of new Set([linkKey(stem), linkKey(stem).replace(/ \d+$/, '')])) {
      for (const id of this.#byName().get(known) ?? []) {
        const head = this.#heads.get(id)
        if (head?.state !== 'live') continue
        const path = this.path(head)
        if (fileKey(path) === key || fileKey(stemOf(path)) === key) return [this.row(head)]
      }
    }
    return this.resolve(name)
  }
}

const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Most changes of a head are of its hash and its time. */
function isCalledTheSame(a: NoteHead, b: NoteHead): boolean {
  const same = (one: readonly string[], other: readonly string[]) =>
    one.length === other.length && one.every((name, i) => name === other[i])
  return (
    a.title === b.title &&
    a.shownTitle === b.shownTitle &&
    a.file === b.file &&
    a.created === b.created &&
    a.folderId === b.folderId &&
    a.state === b.state &&
    a.importPath === b.importPath &&
    a.importOrigin === b.importOrigin &&
    same(a.aliases, b.aliases) &&
    same(a.formerTitles, b.formerTitles)
  )
}

const importKeys = ({ importPath, importOrigin }: NoteHead): string[] =>
  importPath === '' ? [] : [importPath, `${importOrigin ?? ''}\n${importPath}`]

function addNames(names: Map<string, Set<NoteId>>, head: NoteHead): void {
  for (const key of nameKeys(head)) {
    const ids = names.get(key)
    if (ids) ids.add(head.id)
    else names.set(key, new Set([head.id]))
  }
}

function nameKeys(head: NoteHead): Set<string> {
  const { title, shownTitle, aliases, formerTitles } = head
  // Mostly one and the same name: told apart before the costly key is made.
  const names = new Set([title, shownTitle, ...aliases, ...formerTitles, stemOf(wantedName(head))])
  return new Set([...names].map(linkKey))
}
