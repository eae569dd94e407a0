import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { Emitter } from '../../core/base/emitter.ts'
import type { VaultId } from '../../core/base/ids.ts'
import { DEFAULT_SETTINGS, type Settings, settingsShape, windowStateShape } from '../../ipc/settings-shapes.ts'
import { vaultIdShape } from '../../ipc/shapes.ts'
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

/** A window of the session that runs, or of the last one: what it needs to come back. */
const openWindowShape = z.object({
  id: z.string(),
  vault: vaultIdShape.nullable(),
  bounds: boundsShape.nullable().catch(null),
  state: windowStateShape.nullable().catch(null),
})
export type OpenWindow = Readonly<z.infer<typeof openWindowShape>>

/** More of them come from no person, and each costs a page. */
const MOST_WINDOWS = 20

// Each part falls back by itself: one bad value in the file does not cost the others.
const fileShape = z.object({
  settings: z
    .object({
      theme: settingsShape.shape.theme.catch(DEFAULT_SETTINGS.theme),
      density: settingsShape.shape.density.catch(DEFAULT_SETTINGS.density),
      bodySize: settingsShape.shape.bodySize.catch(DEFAULT_SETTINGS.bodySize),
      backups: settingsShape.shape.backups.catch(DEFAULT_SETTINGS.backups),
      emptyTrashAfter: settingsShape.shape.emptyTrashAfter.catch(DEFAULT_SETTINGS.emptyTrashAfter),
      keys: settingsShape.shape.keys.catch(DEFAULT_SETTINGS.keys),
      typewriter: settingsShape.shape.typewriter.catch(DEFAULT_SETTINGS.typewriter),
      focusParagraph: settingsShape.shape.focusParagraph.catch(DEFAULT_SETTINGS.focusParagraph),
      smartSigns: settingsShape.shape.smartSigns.catch(DEFAULT_SETTINGS.smartSigns),
      spelling: settingsShape.shape.spelling.catch(DEFAULT_SETTINGS.spelling),
      spellingLanguages: settingsShape.shape.spellingLanguages.catch(DEFAULT_SETTINGS.spellingLanguages),
      personName: settingsShape.shape.personName.catch(DEFAULT_SETTINGS.personName),
      inProgressLimit: settingsShape.shape.inProgressLimit.catch(DEFAULT_SETTINGS.inProgressLimit),
      reviewNotices: settingsShape.shape.reviewNotices.catch(DEFAULT_SETTINGS.reviewNotices),
    })
    .catch(DEFAULT_SETTINGS),
  bounds: boundsShape.nullable().catch(null),
  /** By vault: what its window needs to reopen as it was. */
  windows: z.record(z.string(), windowStateShape).catch({}),
  /** Windows that are open, in the order in which they came. */
  open: z
    .array(z.unknown())
    .catch([])
    .transform((all) => all.flatMap((each) => openWindowShape.safeParse(each).data ?? []).slice(0, MOST_WINDOWS)),
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

  /** Of the window that was placed last. */
  get bounds(): Bounds | null {
    return this.#file.bounds
  }

  /** Of the window on that vault that changed last. */
  windowState(vault: VaultId): string | null {
    return this.#file.windows[vault] ?? null
  }

  /** The windows of the session; before the first one has opened, those of the last. */
  get openWindows(): readonly OpenWindow[] {
    return this.#file.open
  }

  /** Changes what is known of an open window, which is added where it is new. */
  keepWindow(id: string, change: Partial<Omit<OpenWindow, 'id'>>): void {
    const { open, windows } = this.#file
    const former = open.find((each) => each.id === id)
    const next = { vault: null, bounds: null, state: null, ...former, ...change, id }
    this.#file = {
      ...this.#file,
      open: former ? open.map((each) => (each === former ? next : each)) : [...open, next],
      bounds: next.bounds ?? this.#file.bounds,
      windows: next.vault !== null && next.state !== null ? { ...windows, [next.vault]: next.state } : windows,
    }
    this.#later()
  }

  /** A window that the person closed does not come back. */
  forgetWindow(id: string): void {
    this.#file = { ...this.#file, open: this.#file.open.filter((each) => each.id !== id) }
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
