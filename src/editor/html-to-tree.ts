import { safeUrl } from '../core/link/url.ts'
import type {
  Block,
  Cell,
  ColumnAlign,
  Heading,
  HeadingLevel,
  Inline,
  Link,
  List,
  ListItem,
  Table,
  Tree,
} from '../core/markdown/tree.ts'
import { CELL_BREAK, MARK } from '../core/markdown/tree.ts'

/**
 * The tree of pasted HTML: what a note has a shape for, and the words of everything else. An allow-list: no
 * element, attribute or style gets through but those named here, and of links only web and mail addresses.
 * `body` comes from DOMParser, which runs no script and fetches nothing.
 */
export function treeFromHtml(body: Node): Tree {
  const blocks: Block[] = []
  readBlocks(body, 0, blocks)
  return blocks
}

/** Deeper than any document that a person wrote; a deeper one is read as plain text. */
const MAX_DEPTH = 200

/** Never shown, or not words. */
const DROPPED = new Set(
  [
    'script',
    'style',
    'template',
    'noscript',
    'iframe',
    'object',
    'embed',
    'svg',
    'math',
    'head',
    'title',
    'meta',
    'link',
  ].concat(['canvas', 'audio', 'video', 'select', 'button', 'textarea', 'input', 'form-control']),
)
const MARKS: Readonly<Record<string, number>> = {
  b: MARK.bold,
  strong: MARK.bold,
  i: MARK.italic,
  em: MARK.italic,
  s: MARK.strike,
  del: MARK.strike,
  strike: MARK.strike,
  code: MARK.code,
  kbd: MARK.code,
  samp: MARK.code,
  tt: MARK.code,
  mark: MARK.highlight,
}
const BLOCKS = new Set(
  [
    'p',
    'div',
    'section',
    'article',
    'main',
    'header',
    'footer',
    'aside',
    'nav',
    'figure',
    'figcaption',
    'address',
    'dl',
    'dt',
  ].concat(
    [
      'dd',
      'table',
      'thead',
      'tbody',
      'tfoot',
      'tr',
      'ul',
      'ol',
      'li',
      'blockquote',
      'pre',
      'hr',
      'details',
      'summary',
      'form',
    ],
    ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'body', 'fieldset', 'legend'],
  ),
)

const nameOf = (node: Node): string => node.nodeName.toLowerCase()
const isText = (node: Node): boolean => node.nodeType === 3
const isElement = (node: Node): node is Element => node.nodeType === 1
/** Word processors wrap whole documents in a `<b>`; a few levels are looked through for that. */
const holdsBlocks = (node: Node, levels = 8): boolean =>
  levels > 0 &&
  [...node.childNodes].some(
    (child) => isElement(child) && (BLOCKS.has(nameOf(child)) || holdsBlocks(child, levels - 1)),
  )

function readBlocks(parent: Node, depth: number, into: Block[]): void {
  let inlines: Inline[] = []
  const flush = () => {
    const children = tidy(inlines)
    if (children.length > 0) into.push({ type: 'paragraph', children })
    inlines = []
  }
  for (const child of parent.childNodes) {
    if (isElement(child) && DROPPED.has(nameOf(child))) continue
    const isBlock = isElement(child) && (BLOCKS.has(nameOf(child)) || (depth < MAX_DEPTH && holdsBlocks(child)))
    if (isBlock) {
      flush()
      if (depth < MAX_DEPTH) readBlock(child, depth + 1, into)
      else pushParagraph([{ type: 'text', text: child.textContent ?? '', marks: 0 }], into)
    } else {
      readInline(child, 0, depth, inlines)
    }
  }
  flush()
}

function readBlock(element: Element, depth: number, into: Block[]): void {
  const name = nameOf(element)
  const heading = /^h([1-6])$/.exec(name)
  if (heading) {
    const children = tidy(inlinesOf(element, depth))
    const level = Number(heading[1]) as HeadingLevel
    if (children.length > 0) into.push({ type: 'heading', level, children } satisfies Heading)
  } else if (name === 'hr') {
    into.push({ type: 'rule' })
  } else if (name === 'pre') {
    into.push({ type: 'code', info: '', text: (element.textContent ?? '').replace(/\r\n?/g, '\n').replace(/\n$/, '') })
  } else if (name === 'ul' || name === 'ol') {
    const list = readList(element, depth)
    if (list.items.length > 0) into.push(list)
  } else if (name === 'blockquote') {
    const children: Block[] = []
    readBlocks(element, depth, children)
    if (children.length > 0) into.push({ type: 'quote', children })
  } else if (name === 'table') {
    const table = readTable(element, depth)
    if (table) into.push(table)
    else readBlocks(element, depth, into)
  } else if (name === 'tr') {
    const cells = [...element.children].map((cell) => tidy(inlinesOf(cell, depth)))
    pushParagraph(joinCells(cells), into)
  } else {
    readBlocks(element, depth, into)
  }
}

