import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { JournalRecord } from '../../ipc/journal-port.ts'
import { createRandom, type Random } from '../../testing/random.ts'
import { FaultyDisk } from './faulty-disk.test-data.ts'
import { type Opened, openJournal, settled } from './journal-harness.test-data.ts'

const KEYS = ['note-a', 'note-b', 'note-c', 'note-d', 'vault']
const SECRET = 'word'

/** What the journal has to hold, kept without any of its code: the records that were sent, and what was purged when. */
class Model {
  records: JournalRecord[] = []
  /** Purges without a record: key, number of the last record then. */
  purges: [string, number][] = []

  truncate(last: number): void {
    this.records = this.records.slice(0, last)
  }

  /** The updates of a key that count. */
  updates(key: string): Uint8Array[] {
    const purgedAt = Math.max(
      0,
      ...this.purges.filter(([purged]) => purged === key).map(([, number]) => number),
      ...this.records.flatMap((record, n) => (record.kind === 'purge' && record.key === key ? [n + 1] : [])),
    )
    return this.records.flatMap((record, n) =>
      record.kind === 'update' && record.key === key && n + 1 > purgedAt ? [record.bytes] : [],
    )
  }

  attachments(): string[] {
    const paths = new Map<string, Uint8Array>()
    for (const { kind, key, bytes } of this.records) {
      if (kind !== 'attachment') continue
      if (bytes.length > 0) paths.set(key, bytes)
      else paths.delete(key)
    }
    return [...paths.values()].map((bytes) => Buffer.from(bytes).toString()).sort()
  }
}

const textOf = (updates: readonly Uint8Array[]): string => {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc.getText('t').toString()
}

class Run {
  readonly random: Random
  readonly disk: FaultyDisk
  readonly model = new Model()
  #docs = new Map<string, Y.Doc>()
  #lastClient = 0
  #written = 0
  opened!: Opened

  constructor(seed: number) {
    this.random = createRandom(seed)
    this.disk = new FaultyDisk(this.random)
  }

  async open(): Promise<void> {
    this.opened = await openJournal(this.disk.asProcess())
    this.#makeDocs()
  }

