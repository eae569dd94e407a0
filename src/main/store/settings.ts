import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Emitter } from '../../core/base/emitter.ts'
import type { VaultId } from '../../core/base/ids.ts'
import { type Settings, settingsShape, windowStateShape } from '../../ipc/app-contract.ts'
import type { Logger } from '../log.ts'
import { writeAtomic } from './atomic.ts'

const boundsShape = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  maximized: z.boolean(),
})
export type Bounds = z.infer<typeof boundsShape>

const DEFAULTS: Settings = {
  theme: 'system',
  density: 'default',
  bodySize: 18,
  backups: true,
  emptyTrashAfter: null,
  keys: {},
}

// Each part falls back by itself: one bad value in the file does not cost the others.
const fileShape = z.object({
  settings: z
    .object({
      theme: settingsShape.shape.theme.catch(DEFAULTS.theme),
      density: settingsShape.shape.density.catch(DEFAULTS.density),
      bodySize: settingsShape.shape.bodySize.catch(DEFAULTS.bodySize),
      backups: settingsShape.shape.backups.catch(DEFAULTS.backups),
      emptyTrashAfter: settingsShape.shape.emptyTrashAfter.catch(DEFAULTS.emptyTrashAfter),
      keys: settingsShape.shape.keys.catch(DEFAULTS.keys),
    })
    .catch(DEFAULTS),
  bounds: boundsShape.nullable().catch(null),
  /** By vault: what its window needs to reopen as it was. */
  windows: z.record(z.string(), windowStateShape).catch({}),
})
type SettingsFile = z.infer<typeof fileShape>

const WRITE_AFTER_MS = 250

/** What follows the person rather than a vault. Written a moment after a change; `flush` writes now. */
export class SettingsStore {
  readonly changed = new Emitter<Settings>()
  readonly #path: string
  readonly #log: Logger
  #file: SettingsFile
  #timer: NodeJS.Timeout | null = null
  #writing: Promise<void> = Promise.resolve()

  private constructor(path: string, file: SettingsFile, log: Logger) {
    this.#path = path
    this.#file = file
    this.#log = log
  }

  /** An unreadable file gives the defaults: nothing in it is a person's words. */
  static async open(path: string, log: Logger): Promise<SettingsStore> {
    const text = await readFile(path, 'utf8').catch(() => '{}')
    let raw: unknown = {}
    try {
      raw = JSON.parse(text)
    } catch {
      log.warn('settings.unreadable', { bytes: text.length })
    }
    const read = fileShape.safeParse(raw)
    return new SettingsStore(path, read.success ? read.data : fileShape.parse({}), log)
  }

  get settings(): Settings {
    return this.#file.settings
  }

  set(change: Partial<Settings>): Settings {
    this.#file = { ...this.#file, settings: { ...this.#file.settings, ...change } }
    this.#later()
    this.changed.emit(this.#file.settings)
    return this.#file.settings
  }

  get bounds(): Bounds | null {
    return this.#file.bounds
  }

  setBounds(bounds: Bounds): void {
    this.#file = { ...this.#file, bounds }
    this.#later()
  }

  windowState(vault: VaultId): string | null {
    return this.#file.windows[vault] ?? null
  }

  setWindowState(vault: VaultId, state: string): void {
    this.#file = { ...this.#file, windows: { ...this.#file.windows, [vault]: state } }
    this.#later()
  }

  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#writing = this.#writing
      .then(() => writeAtomic(this.#path, `${JSON.stringify(this.#file)}\n`))
      .catch(
        // Settings are not worth stopping for; the next change tries again.
        () => this.#log.warn('settings.not-written'),
      )
    await this.#writing
  }

  #later(): void {
    this.#timer ??= setTimeout(() => void this.flush(), WRITE_AFTER_MS)
  }
}
