import { mkdir, readdir, readFile, realpath, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { Emitter } from '../../core/base/emitter.ts'
import type { VaultId } from '../../core/base/ids.ts'
import type { MirrorState } from '../../ipc/mirror-shapes.ts'
import { CallError } from '../../ipc/rpc.ts'
import type { VaultHost } from '../hosts/vault-host.ts'
import type { Jobs } from '../jobs.ts'
import { errorCode } from '../log.ts'
import type { Services } from '../services.ts'
import { writeAtomic } from '../store/atomic.ts'
import { beginWith, whatFolderIs } from './begin.ts'
import { HappenedList } from './happened-list.ts'
import { InStep } from './in-step.ts'
import { KeptCopies } from './kept-copies.ts'
import { Lines } from './lines.ts'
import { Mirror, type OnVanished } from './round.ts'
import { saveReceipt } from './save-receipt.ts'
import { Texts } from './texts.ts'
import { zipFolder } from './zip-folder.ts'

/** Of folders of lines and texts. */
const STATE = /^state(?:-\d+)?$/
const configShape = z.object({
  folder: z.string(),
  since: z.number(),
  isPaused: z.boolean(),
  zip: z.object({ path: z.string(), at: z.number(), bytes: z.number() }).nullable(),
  /** The folder of lines and texts: another mirrored folder has another one, so that one write changes both. */
  state: z.string().regex(STATE).default('state'),
})
type Config = z.infer<typeof configShape>

/** The folders that vaults are kept in step with; a mirror runs while its vault is open. */
export class Mirrors {
  readonly changed = new Emitter<VaultId>()
  readonly told = new Emitter<{ id: VaultId; level: 'info' | 'warning'; text: string }>()
  readonly #services: Services
  readonly #jobs: Jobs
  readonly #running = new Map<VaultId, Promise<InStep | null>>()
  readonly #steps = new Map<VaultId, InStep>()
  readonly #configs = new Map<VaultId, Config | null>()
  readonly #lists = new Map<VaultId, Promise<HappenedList>>()
  #isEnded = false

  constructor(services: Services, jobs: Jobs) {
    this.#services = services
    this.#jobs = jobs
    services.hosts.edited.on(({ id, changed }) => void this.#steps.get(id)?.edited(changed))
    services.hosts.restarted.on((id) => this.#steps.get(id)?.restarted())
    services.hosts.opened.on((id) => this.#open(id))
    // What was not written by then is compared when the vault is opened again: it has no host to be asked of now.
    services.hosts.ended.on((id) => void this.#close(id, false))
  }

  #open(id: VaultId): void {
    void this.#ensure(id).catch((error: unknown) => {
      this.#services.log.warn('mirror.not-started', { vault: id, code: errorCode(error) })
    })
  }

  /** @param isWritten what waits is written first */
  async #close(id: VaultId, isWritten = true): Promise<void> {
    const running = this.#running.get(id)
    this.#running.delete(id)
    const step = await running?.catch(() => null)
    this.#steps.delete(id)
    await step?.end(isWritten)
    await (await this.#lists.get(id))?.end()
  }

  async end(): Promise<void> {
    this.#isEnded = true
    await Promise.all([...this.#running.keys()].map((id) => this.#close(id)))
  }

  async state(id: VaultId): Promise<MirrorState | null> {
    const config = await this.#config(id)
    if (!config) return null
    const step = this.#steps.get(id)
    const { folder, since, zip, isPaused } = config
    const shown = step?.state
    return {
      folder,
      since,
      zip,
      phase: isPaused ? 'paused' : (shown?.phase ?? 'comparing'),
      compared: shown?.compared ?? null,
      written: shown?.written ?? null,
      read: shown?.read ?? null,
      notes: shown?.notes ?? 0,
      attachments: shown?.attachments ?? 0,
      leftAlone: shown?.leftAlone ?? 0,
      asking: shown?.asking ?? null,
      trouble: shown?.trouble ?? null,
      problems: shown?.problems ?? [],
      happened: (await this.#list(id)).all,
    }
  }

  /** Fails with `no-folder`, `folder-not-empty`, `refused`, `not-kept`, `busy`. */
  async start(id: VaultId, folder: string): Promise<void> {
    const root = await realpath(folder).catch(() => null)
    if (root === null || !(await stat(root)).isDirectory()) throw new CallError('no-folder', 'There is no such folder.')
    await this.#mustBeFree(id, root)
    const former = await this.#config(id)
    if (former?.folder === root) return this.pause(id, false)
    // A folder that cannot be kept in step leaves the one that is (F14).
    const is = await this.#what(id, root)
    await this.#close(id)
    try {
      await this.#take(id, root, is)
    } catch (error) {
      await this.#ensure(id)
      throw error
    }
    await this.#tidy(id)
    await this.#ensure(id)
  }

  /** Removes the lines and texts of former folders. */
  async #tidy(id: VaultId): Promise<void> {
    const state = (await this.#config(id))?.state
    for (const name of await readdir(this.#folder(id)).catch(() => [])) {
      if (!STATE.test(name) || name === state) continue
      await rm(path.join(this.#folder(id), name), { recursive: true, force: true })
    }
  }

  async #what(id: VaultId, root: string): ReturnType<typeof whatFolderIs> {
    const { host, release } = this.#services.hosts.acquire(id)
    try {
      return await whatFolderIs(root, { vaultId: id, vault: host.repeatable })
    } finally {
      release()
    }
  }

  async #take(id: VaultId, root: string, is: Awaited<ReturnType<typeof whatFolderIs>>): Promise<void> {
    await this.#jobs.inStep(id, async (host) => {
      const vault = host.repeatable
      const at = Date.now()
      const file = path.join(
        this.#folder(id),
        `before-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '')}.zip`,
      )
      const bytes = await zipFolder(root, file, at)
      const state = `state-${at}`
      const { lines, texts } = await this.#store(id, state)
      await beginWith(root, is, { vaultId: id, vault, lines, texts })
      const zip = bytes === null ? null : { path: file, at, bytes }
      await this.#keep(id, { folder: root, since: at, isPaused: false, zip, state })
    })
  }

  async pause(id: VaultId, isPaused: boolean): Promise<void> {
    const config = await this.#mustHave(id)
    await this.#keep(id, { ...config, isPaused })
    if (isPaused) await this.#close(id)
    else await this.#ensure(id)
    this.changed.emit(id)
  }

  /** The folder stays as it is, with its receipt; so does the zip. */
  async stop(id: VaultId): Promise<void> {
    await this.#close(id)
    if (!(await this.#config(id))) return
    await rm(this.#configFile(id), { force: true })
    this.#configs.set(id, null)
    this.changed.emit(id)
  }

  /** Fails with `not-found` where there is nothing to take back, and as the vault does. */
  async undo(id: VaultId, entry: string): Promise<void> {
    const list = await this.#list(id)
    const line = list.get(entry)
    const host = this.#services.hosts.get(id)
    if (!line || line.undone || !host) throw new CallError('not-found', 'This cannot be taken back any more.')
    const vault = await host.vault()
    if (line.change !== undefined) {
      await vault.call('undoBigChange', { id: line.change }).catch((error: unknown) => {
        if (!(error instanceof CallError) || error.code !== 'undone') throw error
      })
    } else if (line.kind === 'trashed' && line.id) await vault.call('restoreNote', { id: line.id })
    else if (line.before !== undefined && line.id) {
      await vault.call('restoreVersion', { id: line.id, version: line.before })
    } else throw new CallError('not-found', 'There is nothing to take back.')
    list.setUndone(entry)
    this.changed.emit(id)
  }

  /** The copy of a file with words that went nowhere else, absolute; null where it is not kept any more. */
  async kept(id: VaultId, entry: string): Promise<string | null> {
    const name = (await this.#list(id)).get(entry)?.kept
    return name === undefined ? null : this.#copies(id).place(name)
  }

  async answer(id: VaultId, answer: OnVanished): Promise<void> {
    await this.#steps.get(id)?.answer(answer)
  }

  #ensure(id: VaultId): Promise<InStep | null> {
    const known = this.#running.get(id)
    if (known) return known
    const begun = this.#begin(id)
    this.#running.set(id, begun)
    begun.then(
      (step) => {
        if (!step && this.#running.get(id) === begun) this.#running.delete(id)
      },
      () => this.#running.delete(id),
    )
    return begun
  }

  async #begin(id: VaultId): Promise<InStep | null> {
    const config = await this.#config(id)
    if (!config || config.isPaused || this.#isEnded) return null
    const { profile, attachments, version, log, registry } = this.#services
    const { folder, state } = config
    const { lines, texts } = await this.#store(id, state)
    const happened = await this.#list(id)
    const copies = this.#copies(id)
    // The host of the moment: a mirror lives through a host's end.
    const vault: VaultHost['repeatable'] = {
      call: (name, input) => {
        const host = this.#services.hosts.get(id)
        if (!host) throw new CallError('closed', 'The vault is closed.')
        return host.repeatable.call(name, input)
      },
    }
    const mirror = new Mirror({
      folder,
      vaultId: id,
      vault,
      attachments,
      lines,
      texts,
      forbidden: profile.folder,
      now: Date.now,
      onHappened: (event) => step.happened(event),
      keepCopy: (note, bytes) => copies.keep(note, bytes, Date.now()),
    })
    const step: InStep = new InStep({
      folder,
      mirror,
      alone: (work) => this.#jobs.inStep(id, work),
      whole: () => vault.call('whenReconciled', {}),
      knowsFolder: (below) => lines.folders().has(below),
      happened,
      save: () =>
        this.#jobs.inStep(id, async () => {
          const living = await saveReceipt({ folder, forbidden: profile.folder, vaultId: id, version, vault, lines })
          await texts.tidy(new Set(lines.all().map(({ sha256 }) => sha256)))
          if (!living) return
          const thrown = new Set<string>((await vault.call('trash', {})).map((row) => row.id))
          const isThere = (note: string) => living.has(note) || thrown.has(note)
          happened.keepOnly(isThere)
          await copies.keepOnly(isThere)
        }),
      log,
      onChanged: () => this.changed.emit(id),
      tell: (level, text) => this.told.emit({ id, level, text }),
      onWritten: (at) => {
        registry.setExported(id, { folder, at }).catch(() => {}) // shown in the footer only
      },
    })
    this.#steps.set(id, step)
    return step
  }

  #list(id: VaultId): Promise<HappenedList> {
    const known = this.#lists.get(id)
    if (known) return known
    const opened = HappenedList.open(path.join(this.#folder(id), 'happened.json'), (error) => {
      this.#services.log.warn('mirror.not-listed', { vault: id, code: errorCode(error) })
    })
    this.#lists.set(id, opened)
    return opened
  }

  #copies(id: VaultId): KeptCopies {
    return new KeptCopies(path.join(this.#folder(id), 'kept'))
  }

  async #store(id: VaultId, state: string): Promise<{ lines: Lines; texts: Texts }> {
    const folder = path.join(this.#folder(id), state)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return { lines: await Lines.open(folder), texts: new Texts(path.join(folder, 'texts')) }
  }

  async #mustBeFree(id: VaultId, root: string): Promise<void> {
    const own = await realpath(this.#services.profile.folder)
    const within = (a: string, b: string) => a === b || a.startsWith(b + path.sep)
    if (within(root, own) || within(own, root)) {
      throw new CallError('refused', 'This folder holds the app’s own data; choose another.')
    }
    for (const { id: other, name } of this.#services.registry.list()) {
      const folder = other === id ? null : (await this.#config(other))?.folder
      if (folder && (within(root, folder) || within(folder, root))) {
        throw new CallError('refused', `The vault “${name}” is kept in step with this folder.`)
      }
    }
  }

  async #mustHave(id: VaultId): Promise<Config> {
    const config = await this.#config(id)
    if (!config) throw new CallError('not-found', 'This vault is not kept in step with a folder.')
    return config
  }

  async #config(id: VaultId): Promise<Config | null> {
    const known = this.#configs.get(id)
    if (known !== undefined) return known
    const text = await readFile(this.#configFile(id), 'utf8').catch(() => null)
    const config = text === null ? null : parse(text)
    this.#configs.set(id, config)
    return config
  }

  async #keep(id: VaultId, config: Config): Promise<void> {
    await writeAtomic(this.#configFile(id), `${JSON.stringify(config)}\n`)
    this.#configs.set(id, config)
    this.changed.emit(id)
  }

  #folder(id: VaultId): string {
    return path.join(this.#services.profile.vaultFolder(id), 'mirror')
  }

  #configFile(id: VaultId): string {
    return path.join(this.#folder(id), 'mirror.json')
  }
}

function parse(text: string): Config | null {
  try {
    return configShape.parse(JSON.parse(text))
  } catch {
    return null // It is started again by hand; the folder is as it was left.
  }
}
