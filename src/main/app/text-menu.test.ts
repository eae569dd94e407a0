import { expect, test } from 'vitest'
import { type TextPlace, textMenu } from './text-menu-template.ts'

const PLACE: TextPlace = {
  isEditable: true,
  selectionText: '',
  linkURL: '',
  misspelledWord: '',
  dictionarySuggestions: [],
  editFlags: { canCut: false, canCopy: false, canPaste: true },
}
const named = (place: Partial<TextPlace>, platform: NodeJS.Platform = 'linux') =>
  textMenu({ ...PLACE, ...place }, platform).map(({ label, role, type }) => label ?? role ?? type)

test('in text: the clipboard, and what cannot be done now is said to be so', () => {
  expect(named({})).toEqual(['cut', 'copy', 'paste', 'Paste as plain text', 'separator', 'selectAll'])
  expect(textMenu(PLACE, 'linux').map(({ enabled }) => enabled)).toEqual([
    false,
    false,
    true,
    true,
    undefined,
    undefined,
  ])
})

test('a word that is not in the dictionary: five spellings at most, and a way to learn it', () => {
  const words = ['a', 'b', 'c', 'd', 'e', 'f']
  const menu = textMenu({ ...PLACE, misspelledWord: 'x', dictionarySuggestions: words }, 'linux')
  expect(menu.flatMap(({ act }) => (act?.is === 'spell' ? act.word : []))).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(menu.map(({ act }) => act?.is)).toContain('learn')
  expect(named({ misspelledWord: 'x' })[0]).toBe('No other spelling known')
  expect(named({ misspelledWord: 'x', dictionarySuggestions: ['R&D'] })[0]).toBe('R&&D')
})

test('where nothing can be written: copying what is selected, and nothing without it', () => {
  expect(named({ isEditable: false })).toEqual([])
  expect(named({ isEditable: false, misspelledWord: 'x' })).toEqual([])
  expect(named({ isEditable: false, selectionText: 'words' })).toEqual(['copy'])
})

test('a link that may be opened is opened or copied; looking up is the Mac’s', () => {
  expect(named({ isEditable: false, linkURL: 'https://example.org/' })).toEqual(['Open link', 'Copy link'])
  expect(named({ isEditable: false, selectionText: 'words' }, 'darwin')).toEqual([
    'Look up “words”',
    'separator',
    'copy',
  ])
})
