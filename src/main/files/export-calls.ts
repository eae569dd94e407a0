import path from 'node:path'
import { clipboard, dialog } from 'electron'
import { safeStem } from '../../core/note/file-name.ts'
import type { appContract, VaultInfo } from '../../ipc/app-contract.ts'
import type { Handlers } from '../../ipc/rpc.ts'
import type { AppWindow } from '../app/app-window.ts'
import { inTime } from '../app/patience.ts'
import type { Jobs } from '../jobs.ts'
import type { Services } from '../services.ts'
import type { ExportTurn } from './export-turn.ts'

type Calls = Pick<
  Handlers<typeof appContract>,
  'chooseTarget' | 'exportVault' | 'countExport' | 'exportArchive' | 'copyMarkdown' | 'cancelExport'
>

export type ExportCallsOptions = {
  readonly services: Services
  readonly jobs: Jobs
  readonly turn: ExportTurn
  /** Fails with `no-vault`. */
  readonly shownVault: () => VaultInfo
  /** Fails with `refused` for a place that the person has not shown to the app. */
  readonly granted: (place: string) => Promise<string>
}

const TARGETS = {
  zip: { title: 'A zip for the copy', name: 'Zip', extension: 'zip' },
  archive: { title: 'A file for the archive', name: 'Throughline archives', extension: 'throughline' },
} as const

/** What a window may ask for about copies of notes (ipc/app-contract.ts). One copy at a time a window. */
export function exportCalls(
  window: AppWindow,
  { services, jobs, turn, shownVault, granted }: ExportCallsOptions,
): Calls {
  const { grants } = services
  return {
    chooseTarget: async ({ as, name }) => {
      const { title, name: filter, extension } = TARGETS[as]
      const { canceled, filePath } = await dialog.showSaveDialog(window.browser, {
        title,
        defaultPath: `${safeStem(name)}.${extension}`,
        filters: [{ name: filter, extensions: [extension] }],
      })
      if (canceled || filePath === '') return null
      const file = path.extname(filePath) === '' ? `${filePath}.${extension}` : filePath
      grants.add(file)
      return file
    },
    exportVault: async ({ folder, ...target }) => {
      const vault = shownVault()
      // The folder of an earlier export was chosen then.
      const place = vault.exported?.folder === folder && !target.zip ? folder : await granted(folder)
      return turn.alone((signal) =>
        jobs.exportVault(vault.id, { ...target, place }, signal, (progress) => window.emit('exportProgress', progress)),
      )
    },
    exportArchive: async ({ file }) => {
      const { id } = shownVault()
      const place = await granted(file)
      return turn.alone((signal) =>
        jobs.backupTo(id, place, signal, (progress) => window.emit('exportProgress', progress)),
      )
    },
    countExport: ({ scope }) => jobs.countExport(shownVault().id, scope),
    copyMarkdown: async ({ scope }) => {
      const { id } = shownVault()
      await inTime(window.flush())
      const { notes, text } = await jobs.markdownOf(id, scope)
      clipboard.writeText(text)
      return { notes }
    },
    cancelExport: () => turn.cancel(),
  }
}
