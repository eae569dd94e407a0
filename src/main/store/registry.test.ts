import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import type { Logger } from '../log.ts'
import { profileAt } from './profile.ts'
import { VaultRegistry } from './registry.ts'

const folder = temporaryFolders()
const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} }
const open = (profile: string) => VaultRegistry.open(profileAt(profile), silent)

test('starts empty, and is the same after every opening', async () => {
  const profile = folder()
  const registry = await open(profile)
  expect([registry.list(), registry.last()]).toEqual([[], null])
  const a = await registry.create('Notes')
  const b = await registry.create('Work', true)
  await registry.setExported(a.id, { folder: '/out', at: 5 })
  await registry.setNotes(a.id, 7, true)
  await registry.use(a.id)
  const again = await open(profile)
  expect(again.list()).toEqual([{ ...a, notes: 7, exported: { folder: '/out', at: 5 } }, b])
  expect(again.last()?.id).toBe(a.id)
  expect(again.isCounted(a.id)).toBe(true)
})

test('ids are host names and folder names on any system: lower case, a letter first, never equal', async () => {
  const registry = await open(folder())
  const ids = new Set<string>()
  for (let i = 0; i < 20; i++) ids.add((await registry.create('x')).id)
  expect(ids.size).toBe(20)
  for (const id of ids) {
    expect(id).toMatch(/^v[a-z2-7]{20}$/)
    expect(new URL(`http://${id}/`).host).toBe(id)
  }
})

test('names are unique without regard to case and form, and found that way', async () => {
  const registry = await open(folder())
  const first = await registry.create('Öl')
  const second = await registry.create(' ÖL ')
  expect(second.name).toBe('ÖL 2')
  expect(registry.byName('o\u0308L')?.id).toBe(first.id)
  expect(registry.byName(second.id)?.id).toBe(second.id)
  await expect(registry.rename(second.id, 'öl')).rejects.toMatchObject({ code: 'name-taken' })
  await registry.rename(first.id, 'ÖL')
  expect(registry.get(first.id)?.name).toBe('ÖL')
  await expect(registry.rename(vaultId('unknown1'), 'x')).rejects.toMatchObject({ code: 'not-found' })
})

test('a list that is garbled or gone is made anew from the vaults themselves; the bad file is kept', async () => {
  const profile = folder()
  const registry = await open(profile)
  const a = await registry.create('Notes')
  const b = await registry.create('Starter', true)
  await registry.rename(a.id, 'Renamed')
  const file = path.join(profile, 'vaults.json')
  for (const damage of [
    () => writeFileSync(file, '{"version":1,"vau'),
    () => writeFileSync(file, ''),
    () => rmSync(file),
  ]) {
    damage()
    const again = await open(profile)
    const known = again.list().map(({ id, name, isStarter }) => [id, name, isStarter])
    expect(known.sort()).toEqual(
      [
        [a.id, 'Renamed', false],
        [b.id, 'Starter', true],
      ].sort(),
    )
    expect(again.isCounted(a.id)).toBe(false)
    expect(again.last()).not.toBeNull()
  }
  expect(readdirSync(profile).filter((name) => name.includes('unreadable')).length).toBe(2)
})

test('a folder that only looks like a vault is none', async () => {
  const profile = folder()
  const put = (name: string, text: string) => {
    mkdirSync(path.join(profile, 'vaults', name), { recursive: true })
    writeFileSync(path.join(profile, 'vaults', name, 'vault.json'), text)
  }
  put('vaaaaaaaaa', '{"id":"vbbbbbbbbb","name":"moved","isStarter":false}')
  put('vcccccccccc', 'nonsense')
  expect((await open(profile)).list()).toEqual([])
})

test('every write replaces the file whole, readable by this user only', async () => {
  const profile = folder()
  const registry = await open(profile)
  const created = await Promise.all(['a', 'b', 'c', 'd'].map((name) => registry.create(name)))
  await Promise.all(created.map(({ id }, n) => registry.setNotes(id, n + 1, true)))
  const file = path.join(profile, 'vaults.json')
  expect(
    JSON.parse(readFileSync(file, 'utf8'))
      .vaults.map(({ notes }: { notes: number }) => notes)
      .sort(),
  ).toEqual([1, 2, 3, 4])
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(profile).some((name) => name.endsWith('.tmp'))).toBe(false)
  expect(existsSync(path.join(profile, 'vaults', created[0]?.id ?? '', 'files'))).toBe(true)
})
