import { expect, test } from 'vitest'
import { acceleratorOf, COMMANDS, type CommandSpec, isKeys, keysOf } from '../../../ipc/commands.ts'
import { isFound, isFoundByAlso, pieces } from './found.ts'
import { conflictOf, type Pressed, recordKeys, withKeys, withOwnKeys } from './record-keys.ts'

const pressed = (key: string, held = '', code = ''): Pressed => ({
  key,
  code,
  ctrlKey: held.includes('C'),
  metaKey: held.includes('M'),
  altKey: held.includes('A'),
  shiftKey: held.includes('S'),
})

test('what is pressed is written as commands write it', () => {
  expect(recordKeys(pressed('F', 'CS', 'KeyF'), false)).toEqual({ is: 'keys', keys: '$mod+Shift+f' })
  expect(recordKeys(pressed('f', 'M', 'KeyF'), true)).toEqual({ is: 'keys', keys: '$mod+f' })
  expect(recordKeys(pressed('f', 'C', 'KeyF'), true)).toEqual({ is: 'keys', keys: 'Control+f' })
  expect(recordKeys(pressed('F7'), false)).toEqual({ is: 'keys', keys: 'F7' })
  expect(recordKeys(pressed('ArrowUp', 'A', 'ArrowUp'), false)).toEqual({ is: 'keys', keys: 'Alt+ArrowUp' })
  // A keyboard with other letters, Option on a Mac, and characters that the notation needs for itself: by their place.
  expect(recordKeys(pressed('а', 'C', 'KeyF'), false)).toEqual({ is: 'keys', keys: '$mod+KeyF' })
  expect(recordKeys(pressed('ƒ', 'A', 'KeyF'), true)).toEqual({ is: 'keys', keys: 'Alt+KeyF' })
  expect(recordKeys(pressed('+', 'C', 'NumpadAdd'), false)).toEqual({ is: 'keys', keys: '$mod+NumpadAdd' })
  expect(recordKeys(pressed(' ', 'C', 'Space'), false)).toEqual({ is: 'keys', keys: '$mod+Space' })
})

test('modifiers alone wait, Escape leaves, Backspace takes the keys away', () => {
  expect(recordKeys(pressed('Shift', 'CS'), false)).toEqual({ is: 'part', modifiers: ['$mod', 'Shift'] })
  expect(recordKeys(pressed('Escape'), false)).toEqual({ is: 'cancel' })
  expect(recordKeys(pressed('Backspace'), false)).toEqual({ is: 'remove' })
})

test('PRODUCT, "Shortcuts": no Ctrl+Alt, no backslash, no letter alone, nothing of the system', () => {
  expect(recordKeys(pressed('f', 'CA', 'KeyF'), false)).toEqual({ is: 'refused', why: 'types-letters' })
  expect(recordKeys(pressed('\\', 'C', 'Backslash'), false)).toEqual({ is: 'refused', why: 'types-letters' })
  expect(recordKeys(pressed('x', '', 'KeyX'), false)).toEqual({ is: 'refused', why: 'needs-modifier' })
  expect(recordKeys(pressed('X', 'S', 'KeyX'), false)).toEqual({ is: 'refused', why: 'needs-modifier' })
  expect(recordKeys(pressed('e', 'M', 'KeyE'), false)).toEqual({ is: 'refused', why: 'system' })
})

test('who has keys already is said; taking them leaves the others their other keys', () => {
  expect(conflictOf('$mod+k', 'go.graph', {}, false)).toEqual({
    with: 'command',
    id: 'go.jump',
    label: 'Search or jump',
  })
  expect(conflictOf('Shift+$mod+F', 'go.graph', {}, false)).toMatchObject({ id: 'go.search' })
  expect(conflictOf('$mod+k', 'go.jump', {}, false)).toBeNull()
  expect(conflictOf('$mod+b', 'go.graph', {}, false)).toEqual({ with: 'fixed', what: 'bold' })
  const taken = withKeys({}, 'go.graph', '$mod+k', false)
  expect(taken).toEqual({ 'go.graph': '$mod+k', 'go.jump': '$mod+o' })
  expect(conflictOf('$mod+g', 'note.new', taken, false)).toBeNull()
  // back as it was: both have their own again, and nothing is kept
  expect(withOwnKeys(withOwnKeys(taken, 'go.graph', false), 'go.jump', false)).toEqual({})
  expect(withOwnKeys(taken, 'go.jump', false)).toEqual({ 'go.graph': '' })
  expect(withKeys({ 'go.graph': '$mod+j' }, 'go.graph', '$mod+g', false)).toEqual({})
})

test('what a file of settings holds binds only what a keyboard can send', () => {
  const [spec] = COMMANDS as readonly CommandSpec[]
  const id = spec?.id ?? ''
  expect(keysOf(spec as CommandSpec, false, { [id]: '$mod+j F9 nonsense+++ <b>' })).toEqual(['$mod+j', 'F9'])
  expect(keysOf(spec as CommandSpec, false, { [id]: '' })).toEqual([])
  for (const command of COMMANDS as readonly CommandSpec[]) {
    for (const keys of keysOf(command, true)) expect(isKeys(keys), keys).toBe(true)
  }
  expect(acceleratorOf('$mod+KeyF')).toBe('CmdOrCtrl+F')
})

test('a search finds by label, note and other names, and marks what it found', () => {
  const row = { label: 'Second disk for backups', note: 'None yet', also: 'external drive' }
  expect(['BACK', 'none', 'drive', ''].map((query) => isFound(row, query))).toEqual([true, true, true, true])
  expect(isFound(row, 'tab')).toBe(false)
  expect([isFoundByAlso(row, 'drive'), isFoundByAlso(row, 'disk')]).toEqual([true, false])
  expect(pieces('Back to the back', ' back ')).toEqual([
    { text: 'Back', hit: true },
    { text: ' to the ', hit: false },
    { text: 'back', hit: true },
  ])
  expect(
    pieces('İstanbul', 'b')
      .map(({ text }) => text)
      .join(''),
  ).toBe('İstanbul')
})
