import path from 'node:path'
import { dialog } from 'electron'
import { safeStem } from '../../core/note/file-name.ts'
import type { appContract, VaultInfo } from '../../ipc/app-contract.ts'
import type { Handlers } from '../../ipc/rpc.ts'
import type { AppWindow } from '../app/app-window.ts'
import type { Jobs } from '../jobs.ts'
import type { Services } from '../services.ts'
import type { ExportTurn } from './export-turn.ts'

type Calls = Pick<Handlers<typeof appContract>, 'exportPage' | 'printPage'>

type Options = {
  readonly services: Pick<Services, 'grants'>
  readonly jobs: Jobs
  readonly turn: ExportTurn
  /** Fails with `no-vault`. */
  readonly shownVault: () => VaultInfo
}

const FORMS = {
  html: { title: 'A web page of it', name: 'Web pages', extension: 'html' },
  pdf: { title: 'A PDF of it', name: 'PDF', extension: 'pdf' },
} as const

/** What a window may ask for about web pages, PDF and paper (ipc/app-contract.ts). */
export function pageCalls(window: AppWindow, { services, jobs, turn, shownVault }: Options): Calls {
  return {
    exportPage: async ({ scope, form }) => {
      const { id } = shownVault()
      const { title, name, extension } = FORMS[form]
      const { canceled, filePath } = await dialog.showSaveDialog(window.browser, {
        title,
        defaultPath: `${safeStem(await jobs.pageTitle(id, scope))}.${extension}`,
        filters: [{ name, extensions: [extension] }],
      })
      if (canceled || filePath === '') return null
      const file = path.extname(filePath) === '' ? `${filePath}.${extension}` : filePath
      services.grants.add(file)
      return turn.alone((signal) =>
        jobs.exportPage(id, { scope, form, file }, signal, (progress) => window.emit('exportProgress', progress)),
      )
    },
    printPage: ({ scope }) => {
      const { id } = shownVault()
      return turn.alone(async (signal) => ({ printed: await jobs.printPage(id, scope, signal) }))
    },
  }
}
