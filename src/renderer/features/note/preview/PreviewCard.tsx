import { autoUpdate, flip, offset, shift, useFloating } from '@floating-ui/react'
import { type ReactNode, useId, useLayoutEffect, useMemo, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { NoteId } from '../../../../core/base/ids.ts'
import { parseWikilink } from '../../../../core/link/wikilink.ts'
import { useWords } from '../../../platform/relation-words.ts'
import { useIndex } from '../../../platform/use-live.ts'
import { type PassageOfNote, usePassage } from '../../../platform/use-passage.ts'
import { dayOf } from '../../../ui/dates.ts'
import { KindGlyph } from '../../../ui/KindGlyph.tsx'
import { useFollow } from '../embeds/use-follow.tsx'
import { PictureView } from '../pictures/PictureView.tsx'
import type { Reading } from '../reading/reading.ts'
import { TreeView } from '../reading/TreeView.tsx'
import type { LinkUnder } from './link-under.ts'
import { sayLinks, WORDS } from './words.ts'
import './preview.css'

/** The first words of a note, in characters; of a heading or a passage some more. */
const FIRST = 220
const PASSAGE = 700

type PreviewCardProps = {
  from: NoteId
  link: LinkUnder
  rect: () => DOMRect | null
  onOver: () => void
  onOut: () => void
}

/** What a link leads to: kind, place, title, first words and what rests on it. */
export function PreviewCard({ from, link, rect, onOver, onOut }: PreviewCardProps) {
  const words = useWords()
  const { name, anchor } = parseWikilink(link.target)
  const isHere = name === ''
  const { data: answers } = useIndex(isHere || link.targetId !== '' ? null : `resolve:${from}:${name}`, (index) =>
    index.call('resolve', { targets: [name], fromId: from }),
  )
  const found = answers?.[0]?.found ?? null
  const id = isHere ? from : link.targetId !== '' ? (link.targetId as NoteId) : (found?.[0]?.id ?? null)
  const isSeveral = found !== null && found.length > 1
  const { data } = usePassage(isSeveral ? null : id, anchor, anchor === '' ? FIRST : PASSAGE)
  const { data: backlinks } = useIndex(id === null || isSeveral ? null : `backlinks:${id}`, (index) =>
    index.call('backlinks', { id: id as NoteId }),
  )
  if (found?.length === 0) {
    return (
      <Card rect={rect} title={name} onOver={onOver} onOut={onOut} place={name}>
        <KindLine kind="unresolved" says={WORDS.notWritten} />
        <p className="preview-title">{name}</p>
        <p className="preview-says">{WORDS.unwritten}</p>
      </Card>
    )
  }
  if (isSeveral) {
    return (
      <Card rect={rect} title={name} onOver={onOver} onOut={onOut} place={name}>
        <p className="preview-title">{name}</p>
        <p className="preview-says">{WORDS.several}</p>
      </Card>
    )
  }
  if (!data) return null
  const counts = backlinks ? sayLinks(backlinks.items, words) : []
  return (
    <Card rect={rect} title={data.title} onOver={onOver} onOut={onOut} place={`${data.id} ${counts.length}`}>
      <KindLine
        kind={data.kind}
        says={WORDS.where(data.path.split('/').slice(0, -1).join('/'), dayOf(data.updated, new Date()))}
      />
      <p className="preview-title">{data.title}</p>
      <Text data={data} anchor={anchor} />
      {counts.length > 0 && (
        <p className="preview-counts">
          {counts.map((count) => (
            <span key={count}>{count}</span>
          ))}
        </p>
      )}
    </Card>
  )
}

function KindLine({ kind, says }: { kind: PassageOfNote['kind'] | 'unresolved'; says: string }) {
  return (
    <p className={`preview-kind kind-${kind}`}>
      <KindGlyph kind={kind} />
      {kind !== 'unresolved' && <b>{WORDS.kind[kind]}</b>}
      <span className="clip">{says}</span>
    </p>
  )
}

function Text({ data, anchor }: { data: PassageOfNote; anchor: string }) {
  const { id } = data
  const { onFollow, menu } = useFollow(id)
  const latest = useRef(onFollow)
  latest.current = onFollow
  const reading = useMemo<Reading>(
    () => ({
      noteId: id,
      onFollow: (...given) => latest.current(...given),
      Embed: null,
      Picture: ({ source }) => <PictureView from={id} source={source} />,
      drawSource: null,
    }),
    [id],
  )
  if (data.trashed) return <p className="preview-says">{WORDS.inTrash}</p>
  if (data.blocks === null)
    return <p className="preview-says">{anchor.startsWith('^') ? WORDS.noBlock : WORDS.noHeading(anchor)}</p>
  // an empty paragraph is what a note begins with
  const isEmpty = data.blocks.every((block) => block.type === 'paragraph' && block.children.length === 0)
  if (isEmpty) return <p className="preview-says">{WORDS.isEmpty}</p>
  return (
    <div className="prose is-reading preview-text" data-more={data.more || undefined}>
      <TreeView blocks={data.blocks} reading={reading} />
      {menu}
    </div>
  )
}

type CardProps = Pick<PreviewCardProps, 'rect' | 'onOver' | 'onOut'> & {
  title: string
  /** Another value: its size may be another. */
  place: string
  children: ReactNode
}

/** Below the line of the link, else above it; never over it. */
function Card({ rect, title, place, onOver, onOut, children }: CardProps) {
  const id = useId()
  const latest = useRef(rect)
  latest.current = rect
  const { refs, floatingStyles, update } = useFloating({
    placement: 'bottom-start',
    strategy: 'fixed',
    middleware: [offset(6), flip({ padding: 8, crossAxis: false }), shift({ padding: 8 })],
    whileElementsMounted: autoUpdate,
  })
  useLayoutEffect(() => {
    refs.setPositionReference({ getBoundingClientRect: () => latest.current() ?? new DOMRect() })
  }, [refs])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the place says that what it holds changed
  useLayoutEffect(() => update(), [place, update])
  return createPortal(
    <div ref={refs.setFloating} className="floating" style={floatingStyles}>
      <div
        className="menu preview"
        id={id}
        role="tooltip"
        aria-label={WORDS.name(title)}
        aria-live="polite"
        onPointerEnter={onOver}
        onPointerLeave={onOut}
        onMouseDown={(event) => event.preventDefault()}
      >
        {children}
      </div>
    </div>,
    document.body,
  )
}
