import type { Disposer } from '../../../core/base/disposable.ts'
import type { Palette } from './messages.ts'

export type Surface = 'paper' | 'desk'

const TOKENS = {
  ink: '--ink',
  ink2: '--ink-2',
  ink3: '--ink-3',
  focus: '--focus',
  essay: '--essay',
  example: '--example',
  commitment: '--commit',
  note: '--note',
  unresolved: '--ink-3',
} as const

/** The tokens as they are now. A worker knows no CSS variables and no light-dark(). */
export function readPalette(element: HTMLElement, surface: Surface): Palette {
  const probe = document.createElement('span')
  probe.hidden = true
  element.append(probe)
  const read = (token: string) => {
    probe.style.setProperty('color', `var(${token})`)
    return getComputedStyle(probe).color
  }
  const colors = Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, read(token)]))
  const palette = { ...colors, surface: read(`--${surface}`) } as Palette
  probe.remove()
  return palette
}

/** Tells when colours may have changed: the app's theme, the system's, more contrast. */
export function watchTheme(changed: () => void): Disposer {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] })
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)']
  const media = queries.map((query) => matchMedia(query))
  for (const query of media) query.addEventListener('change', changed)
  return () => {
    observer.disconnect()
    for (const query of media) query.removeEventListener('change', changed)
  }
}
