import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { VaultId } from '../core/base/ids.ts'
import type { Mapping } from '../core/import/mapping.ts'
import type { Archive, ExportReport, ImportReport, PageReport, VaultInfo } from '../ipc/app-contract.ts'
import { CallError } from '../ipc/rpc.ts'
import type { PageScope } from '../ipc/shapes.ts'
import type { Restored } from './backups/backups.ts'
import { exportFolder } from './files/export-folder.ts'
import { countUnresolved, resolveScope } from './files/export-scope.ts'
import { countExport, markdownOf } from './files/export-text.ts'
import { exportHtml, type PageSource, pageNotes, pageTitle } from './files/html-export.ts'
import { importFolder } from './files/import-folder.ts'
import type { KnownKinds } from './files/import-preview.ts'
import { type ImportSource, mustBeSource, openSource, sourceName } from './files/import-source.ts'
import { exportPdf, printPage } from './files/pdf-export.ts'
import type { Progress } from './files/vault-calls.ts'
import { exportZip } from './files/zip-export.ts'
import type { VaultHost } from './hosts/vault-host.ts'
import type { Services } from './services.ts'

const SCRATCH = 'unpacked'

type OnProgress = (progress: Progress) => void

/** Where an export goes: a folder, or with `zip` the file of one. */
export type ExportTarget = {
  readonly place: string
  /** Without one the whole vault. */
  readonly scope?: PageScope | undefined
  readonly zip?: boolean | undefined
  /** Only names that every system can hold. */
  readonly portable?: boolean | undefined
}

/** What windows and the command line both have done to whole vaults. One import, export or archive a vault at a time. */
export class Jobs {
  readonly #services: Services
  readonly #busy = new Set<VaultId>()
  /** Archives that the schedule has made: any other job of the vault ends them and goes first. */
  readonly #behind = new Map<VaultId, { readonly abort: AbortController; readonly ended: Promise<unknown> }>()

  /** Where zips are unpacked while they are imported. */
  readonly scratch: string
  readonly #tidied: Promise<void>

  readonly #rounds = new Map<VaultId, Promise<unknown>>()

  constructor(services: Services) {
    this.#services = services
    this.scratch = path.join(services.profile.folder, SCRATCH)
    // What a process left that was killed.
    this.#tidied = rm(this.scratch, { recursive: true, force: true }).catch(() => {})
  }

  /** What a vault made of a folder is called. */
  folderName(folder: string): string {
    return sourceName(folder)
  }

  /** A folder, a zip or a Markdown file. Fails with `no-folder`. */
  async mustBeFolder(folder: string): Promise<void> {
    await mustBeSource(folder)
  }

  /** A new vault, with the starter notes in it where asked for. */
  async create(name: string, from: 'empty' | 'starter', onProgress: OnProgress = () => {}): Promise<VaultInfo> {
    const { registry, starter } = this.#services
    const vault = await registry.create(name, from === 'starter')
    await this.#with(vault.id, (host) => host.repeatable.call('setName', { name: vault.name }))
    if (from === 'starter') await this.importFolder(starter, vault.id, new AbortController().signal, onProgress)
    return registry.get(vault.id) ?? vault
  }

  async rename(id: VaultId, name: string): Promise<void> {
    await this.#services.registry.rename(id, name)
    await this.#with(id, (host) => host.repeatable.call('setName', { name: name.trim() }))
  }

  /** Fails with `no-folder`, `busy`. @param vault null: a new vault of the folder's name */
  async importFolder(
    folder: string,
    vault: VaultId | null,
    signal: AbortSignal,
    onProgress: OnProgress,
    mapping?: Mapping,
    applyKinds = false,
  ): Promise<ImportReport> {
    await this.#tidied
    // Before a vault is made of it.
    const source = await openSource(folder, this.scratch, signal)
    try {
      return await this.#import(folder, source, vault, signal, onProgress, { mapping, applyKinds })
    } finally {
      await source.close()
    }
  }

  /** What imports of a vault read as kinds and relations. */
  importMapping(vaultId: VaultId): Promise<Mapping> {
    return this.#with(vaultId, (host) => host.repeatable.call('importMapping', {}))
  }

