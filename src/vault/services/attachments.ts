import type { NoteId } from '../../core/base/ids.ts'
import { parseWikilink } from '../../core/link/wikilink.ts'
import { beside, fileKey, splitPath } from '../../core/note/file-name.ts'
import type { NoteHead, StoredAttachment } from '../../crdt/store.ts'
import type { Input, Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { VaultState } from '../vault-state.ts'

type Coming = Input<typeof vaultContract, 'importAttachments'>['attachments'][number]
type Renamed = Output<typeof vaultContract, 'importAttachments'>
type From = NonNullable<StoredAttachment['from']>[number]
type Importer = Pick<NoteHead, 'importPath' | 'importOrigin'>

/** A file that has another path here than in the folder that it came with. */
type StandIn = { readonly attachment: StoredAttachment; readonly from: From }

/** The attachments by the path that notes use. The files themselves are main's. */
export class Attachments {
  readonly #state: VaultState
  /** By exact path: a disk may hold `Pic.png` and `pic.png`, and both have to go out again. */
  readonly #all = new Map<string, StoredAttachment>()
  /** For links, which know no case: by fileKey of the path, and the paths that end in one file name. */
  readonly #byPath = new Map<string, StoredAttachment>()
  readonly #byName = new Map<string, Set<string>>()
  /** By the folder that they came with. */
  #standIns: ReadonlyMap<string, readonly StandIn[]> = new Map()

  constructor(state: VaultState) {
    this.#state = state
  }

  async open(): Promise<void> {
    for (const attachment of await this.#state.store.attachments()) this.#keep(attachment)
    this.#findStandIns()
  }

  list(): StoredAttachment[] {
    return [...this.#all.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  /** The same with every path that a note may mean one by: some are listed twice. */
  names(): StoredAttachment[] {
    return this.list().flatMap((each) => [each, ...standInsOf(each).map(({ path }) => ({ ...each, path }))])
  }

  /** What is at those paths is replaced. */
  async add(attachments: readonly StoredAttachment[]): Promise<void> {
    await this.#put(
      attachments.map((attachment) => {
        const from = attachment.from ?? this.#all.get(attachment.path)?.from
        return from ? { ...attachment, from } : attachment
      }),
    )
  }

  /**
   * Files of a folder that is imported (SPEC.md, S21): nothing that somebody else brought is replaced. Answers those
   * that got another path than they have in the folder.
   */
  async take(coming: readonly Coming[], origin: string): Promise<Renamed> {
    const put = new Map<string, StoredAttachment>()
    const renamed: Renamed = []
    const taken = new Set([...this.#all.keys(), ...coming.map(({ path }) => path)].map(fileKey))
    const known = (path: string) => put.get(path) ?? this.#all.get(path)
    const places = new Map<string, string[]>()
    for (const attachment of this.#all.values())
      for (const { path } of attachment.from ?? []) places.set(path, [...(places.get(path) ?? []), attachment.path])

    for (const { path, sha256, size, exported, standsFor = [] } of coming) {
      const isOwn = (from: From) => from.origin === origin && from.path === path && !from.notes
      const candidates = [...new Set([path, ...(places.get(path) ?? [])])].flatMap((at) => known(at) ?? [])
      const own = candidates.find((each) => each.from?.some(isOwn))
      const at = known(path)
      const isOurs = own?.from?.every((from) => from.origin === origin && (from.path === path || from.notes))
      const old =
        own?.sha256 === sha256 || isOurs
          ? own
          : (candidates.find((each) => each.sha256 === sha256) ??
            (at && exported !== undefined && at.sha256 === exported ? at : undefined))
      // Another folder brought the same file, and now this one changed: each has its own from here on.
      if (own && own !== old) put.set(own.path, { ...own, from: own.from?.filter((from) => !isOwn(from)) })
      const place = old?.path ?? (at ? beside(path, (free) => taken.has(fileKey(free))) : path)
      taken.add(fileKey(place))
      const says: From[] = [
        { origin, path },
        ...standsFor.map((each) => ({ origin, path: each.path, notes: [...each.notes].sort() })),
      ]
      const others = (old?.from ?? []).filter((from) => !says.some((each) => isSameFrom(each, from)))
      const next = { path: place, sha256, size, from: [...others, ...says] }
      if (!old || !isSame(old, next)) put.set(place, next)
      if (place !== path) renamed.push({ path, name: place })
    }
    if (put.size > 0) await this.#put([...put.values()])
    return renamed
  }

  /** Their files stay until main has made sure that nothing else names them. */
  async remove(attachments: readonly StoredAttachment[]): Promise<void> {
    if (attachments.length === 0) return
    await this.#state.store.deleteAttachments(attachments.map(({ path }) => path))
    for (const { path } of attachments) this.#all.delete(path)
    const left = [...this.#all.values()]
    this.#byPath.clear()
    this.#byName.clear()
    for (const attachment of left) this.#keep(attachment)
    this.#findStandIns()
  }

  /** For `.throughline/files.json`: which notes mean a file by a path that another file has, by the paths of all. */
  standIns(): Record<string, { path: string; notes: string[] }[]> {
    const { catalog } = this.#state
    const found: Record<string, { path: string; notes: string[] }[]> = {}
    for (const head of catalog.heads()) {
      if (head.state !== 'live') continue
      for (const { attachment, from } of this.#standInsFor(head)) {
        found[attachment.path] ??= []
        const lines = found[attachment.path] ?? []
        const known = lines.find(({ path }) => path === from.path)
        if (known) known.notes.push(catalog.path(head))
        else lines.push({ path: from.path, notes: [catalog.path(head)] })
      }
    }
    for (const lines of Object.values(found)) {
      lines.sort((a, b) => (a.path < b.path ? -1 : 1))
      for (const { notes } of lines) notes.sort()
    }
    return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /**
   * Where an embed or an image leads, as Obsidian and CommonMark have it: the path from the top, from the
   * note's folder, or any file of that name, nearest first. null where there is none.
   */
  resolve(noteId: NoteId, target: string): StoredAttachment | null {
    const folder = splitPath(this.#state.row(noteId).path)[0]
    const own = this.#standInsFor(this.#state.head(noteId))
    for (const name of namesOf(target)) {
      const fromTop = normal(name)
      const fromFolder = normal(`${folder}/${name}`)
      for (const path of [fromFolder, fromTop]) {
        const found = path === null ? null : this.#at(path, own)
        if (found) return found
      }
      if (fromTop === null) continue
      const ending = fileKey(fromTop)
      const paths = new Set(this.#byName.get(splitPath(ending)[1]))
      for (const { from } of own) paths.add(fileKey(from.path))
      const same = [...paths].filter((path) => `/${path}`.endsWith(`/${ending}`))
      const [nearest] = same.sort(
        (a, b) => shared(b, folder) - shared(a, folder) || a.length - b.length || (a < b ? -1 : 1),
      )
      if (nearest !== undefined) return this.#at(nearest, own)
    }
    return null
  }

  #at(path: string, own: readonly StandIn[]): StoredAttachment | null {
    const key = fileKey(path)
    return (
      own.find(({ from }) => from.path === path)?.attachment ??
      this.#all.get(path) ??
      own.find(({ from }) => fileKey(from.path) === key)?.attachment ??
      this.#byPath.get(key) ??
      null
    )
  }

  #standInsFor({ importOrigin, importPath }: Importer): readonly StandIn[] {
    const all = this.#standIns.get(importOrigin ?? '') ?? []
    if (all.length === 0) return all
    const said = all.filter(({ from }) => from.notes?.includes(importPath))
    return [...said, ...all.filter(({ from }) => !from.notes && !said.some((each) => each.from.path === from.path))]
  }

  #findStandIns(): void {
    const found = new Map<string, StandIn[]>()
    for (const attachment of this.#all.values()) {
      for (const from of standInsOf(attachment)) {
        const list = found.get(from.origin)
        if (list) list.push({ attachment, from })
        else found.set(from.origin, [{ attachment, from }])
      }
    }
    this.#standIns = found
  }

  async #put(attachments: readonly StoredAttachment[]): Promise<void> {
    await this.#state.store.putAttachments(attachments)
    for (const attachment of attachments) this.#keep(attachment)
    this.#findStandIns()
  }

  #keep(attachment: StoredAttachment): void {
    this.#all.set(attachment.path, attachment)
    const key = fileKey(attachment.path)
    this.#byPath.set(key, attachment)
    const name = splitPath(key)[1]
    const paths = this.#byName.get(name)
    if (paths) paths.add(key)
    else this.#byName.set(name, new Set([key]))
  }
}

const standInsOf = ({ path, from = [] }: StoredAttachment): From[] => from.filter((each) => each.path !== path)

const isSameFrom = (a: From, b: From): boolean =>
  a.origin === b.origin && a.path === b.path && Boolean(a.notes) === Boolean(b.notes)

const isSame = (a: StoredAttachment, b: StoredAttachment): boolean =>
  a.path === b.path && a.sha256 === b.sha256 && JSON.stringify(a.from) === JSON.stringify(b.from)

/** As written, then without percent signs (`my%20image.png` of an ordinary Markdown link). */
function namesOf(target: string): string[] {
  const names = [parseWikilink(target).name, target.trim()]
  for (const name of [...names]) {
    try {
      names.push(decodeURIComponent(name))
    } catch {
      // a percent sign that is part of the name
    }
  }
  return [...new Set(names)].filter((name) => name !== '' && !/^[a-z][a-z0-9+.-]+:/i.test(name))
}

/** `a/./b/../c` → `a/c`; null where it leads out of the vault. */
function normal(path: string): string | null {
  const segments: string[] = []
  for (const segment of path.replaceAll('\\', '/').split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment !== '..') segments.push(segment)
    else if (segments.pop() === undefined) return null
  }
  return segments.join('/')
}

/** Folders from the top that two paths have in common. */
function shared(path: string, folder: string): number {
  const a = path.split('/')
  const b = fileKey(folder).split('/')
  let count = 0
  while (count < a.length - 1 && count < b.length && a[count] === b[count]) count++
  return count
}
