import { dialog } from 'electron'
import type { VaultId } from '../../core/base/ids.ts'
import { NO_MAPPING } from '../../core/import/mapping.ts'
import type { appContract } from '../../ipc/app-contract.ts'
import { CallError, type Handlers } from '../../ipc/rpc.ts'
import type { AppWindow } from '../app/app-window.ts'
import type { Jobs } from '../jobs.ts'
import type { Mirrors } from '../mirror/mirrors.ts'
import type { Services } from '../services.ts'
import { ImportPreviews, type KnownKinds } from './import-preview.ts'
import { sourceName } from './import-source.ts'
import type { Progress } from './vault-calls.ts'

type ImportCalls = 'chooseFolder' | 'previewImport' | 'closePreview' | 'importFolder' | 'cancelImport'

type Parts = {
  readonly services: Services
  readonly jobs: Jobs
  readonly mirrors: Pick<Mirrors, 'start'>
  /** Fails with `refused` where the person has not shown the place to this app. */
  readonly granted: (place: string) => Promise<string>
}

/** What comes in: what a window may ask of main (ipc/app-contract.ts). */
export function importCalls(
  window: AppWindow,
  { services, jobs, mirrors, granted }: Parts,
): Pick<Handlers<typeof appContract>, ImportCalls> {
  const { registry, grants } = services
  const previews = new ImportPreviews(jobs.scratch)
  let going: { readonly abort: AbortController; readonly name: string } | null = null
  const known = (id: VaultId): VaultId => {
    if (!registry.get(id))
      throw new CallError('not-found', 'The vault that this was meant for is not there any more. Nothing was copied.')
    return id
  }
  const alone = async <T>(place: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    if (going) throw new CallError('busy', `“${going.name}” is being read already. Wait until it is done, or stop it.`)
    const abort = new AbortController()
    going = { abort, name: sourceName(place) }
    try {
      return await work(abort.signal)
    } finally {
      going = null
    }
  }

  return {
    chooseFolder: async ({ purpose }) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window.browser, {
        title: purpose === 'export' ? 'A folder for the copy' : 'A folder of Markdown',
        ...(purpose === 'import-file'
          ? { filters: [{ name: 'Markdown or zip', extensions: ['md', 'markdown', 'zip'] }] }
          : {}),
        properties: [
          purpose === 'import-file' ? 'openFile' : 'openDirectory',
          ...(purpose === 'export' ? (['createDirectory'] as const) : []),
        ],
      })
      const [folder] = filePaths
      if (canceled || folder === undefined) return null
      grants.add(folder)
      return folder
    },
    previewImport: ({ folder, vault, mapping }) =>
      alone(folder, async (signal) => {
        const source = await granted(folder)
        const own = vault && !mapping ? await jobs.importMapping(known(vault)) : NO_MAPPING
        try {
          const tell = (progress: Progress) => window.emit('importProgress', progress)
          const known: KnownKinds = async (origin, paths) => (vault ? jobs.importedKinds(vault, origin, paths) : [])
          return await previews.look(source, mapping, own, signal, tell, known)
        } catch (error) {
          if (signal.aborted)
            throw new CallError('cancelled', `Stopped. Nothing of “${sourceName(folder)}” was copied.`)
          throw error
        }
      }),
    closePreview: () => previews.close(),
    importFolder: ({ folder, vault, mapping, keepInStep, applyKinds }) =>
      alone(folder, async (signal) => {
        const source = await granted(folder)
        const id = vault ? known(vault) : null
        await previews.close()
        const tell = (progress: Progress) => window.emit('importProgress', progress)
        const report = await jobs.importFolder(source, id, signal, tell, mapping, applyKinds)
        let notKept: string | null = null
        if (keepInStep && !report.cancelled) {
          await mirrors.start(report.vault, source).catch((error: unknown) => {
            notKept = error instanceof CallError ? error.message : `${source} could not be read again.`
          })
        }
        return { ...report, notKept }
      }),
    cancelImport: () => going?.abort.abort(),
  }
}
