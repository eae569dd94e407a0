import { expect, test } from 'vitest'
import { acceleratorOf, COMMANDS, type CommandSpec, keysOf } from '../../../ipc/commands.ts'
import { keysLabel } from './keys.ts'

test('keys are written as the platform writes them', () => {
  expect(keysLabel('$mod+Shift+f', true)).toBe('⇧⌘F')
  expect(keysLabel('$mod+Shift+f', false)).toBe('Ctrl+Shift+F')
  expect(keysLabel('Alt+ArrowLeft', false)).toBe('Alt+←')
  expect(keysLabel('F6', true)).toBe('F6')
})

test('no two commands share keys, on any platform', () => {
  for (const mac of [true, false]) {
    const keys = (COMMANDS as readonly CommandSpec[]).flatMap((command) => keysOf(command, mac))
    expect(new Set(keys).size).toBe(keys.length)
  }
})

test('PRODUCT, "Shortcuts": none uses Ctrl+Alt or a backslash', () => {
  for (const command of COMMANDS as readonly CommandSpec[]) {
    for (const keys of [...keysOf(command, true), ...keysOf(command, false)]) {
      expect(keys).not.toMatch(/\\|(\$mod|Control).*Alt|Alt.*(\$mod|Control)/)
    }
  }
})

test('menus get the same keys in their own notation', () => {
  expect(acceleratorOf('$mod+Shift+f')).toBe('CmdOrCtrl+Shift+F')
  expect(acceleratorOf('Control+Shift+Tab')).toBe('Ctrl+Shift+Tab')
  expect(acceleratorOf('Alt+ArrowLeft')).toBe('Alt+Left')
  expect(acceleratorOf('$mod+,')).toBe('CmdOrCtrl+,')
})
