import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { archiveShape } from '../../ipc/app-contract.ts'
import { noteIdShape, vaultIdShape } from '../../ipc/shapes.ts'
import { errorCode, type Logger } from '../log.ts'
import { writeAtomic } from '../store/atomic.ts'

const knownShape = archiveShape.extend({
  vault: vaultIdShape,
  /** The last record of the vault's journal that it holds. */
  journal: z.number().int(),
})
/** An archive as it was when it was made. */
export type Known = z.infer<typeof knownShape>

// Each part falls back by itself: what is lost is found again in the archives themselves.
const fileShape = z.object({
  second: z.string().nullable().catch(null),
  asked: z.boolean().catch(false),
  rehearsal: z.object({ at: z.number(), ok: z.boolean(), notes: z.number(), text: z.string() }).nullable().catch(null),
  archives: z.array(knownShape).catch([]),
  /** Notes to be taken out of archives that could not be reached, by vault. */
  owed: z.record(z.string(), z.array(noteIdShape)).catch({}),
})
export type BackupsState = z.infer<typeof fileShape>

/** `backups.json`: what is known of backups beside the archives themselves. */
export class BackupsFile {
  readonly #path: string
  readonly #log: Logger
  #state: BackupsState
  #writing: Promise<void> = Promise.resolve()

  private constructor(path: string, state: BackupsState, log: Logger) {
    this.#path = path
    this.#state = state
    this.#log = log
  }

  static async open(path: string, log: Logger): Promise<BackupsFile> {
    const text = await readFile(path, 'utf8').catch(() => '{}')
    let raw: unknown = {}
    try {
      raw = JSON.parse(text)
    } catch {
      log.warn('backups.unreadable', { bytes: text.length })
    }
    const read = fileShape.safeParse(raw)
    return new BackupsFile(path, read.success ? read.data : fileShape.parse({}), log)
  }

  get state(): BackupsState {
    return this.#state
  }

  /** Settles when it is written, or could not be: nothing in it is worth a failure, the archives are there. */
  async change(change: Partial<BackupsState>): Promise<void> {
    this.#state = { ...this.#state, ...change }
    this.#writing = this.#writing.then(() =>
      writeAtomic(this.#path, `${JSON.stringify(this.#state, null, 1)}\n`).catch((error: unknown) =>
        this.#log.warn('backups.not-written', { code: errorCode(error) }),
      ),
    )
    await this.#writing
  }
}
