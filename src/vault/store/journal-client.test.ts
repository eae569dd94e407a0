import { afterEach, describe, expect, it } from 'vitest'
import type { JournalRecord, ToJournal } from '../../ipc/journal-port.ts'
import type { Port } from '../../ipc/port.ts'
import { JournalClient } from './journal-client.ts'
import { updateRecord } from './journal-records.ts'

/** Main's end, by hand. */
class Main {
  readonly sent: ToJournal[] = []
  #tell: (data: unknown) => void = () => {}
  #end: () => void = () => {}

  readonly port: Port = {
    post: (message) => this.sent.push(message as ToJournal),
    onMessage: (listener) => {
      this.#tell = (data) => listener(data, [])
    },
    onClose: (listener) => {
      this.#end = listener
    },
    close: () => {},
  }

  tell(message: unknown): void {
    this.#tell(message)
  }

  close(): void {
    this.#end()
  }
}

const record = (size = 1): JournalRecord => updateRecord('note', new Uint8Array(size))
const turn = () => new Promise((resolve) => setImmediate(resolve))
/** Whether a promise has settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false
  void promise.then(() => {
    settled = true
  })
  await turn()
  return settled
}

describe('the journal’s port', () => {
  let main: Main
  let journal: JournalClient
  const begin = () => {
    main = new Main()
    journal = new JournalClient(main.port)
  }
  afterEach(() => main.close())

  it('numbers records from what main has, those first that came before it said so', async () => {
    begin()
    journal.append([record()])
    await turn()
    expect(main.sent).toEqual([])
    main.tell({ opened: 41 })
    journal.append([record()])
    journal.append([record()])
    await turn()
    expect(main.sent.map(({ first, records }) => [first, records.length])).toEqual([
      [42, 1],
      [43, 2],
    ])
    expect(await journal.opened).toBe(41)
  })

  it('sends all of one turn together, and no message beyond 4 MB', async () => {
    begin()
    main.tell({ opened: 0 })
    for (let i = 0; i < 5; i++) journal.append([record(3 * 1024 * 1024)])
    await turn()
    expect(main.sent.map(({ first }) => first)).toEqual([1, 2, 3, 4, 5])
  })

  it('settles what was handed over before the question, and nothing sooner', async () => {
    begin()
    main.tell({ opened: 10 })
    journal.append([record()])
    const written = journal.whenWritten()
    const synced = journal.whenSynced()
    journal.append([record()])
    expect(await isSettled(written)).toBe(false)
    main.tell({ written: 11 })
    expect(await isSettled(written)).toBe(true)
    expect(await isSettled(synced)).toBe(false)
    expect(await isSettled(journal.whenWritten())).toBe(false)
    main.tell({ synced: 12 })
    expect(await isSettled(synced)).toBe(true)
  })

  it('lets an import wait while much is on its way, and not while nothing can be written', async () => {
    begin()
    main.tell({ opened: 0 })
    journal.append([record(9 * 1024 * 1024)])
    await turn()
    const room = journal.room()
    expect(await isSettled(room)).toBe(false)
    main.tell({ written: 1 })
    expect(await isSettled(room)).toBe(true)
    journal.append([record(9 * 1024 * 1024)])
    await turn()
    const next = journal.room()
    main.tell({ fault: 'full' })
    expect(await isSettled(next)).toBe(true)
  })

  it('tells a fault once, its end, and that main is gone', () => {
    begin()
    const faults: unknown[] = []
    journal.onFault((fault) => faults.push(fault))
    main.tell({ fault: 'full' })
    main.tell({ fault: 'full' })
    main.tell({ fault: null })
    main.tell({ rubbish: 1 })
    main.close()
    expect(faults).toEqual(['full', null, 'broken'])
  })
})
