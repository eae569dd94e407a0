import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { DEFAULT_SETTINGS } from '../../ipc/settings-shapes.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import type { Logger } from '../log.ts'
import { SettingsStore } from './settings.ts'

const folder = temporaryFolders()
const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} }

test('settings, places and states come back', async () => {
  const file = path.join(folder(), 'settings.json')
  const store = await SettingsStore.open(file, silent)
  const heard: unknown[] = []
  store.changed.on((settings) => heard.push(settings))
  expect(store.set({ theme: 'dark' })).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' })
  const vault = vaultId('vaultvault')
  const bounds = { x: 1, y: 2, width: 800, height: 600, maximized: true }
  store.keepWindow('one', { vault, bounds })
  store.keepWindow('one', { state: 'state' })
  store.keepWindow('two', { vault, bounds: { ...bounds, x: 30 }, state: 'later' })
  await store.flush()
  const again = await SettingsStore.open(file, silent)
  expect(again.settings.theme).toBe('dark')
  expect(again.bounds?.maximized).toBe(true)
  expect(again.windowState(vault)).toBe('later')
  expect(again.openWindows).toEqual([
    { id: 'one', vault, bounds, state: 'state' },
    { id: 'two', vault, bounds: { ...bounds, x: 30 }, state: 'later' },
  ])
  again.forgetWindow('one')
  expect(again.openWindows.map(({ id }) => id)).toEqual(['two'])
  expect(again.windowState(vaultId('othervault'))).toBeNull()
  expect(heard.length).toBe(1)
})

test('one bad value costs itself only, a bad file everything but the start', async () => {
  const file = path.join(folder(), 'settings.json')
  writeFileSync(file, '{"settings":{"theme":"dark","bodySize":999},"bounds":"x","windows":{"a":"s"}}')
  const store = await SettingsStore.open(file, silent)
  expect(store.settings).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' })
  expect(store.bounds).toBeNull()
  expect(store.windowState('a' as never)).toBe('s')
  writeFileSync(file, 'nonsense')
  expect((await SettingsStore.open(file, silent)).settings.theme).toBe('system')
})

test('a file of a version with one window a vault is read; of open windows a bad one costs itself only', async () => {
  const file = path.join(folder(), 'settings.json')
  writeFileSync(file, '{"windows":{"vaultvault":"s"},"bounds":{"x":1,"y":2,"width":3,"height":4,"maximized":false}}')
  const old = await SettingsStore.open(file, silent)
  expect(old.windowState(vaultId('vaultvault'))).toBe('s')
  expect([old.bounds?.width, old.openWindows]).toEqual([3, []])
  const open = [{ id: 'one', vault: '../..' }, 7, { id: 'two', vault: 'vaultvault', bounds: 'x', state: 5 }]
  writeFileSync(file, JSON.stringify({ open }))
  expect((await SettingsStore.open(file, silent)).openWindows).toEqual([
    { id: 'two', vault: 'vaultvault', bounds: null, state: null },
  ])
})

test('changes close together are one write', async () => {
  const file = path.join(folder(), 'settings.json')
  const store = await SettingsStore.open(file, silent)
  for (let size = 16; size <= 22; size++) store.set({ bodySize: size })
  await store.flush()
  expect(JSON.parse(readFileSync(file, 'utf8')).settings.bodySize).toBe(22)
})
