import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { vaultId } from '../../core/base/ids.ts'
import { FakeVault } from '../../testing/fake-vault-calls.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { AttachmentStore } from '../attachments/attachment-store.ts'
import { profileAt } from '../store/profile.ts'
import { type ExportOptions, exportFolder } from './export-folder.ts'
import { exportZip } from './zip-export.ts'

export const folder = temporaryFolders()
export const id = vaultId('vaultvault')
export const text = (file: string) => readFileSync(file, 'utf8')
/** Every file below a folder, by its path in it. */
export const files = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort()

/** A vault in memory, its attachments, and a place for its copies. */
export class ExportCase {
  readonly vault = new FakeVault()
  readonly profile = folder()
  readonly store = new AttachmentStore(profileAt(this.profile))
  target = path.join(folder(), 'out')

  run(abort = new AbortController(), version = '1', vaultOf = id, vault = this.vault.port) {
    return exportFolder({ ...this.#options, version, vaultId: vaultOf, vault, signal: abort.signal })
  }

  runWith(more: Partial<ExportOptions>) {
    return exportFolder({ ...this.#options, ...more })
  }

  zip(file: string, more: Partial<ExportOptions> = {}) {
    return exportZip({ ...this.#options, folder: file, ...more })
  }

  get #options(): ExportOptions {
    return {
      folder: this.target,
      vaultId: id,
      version: '1',
      vault: this.vault.port,
      attachments: this.store,
      forbidden: this.profile,
      signal: new AbortController().signal,
      onProgress: () => {},
    }
  }

  async attach(at: string, bytes: Uint8Array): Promise<void> {
    this.vault.files.set(at, { path: at, ...(await this.store.addBytes(id, bytes)) })
  }

  file(at: string): string {
    return path.join(this.target, at)
  }
}
