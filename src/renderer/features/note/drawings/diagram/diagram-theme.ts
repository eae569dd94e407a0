import { useEffect, useState } from 'react'
import type { DiagramTheme } from './messages.ts'

const TOKENS = { paper: '--paper', well: '--well', ink: '--ink', ink3: '--ink-3', line: '--line-control' } as const

/** The colours of the page as they are now, and anew when the theme changes. */
export function useDiagramTheme(): DiagramTheme {
  const [theme, setTheme] = useState(readTheme)
  useEffect(() => {
    const read = () => setTheme((former) => (same(former, readTheme()) ? former : readTheme()))
    const observer = new MutationObserver(read)
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    const media = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) => matchMedia(query))
    for (const query of media) query.addEventListener('change', read)
    return () => {
      observer.disconnect()
      for (const query of media) query.removeEventListener('change', read)
    }
  }, [])
  return theme
}

const same = (one: DiagramTheme, other: DiagramTheme): boolean => JSON.stringify(one) === JSON.stringify(other)

function readTheme(): DiagramTheme {
  const probe = document.createElement('span')
  probe.hidden = true
  document.body.append(probe)
  const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  const read = (token: string): string => {
    probe.style.color = `var(${token})`
    if (!pixel) return '#808080'
    pixel.fillStyle = getComputedStyle(probe).color
    pixel.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0] = pixel.getImageData(0, 0, 1, 1).data
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
  }
  const colours = Object.fromEntries(Object.entries(TOKENS).map(([name, token]) => [name, read(token)]))
  probe.remove()
  const { paper = '', well = '', ink = '', ink3 = '', line = '' } = colours
  return { isDark: luma(paper) < luma(ink), paper, well, ink, ink3, line }
}

const luma = (hex: string): number => [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(hex.slice(at, at + 2), 16), 0)