/** What is a table only to place things beside each other becomes lines of words. */
const joinCells = (cells: readonly Inline[][]): Inline[] =>
  cells.flatMap((cell, index) => (index === 0 ? cell : [{ type: 'text' as const, text: ' · ', marks: 0 }, ...cell]))

/** More columns than anybody reads; a cell that spans more does so to do harm. */
const MAX_COLUMNS = 200

const SECTIONS = new Set(['thead', 'tbody', 'tfoot'])
const IN_NO_CELL = new Set(['table', 'ul', 'ol', 'pre', 'blockquote', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])

function holds(element: Element, names: ReadonlySet<string>): boolean {
  const open: Element[] = [...element.children]
  for (let next = open.pop(); next; next = open.pop()) {
    if (names.has(nameOf(next))) return true
    open.push(...next.children)
  }
  return false
}

/**
 * The rows of HTML that is one table and nothing beside it, as spreadsheets put it on the clipboard; null for other
 * HTML. One cell is a table too.
 */
export function cellsFromHtml(body: Node): Table['rows'] | null {
  const tables: Element[] = []
  const isAlone = (node: Node, depth: number): boolean =>
    [...node.childNodes].every((child) => {
      if (isText(child)) return (child.nodeValue ?? '').trim() === ''
      if (!isElement(child) || DROPPED.has(nameOf(child))) return true
      if (nameOf(child) !== 'table') return depth < MAX_DEPTH && isAlone(child, depth + 1)
      return tables.push(child) === 1
    })
  const [only] = isAlone(body, 0) ? tables : []
  return (only && readTable(only, 1, 1)?.rows) ?? null
}

/** Null for a table that holds blocks or has one column: mail and old pages are laid out with such. */
function readTable(element: Element, depth: number, leastWidth = 2): Table | null {
  const parts = [...element.children].flatMap((part) => (SECTIONS.has(nameOf(part)) ? [...part.children] : [part]))
  if (holds(element, IN_NO_CELL)) return null
  const open: number[] = []
  const lines = parts.filter((part) => nameOf(part) === 'tr').map((row) => readRow(row, depth, open))
  const rows = lines.filter((cells) => cells.length > 0)
  const width = Math.min(
    MAX_COLUMNS,
    rows.reduce((most, cells) => Math.max(most, cells.length), 0),
  )
  if (width < leastWidth) return null
  const columns = Array.from({ length: width }, (_, column): ColumnAlign => rows[0]?.[column]?.align ?? null)
  const cellOf = (cell: ReadCell | undefined): Cell => cell?.inlines ?? []
  return {
    type: 'table',
    columns,
    rows: rows.map((cells) => Array.from({ length: width }, (_, column) => cellOf(cells[column]))),
  }
}

type ReadCell = { readonly inlines: Cell; readonly align: ColumnAlign }

/** `open` counts, for each column, the rows that a cell above still spans: what it says stands in its first cell. */
function readRow(row: Element, depth: number, open: number[]): ReadCell[] {
  const cells: ReadCell[] = []
  const skipSpanned = () => {
    for (let left = open[cells.length] ?? 0; left > 0; left = open[cells.length] ?? 0) {
      open[cells.length] = left - 1
      cells.push({ inlines: [], align: null })
    }
  }
  for (const element of row.children) {
    if (nameOf(element) !== 'td' && nameOf(element) !== 'th') continue
    skipSpanned()
    const inlines = tidy(inlinesOf(element, depth, marksOfStyle(element))).map(
      (inline): Inline => (inline.type === 'break' ? { type: 'raw', source: CELL_BREAK, marks: 0 } : inline),
    )
    const columns = spanOf(element, 'colspan')
    for (let column = 0; column < columns; column++) {
      open[cells.length] = spanOf(element, 'rowspan') - 1
      cells.push(column === 0 ? { inlines, align: alignOf(element) } : { inlines: [], align: null })
    }
  }
  if (cells.length > 0) skipSpanned()
  return cells
}

const spanOf = (cell: Element, name: 'colspan' | 'rowspan'): number =>
  Math.max(1, Math.min(MAX_COLUMNS, Math.trunc(Number(cell.getAttribute(name) ?? 1)) || 1))

function alignOf(cell: Element): ColumnAlign {
  const style = /text-align:\s*(left|center|right)/i.exec(cell.getAttribute('style') ?? '')?.[1]
  const align = (style ?? cell.getAttribute('align') ?? '').toLowerCase()
  return align === 'left' || align === 'center' || align === 'right' ? align : null
}

function pushParagraph(inlines: readonly Inline[], into: Block[]): void {
  const children = tidy(inlines)
  if (children.length > 0) into.push({ type: 'paragraph', children })
}

