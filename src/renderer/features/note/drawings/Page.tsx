import { type MouseEvent, memo, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { verbatimKind } from '../../../../core/markdown/source-kind.ts'
import { attempt } from '../../note-actions/index.ts'
import { follow } from '../follow.ts'
import { PictureView } from '../pictures/PictureView.tsx'
import { Quiet } from '../reading/Quiet.tsx'
import type { DrawerProps } from './drawer.ts'
import { enterSource } from './enter-source.ts'
import { type Preview, previewOf } from './page-html.ts'
import { WORDS } from './words.ts'
import './page.css'

/** A block of HTML as it would be seen; its source where nothing of it would, or the caret is in it. */
export const Page = memo(function Page({ editor, noteId, drawing }: DrawerProps) {
  const { key, source } = drawing
  const [page, setPage] = useState<Preview | 'nothing' | null>(null)
  useEffect(() => {
    let isWanted = true
    void previewOf(source).then(
      (page) => isWanted && setPage(page ?? 'nothing'),
      () => isWanted && setPage('nothing'),
    )
    return () => {
      isWanted = false
    }
  }, [source])

  if (page === null) return null
  if (page === 'nothing') return <small className="drawing-says">{WORDS.page.nothing}</small>
  return <Shown {...{ editor, noteId, page }} sourceKey={key} />
})

type ShownProps = Pick<DrawerProps, 'editor' | 'noteId'> & { page: Preview; sourceKey: string }

function Shown({ editor, noteId, page: { page, pictures }, sourceKey }: ShownProps) {
  const element = useRef<HTMLDivElement>(null)
  const [places, setPlaces] = useState<readonly HTMLElement[]>([])
  useLayoutEffect(() => {
    element.current?.replaceChildren(page.cloneNode(true))
    setPlaces([...(element.current?.querySelectorAll<HTMLElement>('[data-picture]') ?? [])])
  }, [page])
  const isActive = ({ target }: MouseEvent) =>
    target instanceof Element && target.closest('a[href], summary, button') !== null
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys go through the text, whose caret enters the source
    // biome-ignore lint/a11y/useKeyWithClickEvents: a link's own Enter is a click
    <div
      className="page instead"
      ref={element}
      onMouseDown={(event) => {
        event.preventDefault()
        if (!isActive(event)) enterSource(editor, sourceKey)
      }}
      onClick={(event) => {
        const link = event.target instanceof Element ? event.target.closest('a[href]') : null
        if (!link) return
        event.preventDefault()
        const url = link.getAttribute('href') ?? ''
        attempt(async () => {
          await follow(noteId, { type: 'url', url }, { newTab: false })
        })
      }}
    >
      {places.map((place) => {
        const source = pictures[Number(place.dataset.picture)]
        return (
          source &&
          createPortal(
            <Quiet>
              <PictureView from={noteId} source={source} />
            </Quiet>,
            place,
            place.dataset.picture,
          )
        )
      })}
    </div>
  )
}

/** One sentence below source that is kept and not read: a comment, definitions of links, what has no name. */
export const Kept = memo(function Kept({ drawing }: DrawerProps) {
  const kind = verbatimKind(drawing.source)
  const says = kind === 'comment' || kind === 'definitions' ? WORDS.kept[kind] : WORDS.kept.other
  return <small className={`drawing-says kept-${kind}`}>{says}</small>
})
