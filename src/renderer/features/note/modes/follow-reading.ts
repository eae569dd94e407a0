import type { LexicalEditor } from 'lexical'
import type { Disposer } from '../../../../core/base/disposable.ts'
import type { OutlineItem } from '../../../state/note-facts.ts'

/** px below the top of the page down to which a heading counts as the one that is read under. */
const READ_FROM = 96

/** Tells which heading one reads under, as the page scrolls: null above the first. */
export function followReading(
  editor: LexicalEditor,
  outline: readonly OutlineItem[],
  onRead: (key: string | null) => void,
): Disposer {
  const scroller = editor.getRootElement()?.closest<HTMLElement>('.note-scroll')
  if (!scroller || outline.length === 0) return () => {}
  let frame = 0
  let told: string | null | undefined
  const look = () => {
    frame = 0
    const line = scroller.getBoundingClientRect().top + READ_FROM
    // headings stand in their order: the last one above the line, by halves
    let low = 0
    let high = outline.length
    while (low < high) {
      const middle = (low + high) >> 1
      const top = editor.getElementByKey(outline[middle]?.key ?? '')?.getBoundingClientRect().top ?? 0
      if (top <= line) low = middle + 1
      else high = middle
    }
    const key = outline[low - 1]?.key ?? null
    if (key !== told) onRead(key)
    told = key
  }
  const later = () => {
    frame ||= requestAnimationFrame(look)
  }
  scroller.addEventListener('scroll', later, { passive: true })
  later()
  return () => {
    scroller.removeEventListener('scroll', later)
    cancelAnimationFrame(frame)
  }
}
