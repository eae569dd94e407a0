import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { Doc, encodeStateAsUpdate } from 'yjs'
import { type NoteId, noteId, type VaultId } from '../../core/base/ids.ts'
import { VAULT_KEY } from '../../ipc/journal-port.ts'
import { FakeVault } from '../../testing/fake-vault-calls.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { AttachmentStore } from '../attachments/attachment-store.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import type { VaultHost } from '../hosts/vault-host.ts'
import { compact } from '../journal/compact.ts'
import { nodeDisk } from '../journal/disk.ts'
import { readSnapshot } from '../journal/snapshot-file.ts'
import { type Keeper, Keepers } from '../keeper/keepers.ts'
import type { Logger } from '../log.ts'
import { profileAt } from '../store/profile.ts'
import { VaultRegistry } from '../store/registry.ts'
import { ArchiveReader } from './archive-reader.ts'
import { Backups } from './backups.ts'

const folder = temporaryFolders()
const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} }
const DAY = 86_400_000
const NOON = new Date(2026, 10, 22, 12).getTime()
const work = () => ({ signal: new AbortController().signal, onProgress: () => {} })

/** A profile with real journals and archives; only the vault worker is a fake. */
async function setUp() {
  const base = folder()
  const profile = profileAt(path.join(base, 'profile'))
  mkdirSync(profile.folder)
  const registry = await VaultRegistry.open(profile, silent)
  const keepers = new Keepers({ profile, log: silent, disk: nodeDisk, compact: (job) => compact(nodeDisk, job) })
  const attachments = new AttachmentStore(profile)
  const fakes = new Map<VaultId, FakeVault>()
  const calls = (id: VaultId): VaultCalls => ({
    call: async (name, input) => {
      const fake = fakes.get(id)
      if (!fake) throw new Error('no such vault')
      if (name === 'flush' || name === 'whenIndexed' || name === 'setName') return undefined as never
      if (name === 'notes') return [] as never
      return fake.port.call(name, input)
    },
  })
  const hosts = {
    acquire: (id: VaultId) => ({ host: { repeatable: calls(id) } as unknown as VaultHost, release: () => {} }),
  }
  const clock = { now: NOON }
  const open = () =>
    Backups.open({
      ...{ profile, registry, hosts, keepers, attachments, log: silent, version: '1' },
      now: () => clock.now,
    })
  const { id } = await registry.create('My: notes?')
  const fake = new FakeVault()
  fakes.set(id, fake)
  let count = 0
  const record = async (key: string, text: string) => {
    const doc = new Doc()
    doc.getText('t').insert(0, text)
    const journal = await keepers.open(id).journal()
    journal.append({ first: journal.last + 1, records: [{ kind: 'update', key, bytes: encodeStateAsUpdate(doc) }] })
    await journal.sync()
  }
  await record(VAULT_KEY, 'the vault')
  const write = async (text: string): Promise<NoteId> => {
    const name = `note ${++count}.md`
    fake.write(name, text)
    const note = noteId(fake.notes.get(name)?.id ?? '')
    await record(note, text)
    return note
  }
  const backups = await open()
  const here = () => readdirSync(profile.backups(id)).sort()
  return { base, profile, registry, keepers, attachments, fakes, fake, clock, open, id, write, backups, here }
}

test('due when it changed and there is none of today; made, named, listed, and known again after a start', async () => {
  const { profile, clock, open, id, write, backups, here } = await setUp()
  await write('one')
  let told = 0
  backups.changed.on(() => told++)
  expect(await backups.isDue(id, 'here')).toBe(true)
  const made = await backups.make(id, 'here', work())
  expect(made).toMatchObject({ at: NOON, notes: 1, place: 'here', verified: true })
  expect(here()).toEqual(['2026-11-22 1200 My notes.throughline'])
  expect(told).toBeGreaterThan(0)
  expect(await backups.isDue(id, 'here')).toBe(false)
  clock.now += DAY
  expect(await backups.isDue(id, 'here')).toBe(false) // nothing changed
  await write('two')
  expect(await backups.isDue(id, 'here')).toBe(true)
  await backups.make(id, 'here', work())
  const expected = { archives: [{ notes: 2, at: NOON + DAY }, { notes: 1 }], problem: null, isRunning: false }
  expect(await backups.state(id)).toMatchObject(expected)
  expect(await (await open()).state(id)).toMatchObject(expected)
  // what is known beside the archives is a convenience
  rmSync(profile.backupsFile)
  expect(await (await open()).state(id)).toMatchObject(expected)
  writeFileSync(profile.backupsFile, '{"archives":"none"')
  const again = await open()
  expect(await again.state(id)).toMatchObject(expected)
  expect(await again.isDue(id, 'here')).toBe(false)
})

