import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
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
  expect(store.set({ theme: 'dark' })).toEqual({ theme: 'dark', density: 'default', bodySize: 18 })
  store.setBounds({ x: 1, y: 2, width: 800, height: 600, maximized: true })
  store.setWindowState(vaultId('vaultvault'), 'state')
  await store.flush()
  const again = await SettingsStore.open(file, silent)
  expect(again.settings.theme).toBe('dark')
  expect(again.bounds?.maximized).toBe(true)
  expect(again.windowState(vaultId('vaultvault'))).toBe('state')
  expect(again.windowState(vaultId('othervault'))).toBeNull()
  expect(heard.length).toBe(1)
})

test('one bad value costs itself only, a bad file everything but the start', async () => {
  const file = path.join(folder(), 'settings.json')
  writeFileSync(file, '{"settings":{"theme":"dark","bodySize":999},"bounds":"x","windows":{"a":"s"}}')
  const store = await SettingsStore.open(file, silent)
  expect(store.settings).toEqual({ theme: 'dark', density: 'default', bodySize: 18 })
  expect(store.bounds).toBeNull()
  expect(store.windowState('a' as never)).toBe('s')
  writeFileSync(file, 'nonsense')
  expect((await SettingsStore.open(file, silent)).settings.theme).toBe('system')
})

test('changes close together are one write', async () => {
  const file = path.join(folder(), 'settings.json')
  const store = await SettingsStore.open(file, silent)
  for (let size = 16; size <= 22; size++) store.set({ bodySize: size })
  await store.flush()
  expect(JSON.parse(readFileSync(file, 'utf8')).settings.bodySize).toBe(22)
})
