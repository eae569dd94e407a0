import { useEffect, useRef } from 'react'
import { tokensFor } from './colour-thread.ts'
import { createPainter, type Painter } from './paint.ts'

/** Characters of a block; a longer one is plain. */
const MOST = 100_000
/** Typing goes on: colours follow when it rests for this long. */
const REST_MS = 120

/**
 * Colours the code of a block while it is in view. Told apart in a worker and laid over the text, so that typing
 * waits for nothing of it and the note does not change.
 */
export function useColours(place: HTMLElement, language: string, source: string): void {
  const painter = useRef<Painter | null>(null)
  const isFirst = useRef(true)
  useEffect(() => {
    painter.current = createPainter()
    isFirst.current = true
    return () => painter.current?.dispose()
  }, [])

  useEffect(() => {
    const block = place.parentElement
    if (!block) return
    if (language === '' || source.length > MOST) {
      painter.current?.paint(block, source, [])
      return
    }
    let isWanted = true
    let rest: ReturnType<typeof setTimeout> | undefined
    const colour = () => {
      isFirst.current = false
      void tokensFor(language, source).then((tokens) => {
        const now = place.parentElement
        if (isWanted && now) painter.current?.paint(now, source, tokens)
      })
    }
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return
        watcher.disconnect()
        if (isFirst.current) colour()
        else rest = setTimeout(colour, REST_MS)
      },
      { rootMargin: '50%' },
    )
    watcher.observe(block)
    return () => {
      isWanted = false
      watcher.disconnect()
      clearTimeout(rest)
    }
  }, [place, language, source])
}
