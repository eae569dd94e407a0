import { create } from 'zustand'
import type { NoteId } from '../../core/base/ids.ts'
import { BLANK, type Place, placeKey } from './place.ts'

export type Tab = {
  readonly id: string
  readonly place: Place
  /** Places before and after, the nearest last. */
  readonly back: readonly Place[]
  readonly forward: readonly Place[]
}

type Tabs = {
  readonly tabs: readonly Tab[]
  readonly activeId: string
  /** Closed tabs, the last closed last. */
  readonly closed: readonly Place[]
}

const HISTORY = 100
const CLOSED = 20
let lastTab = 0

const makeTab = (place: Place): Tab => ({ id: `tab-${++lastTab}`, place, back: [], forward: [] })

const first = makeTab(BLANK)

/** There is always a tab, and always one that is active. */
export const useTabs = create<Tabs>(() => ({ tabs: [first], activeId: first.id, closed: [] }))

const { getState: get, setState: set } = useTabs

export const activeTab = (tabs: Tabs): Tab => tabs.tabs.find((tab) => tab.id === tabs.activeId) ?? first

/** The note in the active tab, or null. */
export const activeNote = (tabs: Tabs): NoteId | null => {
  const { place } = activeTab(tabs)
  return place.at === 'note' ? place.id : null
}

const change = (id: string, next: (tab: Tab) => Tab) =>
  set(({ tabs }) => ({ tabs: tabs.map((tab) => (tab.id === id ? next(tab) : tab)) }))

export type OpenOptions = { readonly newTab?: boolean; readonly background?: boolean }

/** Shows a place in the active tab, or in a new one beside it. */
export function openPlace(place: Place, { newTab = false, background = false }: OpenOptions = {}): void {
  const { tabs, activeId } = get()
  const active = activeTab(get())
  if (newTab && active.place.at !== 'blank') {
    const tab = makeTab(place)
    const at = tabs.findIndex((other) => other.id === activeId) + 1
    set({ tabs: [...tabs.slice(0, at), tab, ...tabs.slice(at)], activeId: background ? activeId : tab.id })
    return
  }
  change(active.id, (tab) => {
    if (placeKey(tab.place) === placeKey(place)) return { ...tab, place }
    const back = tab.place.at === 'blank' ? tab.back : [...tab.back, tab.place].slice(-HISTORY)
    return { ...tab, place, back, forward: [] }
  })
}

export function newTab(): void {
  const tab = makeTab(BLANK)
  set(({ tabs }) => ({ tabs: [...tabs, tab], activeId: tab.id }))
}

export function activateTab(id: string): void {
  if (get().tabs.some((tab) => tab.id === id)) set({ activeId: id })
}

/** Moves along the row of tabs, round its ends. */
export function activateBy(step: 1 | -1): void {
  const { tabs, activeId } = get()
  const at = tabs.findIndex((tab) => tab.id === activeId)
  const next = tabs[(at + step + tabs.length) % tabs.length]
  if (next) set({ activeId: next.id })
}

/** The tab at its right takes over, else the one at its left; the last tab becomes blank. */
export function closeTab(id: string): void {
  const { tabs, activeId, closed } = get()
  const at = tabs.findIndex((tab) => tab.id === id)
  const tab = tabs[at]
  if (!tab) return
  const rest = tabs.filter((other) => other.id !== id)
  const left = rest.length > 0 ? rest : [makeTab(BLANK)]
  const next = left[Math.min(at, left.length - 1)]
  set({
    tabs: left,
    activeId: activeId === id && next ? next.id : activeId,
    closed: tab.place.at === 'blank' ? closed : [...closed, tab.place].slice(-CLOSED),
  })
}

export function closeOtherTabs(id: string): void {
  for (const tab of get().tabs) if (tab.id !== id) closeTab(tab.id)
}

export function reopenTab(): void {
  const { closed } = get()
  const place = closed.at(-1)
  if (!place) return
  set({ closed: closed.slice(0, -1) })
  openPlace(place, { newTab: true })
}

export function goBack(): void {
  change(activeTab(get()).id, (tab) => {
    const place = tab.back.at(-1)
    return place ? { ...tab, place, back: tab.back.slice(0, -1), forward: [...tab.forward, tab.place] } : tab
  })
}

export function goForward(): void {
  change(activeTab(get()).id, (tab) => {
    const place = tab.forward.at(-1)
    return place ? { ...tab, place, forward: tab.forward.slice(0, -1), back: [...tab.back, tab.place] } : tab
  })
}

/** Changes a search's words without a step in the history. */
export function replacePlace(place: Place): void {
  change(activeTab(get()).id, (tab) => ({ ...tab, place }))
}

/** Takes a note that is gone out of every tab: the place before it takes over, or a blank one. */
export function leaveNote(id: NoteId): void {
  const isGone = (place: Place) => place.at === 'note' && place.id === id
  set(({ tabs }) => ({
    tabs: tabs.map((tab) => {
      const back = tab.back.filter((place) => !isGone(place))
      const forward = tab.forward.filter((place) => !isGone(place))
      if (!isGone(tab.place)) return { ...tab, back, forward }
      return { ...tab, place: back.at(-1) ?? BLANK, back: back.slice(0, -1), forward }
    }),
  }))
}

/** Moves a tab along the row; `to` is its new position. */
export function moveTab(id: string, to: number): void {
  const { tabs } = get()
  const tab = tabs.find((other) => other.id === id)
  if (!tab) return
  const rest = tabs.filter((other) => other.id !== id)
  set({ tabs: [...rest.slice(0, to), tab, ...rest.slice(to)] })
}

/** What a stored window says; nothing in it leaves one blank tab. */
export function restoreTabs(places: readonly Place[], active: number): void {
  const tabs = (places.length > 0 ? places : [BLANK]).map(makeTab)
  const shown = tabs[active] ?? tabs[0]
  if (shown) set({ tabs, activeId: shown.id, closed: [] })
}
