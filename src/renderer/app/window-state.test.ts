import { beforeEach, expect, test } from 'vitest'
import { folderId, noteId } from '../../core/base/ids.ts'
import { caretOf, followCaret, unpackCarets } from '../state/caret.ts'
import { resizePane, useLayout } from '../state/layout.ts'
import { BLANK, notePlace } from '../state/place.ts'
import { setScroll, useScroll } from '../state/scroll.ts'
import { activeTab, restoreTabs, useTabs } from '../state/tabs.ts'
import { setExpanded, useTree } from '../state/tree.ts'
import { packWindow, unpackWindow } from './window-state.ts'

const note = notePlace(noteId('note-one'))

function reset() {
  restoreTabs([], 0)
  useTree.setState({ expanded: new Set() })
  useScroll.setState({ byPlace: {} })
  useLayout.setState({ widths: { navigator: 256, context: 328 }, hidden: { navigator: false, context: false } })
}
beforeEach(reset)

test('a window reopens as it was: tabs, the one in front, widths, open folders, scroll', () => {
  restoreTabs([{ at: 'trash' }, note], 1)
  setExpanded(folderId('folder-one'), true)
  setScroll('note:note-one', 412.4)
  resizePane('navigator', 300)
  const packed = packWindow('vault-one')
  reset()
  unpackWindow(packed, 'vault-one')
  expect(useTabs.getState().tabs.map(({ place }) => place)).toEqual([{ at: 'trash' }, note])
  expect(activeTab(useTabs.getState()).place).toEqual(note)
  expect(useLayout.getState().widths.navigator).toBe(300)
  expect([...useTree.getState().expanded]).toEqual(['folder-one'])
  expect(useScroll.getState().byPlace).toEqual({ 'note:note-one': 412 })
})

test('carets come back with the window: of notes that are open and of those that were left', () => {
  const leave = followCaret('note-left', () => [1, 0, 4])
  leave()
  followCaret('note-open', () => [2, 7])
  const packed = packWindow('vault-one')
  unpackCarets({})
  expect(caretOf('note-open')).toBeNull()
  unpackWindow(packed, 'vault-one')
  expect([caretOf('note-left'), caretOf('note-open')]).toEqual([
    [1, 0, 4],
    [2, 7],
  ])
  // A window of a version that knew none.
  const { carets: _carets, ...older } = JSON.parse(packed)
  unpackWindow(JSON.stringify(older), 'vault-one')
  expect(caretOf('note-left')).toBeNull()
})

test('a window that another one asked for has that place alone, and the widths of the other', () => {
  restoreTabs([{ at: 'trash' }, note], 0)
  resizePane('context', 400)
  const packed = packWindow('vault-one')
  reset()
  unpackWindow(packed, 'vault-one', JSON.stringify(note))
  expect(useTabs.getState().tabs.map(({ place }) => place)).toEqual([note])
  expect(useLayout.getState().widths.context).toBe(400)
  reset()
  unpackWindow(packed, 'vault-one', 'no place of this version')
  expect(useTabs.getState().tabs.map(({ place }) => place)).toEqual([BLANK])
})

test('another vault takes the widths and nothing of the notes', () => {
  restoreTabs([note], 0)
  resizePane('context', 400)
  const packed = packWindow('vault-one')
  reset()
  unpackWindow(packed, 'vault-two')
  expect(useTabs.getState().tabs.map(({ place }) => place)).toEqual([BLANK])
  expect(useLayout.getState().widths.context).toBe(400)
})

test('what cannot be read leaves the window as it is at first', () => {
  for (const text of [null, '', '{', '{"version":2}', '{"version":1,"tabs":[{"at":"note","id":"../.."}]}']) {
    unpackWindow(text, 'vault-one')
    expect(useTabs.getState().tabs.map(({ place }) => place)).toEqual([BLANK])
  }
})

test('a pane keeps within its limits', () => {
  resizePane('navigator', 10)
  expect(useLayout.getState().widths.navigator).toBe(208)
  resizePane('context', 9999)
  expect(useLayout.getState().widths.context).toBe(440)
})
