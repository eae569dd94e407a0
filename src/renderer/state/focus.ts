/** The panes that F6 goes round, in reading order; each says so with `data-pane`. */
const panes = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null)

const INSIDE = '[data-pane-focus], [contenteditable="true"], a[href], button, input, [tabindex="0"]'

/** Notes of other tabs stand in the page too, hidden. */
const isShown = (element: HTMLElement): boolean => element.isConnected && element.offsetParent !== null

/** Whether nobody has the focus: what had it is gone or was hidden. */
export function isFocusFree(): boolean {
  const active = document.activeElement
  if (!(active instanceof HTMLElement) || active === document.body) return true
  return !isShown(active) && active.closest('dialog') === null
}

/** Moves the focus to the next pane, to where it was in it, or to what it offers first. */
export function cyclePane(step: 1 | -1): void {
  const all = panes()
  const at = all.findIndex((pane) => pane.contains(document.activeElement))
  for (let tries = 1; tries <= all.length; tries++) {
    const pane = all[(Math.max(at, 0) + step * tries + all.length * 2) % all.length]
    if (pane && focusPane(pane)) return
  }
}

function focusPane(pane: HTMLElement): boolean {
  const last = lastFocus.get(pane)
  const target =
    last && pane.contains(last) && isShown(last)
      ? last
      : ([...pane.querySelectorAll<HTMLElement>('[data-pane-focus]')].find(isShown) ??
        [...pane.querySelectorAll<HTMLElement>(INSIDE)].find(isShown))
  target?.focus()
  return target !== undefined && pane.contains(document.activeElement)
}

const lastFocus = new WeakMap<HTMLElement, HTMLElement>()

/** Remembers where the focus was in each pane. Returns a disposer. */
export function followFocus(): () => void {
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return
    const pane = target.closest<HTMLElement>('[data-pane]')
    if (pane) lastFocus.set(pane, target)
  }
  document.addEventListener('focusin', onFocus)
  return () => document.removeEventListener('focusin', onFocus)
}