test('an archive that somebody changed or took away does not count', async () => {
  const { id, write, backups } = await setUp()
  await write('one')
  const { path: file } = await backups.make(id, 'here', work())
  writeFileSync(file, readFileSync(file).subarray(0, 500))
  expect((await backups.state(id)).archives).toMatchObject([{ verified: false }])
  expect(await backups.isDue(id, 'here')).toBe(true)
  expect(await backups.newest(id)).toBeNull()
  rmSync(file)
  expect((await backups.state(id)).archives).toEqual([])
  expect(await backups.isDue(id, 'here')).toBe(true)
})

test('a snapshot of the journal that went bad is in no archive: what it lost is written anew', async () => {
  const { profile, keepers, fake, id, write, backups } = await setUp()
  const lost = await write('one two three four five')
  await write('two')
  const held = await (await keepers.open(id).journal()).snapshotFile()
  held.release()
  const bytes = readFileSync(held.path)
  const { docs, close } = await readSnapshot(held.path)
  await close()
  expect(docs.has(lost)).toBe(true)
  // within the frame of that note, before the index at the end
  const at = bytes.indexOf(lost) + 40
  writeFileSync(held.path, Buffer.concat([bytes.subarray(0, at), Buffer.from('garbled'), bytes.subarray(at + 7)]))
  const asked: string[] = []
  const { call } = fake.port
  fake.port.call = async (name, input) => {
    if (name !== 'check') return call(name, input)
    asked.push(name)
    const doc = new Doc()
    doc.getText('t').insert(0, 'one two three four five')
    const journal = await keepers.open(id).journal()
    const update = { kind: 'update' as const, key: lost, bytes: encodeStateAsUpdate(doc) }
    journal.append({ first: journal.last + 1, records: [update] })
    return { ok: false, notes: 2, problems: [] } as never
  }
  const made = await backups.make(id, 'here', work())
  expect(asked).toEqual(['check'])
  const reader = await ArchiveReader.open(made.path)
  const unpacked = path.join(profile.folder, 'unpacked.snapshot')
  await reader.unpack('journal.snapshot', unpacked)
  await reader.close()
  const snapshot = await readSnapshot(unpacked)
  expect((await snapshot.read(lost)).length).toBe(1)
  await snapshot.close()
})

test('the schedule of a month leaves 7 daily and the last of each week before', async () => {
  const { clock, id, write, backups, here } = await setUp()
  for (let day = 0; day < 30; day++) {
    await write(`day ${day}`)
    await backups.make(id, 'here', work())
    clock.now += DAY
  }
  expect(here().length).toBe(7 + 4)
  expect((await backups.state(id)).archives.length).toBe(11)
}, 60_000)

test('one that fails says why, leaves the others, and is forgotten when the next succeeds', async () => {
  const { id, fake, write, backups, here } = await setUp()
  await write('one')
  await backups.make(id, 'here', work())
  const before = here()
  fake.before = () => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' })
  }
  await expect(backups.make(id, 'here', work())).rejects.toMatchObject({ code: 'disk-full' })
  expect(here()).toEqual(before)
  expect((await backups.state(id)).problem).toMatch(/is full/)
  fake.before = () => {}
  await backups.make(id, 'here', work())
  expect((await backups.state(id)).problem).toBeNull()
})

