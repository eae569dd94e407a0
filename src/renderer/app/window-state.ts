import { z } from 'zod'
import { onCaretMoved, packCarets, unpackCarets } from '../state/caret.ts'
import { PANE_LIMITS, type PaneName, useLayout } from '../state/layout.ts'
import { placeShape } from '../state/place.ts'
import { useScroll } from '../state/scroll.ts'
import { restoreTabs, useTabs } from '../state/tabs.ts'
import { useTree } from '../state/tree.ts'

const paneShape = (pane: PaneName) =>
  z.object({
    width: z.number().min(PANE_LIMITS[pane].min).max(PANE_LIMITS[pane].max),
    hidden: z.boolean(),
  })

/** Kept by main as text; a window of another version may have written it. */
const stateShape = z.object({
  version: z.literal(1),
  vault: z.string(),
  tabs: z.array(placeShape).max(200),
  active: z.number().int(),
  navigator: paneShape('navigator'),
  context: paneShape('context'),
  focusMode: z.boolean().default(false),
  expanded: z.array(z.string()).max(2000),
  scroll: z.record(z.string(), z.number()),
  /** By note id. Windows of the first version had none. */
  carets: z.record(z.string(), z.array(z.number().int().min(0)).max(64)).default({}),
})

const SCROLLS = 200

/** What this window needs to reopen as it was. Names no note by its title, only by id. */
export function packWindow(vault: string): string {
  const { tabs, activeId } = useTabs.getState()
  const { widths, hidden, isFocusMode } = useLayout.getState()
  const state: z.infer<typeof stateShape> = {
    version: 1,
    vault,
    tabs: tabs.map((tab) => tab.place).slice(0, 200),
    active: tabs.findIndex((tab) => tab.id === activeId),
    navigator: { width: widths.navigator, hidden: hidden.navigator },
    context: { width: widths.context, hidden: hidden.context },
    focusMode: isFocusMode,
    expanded: [...useTree.getState().expanded].slice(0, 2000),
    scroll: Object.fromEntries(Object.entries(useScroll.getState().byPlace).slice(-SCROLLS)),
    carets: packCarets(),
  }
  return JSON.stringify(state)
}

/**
 * Takes what fits; anything else leaves the window as it is at first.
 * @param place of a window that another one asked for: its only tab, and only the widths are of the state
 */
export function unpackWindow(text: string | null, vault: string, place: string | null = null): void {
  const shown = placeShape.safeParse(parseJson(place))
  if (shown.success) restoreTabs([shown.data], 0)

  const state = stateShape.safeParse(parseJson(text))
  if (!state.success) return
  const { navigator, context, tabs, active, expanded, scroll, carets, focusMode } = state.data
  useLayout.setState({
    widths: { navigator: navigator.width, context: context.width },
    hidden: { navigator: navigator.hidden, context: context.hidden },
    isFocusMode: focusMode,
  })
  // Notes belong to a vault: another one in this window starts with its own.
  if (state.data.vault !== vault) return
  unpackCarets(carets)
  if (place === null) restoreTabs(tabs, active)
  useTree.setState({ expanded: new Set(expanded) })
  useScroll.setState({ byPlace: scroll })
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

/** Calls `changed` whenever something that is kept has changed. */
export function onWindowChange(changed: () => void): () => void {
  const stop = [useTabs, useLayout, useTree, useScroll].map((store) => store.subscribe(changed))
  stop.push(onCaretMoved(changed))
  return () => {
    for (const end of stop) end()
  }
}