function readList(element: Element, depth: number): List {
  const items: ListItem[] = []
  for (const child of element.children) {
    const name = nameOf(child)
    const last = items.at(-1)
    if (name === 'ul' || name === 'ol') {
      const list = depth < MAX_DEPTH ? [readList(child, depth + 1)] : []
      if (last) items[items.length - 1] = { ...last, lists: [...last.lists, ...list] }
      else items.push({ checked: null, children: [], lists: list })
    } else if (!DROPPED.has(name)) {
      items.push(readItem(child, depth))
    }
  }
  const isTask = items.length > 0 && items.every(({ checked }) => checked !== null)
  if (isTask) return { type: 'list', style: 'task', start: 1, items }
  const plain = items.map((item) => ({ ...item, checked: null }))
  const start = Number(element.getAttribute('start') ?? 1)
  return nameOf(element) === 'ol'
    ? { type: 'list', style: 'ordered', start: Number.isInteger(start) && start >= 0 ? start : 1, items: plain }
    : { type: 'list', style: 'bullet', start: 1, items: plain }
}

function readItem(element: Element, depth: number): ListItem {
  const lists: List[] = []
  const inlines: Inline[] = []
  const box = element.querySelector(
    ':scope > input[type=checkbox], :scope > p > input[type=checkbox], :scope > label > input',
  )
  for (const child of element.childNodes) {
    const name = nameOf(child)
    if (isElement(child) && (name === 'ul' || name === 'ol')) {
      if (depth < MAX_DEPTH) lists.push(readList(child, depth + 1))
    } else {
      if (isElement(child) && BLOCKS.has(name) && inlines.length > 0)
        inlines.push({ type: 'text', text: ' ', marks: 0 })
      readInline(child, 0, depth + 1, inlines)
    }
  }
  return { checked: box ? box.hasAttribute('checked') : null, children: tidy(inlines), lists }
}

function inlinesOf(element: Node, depth: number, marks = 0): Inline[] {
  const inlines: Inline[] = []
  for (const child of element.childNodes) readInline(child, marks, depth + 1, inlines)
  return inlines
}

function readInline(node: Node, marks: number, depth: number, into: Inline[]): void {
  if (isText(node)) {
    into.push({ type: 'text', text: (node.nodeValue ?? '').replace(/[\s\u200b]+/g, ' '), marks })
    return
  }
  if (!isElement(node) || DROPPED.has(nameOf(node))) return
  const name = nameOf(node)
  if (depth > MAX_DEPTH) {
    into.push({ type: 'text', text: node.textContent ?? '', marks })
  } else if (name === 'br') {
    into.push({ type: 'break', hard: false })
  } else if (name === 'a') {
    readLink(node, marks, depth, into)
  } else {
    const own = marks | (MARKS[name] ?? marksOfStyle(node))
    if (BLOCKS.has(name) && into.length > 0) into.push({ type: 'break', hard: false })
    for (const child of node.childNodes) readInline(child, own, depth + 1, into)
  }
}

function readLink(element: Element, marks: number, depth: number, into: Inline[]): void {
  const inner: Inline[] = []
  for (const child of element.childNodes) readInline(child, marks, depth + 1, inner)
  const children = inner.filter(
    (inline): inline is Link['children'][number] => inline.type === 'text' || inline.type === 'break',
  )
  const url = safeUrl(element.getAttribute('href') ?? '')
  if (!url || children.every((child) => child.type === 'text' && child.text.trim() === '')) into.push(...inner)
  else into.push({ type: 'link', url, title: '', children })
}

/** What the classes of an element say of its words, where a reader of style sheets put it. */
export const CLASS_STYLE = 'data-class-style'

/** Word processors and web mail say bold and italic by style only. */
function marksOfStyle(element: Element): number {
  const style = `${element.getAttribute('style') ?? ''};${element.getAttribute(CLASS_STYLE) ?? ''}`
  const isBold = /font-weight:\s*(?:bold|[6-9]00)/i.test(style)
  const isItalic = /font-style:\s*italic/i.test(style)
  const isStruck = /text-decoration(?:-line)?:[^;]*line-through/i.test(style)
  return (isBold ? MARK.bold : 0) | (isItalic ? MARK.italic : 0) | (isStruck ? MARK.strike : 0)
}

/** Without space at the edges and around breaks, neighbours of one format joined. */
function tidy(inlines: readonly Inline[]): Inline[] {
  const out: Inline[] = []
  for (const inline of inlines) {
    const last = out.at(-1)
    if (inline.type !== 'text') {
      if (inline.type === 'break' && (!last || last.type === 'break')) continue
      if (inline.type === 'break' && last?.type === 'text') out[out.length - 1] = { ...last, text: last.text.trimEnd() }
      out.push(inline)
      continue
    }
    const isFresh = !last || last.type === 'break' || (last.type === 'text' && last.text.endsWith(' '))
    const text = isFresh ? inline.text.trimStart() : inline.text
    if (text === '') continue
    if (last?.type === 'text' && last.marks === inline.marks) out[out.length - 1] = { ...last, text: last.text + text }
    else out.push({ ...inline, text })
  }
  while (out.at(-1)?.type === 'break') out.pop()
  const last = out.at(-1)
  if (last?.type === 'text') out[out.length - 1] = { ...last, text: last.text.trimEnd() }
  return out.filter((inline) => inline.type !== 'text' || inline.text !== '')
}