  /** Which files of a folder are in, for a preview: `importedKinds` of the vault's contract. */
  importedKinds(vaultId: VaultId, origin: string, paths: readonly string[]): ReturnType<KnownKinds> {
    return this.#with(vaultId, (host) => host.repeatable.call('importedKinds', { origin, paths: [...paths] }))
  }

  async #import(
    given: string,
    source: ImportSource,
    vault: VaultId | null,
    signal: AbortSignal,
    onProgress: OnProgress,
    kinds: { readonly mapping: Mapping | undefined; readonly applyKinds: boolean },
  ): Promise<ImportReport> {
    const { attachments, registry } = this.#services
    const { folder } = source
    const vaultId = vault ?? (await this.create(this.folderName(given), 'empty')).id
    return this.#alone(vaultId, async (host) => {
      await registry.setNotes(vaultId, registry.get(vaultId)?.notes ?? 0, false)
      const stop = await onVaultProgress(host, 'index', (done, total) => onProgress({ phase: 'index', done, total }))
      try {
        const parts = { folder, source, ...kinds, vaultId, vault: host.repeatable }
        return await importFolder({ ...parts, attachments, signal, onProgress })
      } finally {
        stop()
        await this.count(vaultId)
      }
    })
  }

  /** A vault, or some of its notes, as Markdown. Fails as `exportFolder`, `exportZip` and `resolveScope` do. */
  async exportVault(
    vaultId: VaultId,
    { place, scope: wanted, zip = false, portable = false }: ExportTarget,
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<ExportReport> {
    const { attachments, registry, profile, version, keepers, look, write } = this.#services
    return this.#alone(vaultId, async (host) => {
      const source = sourceOf(host)
      const scope = await resolveScope(wanted, source)
      const report = await (zip ? exportZip : exportFolder)({
        folder: place,
        vaultId,
        version,
        attachments,
        scope,
        portable,
        look,
        write,
        vault: host.repeatable,
        forbidden: profile.folder,
        unresolved: (notes) => countUnresolved(notes, source),
        versions: ({ ids }) => keepers.open(vaultId).versions.count(ids),
        signal,
        onProgress,
      })
      // Where the words of a vault lie as files: a part of it, or a zip, is no such place.
      if (!report.cancelled && !zip && scope.ids === null) {
        await registry.setExported(vaultId, { folder: report.folder, at: Date.now() })
      }
      return report
    })
  }

  /** How much an export would take along. Fails as `resolveScope` does. */
  countExport(vaultId: VaultId, scope: PageScope): ReturnType<typeof countExport> {
    return this.#with(vaultId, async (host) => countExport(await resolveScope(scope, sourceOf(host)), host.repeatable))
  }

  /** Fails as `markdownOf` and `resolveScope` do. */
  markdownOf(vaultId: VaultId, scope: PageScope): ReturnType<typeof markdownOf> {
    return this.#with(vaultId, async (host) => markdownOf(await resolveScope(scope, sourceOf(host)), host.repeatable))
  }

  /** Notes as one HTML file or PDF. Fails as `exportHtml` and `exportPdf` do. @param file absolute, replaced */
  exportPage(
    vaultId: VaultId,
    { scope, form, file }: { scope: PageScope; form: 'html' | 'pdf'; file: string },
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<PageReport> {
    const { folder } = this.#services.profile
    return this.#alone(vaultId, (host) =>
      (form === 'html' ? exportHtml : exportPdf)(file, folder, scope, this.#pageSource(host, signal, onProgress)),
    )
  }

  /** False: the person closed the system's dialog. Fails as `printPage` does. */
  printPage(vaultId: VaultId, scope: PageScope, signal: AbortSignal): Promise<boolean> {
    return this.#with(vaultId, (host) =>
      printPage(
        this.#services.profile.folder,
        scope,
        this.#pageSource(host, signal, () => {}),
      ),
    )
  }

  /** What a page of these notes is called. Fails with `not-found`. */
  pageTitle(vaultId: VaultId, scope: PageScope): Promise<string> {
    return this.#with(vaultId, async (host) => {
      const source = this.#pageSource(host, new AbortController().signal, () => {})
      return pageTitle(scope, await pageNotes(scope, source), source)
    })
  }

  #pageSource(host: VaultHost, signal: AbortSignal, onProgress: OnProgress): PageSource {
    const { attachments, registry } = this.#services
    const vaultName = registry.get(host.id)?.name ?? 'Notes'
    return { ...sourceOf(host), vaultId: host.id, vaultName, attachments, signal, onProgress }
  }

  get isIdle(): boolean {
    return this.#busy.size === 0
  }

  /** Makes an archive among the daily ones. Fails with `busy`, and as `Backups.make` does. */
  backup(vaultId: VaultId, place: Archive['place'], signal: AbortSignal, onProgress: OnProgress): Promise<Archive> {
    return this.#alone(vaultId, () => this.#services.backups.make(vaultId, place, { signal, onProgress }))
  }

  /** The same for the schedule: it ends, with `cancelled`, as soon as somebody wants the vault for something else. */
  async backupBehind(vaultId: VaultId, place: Archive['place'], signal: AbortSignal): Promise<Archive> {
    const abort = new AbortController()
    const stop = () => abort.abort()
    signal.addEventListener('abort', stop, { once: true })
    const work = this.backup(vaultId, place, abort.signal, () => {})
    this.#behind.set(vaultId, { abort, ended: work.catch(() => {}) })
    try {
      return await work
    } finally {
      signal.removeEventListener('abort', stop)
      this.#behind.delete(vaultId)
    }
  }

  /** An archive with attachments, where the person wants it. */
  backupTo(
    vaultId: VaultId,
    target: string,
    signal: AbortSignal,
    onProgress: OnProgress,
  ): Promise<Archive & { readonly missing: number }> {
    return this.#alone(vaultId, () => this.#services.backups.makeFile(vaultId, target, { signal, onProgress }))
  }

  /** An archive as a vault of its own. Fails as `Backups.restore` does. */
  restore(file: string, signal: AbortSignal, onProgress: OnProgress): Promise<Restored> {
    return this.#services.backups.restore(file, { signal, onProgress })
  }

  /** Asks the vault how many notes it has, and keeps the number for lists. */
  async count(vaultId: VaultId): Promise<number> {
    const { counts } = await this.#with(vaultId, (host) => host.repeatable.call('info', {}))
    const notes = counts.essay + counts.example + counts.commitment + counts.note
    await this.#services.registry.setNotes(vaultId, notes, true)
    return notes
  }

  /**
   * A round of a folder that is kept in step: any other job of the vault waits for its end. Fails with `busy`, also
   * while an archive is made.
   */
  async inStep<T>(vaultId: VaultId, work: (host: VaultHost) => Promise<T>): Promise<T> {
    if (this.#busy.has(vaultId) || this.#rounds.has(vaultId)) {
      throw new CallError('busy', 'This vault is being copied; wait until that is done.')
    }
    const round = this.#with(vaultId, work)
    this.#rounds.set(
      vaultId,
      round.catch(() => {}),
    )
    try {
      return await round
    } finally {
      this.#rounds.delete(vaultId)
    }
  }

  async #with<T>(vaultId: VaultId, work: (host: VaultHost) => Promise<T>): Promise<T> {
    const { host, release } = this.#services.hosts.acquire(vaultId)
    try {
      return await work(host)
    } finally {
      release()
    }
  }

  async #alone<T>(vaultId: VaultId, work: (host: VaultHost) => Promise<T>): Promise<T> {
    const behind = this.#behind.get(vaultId)
    behind?.abort.abort()
    await behind?.ended
    await this.#rounds.get(vaultId)
    if (this.#busy.has(vaultId)) {
      throw new CallError('busy', 'This vault is being copied already; wait until that is done.')
    }
    this.#busy.add(vaultId)
    try {
      return await this.#with(vaultId, work)
    } finally {
      this.#busy.delete(vaultId)
    }
  }
}

/** Follows one job of the vault worker; a host that dies in between is followed no further, its work goes on. */
async function onVaultProgress(
  host: VaultHost,
  job: 'index' | 'check',
  listener: (done: number, total: number) => void,
): Promise<() => void> {
  const vault = await host.vault()
  return vault.on('progress', (event) => {
    if (event.job === job) listener(event.done, event.total)
  })
}

const sourceOf = (host: VaultHost) => ({ vault: host.repeatable, index: () => host.index() })
