import type { Block, Heading, HeadingLevel, Inline, List, ListItem, Tree } from '../core/markdown/tree.ts'
import { MARK } from '../core/markdown/tree.ts'
import {
  below,
  codeText,
  type FlatItem,
  footnoteLabel,
  hasClass,
  isCodeBox,
  isFootnotes,
  languageOf,
  nestItems,
  tickOf,
  wordItem,
} from './html-flavours.ts'
import { BLOCKS, inlinesOf, isDropped, isElement, isText, MAX_DEPTH, nameOf, readInline, tidy } from './html-inline.ts'
import { holds, joinCells, readTable } from './html-table.ts'

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

const LISTS = new Set(['ul', 'ol'])

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
  let items: FlatItem[] = []
  const flushItems = () => {
    const style = items[0]?.isOrdered ? 'ordered' : 'bullet'
    if (items.length > 0) into.push({ type: 'list', style, start: 1, items: nestItems(items) })
    items = []
  }
  for (const child of parent.childNodes) {
    if (isElement(child) && isDropped(child)) continue
    const word = isElement(child) ? wordItem(child) : null
    if (word) {
      flush()
      items.push({ ...word, children: tidy(inlinesOf(child, depth)) })
      continue
    }
    if (!isText(child) || (child.nodeValue ?? '').trim() !== '') flushItems()
    const isBlock = isElement(child) && (BLOCKS.has(nameOf(child)) || (depth < MAX_DEPTH && holdsBlocks(child)))
    if (isBlock) {
      flush()
      if (depth < MAX_DEPTH) readBlock(child, depth + 1, into)
      else pushParagraph([{ type: 'text', text: child.textContent ?? '', marks: 0 }], into)
    } else {
      readInline(child, 0, depth, inlines)
    }
  }
  flushItems()
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
    into.push({ type: 'code', info: languageOf(element), text: codeText(element) })
  } else if (isCodeBox(element)) {
    into.push({ type: 'code', info: '', text: codeText(element) })
  } else if (isFootnotes(element)) {
    readFootnotes(element, depth, into)
  } else if (hasClass(element, 'callout') && element.hasAttribute('data-callout')) {
    readCallout(element, depth, into)
  } else if (name === 'dt') {
    pushParagraph(inlinesOf(element, depth, MARK.bold), into)
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

function readFootnotes(element: Element, depth: number, into: Block[]): void {
  const notes = [...below(element)].filter((inner) => nameOf(inner) === 'li')
  for (const note of notes) {
    const label = footnoteLabel(note.getAttribute('id') ?? '')
    const children: Block[] = []
    readBlocks(note, depth, children)
    if (children.length === 0) continue
    if (label === null) into.push(...children)
    else into.push({ type: 'footnote', label, children })
  }
  if (notes.length === 0) readBlocks(element, depth, into)
}

/** As Obsidian shows one: a box for the title, one for what it holds. */
function readCallout(element: Element, depth: number, into: Block[]): void {
  const kind = (element.getAttribute('data-callout') ?? '').replace(/[^\p{L}\p{N}_-]/gu, '') || 'note'
  const part = (name: string) => [...element.children].find((child) => hasClass(child, name))
  const [head, body] = [part('callout-title'), part('callout-content')]
  const children: Block[] = []
  if (body) readBlocks(body, depth, children)
  const title = head ? tidy(inlinesOf(head, depth)).filter(({ type }) => type !== 'break') : []
  const isKind = title.length === 1 && title[0]?.type === 'text' && title[0].text.toLowerCase() === kind.toLowerCase()
  into.push({ type: 'callout', kind, fold: '', title: isKind ? [] : title, children })
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
    } else if (!isDropped(child)) {
      items.push(readItem(child, depth))
    }
  }
  // one box makes boxes of all: better one too many than a tick that is lost
  if (items.some(({ checked }) => checked !== null)) {
    const tasks = items.map((item) => ({ ...item, checked: item.checked ?? false }))
    return { type: 'list', style: 'task', start: 1, items: tasks }
  }
  const plain = items.map((item) => ({ ...item, checked: null }))
  const start = Number(element.getAttribute('start') ?? 1)
  return nameOf(element) === 'ol'
    ? { type: 'list', style: 'ordered', start: Number.isInteger(start) && start >= 0 ? start : 1, items: plain }
    : { type: 'list', style: 'bullet', start: 1, items: plain }
}

function readItem(element: Element, depth: number): ListItem {
  const lists: List[] = []
  const inlines: Inline[] = []
  const read = (parent: Element, level: number) => {
    for (const child of parent.childNodes) {
      const name = nameOf(child)
      if (isElement(child) && (name === 'ul' || name === 'ol')) {
        if (level < MAX_DEPTH) lists.push(readList(child, level + 1))
        continue
      }
      const isBlock = isElement(child) && BLOCKS.has(name)
      if (isBlock && inlines.length > 0) inlines.push({ type: 'text', text: ' ', marks: 0 })
      if (isBlock && level < MAX_DEPTH && holds(child, LISTS)) read(child, level + 1)
      else readInline(child, 0, level + 1, inlines)
    }
  }
  read(element, depth)
  return { checked: tickOf(element), children: tidy(inlines), lists }
}
