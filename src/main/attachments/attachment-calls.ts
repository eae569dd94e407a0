import { stat } from 'node:fs/promises'
import path from 'node:path'
import { dialog, shell } from 'electron'
import type { appContract, VaultInfo } from '../../ipc/app-contract.ts'
import { CallError, type Handlers } from '../../ipc/rpc.ts'
import type { AppWindow } from '../app/app-window.ts'
import type { Jobs } from '../jobs.ts'
import type { Services } from '../services.ts'
import { addAttachment } from './add-attachment.ts'
import { openAttachment } from './open-attachment.ts'

type Calls = Pick<
  Handlers<typeof appContract>,
  'addAttachment' | 'pickAttachments' | 'openAttachment' | 'loadRemotePicture'
>

type Options = { readonly services: Services; readonly jobs: Jobs; readonly shownVault: () => VaultInfo }

/** What a window may do with files of the vault that it shows (ipc/app-contract.ts). */
export function attachmentCalls(window: AppWindow, { services, jobs, shownVault }: Options): Calls {
  const { attachments, remotePictures } = services
  const hostOf = () => {
    const vault = shownVault()
    if (!window.host) throw new CallError('no-vault', 'No vault is open in this window.')
    return { id: vault.id, vault: window.host.repeatable }
  }
  return {
    addAttachment: async ({ name, bytes }) => {
      const { id, vault } = hostOf()
      return addAttachment({ name, vault, store: () => attachments.addBytes(id, bytes) })
    },
    pickAttachments: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window.browser, {
        title: 'An image or a file',
        properties: ['openFile', 'multiSelections'],
      })
      if (canceled || filePaths.length === 0) return null
      const { id, vault } = hostOf()
      const kept: Awaited<ReturnType<typeof addAttachment>>[] = []
      for (const file of filePaths) {
        const name = path.basename(file)
        const found = await stat(file).catch(() => null)
        if (!found?.isFile()) throw new CallError('not-a-file', `“${name}” is not a file. Nothing of it was kept.`)
        kept.push(await addAttachment({ name, vault, store: () => attachments.addFile(id, file) }))
      }
      return kept
    },
    openAttachment: async ({ path: wanted }) => {
      const { id, vault } = hostOf()
      const known = (await vault.call('attachments', {})).find((file) => file.path === wanted)
      const file = known && (await attachments.verified(id, known.sha256))
      if (!known || !file) throw new CallError('not-found', `“${wanted}” is not in this vault any more.`)
      return openAttachment({
        name: known.path,
        sha256: known.sha256,
        file: file.path,
        scratch: jobs.scratch,
        openPath: (place) => shell.openPath(place),
        showInFolder: (place) => shell.showItemInFolder(place),
      })
    },
    loadRemotePicture: ({ url }) => remotePictures.load(shownVault().id, url),
  }
}
