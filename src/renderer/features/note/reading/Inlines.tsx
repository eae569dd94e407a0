import { Fragment, type MouseEvent, type ReactNode } from 'react'
import { safeUrl } from '../../../../core/link/url.ts'
import { shownText } from '../../../../core/link/wikilink.ts'
import { rawKind } from '../../../../core/markdown/source-kind.ts'
import { CELL_BREAK, type Inline, MARK, type Marks } from '../../../../core/markdown/tree.ts'
import { readDirection, wordKey } from '../../../../core/relation/words.ts'
import { placed } from '../../../ui/blocks/placed.ts'
import { RelationLine } from '../../../ui/RelationLine.tsx'
import { readPicture } from '../pictures/picture-source.ts'
import { useLinkKinds } from './link-kinds.ts'
import { type FollowedLink, useReading } from './reading.ts'
import { useFootnoteNumber } from './reading-footnotes.ts'
import { WORDS } from './words.ts'

/** A run of inlines as the prose shows them. Nothing of it is ever read as HTML. */
export function Inlines({ of }: { of: readonly Inline[] }) {
  return placed(of).map(({ at, item }) => {
    const verb = item.type === 'text' && of[at + 1]?.type === 'wikilink' ? VERB.exec(item.text) : null
    return (
      <Fragment key={at}>
        {verb ? <Verb before={verb[1] ?? ''} word={verb[2] ?? ''} /> : <One inline={item} />}
      </Fragment>
    )
  })
}

/** `verb:: ` before a link, at the beginning of a line (MARKDOWN.md, relation). */
const VERB = /^((?:[\s\S]*\n)?)([\p{L}\p{N}_ -]{1,40})::\s*$/u

function Verb({ before, word }: { before: string; word: string }) {
  return (
    <>
      {before}
      <span className="reading-verb">
        {word.replaceAll('_', ' ')}
        <RelationLine relation={readDirection(wordKey(word)).word} />
      </span>
    </>
  )
}

function One({ inline }: { inline: Inline }): ReactNode {
  switch (inline.type) {
    case 'text':
      return marked(inline.text, inline.marks)
    case 'break':
      return <br />
    case 'wikilink':
      return <Wikilink target={inline.target} isEmbed={inline.embed} marks={inline.marks} />
    case 'link':
      return (
        <Follow link={{ type: 'url', url: inline.url }} className="link">
          <Inlines of={inline.children} />
        </Follow>
      )
    case 'raw':
      return <Source source={inline.source} marks={inline.marks} />
  }
}

const CLASSES: readonly (readonly [number, string])[] = [
  [MARK.bold, 'bold'],
  [MARK.italic, 'italic'],
  [MARK.strike, 'strike'],
  [MARK.code, 'inline-code'],
  [MARK.highlight, 'highlight'],
]

function marked(text: ReactNode, marks: Marks): ReactNode {
  const classes = CLASSES.filter(([mark]) => marks & mark).map(([, name]) => name)
  return classes.length === 0 ? text : <span className={classes.join(' ')}>{text}</span>
}

function Wikilink({ target, isEmbed, marks }: { target: string; isEmbed: boolean; marks: Marks }) {
  const { Picture } = useReading()
  const state = useLinkKinds().get(target)
  const picture = isEmbed && Picture ? readPicture(`![[${target}]]`) : null
  if (picture && Picture) return <Picture source={picture} />
  const shown = shownText(target)
  return (
    <Follow
      link={{ type: 'wikilink', target, targetId: '' }}
      className="wikilink"
      // read by who shows previews
      data-target={target}
      {...(state === 'unwritten' ? { 'aria-label': WORDS.notWritten(shown) } : {})}
      {...(state === undefined
        ? {}
        : state === 'unwritten'
          ? { 'data-state': 'unwritten' }
          : { 'data-state': 'note', 'data-kind': state })}
    >
      {marked(shown, marks)}
    </Follow>
  )
}

type FollowProps = {
  link: FollowedLink
  className: string
  children: ReactNode
  'aria-label'?: string
  'data-target'?: string
  'data-state'?: string
  'data-kind'?: string
}

/** Goes through the note's own opener: an address is never a `href`, which a middle click would open unasked. */
function Follow({ link, children, ...looks }: FollowProps) {
  const { noteId, onFollow } = useReading()
  const go = (event: MouseEvent<HTMLElement>) => {
    const isMod = event.ctrlKey || event.metaKey
    event.preventDefault()
    onFollow(link, event.currentTarget, { newTab: isMod, asks: !isMod })
  }
  if (link.type === 'url' && safeUrl(link.url) === null && /^[a-z][a-z0-9+.-]*:/i.test(link.url)) return children
  return (
    // biome-ignore lint/a11y/useSemanticElements: an anchor without an address is no link to a browser
    <span
      {...looks}
      data-from={noteId}
      role="link"
      tabIndex={0}
      onClick={go}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        // as at the caret: with the modifier nothing is asked
        const isMod = event.ctrlKey || event.metaKey
        event.preventDefault()
        onFollow(link, event.currentTarget, { newTab: false, asks: !isMod })
      }}
    >
      {children}
    </span>
  )
}

function Source({ source, marks }: { source: string; marks: Marks }) {
  const { Picture, drawSource } = useReading()
  const kind = rawKind(source)
  const number = useFootnoteNumber(kind === 'footnote' ? source : null)
  if (source === CELL_BREAK) return <br />
  if (kind === 'comment') return null
  if (number !== null) return <sup className="reading-footnote">{number}</sup>
  if (kind === 'image') {
    const picture = readPicture(source)
    if (picture && Picture) return <Picture source={picture} />
  }
  const drawn = kind === 'math' ? (drawSource?.('math', source, '') ?? null) : null
  return (
    drawn ?? (
      <span className="raw" data-source={kind}>
        {marked(source, marks)}
      </span>
    )
  )
}
