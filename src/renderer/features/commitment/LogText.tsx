import { Fragment, type ReactNode, useMemo } from 'react'
import { parseWikilink } from '../../../core/link/wikilink.ts'
import { parseMarkdown } from '../../../core/markdown/parse.ts'
import { type Inline, MARK, type Marks } from '../../../core/markdown/tree.ts'
import { placed } from '../../ui/blocks/placed.ts'

/** `link`: the element that was clicked. */
export type FollowFromLog = (target: string, link: HTMLElement, options: { newTab: boolean }) => void
/** `onFollow` null: links are words. */
type TextProps = { text: string; onFollow: FollowFromLog | null }

/** One line of inline Markdown to read; its links to notes can be followed. */
export function LogText({ text, onFollow }: TextProps) {
  // Drawn again with every change of the vault; an entry's text is the same for ever.
  const [block] = useMemo(() => parseMarkdown(text).blocks, [text])
  if (block?.type !== 'paragraph') return text
  return placed(block.children).map(({ at, item }) => <Fragment key={at}>{drawn(item, onFollow)}</Fragment>)
}

function drawn(inline: Inline, onFollow: TextProps['onFollow']): ReactNode {
  switch (inline.type) {
    case 'text':
      return marked(inline.text, inline.marks)
    case 'wikilink': {
      const { name, anchor, shown } = parseWikilink(inline.target)
      const words = shown ?? (name === '' ? anchor : name)
      if (!onFollow) return marked(words, inline.marks)
      return (
        <button
          type="button"
          className="note-log-link"
          onClick={({ currentTarget, ctrlKey, metaKey }) =>
            onFollow(inline.target, currentTarget, { newTab: ctrlKey || metaKey })
          }
        >
          {marked(words, inline.marks)}
        </button>
      )
    }
    case 'link':
      return placed(inline.children).map(({ at, item }) => <Fragment key={at}>{drawn(item, onFollow)}</Fragment>)
    case 'break':
      return ' '
    case 'raw':
      return inline.source
  }
}

function marked(text: string, marks: Marks): ReactNode {
  let shown: ReactNode = text
  if (marks & MARK.code) shown = <code>{shown}</code>
  if (marks & MARK.strike) shown = <s>{shown}</s>
  if (marks & MARK.highlight) shown = <mark>{shown}</mark>
  if (marks & MARK.italic) shown = <em>{shown}</em>
  if (marks & MARK.bold) shown = <strong>{shown}</strong>
  return shown
}
