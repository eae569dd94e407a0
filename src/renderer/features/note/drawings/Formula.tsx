import { memo, useEffect, useState } from 'react'
import type { DrawerProps } from './drawer.ts'
import { enterSource } from './enter-source.ts'
import { type DrawnFormula, drawFormula, formulaOf } from './formula.ts'
import './formula.css'

/** A formula as it is meant; its source where that says nothing that can be drawn, and what is wrong with it. */
export const Formula = memo(function Formula({ editor, drawing }: DrawerProps) {
  const { key, source } = drawing
  const [drawn, setDrawn] = useState<DrawnFormula | null>(null)
  useEffect(() => {
    let isWanted = true
    void drawFormula(source).then((drawn) => {
      if (isWanted) setDrawn(drawn)
    })
    return () => {
      isWanted = false
    }
  }, [source])

  if (!drawn) return null
  if (drawn.is === 'mistake') return <small className="drawing-says">{drawn.text}</small>
  const { isDisplay } = formulaOf(source)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys go through the text, whose caret enters the source
    <span
      className={`formula instead${isDisplay ? ' is-display' : ''}`}
      ref={(element) => element?.replaceChildren(drawn.math)}
      onMouseDown={(event) => {
        event.preventDefault()
        enterSource(editor, key, isDisplay ? '$$' : '$')
      }}
    />
  )
})
