import type { FolderId, VaultId } from '../../core/base/ids.ts'
import { folderId, isId } from '../../core/base/ids.ts'
import { fileKey, isSafeFolderName, joinPath } from '../../core/note/file-name.ts'
import { type Folder, KIND_FOLDER, type Kind } from '../../core/note/note.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { putFolder, removeFolder } from '../../crdt/vault-doc.ts'
import { CallError } from '../../ipc/rpc.ts'
import { idFrom } from '../convert/hash.ts'
import type { VaultState } from '../vault-state.ts'

/**
 * Folders of the vault, in the vault doc. A folder's id is made of the path that it is created at, so that
 * two devices that import one folder, or both make `Essays`, have one folder after they sync (S10).
 */
export class Folders {
  readonly #state: VaultState
  readonly #vaultId: VaultId

  constructor(state: VaultState, vaultId: VaultId) {
    this.#state = state
    this.#vaultId = vaultId
  }

  list(): (Folder & { notes: number })[] {
    const { folders } = this.#state.catalog.counts()
    return this.#state.catalog.folders.map((folder) => ({ ...folder, notes: folders.get(folder.id) ?? 0 }))
  }

  async create(parentId: FolderId | null, name: string): Promise<Folder> {
    this.#checkParent(parentId)
    this.#checkName(name, parentId, null)
    const folder = this.#make(parentId, name)
    await this.#state.vaultStored()
    return folder
  }

  async rename(id: FolderId, name: string): Promise<void> {
    const folder = this.#folder(id)
    this.#checkName(name, folder.parentId, id)
    putFolder(this.#state.vaultDoc, { ...folder, name }, LOCAL)
    await this.#state.vaultStored()
  }

  async move(id: FolderId, parentId: FolderId | null): Promise<void> {
    const folder = this.#folder(id)
    this.#checkParent(parentId)
    for (let at = parentId; at !== null; at = this.#folder(at).parentId) {
      if (at === id) throw new CallError('in-itself', 'A folder cannot be moved into itself.')
    }
    this.#checkName(folder.name, parentId, id)
    putFolder(this.#state.vaultDoc, { ...folder, parentId }, LOCAL)
    await this.#state.vaultStored()
  }

  async remove(id: FolderId): Promise<void> {
    this.#folder(id)
    const { catalog } = this.#state
    const isEmpty = catalog.notesIn(id).length === 0 && catalog.folders.every(({ parentId }) => parentId !== id)
    if (!isEmpty) throw new CallError('not-empty', 'The folder still holds notes or folders.')
    removeFolder(this.#state.vaultDoc, id, LOCAL)
    await this.#state.vaultStored()
  }

  /** Where new notes of a kind go; a folder that is called so in other letters will do. */
  forKind(kind: Kind): FolderId | null {
    const key = fileKey(KIND_FOLDER[kind])
    const known = this.#state.catalog.folders.find(({ parentId, name }) => parentId === null && fileKey(name) === key)
    return known ? known.id : this.ensure(KIND_FOLDER[kind])
  }

  /**
   * The folder of a path, with every folder above it, made where it is missing. Names are taken as they are:
   * they come from a disk. Not durable before `vaultStored`.
   */
  ensure(path: string): FolderId | null {
    const known = this.#state.catalog.folderAt(path)
    if (known !== undefined) return known
    let parentId: FolderId | null = null
    let at = ''
    for (const name of path.split('/')) {
      at = joinPath(at, name)
      parentId = this.#state.catalog.folderAt(at) ?? this.#make(parentId, name).id
    }
    return parentId
  }

  /** As `ensure` for each, in one change of the vault doc: every change has the whole catalog look at its folders. */
  ensureAll(paths: Iterable<string>): void {
    const { catalog, vaultDoc } = this.#state
    const missing = [...new Set(paths)].filter((path) => catalog.folderAt(path) === undefined)
    if (missing.length === 0) return
    const taken = new Set<string>(catalog.folders.map(({ id }) => id))
    const made = new Map<string, Folder>()
    for (const path of missing) {
      let parentId: FolderId | null = null
      let at = ''
      for (const name of path.split('/')) {
        at = joinPath(at, name)
        let known: FolderId | null | undefined = catalog.folderAt(at) ?? made.get(at)?.id
        if (known === undefined) {
          const folder = this.#next(parentId, name, at, taken)
          taken.add(folder.id)
          made.set(at, folder)
          known = folder.id
        }
        parentId = known
      }
    }
    vaultDoc.transact(() => {
      for (const folder of made.values()) putFolder(vaultDoc, folder, LOCAL)
    }, LOCAL)
  }

  #make(parentId: FolderId | null, name: string): Folder {
    const { catalog, vaultDoc } = this.#state
    const path = joinPath(catalog.folderPath(parentId), name)
    const folder = this.#next(parentId, name, path, new Set<string>(catalog.folders.map(({ id }) => id)))
    putFolder(vaultDoc, folder, LOCAL)
    return folder
  }

  #next(parentId: FolderId | null, name: string, path: string, taken: ReadonlySet<string>): Folder {
    let id = ''
    // The id of this path may belong to a folder that was moved since.
    for (let generation = 0; !isId(id) || taken.has(id); generation++) {
      id = idFrom('folder', this.#vaultId, path, String(generation))
    }
    return { id: folderId(id), parentId, name }
  }

  #folder(id: FolderId): Folder {
    const folder = this.#state.catalog.folders.find((each) => each.id === id)
    if (!folder) throw new CallError('not-found', 'There is no such folder in this vault.')
    return folder
  }

  #checkParent(parentId: FolderId | null): void {
    if (parentId !== null) this.#folder(parentId)
  }

  #checkName(name: string, parentId: FolderId | null, self: FolderId | null): void {
    if (!isSafeFolderName(name)) {
      throw new CallError(
        'bad-name',
        'A folder cannot be called so on every computer: avoid < > : " / \\ | ? * and dots at its ends.',
      )
    }
    const key = fileKey(name)
    const isTaken = this.#state.catalog.folders.some(
      (folder) => folder.parentId === parentId && folder.id !== self && fileKey(folder.name) === key,
    )
    if (isTaken) throw new CallError('name-taken', 'There is a folder of that name here already.')
  }
}
