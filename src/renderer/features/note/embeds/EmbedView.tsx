import { ArrowUpRight } from 'lucide-react'
import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react'
import type { NoteId } from '../../../../core/base/ids.ts'
import { anchorKey } from '../../../../core/link/anchor.ts'
import { parseWikilink } from '../../../../core/link/wikilink.ts'
import type { Tree } from '../../../../core/markdown/tree.ts'
import type { Kind } from '../../../../core/note/note.ts'
import { useNote } from '../../../platform/notes.ts'
import { useIndex } from '../../../platform/use-live.ts'
import { usePassage } from '../../../platform/use-passage.ts'
import { openPlace } from '../../../state/tabs.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { KindGlyph } from '../../../ui/KindGlyph.tsx'
import { attempt, createNote } from '../../note-actions/index.ts'
import { PictureView } from '../pictures/PictureView.tsx'
import type { Reading } from '../reading/reading.ts'
import { TreeView } from '../reading/TreeView.tsx'
import { useIsNear } from './in-view.ts'
import { openAt } from './open-at.ts'
import { useRelation } from './relation-between.ts'
import { useFollow } from './use-follow.tsx'
import { WORDS } from './words.ts'
import './embeds.css'

/** About as much of a note as is shown in another one, in characters. */
const MOST = 4000
/** Embeds in embeds: the text's own is the first. */
const DEEPEST = 3

/** What is shown around an embed, from the outermost in: keys of passages. */
const Around = createContext<readonly string[]>([])

type EmbedProps = {
  /** The note that the embed stands in. */
  readonly from: NoteId
  /** What stands between the brackets. */
  readonly target: string
  /** Id that the link carries; '' where it carries none. */
  readonly targetId?: string
}

/** A note, or a passage of it, shown in another note, as it is now. Edited where it is written. */
export function EmbedView(props: EmbedProps) {
  const place = useRef<HTMLDivElement>(null)
  const isNear = useIsNear(place)
  return (
    <div ref={place} className="embed-place">
      <Embedded {...props} isNear={isNear} />
    </div>
  )
}

function Embedded({ from, target, targetId = '', isNear }: EmbedProps & { isNear: boolean }) {
  const { name, anchor } = parseWikilink(target)
  const isHere = name === ''
  const { data: answers } = useIndex(isNear && !isHere && targetId === '' ? `resolve:${from}:${name}` : null, (index) =>
    index.call('resolve', { targets: [name], fromId: from }),
  )
  const found = answers?.[0]?.found ?? null
  const [known, setKnown] = useState<{ target: string; id: NoteId } | null>(null)
  const resolved = isHere
    ? from
    : targetId !== ''
      ? (targetId as NoteId)
      : found?.length === 1
        ? found[0]?.id
        : undefined
  if (resolved && (known?.id !== resolved || known.target !== target)) setKnown({ target, id: resolved })
  // out of view nothing is asked, and what it was stays as it is
  const id = resolved ?? (found === null && known?.target === target ? known.id : null)

  const around = useContext(Around)
  const trail = around.length === 0 ? [keyOf(from, '')] : around
  const key = id && keyOf(id, anchor)
  const isAbove = id !== null && trail.some((each) => each === keyOf(id, '') || each === key)
  const isTooDeep = trail.length > DEEPEST
  const { data: passage, failed } = usePassage(isNear && !isAbove && !isTooDeep ? id : null, anchor, MOST)
  const { data: outer } = useNote(isNear && around.length === 0 ? from : null)
  const relation = useRelation(from, isNear && around.length === 0 ? (passage?.id ?? null) : null)

  const says = (kind: Kind | 'unresolved', title: string, children: ReactNode, line?: string) => (
    <Frame kind={kind} title={title} line={line}>
      {children}
    </Frame>
  )
  const open = (newTab = false) => id && attempt(async () => openAt(id, anchor, { newTab }))
  if (!isHere && found?.length === 0 && targetId === '') {
    return says(
      'unresolved',
      name,
      <Missing act={WORDS.write} onAct={() => attempt(() => createNote({ kind: 'note', title: name }))}>
        {WORDS.isNotWritten}
      </Missing>,
      WORDS.notWritten,
    )
  }
  if (found && found.length > 1) return <Several from={from} name={name} />
  if (isAbove && id) return <Shown id={id} words={WORDS.above} />
  if (isTooDeep && id) return <Shown id={id} words={WORDS.tooDeep} onOpen={() => open()} />
  if (!passage) {
    return (
      <section className="embed" aria-busy={failed === null}>
        {failed && <p className="embed-says">{WORDS.unreadable}</p>}
      </section>
    )
  }
  const line = WORDS.kindLine(passage.kind, outer?.kind ?? null, relation)
  if (passage.trashed) {
    return says(
      passage.kind,
      passage.title,
      <Missing act={WORDS.openTrash} onAct={() => openPlace({ at: 'trash' })}>
        {WORDS.inTrash}
      </Missing>,
      line,
    )
  }
  if (passage.blocks === null) {
    const words = anchor.startsWith('^') ? WORDS.noBlock : WORDS.noHeading(anchor)
    return says(
      passage.kind,
      passage.title,
      <Missing act={WORDS.openNote} onAct={() => attempt(async () => openAt(passage.id, '', {}))}>
        {words}
      </Missing>,
      line,
    )
  }
  return (
    <Frame
      kind={passage.kind}
      title={passage.title}
      line={line}
      action={
        <IconButton icon={ArrowUpRight} label={WORDS.open} onClick={(event) => open(event.ctrlKey || event.metaKey)} />
      }
    >
      <Around value={[...trail, keyOf(passage.id, anchor)]}>
        <Body id={passage.id} blocks={passage.blocks} footnotes={passage.footnotes} />
      </Around>
      {passage.more && (
        <button type="button" className="text-button embed-rest" onClick={() => open()}>
          {WORDS.rest}
        </button>
      )}
    </Frame>
  )
}

