/** The panes that F6 goes round, in reading order; each says so with `data-pane`. */
const panes = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null)

const INSIDE = '[data-pane-focus], [contenteditable="true"], a[href], button, input, [tabindex="0"]'

/** Moves the focus to the next pane, to where it was in it, or to what it offers first. */
export function cyclePane(step: 1 | -1): void {
  const all = panes()
  const at = all.findIndex((pane) => pane.contains(document.activeElement))
  for (let tries = 1; tries <= all.length; tries++) {
    const pane = all[(Math.max(at, 0) + step * tries + all.length * 2) % all.length]
    if (pane && focusPane(pane)) return
  }
}

export function focusPane(pane: HTMLElement): boolean {
  const last = lastFocus.get(pane)
  const target =
    last?.isConnected && pane.contains(last)
      ? last
      : (pane.querySelector<HTMLElement>('[data-pane-focus]') ??
        [...pane.querySelectorAll<HTMLElement>(INSIDE)].find((element) => element.offsetParent !== null))
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
