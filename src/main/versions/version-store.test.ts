import { createHash, randomBytes } from 'node:crypto'
import { appendFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { type NoteId, noteId } from '../../core/base/ids.ts'
import type { BigChange, Version } from '../../core/history/version.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { type AppendFile, type JournalDisk, nodeDisk } from '../journal/disk.ts'
import { encodeHeader } from '../journal/frames.ts'
import { VERSION_FILE } from './version-file.ts'
import { VersionStore } from './version-store.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.UTC(2026, 10, 22)
const ID = noteId('note-of-versions-0001')
const OTHER = noteId('note-of-versions-0002')
const port: readonly MessagePort[] = []

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const stateOf = (text: string) => new TextEncoder().encode(text.padEnd(200, text))

function version(id: string, state: Uint8Array, rest: Partial<Version> = {}): Version {
  return {
    id,
    at: NOW,
    reason: 'pause',
    name: null,
    title: 'A note',
    docHash: id,
    hash: hashOf(state),
    bytes: state.length,
    words: 1,
    wordsAdded: 0,
    wordsRemoved: 0,
    change: null,
    pins: [],
    attachments: [],
    clocks: { 1: 2 },
    ...rest,
  }
}

const temporaryFolder = temporaryFolders()
let folder = ''
beforeEach(() => {
  folder = path.join(temporaryFolder(), 'versions')
})

const open = (options: { disk?: JournalDisk; now?: () => number } = {}) =>
  new VersionStore(folder, { now: () => NOW, ...options })
const put = (store: VersionStore, id: NoteId, name: string, text = name, rest: Partial<Version> = {}) =>
  store.calls.putVersion({ id, version: version(name, stateOf(text), rest), state: stateOf(text) }, port)
const list = async (store: VersionStore, id = ID) => (await store.calls.versions({ id }, port)).map((each) => each.id)
const read = async (store: VersionStore, name: string, id = ID) =>
  Buffer.from(await store.calls.readVersion({ id, version: name }, port)).toString()
const file = (id = ID) => path.join(folder, `${id}.versions`)

describe('versions on the disk', () => {
  it('are there in another run, to the byte', async () => {
    const store = open()
    await put(store, ID, 'a')
    await put(store, ID, 'b', 'b', { name: 'Before the offsite', attachments: ['f'.repeat(64)] })
    const again = open()
    expect(await again.calls.versions({ id: ID }, port)).toEqual([
      version('a', stateOf('a')),
      version('b', stateOf('b'), { name: 'Before the offsite', attachments: ['f'.repeat(64)] }),
    ])
    expect(await read(again, 'a')).toBe(Buffer.from(stateOf('a')).toString())
    expect(await again.attachmentsNamed()).toEqual(new Set(['f'.repeat(64)]))
    expect(await list(again, OTHER)).toEqual([])
  })

  it('share a state', async () => {
    const store = open()
    const big = randomBytes(50_000)
    await store.calls.putVersion({ id: ID, version: version('a', big), state: big }, port)
    const { size } = await stat(file())
    await store.calls.putVersion({ id: ID, version: version('b', big), state: big }, port)
    await store.calls.putVersion({ id: ID, version: version('c', big), state: null }, port)
    expect((await stat(file())).size - size).toBeLessThan(2_000)
    expect(Buffer.from(await open().calls.readVersion({ id: ID, version: 'c' }, port))).toEqual(big)
    await expect(
      store.calls.putVersion({ id: ID, version: version('d', stateOf('x')), state: null }, port),
    ).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      store.calls.putVersion({ id: ID, version: version('d', big), state: stateOf('x') }, port),
    ).rejects.toMatchObject({ code: 'invalid' })
  })

  it('take a name and pins; a call that is made twice is made once', async () => {
    const store = open()
    await put(store, ID, 'a')
    await put(store, ID, 'a')
    await store.calls.changeVersion({ id: ID, version: 'a', name: 'First draft' }, port)
    await store.calls.changeVersion({ id: ID, version: 'a', pins: ['made:x'] }, port)
    expect(await open().calls.versions({ id: ID }, port)).toEqual([
      version('a', stateOf('a'), { name: 'First draft', pins: ['made:x'] }),
    ])
    const change = store.calls.changeVersion({ id: ID, version: 'none', name: null }, port)
    await expect(change).rejects.toMatchObject({ code: 'not-found' })
  })

  it('leave the disk when purged, changes of the note with them', async () => {
    const store = open()
    await put(store, ID, 'a', 'secret words')
    await put(store, ID, 'b')
    await put(store, OTHER, 'a', 'others')
    const change = (id: string, kind: BigChange['kind'], ids: NoteId[]): BigChange => ({
      ...{ id, at: NOW, kind, title: `About ${id}`, undone: false },
      changed: ids.map((note) => ({ id: note, version: 'a', after: '' })),
      created: [],
    })
    for (const each of [
      change('x', 'rename', [ID, OTHER]),
      change('y', 'import', [ID, OTHER]),
      change('z', 'import', [ID]),
    ]) {
      await store.calls.putBigChange({ ...each, changed: [...each.changed], created: [] }, port)
    }
    await writeFile(path.join(folder, '.throughline-1-1.tmp'), 'secret words')
    const next = open()
    await next.dropNotes([ID])
    expect(await next.calls.bigChanges({}, port)).toMatchObject([{ id: 'y', changed: [{ id: OTHER }] }])
    for (const name of await readdir(folder)) {
      const text = await readFile(path.join(folder, name), 'latin1')
      expect(text.includes('secret') || text.includes('About x') || text.includes(ID)).toBe(false)
    }
    expect(await list(next, OTHER)).toEqual(['a'])
    expect(await readdir(folder)).not.toContain(`${ID}.versions`)
  })

  it('of a newer version of the program are refused and left', async () => {
    const store = open()
    await put(store, OTHER, 'a')
    const bytes = Buffer.concat([encodeHeader({ ...VERSION_FILE, version: 99 }), Buffer.from('what is this')])
    await writeFile(file(), bytes)
    await expect(list(store)).rejects.toMatchObject({ code: 'newer' })
    await expect(put(store, ID, 'a')).rejects.toMatchObject({ code: 'newer' })
    expect(await readFile(file())).toEqual(bytes)
  })
})