const keyOf = (id: NoteId, anchor: string): string => `${id}#${anchorKey(anchor)}`

function Body({
  id,
  blocks,
  footnotes,
}: {
  id: NoteId
  blocks: Tree
  footnotes: Parameters<typeof TreeView>[0]['footnotes']
}) {
  const { onFollow, menu } = useFollow(id)
  const latest = useRef(onFollow)
  latest.current = onFollow
  const reading = useMemo<Reading>(
    () => ({
      noteId: id,
      onFollow: (...given) => latest.current(...given),
      Embed: ({ target }) => <EmbedView from={id} target={target} />,
      Picture: ({ source }) => <PictureView from={id} source={source} />,
      drawSource: null,
    }),
    [id],
  )
  return (
    <div className="prose is-reading embed-body">
      {blocks.length === 0 ? (
        <p className="embed-says">{WORDS.isEmpty}</p>
      ) : (
        <TreeView blocks={blocks} footnotes={footnotes ?? []} reading={reading} />
      )}
      {menu}
    </div>
  )
}

type FrameProps = {
  kind: Kind | 'unresolved'
  title: string
  line?: string | undefined
  action?: ReactNode
  children: ReactNode
}

function Frame({ kind, title, line, action, children }: FrameProps) {
  return (
    <section className={`embed kind-${kind}`} aria-label={WORDS.embedOf(title)}>
      <header className="embed-head">
        <KindGlyph kind={kind} size={10} />
        <span className="clip">{line}</span>
        {action}
      </header>
      <p className="embed-title">{title}</p>
      {children}
    </section>
  )
}

function Missing({ children, act, onAct }: { children: ReactNode; act: string; onAct: () => void }) {
  return (
    <p className="embed-says">
      {children}{' '}
      <button type="button" className="text-button" onClick={onAct}>
        {act}
      </button>
    </p>
  )
}

/** A note that is not written out here, by its title. */
function Shown({ id, words, onOpen }: { id: NoteId; words: string; onOpen?: () => void }) {
  const { data } = useNote(id)
  return (
    <Frame
      kind={data?.kind ?? 'note'}
      title={data?.shownTitle ?? ''}
      line={data ? WORDS.kindLine(data.kind, null, null) : ''}
    >
      {onOpen ? (
        <Missing act={WORDS.openNote} onAct={onOpen}>
          {words}
        </Missing>
      ) : (
        <p className="embed-says">{words}</p>
      )}
    </Frame>
  )
}

function Several({ from, name }: { from: NoteId; name: string }) {
  const { onFollow, menu } = useFollow(from)
  return (
    <Frame kind="note" title={name} line="">
      <p className="embed-says">
        {WORDS.several}{' '}
        <button
          type="button"
          className="text-button"
          onClick={({ currentTarget }) =>
            onFollow({ type: 'wikilink', target: name, targetId: '' }, currentTarget, { newTab: false, asks: true })
          }
        >
          {WORDS.choose}
        </button>
      </p>
      {menu}
    </Frame>
  )
}