test('a second disk: archives with attachments; not connected it is said, and nothing is written in its place', async () => {
  const { base, profile, attachments, id, fake, write, backups } = await setUp()
  await write('one')
  const bytes = Buffer.from('a picture')
  const { sha256, size } = await attachments.addBytes(id, bytes)
  fake.files.set('p.png', { path: 'p.png', sha256, size })
  await expect(backups.setSecond(path.join(profile.folder, 'within'))).rejects.toMatchObject({ code: 'refused' })
  const disk = path.join(base, 'disk')
  expect(await backups.state(id)).toMatchObject({ second: null, asked: false })
  await backups.setSecond(disk)
  expect(await backups.state(id)).toMatchObject({ second: disk, asked: true })
  expect(await backups.isDue(id, 'second')).toBe(true)
  const made = await backups.make(id, 'second', work())
  expect(made.place).toBe('second')
  const reader = await ArchiveReader.open(made.path)
  expect(Buffer.from(await reader.read(`files/${sha256}`)).toString()).toBe('a picture')
  await reader.close()
  expect(await backups.attachmentsNamed(id)).toEqual(new Set())
  await backups.make(id, 'here', work())
  expect(await backups.attachmentsNamed(id)).toEqual(new Set([sha256]))
  expect((await backups.newest(id))?.place).toBe('second')

  // The disk is gone; an empty folder stands where it was.
  rmSync(disk, { recursive: true })
  mkdirSync(disk)
  expect(await backups.isDue(id, 'second')).toBe(true)
  await expect(backups.make(id, 'second', work())).rejects.toMatchObject({ code: 'no-disk' })
  expect(readdirSync(disk)).toEqual([])
  const state = await backups.state(id)
  expect(state.problem).toMatch(/not connected/)
  expect(state.archives.map(({ place }) => place).sort()).toEqual(['here', 'second'])
  await backups.setSecond(null)
  expect(await backups.state(id)).toMatchObject({ second: null, problem: null })
})

test('notes that are purged leave every archive; those on a disk that is away leave it when it is back', async () => {
  const { base, keepers, id, fake, write, backups, open } = await setUp()
  await write('kept')
  const secret = await write('SECRETWORD')
  const disk = path.join(base, 'disk')
  await backups.setSecond(disk)
  const here = await backups.make(id, 'here', work())
  const second = await backups.make(id, 'second', work())
  const holds = async (file: string) => {
    const reader = await ArchiveReader.open(file)
    await reader.verify({ signal: work().signal })
    const at = path.join(base, 'unpacked')
    await reader.unpack('journal.snapshot', at)
    const snapshot = await readSnapshot(at)
    const isIn = snapshot.docs.has(secret) || reader.manifest.notes.some((note) => note.id === secret)
    await snapshot.close()
    rmSync(at)
    await reader.close()
    return isIn
  }
  expect([await holds(here.path), await holds(second.path)]).toEqual([true, true])

  const away = path.join(base, 'away')
  renameSync(disk, away)
  await (await keepers.open(id).journal()).purge([secret])
  expect(await backups.purge(id, [secret])).toEqual({ archives: 1, left: [second.path] })
  expect(await holds(here.path)).toBe(false)
  expect((await backups.state(id)).archives.find(({ place }) => place === 'here')).toMatchObject({
    notes: 1,
    verified: true,
  })
  expect(await backups.purge(id, [secret])).toMatchObject({ archives: 0 })

  renameSync(away, disk)
  const later = await open()
  expect(await holds(second.path)).toBe(true)
  await later.payOwed(id)
  expect(await holds(second.path)).toBe(false)
  expect(fake.calls).toContain('exportPlan')
})

