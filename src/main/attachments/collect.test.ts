import { createHash } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { FakeVault } from '../../testing/fake-vault-calls.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { profileAt } from '../store/profile.ts'
import { AttachmentStore } from './attachment-store.ts'
import { collectAttachments, MOST_AT_ONCE, UNUSED_FOR } from './collect.ts'

const DAY = 86_400_000
const START = 1_700_000_000_000
const folder = temporaryFolders()
const id = vaultId('vaultvault')

let profile: ReturnType<typeof profileAt>
let vault: FakeVault
let elsewhere: string[]

beforeEach(() => {
  profile = profileAt(folder())
  vault = new FakeVault()
  elsewhere = []
})

const place = (sha256: string) => new AttachmentStore(profile).place(id, sha256)
/** Kept in an earlier run. */
async function keep(name: string | null, content = name ?? 'orphan'): Promise<string> {
  const { sha256, size } = await new AttachmentStore(profile).addBytes(id, new TextEncoder().encode(content))
  if (name !== null) vault.files.set(name, { path: name, sha256, size })
  return sha256
}
const sight = (now: number, run: string, store = new AttachmentStore(profile)) =>
  collectAttachments({
    vaultId: id,
    folder: profile.vaultFolder(id),
    vault: vault.port,
    store,
    namedElsewhere: async () => elsewhere,
    now,
    run,
  })
/** As an app that is opened now and then: from one time up to another, without it. Nothing goes meanwhile. */
async function openedBetween(from: number, to: number): Promise<void> {
  for (let at = from + MOST_AT_ONCE; at < to; at += MOST_AT_ONCE) expect(await sight(at, `run at ${at}`)).toEqual([])
}
const inUse = (...paths: string[]) => {
  vault.inUse = { paths, certain: true }
}
/** Named, then not named any more: seen for the first time at START. */
async function unused(name = 'one.png'): Promise<string> {
  const sha256 = await keep(name)
  inUse(name)
  await sight(START - DAY, 'run 0')
  inUse()
  expect(await sight(START, 'run 1')).toEqual([])
  return sha256
}

test('A1: gone after 30 days and in another run, with its path', async () => {
  const sha256 = await unused()
  await openedBetween(START, START + UNUSED_FOR - 1)
  expect(await sight(START + UNUSED_FOR - 1, 'run 2')).toEqual([])
  expect(await sight(START + UNUSED_FOR, 'run 2')).toEqual([sha256])
  expect(existsSync(place(sha256))).toBe(false)
  expect(vault.files.size).toBe(0)
})

test('A1: not in the run that saw it first, however long that lasts', async () => {
  await unused()
  for (let day = 10; day < 100; day += 10) expect(await sight(START + day * DAY, 'run 1')).toEqual([])
})

test('A4: a clock that jumps ahead once removes nothing; set right, the days begin again', async () => {
  await unused()
  expect(await sight(START + 1000 * DAY, 'run 2')).toEqual([])
  expect(await sight(START + 1 * DAY, 'run 3')).toEqual([])
  await openedBetween(START + DAY, START + UNUSED_FOR + DAY)
  expect(await sight(START + UNUSED_FOR + DAY, 'run 4')).toHaveLength(1)
})

test('A1: named again in between, by a note, a version or an archive, the days begin again', async () => {
  for (const again of ['note', 'elsewhere'] as const) {
    const name = `${again}.png`
    const sha256 = await unused(name)
    if (again === 'note') inUse(name)
    else elsewhere = [sha256]
    expect(await sight(START + 20 * DAY, 'run 2')).toEqual([])
    inUse()
    elsewhere = []
    expect(await sight(START + 40 * DAY, 'run 3')).toEqual([])
    await openedBetween(START + 40 * DAY, START + 69 * DAY)
    expect(await sight(START + 69 * DAY, 'run 4')).toEqual([])
    expect(await sight(START + 70 * DAY, 'run 5')).toEqual([sha256])
  }
})

test('A1: what a version, a trashed note or an archive names stays for good', async () => {
  const sha256 = await unused()
  elsewhere = [sha256]
  for (let run = 2; run < 10; run++) expect(await sight(START + run * 40 * DAY, `run ${run}`)).toEqual([])
})

test('A2, A5: nothing goes where it is not certain, or somebody cannot say', async () => {
  const sha256 = await unused()
  vault.inUse = { paths: [], certain: false }
  expect(await sight(START + 100 * DAY, 'run 2')).toEqual([])
  inUse()
  const fails = collectAttachments({
    vaultId: id,
    folder: profile.vaultFolder(id),
    vault: vault.port,
    store: new AttachmentStore(profile),
    namedElsewhere: () => Promise.reject(new Error('away')),
    now: START + 101 * DAY,
    run: 'run 3',
  })
  await expect(fails).rejects.toThrow('away')
  expect(existsSync(place(sha256))).toBe(true)
})

test('A3: a file that no note ever named stays; bytes that no path has go', async () => {
  const own = await keep('Folder/own.pdf')
  const orphan = await keep(null)
  for (let run = 0; run < 4; run++) await sight(START + run * 40 * DAY, `run ${run}`)
  expect(existsSync(place(own))).toBe(true)
  expect(existsSync(place(orphan))).toBe(false)
  expect([...vault.files.keys()]).toEqual(['Folder/own.pdf'])
})

test('A6: bytes stay while another path has them, and when they came in during this run', async () => {
  const sha256 = await unused('one.png')
  const size = 'one.png'.length
  vault.before = (name) => {
    if (name === 'removeAttachments') vault.files.set('two.png', { path: 'two.png', sha256, size })
  }
  await openedBetween(START, START + UNUSED_FOR)
  expect(await sight(START + UNUSED_FOR, 'run 2')).toEqual([])
  expect(existsSync(place(sha256))).toBe(true)

  vault.before = () => {}
  vault.files.clear()
  const store = new AttachmentStore(profile)
  await sight(START + 100 * DAY, 'run 3', store)
  await store.addBytes(id, new TextEncoder().encode('one.png'))
  expect(await sight(START + 200 * DAY, 'run 4', store)).toEqual([])
  expect(createHash('sha256').update('one.png').digest('hex')).toBe(sha256)
  expect(existsSync(place(sha256))).toBe(true)
})

test('A7: a file of sightings that is lost or garbled begins everything again', async () => {
  const sha256 = await unused()
  rmSync(path.join(profile.vaultFolder(id), 'unused.json'))
  inUse('one.png')
  expect(await sight(START + 100 * DAY, 'run 2')).toEqual([])
  inUse()
  expect(await sight(START + 101 * DAY, 'run 3')).toEqual([])
  await openedBetween(START + 101 * DAY, START + 131 * DAY)
  expect(await sight(START + 131 * DAY, 'run 4')).toEqual([sha256])
})
