import { create } from 'zustand'

export type PaneName = 'navigator' | 'context'
/** DESIGN 2: on window width in rem, so that zoom triggers them. */
export type Breadth = 'wide' | 'medium' | 'narrow' | 'slim'

const BREAKS: readonly (readonly [Breadth, string])[] = [
  ['wide', '(min-width: 70rem)'],
  ['medium', '(min-width: 57.5rem)'],
  ['narrow', '(min-width: 40rem)'],
]

/** px at 16px a rem, as DESIGN 2 gives them. */
export const PANE_LIMITS: Record<PaneName, { readonly min: number; readonly max: number; readonly usual: number }> = {
  navigator: { min: 208, max: 360, usual: 256 },
  context: { min: 280, max: 440, usual: 328 },
}

type Layout = {
  readonly breadth: Breadth
  readonly widths: Record<PaneName, number>
  /** Hidden by the person where there is room to dock it. */
  readonly hidden: Record<PaneName, boolean>
  /** The pane that lies over the text where there is no room to dock it. */
  readonly drawer: PaneName | null
  /** The text alone: no pane is docked, whatever the person shows or hides else. */
  readonly isFocusMode: boolean
}

export const useLayout = create<Layout>(() => ({
  breadth: 'wide',
  widths: { navigator: PANE_LIMITS.navigator.usual, context: PANE_LIMITS.context.usual },
  hidden: { navigator: false, context: false },
  drawer: null,
  isFocusMode: false,
}))

/** Whether there is room for the pane beside the text. */
export const canDock = (breadth: Breadth, pane: PaneName): boolean =>
  breadth === 'wide' || (breadth === 'medium' && pane === 'navigator')

export const isDocked = (layout: Layout, pane: PaneName): boolean =>
  canDock(layout.breadth, pane) && !layout.hidden[pane] && !layout.isFocusMode

export function togglePane(pane: PaneName): void {
  useLayout.setState((layout) =>
    canDock(layout.breadth, pane) && !layout.isFocusMode
      ? { hidden: { ...layout.hidden, [pane]: !layout.hidden[pane] } }
      : { drawer: layout.drawer === pane ? null : pane },
  )
}

export const toggleFocusMode = (): void =>
  useLayout.setState(({ isFocusMode }) => ({ isFocusMode: !isFocusMode, drawer: null }))

export const closeDrawer = (): void => useLayout.setState({ drawer: null })

export function resizePane(pane: PaneName, width: number): void {
  const { min, max } = PANE_LIMITS[pane]
  const clamped = Math.round(Math.min(max, Math.max(min, width)))
  useLayout.setState(({ widths }) => ({ widths: { ...widths, [pane]: clamped } }))
}

/** Follows the window's width. Returns a disposer. */
export function followBreadth(): () => void {
  const queries = BREAKS.map(([breadth, media]) => [breadth, window.matchMedia(media)] as const)
  const update = () => {
    const breadth = queries.find(([, query]) => query.matches)?.[0] ?? 'slim'
    if (breadth !== useLayout.getState().breadth) useLayout.setState({ breadth, drawer: null })
  }
  for (const [, query] of queries) query.addEventListener('change', update)
  update()
  return () => {
    for (const [, query] of queries) query.removeEventListener('change', update)
  }
}
