import { readInlineFootnote } from '../../core/markdown/inline-footnotes.ts'
import type {
  Block,
  Callout,
  Cell,
  ColumnAlign,
  HeadingLevel,
  Inline,
  Link,
  List,
  ListItem,
  Text,
  Tree,
} from '../../core/markdown/tree.ts'
import { CELL_BREAK, EMPTY_TREE, MARK } from '../../core/markdown/tree.ts'
import { WIKILINK } from './tree-to-v2.ts'
import {
  ALIGN_CELL,
  BLANK_CODE,
  FRESH_ITEM,
  HARD_BREAK,
  isInline,
  isText,
  LOOSE_ITEM,
  NEST,
  OUTSIDE_LINK,
  PARTED_CALLOUT,
  type V2Child,
  type V2Element,
  type V2Run,
} from './v2-node.ts'

const MARKS = MARK.bold | MARK.italic | MARK.strike | MARK.code | MARK.highlight

/** Never fails: what has no shape in the tree is kept as its text. */
export function v2ToTree(children: readonly V2Child[]): Tree {
  const blocks = blocksOf(children)
  return blocks.length > 0 ? blocks : EMPTY_TREE
}

/** Text beside blocks is a paragraph of its own, as in a quote that was stored before quotes held blocks. */
function blocksOf(children: readonly V2Child[]): Block[] {
  const blocks: Block[] = []
  let words: V2Child[] = []
  const flush = () => {
    if (words.length > 0) blocks.push(paragraph(words))
    words = []
  }
  for (const child of children) {
    if (isInline(child)) words.push(child)
    else {
      flush()
      blocks.push(blockOf(child as V2Element))
    }
  }
  flush()
  return blocks
}

const paragraph = (children: readonly V2Child[]): Block => ({ type: 'paragraph', children: inlinesOf(children) })

export function blockOf(element: V2Element): Block {
  switch (element.type) {
    case 'heading':
      return { type: 'heading', level: headingLevel(element), children: inlinesOf(element.children) }
    case 'quote':
      return { type: 'quote', children: blocksOf(element.children) }
    case 'callout':
      return calloutOf(element)
    case 'footnote': {
      const label = element.attributes.__label
      return { type: 'footnote', label: typeof label === 'string' ? label : '', children: blocksOf(element.children) }
    }
    case 'table':
      return tableOf(element)
    case 'list':
      return listOf(element)
    case 'code': {
      const info = element.attributes.__language
      const blank = element.attributes[BLANK_CODE] === 1 ? { blank: true as const } : {}
      return { type: 'code', info: typeof info === 'string' ? info : '', text: linesOf(element.children), ...blank }
    }
    case 'verbatim':
      return { type: 'verbatim', source: linesOf(element.children) }
    case 'horizontalrule':
      return { type: 'rule' }
    default:
      return paragraph(element.children)
  }
}

/** A title that does not come first, after two people's edits, is text. */
function calloutOf({ attributes, children }: V2Element): Callout {
  const { __kind: kind, __fold: fold, [PARTED_CALLOUT]: parted } = attributes
  const [first, ...others] = children
  const title = first && !isText(first) && first.type === 'callouttitle' ? first : null
  return {
    type: 'callout',
    kind: typeof kind === 'string' ? kind : '',
    fold: fold === '+' || fold === '-' ? fold : '',
    title: title ? oneLine(inlinesOf(title.children)) : [],
    children: blocksOf(title ? others : children),
    ...(parted === 1 ? { parted: true as const } : {}),
  }
}

const oneLine = (inlines: readonly Inline[]): Inline[] =>
  joinTexts(inlines.map((inline) => (inline.type === 'break' ? { type: 'text', text: ' ', marks: 0 } : inline)))

/**
 * Rows that are not of one length, after two people's edits, are filled up. What is no row or cell is one of its own.
 */
function tableOf(element: V2Element): Block {
  const parts = (parent: V2Element, type: string): V2Element[] =>
    parent.children.map((child) =>
      !isText(child) && child.type === type ? child : { type, attributes: {}, children: [child] },
    )
  const lines = parts(element, 'tablerow').map((row) => parts(row, 'tablecell'))
  const width = lines.reduce((most, cells) => Math.max(most, cells.length), 0)
  if (width === 0) return paragraph(element.children)
  return {
    type: 'table',
    columns: Array.from({ length: width }, (_, column) => alignOf(lines[0]?.[column])),
    rows: lines.map((cells) => Array.from({ length: width }, (_, column) => cellOf(cells[column]))),
  }
}

function alignOf(cell: V2Element | undefined): ColumnAlign {
  const align = cell?.attributes[ALIGN_CELL]
  return align === 'left' || align === 'center' || align === 'right' ? align : null
}

/** One line in Markdown: what is several lines in the doc has breaks of HTML between them. */
function cellOf(cell: V2Element | undefined): Cell {
  const inlines = inlinesOfLines(linesIn(cell?.children ?? [], false))
  return inlines.map((inline) => (inline.type === 'break' ? { type: 'raw', source: CELL_BREAK, marks: 0 } : inline))
}

function inlinesOfLines(lines: readonly (readonly V2Child[])[]): Inline[] {
  return lines.flatMap((line, at) => [...(at > 0 ? [{ type: 'break' as const, hard: false }] : []), ...inlinesOf(line)])
}

/**
 * The lines of blocks that stand where only words do. `isOpen`: a paragraph goes on with the line that it is on, as
 * Lexical shows one in a list item.
 */