  #makeDocs(): void {
    this.#docs = new Map()
    for (const key of KEYS) {
      const doc = new Y.Doc()
      for (const update of this.model.updates(key)) Y.applyUpdate(doc, update)
      doc.clientID = ++this.#lastClient
      this.#docs.set(key, doc)
    }
  }

  send(): void {
    const records: JournalRecord[] = []
    for (let left = 1 + this.random.below(4); left > 0; left--) records.push(this.#record())
    const first = this.model.records.length + 1
    this.model.records.push(...records)
    expect(this.opened.journal.append({ first, records })).toBe(true)
  }

  #record(): JournalRecord {
    const key = this.random.pick(KEYS)
    const dice = this.random.below(20)
    const bytes = Buffer.from(`${this.model.records.length}`)
    if (dice < 2) return { kind: 'head', key, bytes }
    if (dice < 4)
      return { kind: 'attachment', key: `files/${this.random.below(4)}`, bytes: dice === 2 ? bytes : Buffer.of() }
    if (dice === 4) {
      this.#docs.set(key, Object.assign(new Y.Doc(), { clientID: ++this.#lastClient }))
      return { kind: 'purge', key, bytes: Buffer.of() }
    }
    const doc = this.#docs.get(key) as Y.Doc
    const before = Y.encodeStateVector(doc)
    const text = doc.getText('t')
    if (text.length > 10 && this.random.chance(0.4)) text.delete(this.random.below(text.length - 5), 5)
    else text.insert(this.random.below(text.length + 1), `${SECRET}${this.#written++} `)
    return { kind: 'update', key, bytes: Y.encodeStateAsUpdate(doc, before) }
  }

  async purge(): Promise<void> {
    const key = this.random.pick(KEYS)
    const at = this.model.records.length
    this.#docs.set(key, Object.assign(new Y.Doc(), { clientID: ++this.#lastClient }))
    // from here on it counts as purged: after a kill it is asked for again, as the vault does
    this.model.purges.push([key, at])
    await this.opened.journal.purge([key])
    for (const [file, { bytes }] of this.disk.names) {
      if (file.endsWith('.log')) expect(this.#holds(bytes, key), file).toBe(false)
    }
  }

  #holds(bytes: Buffer, key: string): boolean {
    const at = bytes.indexOf(`${key}`)
    return at >= 0 && bytes.indexOf(SECRET, at) >= 0
  }

  async restart(isPowerCut: boolean): Promise<void> {
    const { seen } = this.opened
    if (isPowerCut) this.disk.cutPower()
    else this.disk.revive()
    await this.open()
    const { last } = this.opened.journal
    const sure = isPowerCut ? seen.synced : seen.written
    expect(last, 'nothing that was told is missing').toBeGreaterThanOrEqual(sure)
    expect(last).toBeLessThanOrEqual(this.model.records.length)
    this.model.truncate(last)
    this.model.purges = this.model.purges.map(([key, at]) => [key, Math.min(at, last)])
    this.#makeDocs()
    // the vault asks again for what was not answered; a note that was written to since is another one
    const unanswered = this.model.purges.filter(([key]) => this.model.updates(key).length === 0)
    await this.opened.journal.purge(unanswered.map(([key]) => key))
  }

  async compare(): Promise<void> {
    const { journal } = this.opened
    const index = await journal.index()
    expect(index.damage).toBe(null)
    expect(index.last).toBe(this.model.records.length)
    const read = new Map((await journal.read(KEYS)).map(({ key, updates }) => [key, updates]))
    for (const key of KEYS) {
      const expected = this.model.updates(key)
      expect(read.has(key), key).toBe(expected.length > 0)
      expect(textOf(read.get(key) ?? []), key).toBe(textOf(expected))
      expect(index.docs.some((doc) => doc.key === key)).toBe(expected.length > 0)
      expect(index.purged.includes(key) && expected.length > 0).toBe(false)
    }
    expect(index.attachments.map((bytes) => Buffer.from(bytes).toString()).sort()).toEqual(this.model.attachments())
  }

  async act(): Promise<void> {
    const dice = this.random.below(100)
    if (dice < 55) this.send()
    else if (dice < 70) await settled()
    else if (dice < 78) await this.opened.journal.sync()
    else if (dice < 84) (await this.opened.journal.snapshotFile()).release()
    else if (dice < 87) await this.purge()
    else if (dice < 90) await this.compare()
    else if (dice < 94) this.disk.killAfter = this.random.below(30)
    else if (dice < 97) await this.breakFor()
    else {
      this.opened.timers.pass(600)
      await settled()
    }
  }

  /** A disk that fails for a while: nothing is refused, and all of it is on the disk afterwards. */
  async breakFor(): Promise<void> {
    const code = this.random.pick(['ENOSPC', 'EIO', 'EROFS'])
    const call = this.random.pick(['write', 'sync', 'create', 'sync-folder'])
    this.disk.fail = (which) => (which === call ? code : null)
    for (let i = 0; i < 3; i++) {
      this.send()
      await this.opened.journal.sync().catch(() => {})
      this.opened.timers.pass(1000)
      await settled()
    }
    this.disk.fail = () => null
    this.opened.timers.pass(1000)
    await settled()
    if (this.disk.isDead) return
    await this.opened.journal.sync()
    expect(this.opened.seen.synced).toBe(this.model.records.length)
    expect(this.opened.seen.fault).toBe(null)
  }
}

async function simulate(seed: number): Promise<number> {
  const run = new Run(seed)
  await run.open()
  let restarts = 0
  for (let i = 0; i < 120; i++) {
    try {
      await run.act()
    } catch (error) {
      if (!run.disk.isDead) throw error
    }
    if (run.disk.isDead) {
      restarts++
      await run.restart(run.random.chance(0.5))
      await run.compare()
    }
  }
  run.disk.killAfter = -1
  await run.opened.journal.sync()
  await run.compare()
  await run.opened.journal.close()
  run.disk.cutPower()
  await run.open()
  await run.compare()
  return restarts
}

test('J7 J9 J14 J16 J18 nothing that was told is ever missing, purged words never come back: 60 runs with kills, power cuts, faults', async () => {
  let restarts = 0
  for (let seed = 1; seed <= 60; seed++) {
    try {
      restarts += await simulate(seed)
    } catch (error) {
      console.error(`seed ${seed}`)
      throw error
    }
  }
  expect(restarts).toBeGreaterThan(60)
})
