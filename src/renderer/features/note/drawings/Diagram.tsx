import { memo, useEffect, useState } from 'react'
import { CodeEdge } from './Code.tsx'
import { LONGEST_DIAGRAM, lineInSource, titleOf } from './diagram/diagram-source.ts'
import { useDiagramTheme } from './diagram/diagram-theme.ts'
import { type DrawnDiagram, drawDiagram } from './diagram/drawing-frame.ts'
import type { DrawerProps } from './drawer.ts'
import { enterSource } from './enter-source.ts'
import { WORDS } from './words.ts'
import './diagram.css'

type Picture = { readonly url: string; readonly width: number; readonly height: number }

/** While somebody types, a drawing comes when they rest for this long. */
const REST_MS = 300

/** A diagram as a picture. A mistake keeps the last that was good, and says in which line it is. */
export const Diagram = memo(function Diagram({ editor, drawing }: DrawerProps) {
  const { key, source, info, place } = drawing
  const theme = useDiagramTheme()
  const [picture, setPicture] = useState<Picture | null>(null)
  const [mistake, setMistake] = useState<string | null>(null)

  useEffect(() => {
    const block = place.parentElement
    if (!block) return
    if (source.trim() === '' || source.length > LONGEST_DIAGRAM) {
      setMistake(source.trim() === '' ? null : WORDS.diagram.tooLong)
      return
    }
    let isWanted = true
    let rest: ReturnType<typeof setTimeout> | undefined
    const draw = async () => {
      const drawn = await drawDiagram(source, theme)
      if (!isWanted) return
      if (drawn.is === 'picture') {
        setPicture({ url: URL.createObjectURL(drawn.blob), width: drawn.width, height: drawn.height })
      }
      setMistake(mistakeOf(drawn, source))
    }
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return
        watcher.disconnect()
        rest = setTimeout(() => void draw(), block.hasAttribute('data-inside') ? REST_MS : 0)
      },
      { rootMargin: '50%' },
    )
    watcher.observe(block)
    return () => {
      isWanted = false
      watcher.disconnect()
      clearTimeout(rest)
    }
  }, [place, source, theme])

  useEffect(() => () => (picture ? URL.revokeObjectURL(picture.url) : undefined), [picture])

  return (
    <>
      {picture && (
        // biome-ignore lint/a11y/noStaticElementInteractions: the keys go through the text, whose caret enters the source
        <div
          className="diagram instead"
          onMouseDown={(event) => {
            event.preventDefault()
            enterSource(editor, key)
          }}
        >
          <img
            src={picture.url}
            width={picture.width}
            height={picture.height}
            alt={WORDS.diagram.name(titleOf(source))}
            draggable={false}
          />
        </div>
      )}
      {mistake && (
        <small className="drawing-says" role="status">
          {picture ? WORDS.diagram.lastGood(mistake) : mistake}
        </small>
      )}
      <CodeEdge editor={editor} at={key} info={info} source={source} place={place} />
    </>
  )
})

function mistakeOf(drawn: DrawnDiagram, source: string): string | null {
  if (drawn.is === 'picture') return null
  if (drawn.is === 'too-slow') return WORDS.diagram.tooSlow
  return drawn.line === null ? WORDS.diagram.mistake : WORDS.diagram.mistakeIn(lineInSource(source, drawn.line))
}
