import { unreachable } from '../../core/base/invariant.ts'
import { withInlineFootnotes } from '../../core/markdown/inline-footnotes.ts'
import type { Block, Cell, Inline, List, ListItem, Table, Tree, Wikilink } from '../../core/markdown/tree.ts'
import { CELL_BREAK } from '../../core/markdown/tree.ts'
import {
  ALIGN_CELL,
  BLANK_CODE,
  FRESH_ITEM,
  HARD_BREAK,
  isText,
  LINE_BREAK,
  LOOSE_ITEM,
  NEST,
  OUTSIDE_LINK,
  PARTED_CALLOUT,
  type V2Child,
  type V2Element,
  type V2Run,
  type V2Value,
} from './v2-node.ts'

export const treeToV2 = (tree: Tree): V2Element[] => tree.map(blockToV2)

function blockToV2(block: Block): V2Element {
  switch (block.type) {
    case 'paragraph':
      return element('paragraph', {}, inlinesToV2(block.children))
    case 'quote':
      return element('quote', {}, treeToV2(block.children))
    case 'callout': {
      const title = element('callouttitle', {}, inlinesToV2(block.title))
      const attributes: Record<string, V2Value> = { ...written('__kind', block.kind), ...written('__fold', block.fold) }
      if (block.parted) attributes[PARTED_CALLOUT] = 1
      return element('callout', attributes, [title, ...treeToV2(block.children)])
    }
    case 'footnote':
      return element('footnote', written('__label', block.label), treeToV2(block.children))
    case 'table':
      return tableToV2(block)
    case 'heading':
      return element('heading', block.level === 1 ? {} : { __tag: `h${block.level}` }, inlinesToV2(block.children))
    case 'list':
      return listToV2(block)
    case 'code':
      return element(
        'code',
        { ...(block.info === '' ? {} : { __language: block.info }), ...(block.blank ? { [BLANK_CODE]: 1 } : {}) },
        linesToV2(block.text),
      )
    case 'verbatim':
      return element('verbatim', {}, linesToV2(block.source))
    case 'rule':
      return element('horizontalrule', {}, [])
    default:
      return unreachable(block)
  }
}

const element = (type: string, attributes: Record<string, V2Value>, children: readonly V2Child[]): V2Element => ({
  type,
  attributes,
  children,
})

/** The binding writes no property that a new node has too. */
const written = (key: string, value: string): Record<string, V2Value> => (value === '' ? {} : { [key]: value })

function tableToV2({ columns, rows }: Table): V2Element {
  const cell = (inlines: Cell, attributes: Record<string, V2Value>): V2Element =>
    element('tablecell', attributes, [element('paragraph', {}, inlinesToV2(inlines.map(cellBreak)))])
  return element(
    'table',
    {},
    rows.map((cells, at) =>
      element(
        'tablerow',
        {},
        cells.map((inlines, column) => {
          const align = columns[column]
          return cell(inlines, at > 0 ? {} : { __headerState: 1, ...(align ? { [ALIGN_CELL]: align } : {}) })
        }),
      ),
    ),
  )
}

/** A line break in the doc. */
const cellBreak = (inline: Inline): Inline =>
  inline.type === 'raw' && inline.source === CELL_BREAK && inline.marks === 0 ? { type: 'break', hard: false } : inline

/** A list below an item is an item of its own, after it. Items are numbered as Lexical numbers them. */
function listToV2(list: List): V2Element {
  const attributes: Record<string, V2Value> = {}
  if (list.style === 'bullet') Object.assign(attributes, { __listType: 'bullet', __tag: 'ul' })
  if (list.style === 'task') Object.assign(attributes, { __listType: 'check', __tag: 'ul' })
  if (list.style === 'ordered' && list.start !== 1) attributes.__start = list.start
  let value = list.style === 'ordered' ? list.start : 1
  const children: V2Element[] = []
  const push = (checked: boolean, content: readonly V2Child[], { loose, fresh }: Partial<ListItem> = {}) => {
    const own: Record<string, V2Value> = {}
    if (loose !== undefined) own[LOOSE_ITEM] = loose ? 1 : 0
    if (fresh !== undefined) own[FRESH_ITEM] = fresh
    if (value !== 1) own.__value = value
    if (checked) own.__checked = true
    children.push(element('listitem', own, content))
  }
  for (const item of list.items) {
    push(list.style === 'task' && item.checked === true, inlinesToV2(item.children), item)
    value++
    for (const below of item.lists) push(false, [listToV2(below)])
  }
  return element('list', attributes, children)
}

