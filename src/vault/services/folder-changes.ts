import { nanoid } from 'nanoid'
import type { NoteId } from '../../core/base/ids.ts'
import { splitPath, stemOf } from '../../core/note/file-name.ts'
import type { FolderChange } from '../../ipc/file-shapes.ts'
import type { Handlers } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { BigChanges } from '../history/big-changes.ts'
import type { VaultState } from '../vault-state.ts'
import type { Folders } from './folders.ts'
import { checkPath } from './import.ts'
import type { Notes } from './notes.ts'
import type { Rename } from './rename.ts'

type Calls = Pick<
  Handlers<typeof vaultContract>,
  'placeNote' | 'placeFolders' | 'trashNotes' | 'restoreNotes' | 'importedFrom'
>

type Parts = {
  readonly state: VaultState
  readonly folders: Folders
  readonly notes: Notes
  readonly rename: Rename
  readonly changes: BigChanges
}

/**
 * What another program did to a folder in step, but for text (`Import`). With a change named, each call is a part of
 * that big change, so that one round is taken back in one step.
 */
export class FolderChanges {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  calls(): Calls {
    return {
      importedFrom: ({ origin }) => {
        let count = 0
        for (const head of this.#parts.state.catalog.heads()) {
          if (head.state === 'live' && head.importOrigin === origin) count++
        }
        return count
      },
      placeNote: ({ id, path, change }) => this.#place(id, path, change),
      placeFolders: async ({ paths }) => {
        for (const path of paths) checkPath(path)
        this.#parts.folders.ensureAll(paths)
        await this.#parts.state.vaultStored()
      },
      trashNotes: ({ ids, change }) => this.#trash(ids, change),
      restoreNotes: ({ ids, change }) => this.#restore(ids, change),
    }
  }

  /** The note of a file that was renamed or moved. */
  async #place(id: NoteId, path: string, change: FolderChange | undefined): Promise<void> {
    checkPath(path)
    const { state, folders, rename } = this.#parts
    const [folder, file] = splitPath(path)
    const folderId = folders.ensure(folder)
    await state.vaultStored()
    await rename.move(id, folderId, null, change)
    if (splitPath(state.row(id).path)[1] !== file) await rename.rename(id, stemOf(file), null, file, change)
  }

  async #trash(ids: readonly NoteId[], change: FolderChange | undefined): Promise<void> {
    const { state, notes } = this.#parts
    const living = ids.filter((id) => state.catalog.get(id)?.state === 'live')
    if (living.length === 0) return
    const step = change && this.#begin(change)
    await step?.beforeTrash(living)
    for (const id of living) {
      await notes.trash(id)
      step?.left(id, state.head(id).docHash)
    }
    await step?.end()
  }

  async #restore(ids: readonly NoteId[], change: FolderChange | undefined): Promise<void> {
    const { state, notes } = this.#parts
    const thrown = ids.filter((id) => state.catalog.get(id)?.state === 'trashed')
    if (thrown.length === 0) return
    const step = change && this.#begin(change)
    await step?.beforeCreating(thrown.map((id) => ({ id, docHash: '' })))
    for (const id of thrown) {
      await notes.restore(id)
      step?.left(id, state.head(id).docHash)
    }
    await step?.end()
  }

  #begin({ id, title }: FolderChange) {
    return this.#parts.changes.begin('import', title, `${id}/${nanoid()}`)
  }
}
