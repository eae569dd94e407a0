import type { LexicalEditor } from 'lexical'
import type { Disposer } from '../../../../core/base/disposable.ts'
import type { OutlineItem } from '../../../state/note-facts.ts'

/** px below the top of the page down to which a heading counts as the one that is read under. */
const READ_FROM = 96

/**
 * Tells which heading one reads under; null above the first. That is the one that is written under, while it can be
 * seen: a click in the outline near the end of a note cannot bring its heading up. Once the page is scrolled by hand
 * it is the last one that has come up to the top. Call again when the caret comes under another heading.
 */
export function followReading(
  editor: LexicalEditor,
  outline: readonly OutlineItem[],
  writingKey: string | null,
  onRead: (key: string | null) => void,
): Disposer {
  const scroller = editor.getRootElement()?.closest<HTMLElement>('.note-scroll')
  if (!scroller || outline.length === 0) return () => {}
  const topOf = (at: number) =>
    editor.getElementByKey(outline[at]?.key ?? '')?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY
  const writing = outline.findIndex(({ key }) => key === writingKey)
  let isByHand = false
  let frame = 0
  let told: string | null | undefined

  const look = () => {
    frame = 0
    const view = scroller.getBoundingClientRect()
    const isWritingSeen = writing >= 0 && topOf(writing) < view.bottom && topOf(writing + 1) > view.top
    const at = isWritingSeen && !isByHand ? writing : lastAbove(view.top + READ_FROM)
    const key = outline[at]?.key ?? null
    if (key !== told) onRead(key)
    told = key
  }
  /** Headings stand in their order: by halves. */
  const lastAbove = (line: number): number => {
    let low = 0
    let high = outline.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (topOf(middle) <= line) low = middle + 1
      else high = middle
    }
    return low - 1
  }
  const later = () => {
    frame ||= requestAnimationFrame(look)
  }
  const byHand = ({ type, target }: Event) => {
    // a press on the page's own element is one on its scroll bar
    if (type === 'wheel' || target === scroller) isByHand = true
  }
  scroller.addEventListener('scroll', later, { passive: true })
  scroller.addEventListener('wheel', byHand, { passive: true })
  scroller.addEventListener('pointerdown', byHand)
  later()
  return () => {
    scroller.removeEventListener('scroll', later)
    scroller.removeEventListener('wheel', byHand)
    scroller.removeEventListener('pointerdown', byHand)
    cancelAnimationFrame(frame)
  }
}
