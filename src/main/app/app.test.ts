import { expect, test } from 'vitest'
import { COMMANDS } from '../../ipc/commands.ts'
import { type MenuItem, menuTemplate } from './menu-template.ts'
import { type Answer, inTime, storedOrAgreed } from './patience.ts'

const flat = (items: readonly MenuItem[]): MenuItem[] => items.flatMap((item) => [item, ...flat(item.submenu ?? [])])

test('every command that names a menu is in the menus of every platform, once, with its keys shown only', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const items = flat(menuTemplate(platform, true))
    const commands = items.filter((item) => item.command !== undefined)
    expect(commands.map((item) => item.command).sort()).toEqual(
      COMMANDS.filter((command) => 'menu' in command)
        .map(({ id }) => id)
        .sort(),
    )
    for (const item of commands) if (item.accelerator) expect(item.registerAccelerator).toBe(false)
    for (const { submenu } of items) {
      expect(submenu?.[0]?.type).not.toBe('separator')
      expect(submenu?.at(-1)?.type).not.toBe('separator')
    }
  }
  const search = flat(menuTemplate('linux', true)).find((item) => item.command === 'go.search')
  expect(search?.accelerator).toBe('CmdOrCtrl+Shift+F')
})

test('menus show the keys that were chosen, none where they were taken away, and nothing that is no key', () => {
  const chosen = { 'go.search': '$mod+j F7', 'note.new': '', 'go.graph': 'no key at all +++' }
  const keys = (command: string) =>
    flat(menuTemplate('linux', true, chosen)).find((item) => item.command === command)?.accelerator
  expect(['go.search', 'note.new', 'go.graph', 'tab.new'].map(keys)).toEqual([
    'CmdOrCtrl+J',
    undefined,
    undefined,
    'CmdOrCtrl+T',
  ])
})

test('no menu closes the window with the keys that close a tab', () => {
  const close = flat(menuTemplate('linux', true)).find((item) => item.role === 'close')
  expect(close?.accelerator).toBe('CmdOrCtrl+Shift+W')
  expect(flat(menuTemplate('linux', true)).some((item) => item.role === 'toggleDevTools')).toBe(false)
})

test('in time is done in time, and nothing else', async () => {
  expect(await inTime(Promise.resolve())).toBe(true)
  expect(await inTime(Promise.reject(new Error('disk')))).toBe(false)
  expect(await inTime(new Promise(() => {}), 1)).toBe(false)
})

test('where words are not stored the person decides, and waiting tries again', async () => {
  const answers: Answer[] = ['wait', 'wait', 'leave']
  let tries = 0
  const store = () => {
    tries++
    return Promise.reject(new Error('disk'))
  }
  expect(await storedOrAgreed(store, async () => answers.shift() ?? 'stay', 1)).toBe(true)
  expect(tries).toBe(3)
  expect(await storedOrAgreed(store, async () => 'stay', 1)).toBe(false)
  const recovers = () => (++tries > 5 ? Promise.resolve() : Promise.reject(new Error('disk')))
  expect(await storedOrAgreed(recovers, async () => 'wait', 1)).toBe(true)
})
