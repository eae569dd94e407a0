import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { noteId } from '../../core/base/ids.ts'
import { BLANK, notePlace, type Place } from './place.ts'
import {
  activateBy,
  activeTab,
  closeOtherTabs,
  closeTab,
  goBack,
  goForward,
  leaveNote,
  moveTab,
  newTab,
  openPlace,
  reopenTab,
  replacePlace,
  restoreTabs,
  useTabs,
} from './tabs.ts'

const [a, b, c] = ['note-a00', 'note-b00', 'note-c00'].map(noteId).map(notePlace) as [Place, Place, Place]
const shown = () => activeTab(useTabs.getState()).place
const places = () => useTabs.getState().tabs.map(({ place }) => place)

beforeEach(() => restoreTabs([], 0))

test('a blank tab takes the first place without a step back to it', () => {
  openPlace(a)
  expect(places()).toEqual([a])
  expect(activeTab(useTabs.getState()).back).toEqual([])
})

test('back and forward walk the places of a tab; going elsewhere forgets what was forward', () => {
  for (const place of [a, b, c]) openPlace(place)
  goBack()
  goBack()
  expect(shown()).toEqual(a)
  goForward()
  expect(shown()).toEqual(b)
  openPlace(a)
  goForward()
  expect(shown()).toEqual(a)
  goBack()
  expect(shown()).toEqual(b)
})

test('a new tab stands beside the one it came from, in front or behind it', () => {
  openPlace(a)
  openPlace(b, { newTab: true, background: true })
  openPlace(c, { newTab: true })
  expect(places()).toEqual([a, c, b])
  expect(shown()).toEqual(c)
})

test('a search stays one step while its words change', () => {
  openPlace(a)
  openPlace({ at: 'search', query: '' })
  replacePlace({ at: 'search', query: 'refunds' })
  goBack()
  expect(shown()).toEqual(a)
  goForward()
  expect(shown()).toEqual({ at: 'search', query: 'refunds' })
})

test('closing shows the tab at the right, the last leaves a blank one, and reopening brings it back', () => {
  restoreTabs([a, b, c], 1)
  closeTab(useTabs.getState().activeId)
  expect(shown()).toEqual(c)
  closeOtherTabs(useTabs.getState().activeId)
  closeTab(useTabs.getState().activeId)
  expect(places()).toEqual([BLANK])
  reopenTab()
  expect(places()).toEqual([c])
})

test('a note that went to the trash leaves every tab and its history', () => {
  restoreTabs([a, b], 0)
  openPlace(b)
  openPlace(c)
  leaveNote(noteId('note-b00'))
  expect(places()).toEqual([c, BLANK])
  goBack()
  expect(shown()).toEqual(a)
})

test('whatever happens there is an active tab, and no tab is there twice', () => {
  const place = fc.constantFrom<Place>(a, b, c, { at: 'trash' }, { at: 'search', query: 'x' })
  const step = fc.oneof(
    fc.tuple(place, fc.boolean(), fc.boolean()).map(
      ([p, tab, background]) =>
        () =>
          openPlace(p, { newTab: tab, background }),
    ),
    fc.constantFrom(
      newTab,
      goBack,
      goForward,
      reopenTab,
      () => activateBy(1),
      () => activateBy(-1),
    ),
    fc.nat(5).map((at) => () => closeTab(useTabs.getState().tabs[at]?.id ?? '')),
    fc.tuple(fc.nat(5), fc.nat(5)).map(
      ([from, to]) =>
        () =>
          moveTab(useTabs.getState().tabs[from]?.id ?? '', to),
    ),
    fc.constant(() => leaveNote(noteId('note-a00'))),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      restoreTabs([], 0)
      for (const take of steps) {
        take()
        const { tabs, activeId } = useTabs.getState()
        expect(tabs.filter(({ id }) => id === activeId)).toHaveLength(1)
        expect(new Set(tabs.map(({ id }) => id)).size).toBe(tabs.length)
      }
    }),
  )
})
