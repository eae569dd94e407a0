import { rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { JournalRecord } from '../../ipc/journal-port.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { mergeUpdates } from './compact.ts'
import { nodeDisk } from './disk.ts'
import { encodeFrames, encodeHeader } from './frames.ts'
import { FOLDER, faultyDisk, openJournal, settled } from './journal-harness.test-data.ts'
import { SEGMENT } from './records.ts'
import { isSnapshotWhole, readSnapshot, rewriteSnapshot } from './snapshot-file.ts'
import { SNAPSHOT } from './snapshot-format.ts'

const folder = temporaryFolders()
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()
const update = (key: string, words: string): JournalRecord => ({ kind: 'update', key, bytes: Buffer.from(words) })
const head = (key: string, words: string): JournalRecord => ({ kind: 'head', key, bytes: Buffer.from(words) })
const purge = (key: string): JournalRecord => ({ kind: 'purge', key, bytes: Buffer.of() })
const inWords = (docs: { key: string; updates: Uint8Array[] }[]) =>
  docs.map(({ key, updates }) => [key, ...updates.map(text)])

async function started(records: readonly JournalRecord[]) {
  const disk = faultyDisk()
  const opened = await openJournal(disk)
  opened.journal.append({ first: 1, records: [...records] })
  await opened.journal.sync()
  return { disk, ...opened }
}

test('J6 what is there already is passed over; where records before never came, nothing is taken', async () => {
  const { journal } = await started([update('a', '1'), update('a', '2')])
  expect(journal.append({ first: 2, records: [update('a', 'again'), update('a', '3')] })).toBe(true)
  expect(journal.append({ first: 5, records: [update('a', '5')] })).toBe(false)
  expect(inWords(await journal.read(['a', 'unknown']))).toEqual([['a', '1', '2', '3']])
  expect(journal.last).toBe(3)
})

test('J7 written at once, synced half a second later, both told', async () => {
  const { journal, timers, told } = await openJournal(faultyDisk())
  journal.append({ first: 1, records: [update('a', '1')] })
  await settled()
  expect(told).toEqual([{ written: 1 }])
  timers.pass(500)
  await settled()
  expect(told).toEqual([{ written: 1 }, { synced: 1 }])
})

test.each([
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['EROFS', 'read-only'],
  ['EACCES', 'read-only'],
  ['EIO', 'broken'],
] as const)(
  'J8 %s is told as %s; edits wait in memory, can be read, and are written when it is over',
  async (code, fault) => {
    const { disk, journal, timers, told } = await started([update('a', '1')])
    disk.fail = (call) => (call === 'write' || call === 'create' ? code : null)
    journal.append({ first: 2, records: [update('a', '2')] })
    await settled()
    journal.append({ first: 3, records: [update('a', '3'), head('a', 'h')] })
    await settled()
    expect(told.at(-1)).toEqual({ fault })
    expect(inWords(await journal.read(['a']))).toEqual([['a', '1', '2', '3']])
    expect((await journal.since(1)).records.map(({ bytes }) => text(bytes))).toEqual(['2', '3', 'h'])
    expect((await journal.index()).docs).toMatchObject([{ key: 'a', isLater: false }])
    for (let second = 0; second < 5; second++) {
      timers.pass(1000)
      await settled()
    }
    expect(told.filter((message) => 'fault' in message)).toEqual([{ fault }])
    expect(disk.names.size).toBe(1)
    disk.fail = () => null
    timers.pass(1000)
    await settled()
    timers.pass(0)
    await settled()
    expect(told.slice(-2)).toEqual([{ synced: 4 }, { fault: null }])
    expect(inWords(await (await openJournal(disk)).journal.read(['a']))).toEqual([['a', '1', '2', '3']])
  },
)

test('J8 a full disk: a record that was written in part is written whole elsewhere, and its part is given back', async () => {
  const { disk, journal, timers, seen } = await started([update('a', '1')])
  disk.capacity = disk.file(`${FOLDER}/000000000001.log`).length + 60
  journal.append({ first: 2, records: [update('a', '2'.repeat(200))] })
  for (let second = 0; second < 3; second++) {
    await settled()
    timers.pass(1000)
  }
  await settled()
  expect(seen.fault).toBe('full')
  disk.capacity = Number.POSITIVE_INFINITY
  timers.pass(1000)
  await settled()
  timers.pass(0)
  await settled()
  expect(seen).toEqual({ written: 2, synced: 2, fault: null })
  const { journal: next } = await openJournal(disk)
  expect(inWords(await next.read(['a']))).toEqual([['a', '1', '2'.repeat(200)]])
  expect((await next.index()).damage).toBe(null)
})

test('J9 an fsync that fails has brought nothing onto the disk: all of it is written again, and counts once', async () => {
  const { disk, journal, timers, seen } = await started([update('a', '1')])
  journal.append({ first: 2, records: [update('a', '2')] })
  await settled()
  disk.fail = (call) => (call === 'sync' ? 'EIO' : null)
  timers.pass(500)
  await settled()
  expect(seen).toMatchObject({ synced: 1, fault: 'broken' })
  disk.fail = () => null
  timers.pass(1000)
  await settled()
  timers.pass(0)
  await settled()
  expect(seen).toEqual({ written: 2, synced: 2, fault: null })
  expect(disk.names.size).toBe(2)
  expect(inWords(await (await openJournal(disk)).journal.read(['a']))).toEqual([['a', '1', '2']])
})

test('J10 a folder that vanished is made again; what is missing is told as damage, never as an empty journal', async () => {
  const base = folder()
  const place = path.join(base, 'journal')
  const { journal, seen, timers } = await openJournal(nodeDisk, place)
  journal.append({ first: 1, records: [update('a', '1')] })
  await journal.sync()
  journal.append({ first: 2, records: [update('b', '2')] })
  await expect.poll(() => seen.written).toBe(2)
  await rm(place, { recursive: true })
  await journal.sync().catch(() => {})
  timers.pass(1000)
  await expect.poll(() => seen.written).toBe(2)
  await journal.sync()
  expect(seen).toMatchObject({ synced: 2, fault: null })
  await journal.close()
  const again = (await openJournal(nodeDisk, place)).journal
  expect(again.last).toBe(2)
  expect(inWords(await again.read(['a', 'b']))).toEqual([['b', '2']])
  expect((await again.index()).damage).toContain('missing')
})

test('J11 records after a number, in order; what is only in a snapshot is not to be had one by one', async () => {
  const { journal } = await started([update('a', '1'), update('b', '2'), head('a', 'h')])
  expect((await journal.since(1)).records.map(({ bytes }) => text(bytes))).toEqual(['2', 'h'])
  expect(await journal.since(3)).toEqual({ records: [], next: null })
  ;(await journal.snapshotFile()).release()
  journal.append({ first: 4, records: [update('b', '4')] })
  expect((await journal.since(3)).records.map(({ bytes }) => text(bytes))).toEqual(['4'])
  await expect(journal.since(2)).rejects.toMatchObject({ code: 'compacted' })
})

test('J12 opening reads the end of the snapshot and of the last segment, and goes on there', async () => {
  const { disk, journal } = await started([update('a', '1')])
  ;(await journal.snapshotFile()).release()
  journal.append({ first: 2, records: [update('a', '2')] })
  await journal.close()
  const calls: string[] = []
  disk.fail = (call, file) => {
    calls.push(`${call} ${path.basename(file)}`)
    return null
  }
  const { journal: next } = await openJournal(disk)
  expect(next.last).toBe(2)
  expect(calls.filter((call) => call.startsWith('read '))).toEqual([
    'read 000000000001.snapshot',
    'read 000000000002.log',
    'read 000000000002.log',
  ])
  next.append({ first: 3, records: [update('a', '3')] })
  await next.sync()
  expect([...disk.names.keys()].map((file) => path.basename(file)).sort()).toEqual([
    '000000000001.snapshot',
    '000000000002.log',
  ])
})

test('J12 a torn end is left as it is: the next record begins another segment', async () => {
  const { disk, journal } = await started([update('a', '1'), update('a', '2')])
  await journal.close()
  const file = `${FOLDER}/000000000001.log`
  disk.put(file, disk.file(file).subarray(0, -3))
  const { journal: next } = await openJournal(disk)
  expect(next.last).toBe(1)
  next.append({ first: 2, records: [update('a', 'two')] })
  await next.sync()
  const { journal: third } = await openJournal(disk)
  expect(inWords(await third.read(['a']))).toEqual([['a', '1', 'two']])
  expect((await third.index()).damage).toBe(null)
})

test('J13 segments beyond 16 MB become a snapshot when nobody has written for a while', async () => {
  const disk = faultyDisk()
  const { journal, timers } = await openJournal(disk)
  for (let n = 0; n < 17; n++) {
    journal.append({ first: n + 1, records: [{ kind: 'update', key: `k${n}`, bytes: Buffer.alloc(1 << 20, n) }] })
  }
  await journal.sync()
  timers.pass(500)
  await settled()
  expect([...disk.names.keys()].some((file) => file.endsWith('.snapshot'))).toBe(false)
  timers.pass(10_000)
  await expect.poll(() => [...disk.names.keys()].map((file) => path.basename(file))).toEqual(['000000000017.snapshot'])
  expect((await journal.index()).docs.length).toBe(17)
})

test('J14 a snapshot that the disk gives back otherwise is none: nothing is removed', async () => {
  const { disk, journal } = await started([update('a', '1')])
  const { read } = disk
  disk.read = async (file) => {
    const open = await read.call(disk, file)
    if (!file.endsWith('.tmp')) return open
    const garbled = async (from: number, length: number) => {
      const bytes = Buffer.from(await open.read(from, length))
      if (from === 0 && length > 100) bytes[60] = (bytes[60] ?? 0) ^ 1
      return bytes
    }
    return { ...open, read: garbled }
  }
  await expect(journal.snapshotFile()).rejects.toThrow('something else')
  expect([...disk.names.keys()]).toContain(`${FOLDER}/000000000001.log`)
  disk.read = read
  const held = await journal.snapshotFile()
  expect([...disk.names.keys()]).toEqual([held.path])
  expect(inWords(await journal.read(['a']))).toEqual([['a', '1']])
})

test('J15 a snapshot whose end is damaged is read frame by frame; only what was hit is missing', async () => {
  const { disk, journal } = await started([update('a', '1'), update('b', '2'), head('b', 'h'), purge('c')])
  const { path: file } = await journal.snapshotFile()
  await journal.close()
  const bytes = disk.file(file)
  disk.put(file, bytes.subarray(0, bytes.length - 20))
  const { journal: next } = await openJournal(disk)
  expect(next.last).toBe(4)
  const index = await next.index()
  expect(index.docs.map(({ key, head: of }) => [key, of && text(of)])).toEqual([
    ['a', null],
    ['b', 'h'],
  ])
  expect(index.purged).toEqual(['c'])
  expect(index.damage).toContain('damaged')
  expect(inWords(await next.read(['a', 'b']))).toEqual([
    ['a', '1'],
    ['b', '2'],
  ])
})

test('J16 purge: the words are in no file, also while a snapshot is held; the key is remembered', async () => {
  const { disk, journal } = await started([update('a', 'SECRET'), update('b', 'kept')])
  const held = await journal.snapshotFile()
  journal.append({ first: 3, records: [purge('a')] })
  const purged = journal.purge(['a'])
  await settled()
  expect([...disk.names.keys()]).toContain(held.path)
  held.release()
  await purged
  expect([...disk.names.keys()]).not.toContain(held.path)
  const index = await journal.index()
  expect([index.docs.map(({ key }) => key), index.purged]).toEqual([['b'], ['a']])
  expect(await journal.read(['a'])).toEqual([])
})

test('J17 what a newer Throughline wrote is refused in words and not touched', async () => {
  for (const [name, format] of [
    ['000000000001.log', SEGMENT],
    ['000000000009.snapshot', SNAPSHOT],
  ] as const) {
    const disk = faultyDisk()
    const file = await disk.create(`${FOLDER}/${name}`)
    await file.write(encodeHeader({ ...format, version: format.version + 1 }))
    await file.write(encodeFrames([Buffer.alloc(200)]))
    const before = [...disk.names].map(([key, { bytes }]) => [key, bytes])
    await expect(openJournal(disk)).rejects.toThrow('newer Throughline')
    expect([...disk.names].map(([key, { bytes }]) => [key, bytes])).toEqual(before)
  }
})

test('J19 a snapshot stands for itself: it can be read, checked, and written anew without some docs', async () => {
  const base = folder()
  const { journal } = await openJournal(nodeDisk, path.join(base, 'journal'))
  const records = [update('a', '1'), update('b', '2'), head('b', 'h'), update('b', '3')]
  journal.append({ first: 1, records: [...records, { kind: 'attachment', key: 'x.png', bytes: Buffer.from('{}') }] })
  const held = await journal.snapshotFile()
  expect(held.last).toBe(5)
  expect(await isSnapshotWhole(held.path)).toBe(true)
  const snapshot = await readSnapshot(held.path)
  expect([...snapshot.docs].map(([key, facts]) => [key, facts.head && text(facts.head), facts.isLater])).toEqual([
    ['a', null, true],
    ['b', 'h', true],
  ])
  expect((await snapshot.read('b')).map(text)).toEqual(['2', '3'])
  expect([...snapshot.attachments.keys()]).toEqual(['x.png'])
  await snapshot.close()

  const to = path.join(base, 'without.snapshot')
  await rewriteSnapshot(held.path, to, new Set(['b']))
  const without = await readSnapshot(to)
  expect([[...without.docs.keys()], [...without.purged], without.last, without.damage]).toEqual([['a'], ['b'], 5, null])
  expect(await without.read('b')).toEqual([])
  await without.close()
  held.release()
  await journal.close()
})

test('J20 merging keeps what waits for an update that is missing, and updates that cannot be read', () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (bytes: Uint8Array) => updates.push(bytes))
  for (const word of ['one ', 'two ', 'three ']) doc.getText('t').insert(doc.getText('t').length, word)
  const [first, second, third] = updates as [Uint8Array, Uint8Array, Uint8Array]
  const merged = new Y.Doc()
  for (const bytes of mergeUpdates([first, third])) Y.applyUpdate(merged, bytes)
  expect(merged.getText('t').toString()).toBe('one ')
  Y.applyUpdate(merged, second)
  expect(merged.getText('t').toString()).toBe('one two three ')
  const garbage = Buffer.from('garbage')
  expect(mergeUpdates([first, garbage])).toEqual([first, garbage])
})

test('J15 a note of a snapshot that went bad is told when a compaction leaves it behind', async () => {
  const { disk, journal } = await started([update('garbled', 'words of it'), update('b', '1')])
  const { path: file, release } = await journal.snapshotFile()
  release()
  const bytes = Buffer.from(disk.file(file))
  const at = bytes.indexOf('garbled') + 12
  bytes[at] = (bytes[at] ?? 0) ^ 0xff
  disk.put(file, bytes)
  journal.append({ first: 3, records: [update('b', '2')] })
  await journal.snapshotFile().then((held) => held.release())
  const { docs, damage } = await journal.index()
  expect(docs.map(({ key }) => key)).toEqual(['b'])
  expect(damage).toContain('damaged')
})