function linesIn(children: readonly V2Child[], isOpen: boolean): (readonly V2Child[])[] {
  const lines: (readonly V2Child[])[] = []
  let line: V2Child[] | null = null
  for (const child of children) {
    if (isInline(child) || (isOpen && !isText(child) && child.type === 'paragraph')) {
      if (!line) {
        line = []
        lines.push(line)
      }
      line.push(child)
      continue
    }
    line = null
    const below = isText(child) ? [] : linesIn(child.children, isOpen)
    lines.push(...(below.length > 0 ? below : [[]]))
  }
  return lines
}

function joinTexts(inlines: readonly Inline[]): Inline[] {
  const out: Inline[] = []
  for (const inline of inlines) {
    const last = out.at(-1)
    if (inline.type === 'text' && last?.type === 'text' && last.marks === inline.marks && last.nest === inline.nest)
      out[out.length - 1] = { ...last, text: last.text + inline.text }
    else out.push(inline)
  }
  return out
}

function headingLevel(element: V2Element): HeadingLevel {
  const level = /^h([1-6])$/.exec(String(element.attributes.__tag))?.[1]
  return (level ? Number(level) : 1) as HeadingLevel
}

/** An item is words, or a list below the item before. What stands below a list in one is an item after it. */
function listOf(element: V2Element): List {
  const kind = element.attributes.__listType
  const style = kind === 'bullet' ? 'bullet' : kind === 'check' ? 'task' : 'ordered'
  const start = element.attributes.__start
  const items: ListItem[] = []
  for (const child of element.children) {
    const parts = isText(child) || child.type !== 'listitem' ? [child] : child.children
    const checked = style === 'task' ? !isText(child) && child.attributes.__checked === true : null
    const add = (inlines: Inline[], lists: List[]) =>
      items.push({ checked, children: inlines, lists, ...layoutOf(child) })
    let words: V2Child[] = []
    const flush = (isNeeded: boolean) => {
      const inlines = inlinesOfLines(linesIn(words, true))
      if (inlines.length > 0 || isNeeded) add(inlines, [])
      words = []
    }
    for (const [at, part] of parts.entries()) {
      if (isText(part) || part.type !== 'list') {
        words.push(part)
        continue
      }
      flush(at > 0 && words.length === at)
      const last = items.at(-1)
      if (last) items[items.length - 1] = { ...last, lists: [...last.lists, listOf(part)] }
      else add([], [listOf(part)])
    }
    flush(words.length === parts.length)
  }
  return {
    type: 'list',
    style,
    start: style === 'ordered' && typeof start === 'number' && Number.isInteger(start) && start >= 0 ? start : 1,
    items,
  }
}

function layoutOf(child: V2Child): Pick<ListItem, 'loose' | 'fresh'> {
  if (isText(child)) return {}
  const { [LOOSE_ITEM]: loose, [FRESH_ITEM]: fresh } = child.attributes
  return {
    ...(loose === 0 || loose === 1 ? { loose: loose === 1 } : {}),
    ...(typeof fresh === 'number' && Number.isInteger(fresh) && fresh >= 0 ? { fresh } : {}),
  }
}

function linesOf(children: readonly V2Child[]): string {
  return children
    .map((child) =>
      isText(child)
        ? child.map((run) => run.text).join('')
        : child.type === 'linebreak'
          ? '\n'
          : linesOf(child.children),
    )
    .join('')
}

function inlinesOf(children: readonly V2Child[]): Inline[] {
  const inlines: Inline[] = []
  collect(children, inlines, false)
  return inlines
}

function collect(children: readonly V2Child[], into: Inline[], inLink: boolean): void {
  for (const child of children) {
    if (isText(child)) {
      for (const run of child) addRun(run, into, inLink)
    } else if (child.type === 'linebreak') {
      into.push({ type: 'break', hard: child.attributes[HARD_BREAK] === true, ...nestOf(child.attributes[NEST]) })
    } else if ((child.type === 'link' || child.type === 'autolink') && !inLink) {
      const { __url: url, __title: title, [OUTSIDE_LINK]: outside } = child.attributes
      const inner: Inline[] = []
      collect(child.children, inner, true)
      into.push({
        type: 'link',
        url: typeof url === 'string' ? url : '',
        title: typeof title === 'string' ? title : '',
        children: inner as Link['children'][number][],
        ...(typeof outside === 'number' ? { outside } : {}),
        ...nestOf(child.attributes[NEST]),
      })
    } else {
      collect(child.children, into, inLink)
    }
  }
}

const nestOf = (nest: unknown): { nest?: string } => (typeof nest === 'string' ? { nest } : {})

function addRun(run: V2Run, into: Inline[], inLink: boolean): void {
  if (run.text === '') return
  const marks = run.format & MARKS
  if (run.type === 'raw' && !run.text.startsWith('^[')) {
    into.push({ type: 'raw', source: run.text, marks, ...nestOf(run.nest) })
    return
  }
  const footnote = run.type === 'raw' && !inLink ? readInlineFootnote(run.text, marks & ~MARK.code, run.nest) : null
  if (footnote) {
    for (const inline of footnote) {
      if (inline.type === 'text') addText(inline, into)
      else into.push(inline)
    }
    return
  }
  const link = run.type === 'wikilink' && !inLink ? WIKILINK.exec(run.text) : null
  if (link) {
    into.push({ type: 'wikilink', target: link[2] as string, embed: link[1] === '!', marks, ...nestOf(run.nest) })
    return
  }
  for (const [index, text] of run.text.split('\n').entries()) {
    if (index > 0) into.push({ type: 'break', hard: false })
    if (text !== '') addText({ type: 'text', text, marks, ...nestOf(run.nest) }, into)
  }
}

function addText(text: Text, into: Inline[]): void {
  const last = into.at(-1)
  if (last?.type === 'text' && last.marks === text.marks && last.nest === text.nest) {
    into[into.length - 1] = { ...last, text: last.text + text.text }
  } else into.push(text)
}
