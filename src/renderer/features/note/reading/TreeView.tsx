import { Fragment, useMemo } from 'react'
import { shownText } from '../../../../core/link/wikilink.ts'
import { treeWithInlineFootnotes } from '../../../../core/markdown/inline-footnotes.ts'
import { parseMarkdown } from '../../../../core/markdown/parse.ts'
import { verbatimKind } from '../../../../core/markdown/source-kind.ts'
import type { Block, Callout, Footnote, Inline, List, Table, Tree } from '../../../../core/markdown/tree.ts'
import { placed } from '../../../ui/blocks/placed.ts'
import { isFileName } from '../pictures/picture-source.ts'
import { Inlines } from './Inlines.tsx'
import { LinkKindsContext, useKindsOf } from './link-kinds.ts'
import { type Reading, ReadingContext, useReading } from './reading.ts'
import { FootnoteNumbers, inlineIn, numberOf, numbersIn } from './reading-footnotes.ts'
import { WORDS } from './words.ts'
import './reading.css'

type TreeViewProps = {
  blocks: Tree
  /** Those whose marks stand in the blocks. */
  footnotes?: readonly Footnote[]
  reading: Reading
}

const NO_FOOTNOTES: readonly Footnote[] = []

/** A text to read, with the looks of the prose: elements are made of the tree's own shapes, source is text. */
export function TreeView({ blocks, footnotes = NO_FOOTNOTES, reading }: TreeViewProps) {
  const kinds = useKindsOf(reading.noteId, blocks)
  const shown = useMemo(() => treeWithInlineFootnotes(blocks), [blocks])
  const numbers = useMemo(() => numbersIn(shown), [shown])
  const listed = useMemo(() => listOfAll(footnotes, numbers), [footnotes, numbers])
  return (
    <ReadingContext value={reading}>
      <LinkKindsContext value={kinds}>
        <FootnoteNumbers value={numbers}>
          <Blocks of={shown} />
          {listed.length > 0 && (
            <ol className="reading-footnotes" aria-label={WORDS.footnotes}>
              {listed.map(({ key, number, blocks }) => (
                <li key={key} data-number={number}>
                  <Blocks of={blocks} />
                </li>
              ))}
            </ol>
          )}
        </FootnoteNumbers>
      </LinkKindsContext>
    </ReadingContext>
  )
}

/** In the order of their numbers; those without a mark come last. */
function listOfAll(footnotes: readonly Footnote[], numbers: ReadonlyMap<string, number>) {
  const own = footnotes.map((footnote) => ({
    key: footnote.label,
    number: numberOf(footnote, numbers),
    blocks: footnote.children,
  }))
  const inline = inlineIn(numbers).map(({ source, number, words }) => ({
    key: source,
    number,
    blocks: parseMarkdown(words).blocks,
  }))
  if (inline.length === 0) return own
  const place = (number: number | string) => (typeof number === 'number' ? number : Number.POSITIVE_INFINITY)
  return [...own, ...inline].sort((a, b) => (place(a.number) < place(b.number) ? -1 : 1))
}

function Blocks({ of }: { of: Tree }) {
  return placed(of).map(({ at, item }) => (
    <Fragment key={at}>
      <One block={item} />
    </Fragment>
  ))
}

function One({ block }: { block: Block }) {
  const { Embed } = useReading()
  switch (block.type) {
    case 'paragraph': {
      const embed = embedOf(block.children)
      if (embed !== null && Embed) return <Embed target={embed} />
      const words = withoutId(block.children)
      return words.length === 0 ? null : (
        <p className="p">
          <Inlines of={words} />
        </p>
      )
    }
    case 'heading': {
      // below the title of what is read
      const Tag = `h${Math.min(block.level + 3, 6)}` as 'h4' | 'h5' | 'h6'
      return (
        <Tag className={`h${block.level}`}>
          <Inlines of={withoutId(block.children)} />
        </Tag>
      )
    }
    case 'list':
      return <ListOf list={block} />
    case 'quote':
      return (
        <blockquote className="quote">
          <Blocks of={block.children} />
        </blockquote>
      )
    case 'callout':
      return <CalloutOf callout={block} />
    case 'footnote':
      return (
        <div className="footnote" role="note" data-label={block.label} aria-label={WORDS.footnote(block.label)}>
          <Blocks of={block.children} />
        </div>
      )
    case 'table':
      return <TableOf table={block} />
    case 'code':
      return <CodeOf info={block.info} text={block.text} />
    case 'rule':
      return <hr className="rule" />
    case 'verbatim':
      return <VerbatimOf source={block.source} />
  }
}