test('what was purged leaves a disk that was forgotten at that time, and archives that could not be written', async () => {
  const { base, profile, keepers, fake, id, write, backups, clock, here } = await setUp()
  await write('kept')
  const secret = await write('SECRETWORD')
  const disk = path.join(base, 'disk')
  await backups.setSecond(disk)
  await backups.make(id, 'here', work())
  await backups.make(id, 'second', work())
  await backups.setSecond(null)
  fake.notes.delete('note 2.md')
  // The archive beside the store is out of reach at the purge.
  const [name] = here()
  const file = path.join(profile.backups(id), name ?? '')
  renameSync(file, path.join(base, 'aside'))
  await (await keepers.open(id).journal()).purge([secret])
  await backups.purge(id, [secret])
  renameSync(path.join(base, 'aside'), file)

  await backups.setSecond(disk)
  clock.now += DAY
  for (const place of ['here', 'second'] as const) await backups.make(id, place, work())
  for (const folder of [profile.backups(id), path.join(disk, id)]) {
    const names = readdirSync(folder)
    expect(names.length).toBeGreaterThan(0)
    for (const each of names) {
      const reader = await ArchiveReader.open(path.join(folder, each))
      expect(reader.manifest.notes.map((note) => note.id)).not.toContain(secret)
      await reader.close()
    }
  }
})

test('a journal that does not open keeps nobody waiting', async () => {
  const { profile, registry, attachments, id } = await setUp()
  const never = { open: () => ({ journal: () => new Promise<never>(() => {}) }) as unknown as Keeper }
  const hosts = { acquire: () => ({ host: {} as VaultHost, release: () => {} }) }
  const options = { profile, registry, hosts, attachments, log: silent, version: '1', patience: 5 }
  const backups = await Backups.open({ ...options, keepers: never })
  await expect(backups.isDue(id, 'here')).rejects.toThrow('cannot be opened')
  await expect(backups.make(id, 'here', work())).rejects.toThrow('cannot be opened')
})

test('an archive is opened as a vault of its own, with what the list of vaults calls it', async () => {
  const { base, profile, registry, fakes, fake, id, write, backups } = await setUp()
  await write('one')
  await write('two')
  const file = path.join(base, 'kept', 'mine.throughline')
  const made = await backups.makeFile(id, file, work())
  expect(made).toMatchObject({ path: file, notes: 2, verified: true, missing: 0 })
  // The vault worker fills the store from the journal; here it is the same fake.
  registry.changed.on(() => {
    for (const vault of registry.list()) fakes.set(vault.id, fake)
  })
  const { vault, ...restored } = await backups.restore(file, work())
  expect(restored).toEqual({ notes: 2, bytes: made.bytes, verified: true, different: 0, missing: 0, problems: [] })
  expect(vault).toMatchObject({ name: 'My: notes? 2', notes: 2 })
  expect(readdirSync(path.join(profile.vaultFolder(vault.id), 'journal')).length).toBe(1)
  fake.notes.delete('note 2.md')
  expect(await backups.restore(file, work())).toMatchObject({
    verified: false,
    problems: [expect.stringMatching(/^1 note of/)],
  })
})

test('a file of somebody’s own is never written over; a folder gets a file of its own', async () => {
  const { base, id, write, backups } = await setUp()
  await write('one')
  const mine = path.join(base, 'mine.txt')
  writeFileSync(mine, 'mine')
  await expect(backups.makeFile(id, mine, work())).rejects.toMatchObject({ code: 'exists' })
  expect(readFileSync(mine, 'utf8')).toBe('mine')
  const made = await backups.makeFile(id, base, work())
  expect(path.basename(made.path)).toBe('2026-11-22 1200 My notes.throughline')
  expect(await backups.makeFile(id, made.path, work())).toMatchObject({ path: made.path })
  expect(existsSync(made.path)).toBe(true)
})

test('a backup that was cut off leaves its temporary file until the next one', async () => {
  const { profile, id, write, backups, here } = await setUp()
  await write('one')
  mkdirSync(profile.backups(id), { recursive: true })
  writeFileSync(path.join(profile.backups(id), '.throughline-1-1.tmp'), 'half')
  expect((await backups.state(id)).archives).toEqual([])
  await backups.make(id, 'here', work())
  expect(here().length).toBe(1)
})

test('what a restore left that was cut off goes at the next start', async () => {
  const { profile, id, open } = await setUp()
  const left = path.join(path.dirname(profile.vaultFolder(id)), '.restoring-vault')
  mkdirSync(left, { recursive: true })
  writeFileSync(path.join(left, 'words'), 'SECRETWORD')
  await (await open()).tidy()
  expect(existsSync(left)).toBe(false)
})
