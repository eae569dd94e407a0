import type { NoteId } from '../../core/base/ids.ts'
import { parseWikilink } from '../../core/link/wikilink.ts'
import { fileKey, splitPath } from '../../core/note/file-name.ts'
import type { StoredAttachment } from '../../crdt/store.ts'
import type { VaultState } from '../vault-state.ts'

/** The attachments by the path that notes use. The files themselves are main's. */
export class Attachments {
  readonly #state: VaultState
  /** By exact path: a disk may hold `Pic.png` and `pic.png`, and both have to go out again. */
  readonly #all = new Map<string, StoredAttachment>()
  /** For links, which know no case: by fileKey of the path, and the paths that end in one file name. */
  readonly #byPath = new Map<string, StoredAttachment>()
  readonly #byName = new Map<string, Set<string>>()

  constructor(state: VaultState) {
    this.#state = state
  }

  async open(): Promise<void> {
    for (const attachment of await this.#state.store.attachments()) this.#keep(attachment)
  }

  list(): StoredAttachment[] {
    return [...this.#all.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  async add(attachments: readonly StoredAttachment[]): Promise<void> {
    await this.#state.store.putAttachments(attachments)
    for (const attachment of attachments) this.#keep(attachment)
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
  }

  /**
   * Where an embed or an image leads, as Obsidian and CommonMark have it: the path from the top, from the
   * note's folder, or any file of that name, nearest first. null where there is none.
   */
  resolve(noteId: NoteId, target: string): StoredAttachment | null {
    const folder = splitPath(this.#state.row(noteId).path)[0]
    for (const name of namesOf(target)) {
      const fromTop = normal(name)
      const fromFolder = normal(`${folder}/${name}`)
      const found = [fromFolder, fromTop].flatMap((path) =>
        path === null ? [] : (this.#all.get(path) ?? this.#byPath.get(fileKey(path)) ?? []),
      )
      if (found[0]) return found[0]
      if (fromTop === null) continue
      const ending = fileKey(fromTop)
      const same = [...(this.#byName.get(splitPath(ending)[1]) ?? [])].filter((path) =>
        `/${path}`.endsWith(`/${ending}`),
      )
      const [nearest] = same.sort(
        (a, b) => shared(b, folder) - shared(a, folder) || a.length - b.length || (a < b ? -1 : 1),
      )
      if (nearest !== undefined) return this.#byPath.get(nearest) ?? null
    }
    return null
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