describe('damage', () => {
  it('costs only what it hit', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `version-${at}`)
    const store = open()
    for (const name of names) await put(store, ID, name)
    const whole = await readFile(file())
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(255),
        async (at, length, byte) => {
          const bytes = Buffer.from(whole)
          bytes.fill(byte, at, Math.min(at + length, bytes.length))
          await writeFile(file(), bytes)
          const damaged = open()
          const left = await list(damaged)
          expect(left.length).toBeGreaterThanOrEqual(names.length - 2)
          for (const name of left) expect(await read(damaged, name)).toBe(Buffer.from(stateOf(name)).toString())
          // And it goes on.
          await put(damaged, ID, 'more')
          expect(await list(open())).toEqual([...left, 'more'])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('at the end of a file is passed over', async () => {
    await put(open(), ID, 'a')
    await appendFile(file(), Buffer.from([0xf5, 0x54, 0x4c, 0xff, 9, 0, 0, 0]))
    const store = open()
    await put(store, ID, 'b')
    expect(await list(open())).toEqual(['a', 'b'])
  })
})

/** A disk on which the program ends at a step; a write that is cut off leaves half of its bytes. */
function dyingDisk(steps: number): JournalDisk & { taken: number } {
  const state = { taken: 0 }
  const step = () => {
    if (state.taken++ >= steps) throw Object.assign(new Error('killed'), { code: 'EIO' })
  }
  const wrap = (handle: AppendFile): AppendFile => ({
    get size() {
      return handle.size
    },
    write: async (bytes) => {
      try {
        step()
      } catch (error) {
        if (state.taken === steps + 1) await handle.write(bytes.subarray(0, bytes.length / 2))
        throw error
      }
      await handle.write(bytes)
    },
    sync: async () => {
      step()
      await handle.sync()
    },
    isThere: () => handle.isThere(),
    close: () => handle.close(),
  })
  const guarded = {
    create: async (name: string) => {
      step()
      return wrap(await nodeDisk.create(name))
    },
    append: async (name: string) => {
      step()
      return wrap(await nodeDisk.append(name))
    },
    rename: async (from: string, to: string) => {
      step()
      await nodeDisk.rename(from, to)
    },
    remove: async (name: string) => {
      step()
      await nodeDisk.remove(name)
    },
    syncFolder: async (name: string) => {
      step()
      await nodeDisk.syncFolder(name)
    },
  }
  return Object.defineProperty({ ...nodeDisk, ...guarded, taken: 0 }, 'taken', { get: () => state.taken })
}

describe('a kill at each step', () => {
  const STEPS = 32
  for (let steps = 0; steps < STEPS; steps++) {
    it(`after ${steps}: nothing that was answered is lost, while old versions are thinned`, async () => {
      const former = NOW - 40 * DAY
      const before = open({ now: () => former })
      const states = new Map(['first', 'b', 'c', 'last'].map((name) => [name, randomBytes(40_000)]))
      for (const [name, state] of states) {
        await before.calls.putVersion({ id: ID, version: version(name, state, { at: former }), state }, port)
      }
      // Without it the clock is believed at once (H9), and these are old.
      await rm(path.join(folder, 'clock.log'))
      const store = open({ disk: dyingDisk(steps) })
      const answered = ['first', 'last']
      try {
        for (const name of ['x', 'y']) {
          states.set(name, randomBytes(200))
          const state = states.get(name) as Uint8Array
          await store.calls.putVersion({ id: ID, version: version(name, state), state }, port)
          answered.push(name)
        }
      } catch {
        // killed
      }
      const again = open()
      const left = await list(again)
      expect(left).toEqual(expect.arrayContaining(answered))
      for (const name of left) {
        expect(Buffer.from(await again.calls.readVersion({ id: ID, version: name }, port))).toEqual(states.get(name))
      }
      if (steps === STEPS - 1) {
        expect(left).toEqual(['first', 'last', 'x', 'y'])
        expect((await stat(file())).size).toBeLessThan(100_000)
      }
      await put(again, ID, 'after')
      expect(await list(open())).toEqual(expect.arrayContaining([...answered, 'after']))
      expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([])
    })
  }
})

describe('growth', () => {
  it('H7: old versions go, and their bytes with them', async () => {
    let now = NOW
    const store = open({ now: () => now })
    let put_ = 0
    for (let hour = 0; hour < 24 * 40; hour += 2) {
      now = NOW + hour * HOUR
      const state = randomBytes(4_000)
      const id = `v${put_++}`
      await store.calls.putVersion({ id: ID, version: version(id, state, { at: now }), state }, port)
    }
    const left = await store.calls.versions({ id: ID }, port)
    // 480 were kept: a day of them, one each two hours for a week, one a day for the rest.
    expect(left.length).toBeGreaterThan(100)
    expect(left.length).toBeLessThan(150)
    expect((await stat(file())).size).toBeLessThan(left.length * 4_600 * 1.6)
    expect(left[0]?.id).toBe('v0')
    expect(await list(open())).toEqual(left.map(({ id }) => id))
  })

  it('H9: a clock that is ten years ahead for an hour removes nothing', async () => {
    let now = NOW
    const store = open({ now: () => now })
    for (let at = 0; at < 30; at++) {
      now = NOW + at * HOUR
      await put(store, ID, `v${at}`, `v${at}`, { at: now })
    }
    const before = await list(store)
    now += 3650 * DAY
    const next = open({ now: () => now })
    await put(next, ID, 'far', 'far', { at: now })
    now = NOW + 31 * HOUR
    await put(open({ now: () => now }), ID, 'back', 'back', { at: now })
    expect(await list(open())).toEqual([...before, 'far', 'back'])
  })

  it('big changes: the last 200, an import with parts being one', async () => {
    const store = open()
    const change = (id: string, undone = false) => ({
      ...{ id, at: NOW, kind: 'import' as const, title: 'Import', undone },
      changed: [],
      created: [{ id: ID, after: 'x'.repeat(64) }],
    })
    for (let part = 0; part < 30; part++) await store.calls.putBigChange(change(`big/${part}`), port)
    for (let at = 0; at < 199; at++) await store.calls.putBigChange(change(`c${at}`), port)
    expect((await open().calls.bigChanges({}, port)).length).toBe(229)
    for (let round = 0; round < 400; round++) await store.calls.putBigChange(change('c198', true), port)
    await store.calls.putBigChange(change('c199'), port)
    const left = await open().calls.bigChanges({}, port)
    expect(left.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, at) => `c${at}`))
    expect(left[198]?.undone).toBe(true)
    expect((await stat(path.join(folder, 'changes.log'))).size).toBeLessThan(400_000)
  })
})