/** The target of a note's embed that stands alone. */
function embedOf(inlines: readonly Inline[]): string | null {
  const words = withoutId(inlines)
  const [only] = words
  if (words.length !== 1 || only?.type !== 'wikilink' || !only.embed) return null
  return isFileName(shownText(only.target.split('|')[0] ?? '')) ? null : only.target
}

/** A block's id says nothing to a reader. */
function withoutId(inlines: readonly Inline[]): readonly Inline[] {
  const last = inlines.at(-1)
  if (last?.type !== 'text' || !/(?:^|\s)\^[A-Za-z0-9-]+\s*$/.test(last.text)) return inlines
  const text = last.text.replace(/\s*\^[A-Za-z0-9-]+\s*$/, '')
  return text === '' ? inlines.slice(0, -1) : [...inlines.slice(0, -1), { ...last, text }]
}

function ListOf({ list }: { list: List }) {
  const Tag = list.style === 'ordered' ? 'ol' : 'ul'
  const className = list.style === 'task' ? 'list-task' : list.style === 'ordered' ? 'list list-ordered' : 'list'
  return (
    <Tag className={className}>
      {placed(list.items).map(({ at, item }) => (
        <Fragment key={at}>
          <li
            className={list.style === 'task' ? (item.checked ? 'task task-done' : 'task') : 'item'}
            {...(list.style === 'ordered' ? { value: list.start + at } : {})}
          >
            {list.style === 'task' && <span className="sr-only">{item.checked ? WORDS.done : WORDS.toDo}: </span>}
            <Inlines of={withoutId(item.children)} />
          </li>
          {placed(item.lists).map(({ at: below, item: nested }) => (
            <li key={below} className="item item-nested">
              <ListOf list={nested} />
            </li>
          ))}
        </Fragment>
      ))}
    </Tag>
  )
}

function CalloutOf({ callout: { kind, title, children } }: { callout: Callout }) {
  const word = (kind.split('|')[0] ?? '').trim().toLowerCase()
  return (
    <div className="callout" role="note" data-callout={word} aria-label={word}>
      <p className="callout-title">
        {title.length > 0 ? <Inlines of={title} /> : <span className="reading-callout">{word}</span>}
      </p>
      <Blocks of={children} />
    </div>
  )
}

function TableOf({ table: { columns, rows } }: { table: Table }) {
  const [head = [], ...body] = rows
  const alignOf = (column: number) => {
    const align = columns[column]
    return align ? { 'data-align': align } : {}
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, and a region for each table would be one too many
    <div className="table-scroll" tabIndex={0} role="group" aria-label={WORDS.table}>
      <table className="table">
        <thead>
          <tr>
            {placed(head).map(({ at, item }) => (
              <th key={at} scope="col" className="cell cell-head" {...alignOf(at)}>
                <Inlines of={item} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {placed(body).map(({ at: row, item: cells }) => (
            <tr key={row}>
              {placed(cells).map(({ at, item }) => (
                <td key={at} className="cell" {...alignOf(at)}>
                  <Inlines of={item} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function CodeOf({ info, text }: { info: string; text: string }) {
  const language = info.trim().split(/\s+/)[0] ?? ''
  const drawn = useReading().drawSource?.('code', text, language) ?? null
  return (
    drawn ?? (
      <pre
        className="code-block"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        tabIndex={0}
        {...(language === '' ? {} : { 'data-language': language })}
      >
        {text}
      </pre>
    )
  )
}

function VerbatimOf({ source }: { source: string }) {
  const { drawSource } = useReading()
  const kind = verbatimKind(source)
  if (kind === 'comment' || kind === 'definitions') return null
  const drawn = kind === 'math' ? (drawSource?.('math-block', source, '') ?? null) : null
  return (
    drawn ?? (
      <div className="verbatim" data-source={kind}>
        {source}
      </div>
    )
  )
}