/** Source of several lines as Lexical's code node holds it: text and line breaks. */
function linesToV2(source: string): V2Child[] {
  const children: V2Child[] = []
  for (const [index, line] of source.split('\n').entries()) {
    if (index > 0) children.push(LINE_BREAK)
    if (line !== '') children.push([run(line)])
  }
  return children
}

const inlinesToV2 = (inlines: readonly Inline[]): V2Child[] => wordsToV2(withInlineFootnotes(inlines))

function wordsToV2(inlines: readonly Inline[]): V2Child[] {
  const children: V2Child[] = []
  let runs: V2Run[] = []
  const flush = () => {
    if (runs.length > 0) children.push(runs)
    runs = []
  }
  const breakLine = (hard: boolean, nest?: string) => {
    flush()
    const attributes = { ...(hard ? { [HARD_BREAK]: true } : {}), ...(nest === undefined ? {} : { [NEST]: nest }) }
    children.push(hard || nest !== undefined ? { ...LINE_BREAK, attributes } : LINE_BREAK)
  }
  for (const inline of inlines) {
    switch (inline.type) {
      case 'text':
        for (const [index, line] of inline.text.split('\n').entries()) {
          if (index > 0) breakLine(false)
          addText(runs, line, inline.marks, inline.nest)
        }
        break
      case 'wikilink':
        addWikilink(runs, inline)
        break
      case 'raw':
        if (inline.source !== '') runs.push({ ...run(inline.source, inline.marks, inline.nest), type: 'raw' })
        break
      case 'break':
        breakLine(inline.hard, inline.nest)
        break
      case 'link': {
        flush()
        const attributes: Record<string, V2Value> = {}
        if (inline.url !== '') attributes.__url = inline.url
        if (inline.title !== '') attributes.__title = inline.title
        if (inline.outside !== undefined) attributes[OUTSIDE_LINK] = inline.outside
        if (inline.nest !== undefined) attributes[NEST] = inline.nest
        children.push(element('link', attributes, wordsToV2(inline.children)))
        break
      }
      default:
        unreachable(inline)
    }
  }
  flush()
  return children
}

const run = (text: string, format = 0, nest?: string): V2Run => ({
  ...{ text, format, type: '', target: '' },
  ...(nest === undefined ? {} : { nest }),
})

function addText(runs: V2Run[], text: string, format: number, nest?: string): void {
  if (text === '') return
  const last = runs.at(-1)
  // Lexical would merge the two on the first edit, and write that for everybody.
  const joins = last && last.type === '' && last.format === format && last.nest === nest
  if (joins) runs[runs.length - 1] = { ...last, text: last.text + text }
  else runs.push(run(text, format, nest))
}

/** The text of one wikilink; what stands between the brackets is a target by core/markdown's rule. */
export const WIKILINK = /^(!?)\[\[([^[\]\n\r]+)\]\]$/

/** What is no target would not be read as a link again: it is kept as text. */
function addWikilink(runs: V2Run[], { target, embed, marks, nest }: Wikilink): void {
  const text = `${embed ? '!' : ''}[[${target}]]`
  if (WIKILINK.test(text)) runs.push({ ...run(text, marks, nest), type: 'wikilink' })
  else addText(runs, text, marks, nest)
}

/** All text below, for telling how alike two elements are. */
export function plainText(child: V2Child): string {
  return isText(child) ? child.map((item) => item.text).join('') : child.children.map(plainText).join(' ')
}
