import { type FromJournal, type JournalFault, toJournalShape } from '../../ipc/journal-port.ts'
import type { Port } from '../../ipc/port.ts'
import { faultOf } from '../journal/disk.ts'
import type { Journal } from '../journal/journal.ts'
import { NewerFormat } from '../journal/segments.ts'
import type { Logger } from '../log.ts'

/** How long the end of a former life of the host is waited for: its last messages come before it. */
const FORMER_MS = 2000
const RETRY_MS = 1000

export type JournalServiceOptions = {
  readonly openJournal: () => Promise<Journal>
  readonly log: Logger
  readonly sleep: (ms: number) => Promise<void>
}

type Life = { readonly port: Port; readonly closed: Promise<void>; isClosed: boolean }

/**
 * A vault's journal behind the ports of its host's lives (J6). Only one life writes at a time: the next one is told
 * where the journal ends when everything of the former has arrived.
 */
export class JournalService {
  readonly #options: JournalServiceOptions
  /** Settles when the journal is open; rejects only with NewerFormat. Set by the first life. */
  #journal: Promise<Journal> | null = null
  #opened: Journal | null = null
  /** Why it could not be opened yet. */
  #openFault: JournalFault | null = null
  #life: Life | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #isClosed = false

  constructor(options: JournalServiceOptions) {
    this.#options = options
  }

  /** Rejects with NewerFormat where the journal is not to be touched by this program; else waits until it is open. */
  journal(): Promise<Journal> {
    this.#journal ??= this.#open()
    return this.#journal
  }

  /** Serves one life of the host. Rejects with NewerFormat. */
  async serve(port: Port): Promise<void> {
    const former = this.#life
    const life = watch(port)
    this.#life = life
    if (!this.#opened && this.#openFault) post(life, { fault: this.#openFault })
    const turn = this.#turn.then(async () => {
      const journal = await this.journal()
      if (former) await this.#end(former)
      if (!life.isClosed && !this.#isClosed) this.#listen(journal, life)
    })
    this.#turn = turn.catch(() => {})
    return turn
  }

  /** Takes what is still on its way, brings everything onto the disk and lets go. */
  async close(): Promise<void> {
    if (this.#life) await this.#end(this.#life)
    this.#isClosed = true
    await this.#opened?.close()
  }

  #listen(journal: Journal, life: Life): void {
    const stop = journal.told.on((message) => post(life, message))
    void life.closed.then(stop)
    post(life, { opened: journal.last })
    if (journal.fault) post(life, { fault: journal.fault })
    else if (this.#openFault) post(life, { fault: null })
    life.port.onMessage((data) => {
      const message = toJournalShape.safeParse(data)
      if (!message.success) this.#options.log.error('journal.other-shape')
      else if (!journal.append(message.data)) {
        this.#options.log.error('journal.gap', { first: message.data.first, last: journal.last })
      }
    })
  }

  async #end(life: Life): Promise<void> {
    await Promise.race([life.closed, this.#options.sleep(FORMER_MS)])
    life.port.close()
  }

  async #open(): Promise<Journal> {
    for (;;) {
      try {
        this.#opened = await this.#options.openJournal()
        return this.#opened
      } catch (error) {
        if (error instanceof NewerFormat || this.#isClosed) throw error
        const fault = faultOf(error)
        if (fault !== this.#openFault) {
          this.#openFault = fault
          this.#options.log.error('journal.not-opened', { fault })
          if (this.#life) post(this.#life, { fault })
        }
        await this.#options.sleep(RETRY_MS)
      }
    }
  }
}

function watch(port: Port): Life {
  let settle = () => {}
  const life: Life = {
    port,
    isClosed: false,
    closed: new Promise<void>((resolve) => {
      settle = resolve
    }),
  }
  port.onClose(() => {
    life.isClosed = true
    settle()
  })
  return life
}

function post({ port, isClosed }: Life, message: FromJournal): void {
  if (!isClosed) port.post(message)
}
