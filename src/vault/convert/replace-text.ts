import type { Block, Inline, Link, List, ListItem, Tree } from '../../core/markdown/tree.ts'
import { sentenceAround, sentenceStarts } from '../../core/note/sentence.ts'
import { expressionOf } from '../../core/note/text-query.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import type { FindTask, Found, Place, Replaced, ReplaceTask } from './history-tasks.ts'
import { withDoc } from './version-tasks.ts'

/** Where the words stand in a note's text, in their sentences; `most` of them, and how many there are. */
export function findText(task: FindTask): Found {
  const matcher = expressionOf(task)
  const places: Place[] = []
  let total = 0
  const find = (text: string, from: number, whole: string) => {
    for (const match of matchesIn(text, matcher)) {
      total++
      if (places.length < task.most) places.push(placeOf(whole, from + match.index, match[0].length))
    }
    return text
  }
  withDoc(task.state, (doc) => mapTree(readTree(rootOf(doc)), find))
  return { places, total }
}

/** The note's text with the words replaced. Links keep their targets, and every run its look. */
export function replaceText(task: ReplaceTask): Replaced {
  const matcher = expressionOf(task)
  let places = 0
  const replace = (text: string) => {
    let out = ''
    let at = 0
    for (const match of matchesIn(text, matcher)) {
      places++
      out += text.slice(at, match.index) + (task.regex ? expand(task.replacement, match) : task.replacement)
      at = match.index + match[0].length
    }
    return out + text.slice(at)
  }
  return withDoc(task.state, (doc) => {
    const tree = mapTree(readTree(rootOf(doc)), replace)
    return { tree, places, docHash: docHash(doc) }
  })
}

const matchesIn = (text: string, matcher: RegExp): RegExpExecArray[] =>
  [...text.matchAll(matcher)].filter((match) => match[0] !== '')

/** `$&`, `$1` to `$99`, `$<name>` and `$$`, as String.replace has them. */
const expand = (replacement: string, match: RegExpExecArray): string =>
  replacement.replace(/\$(?:(\$)|(&)|(\d{1,2})|<([^>]*)>)/g, (whole, dollar, all, number, name) => {
    if (dollar) return '$'
    if (all) return match[0]
    if (number !== undefined)
      return Number(number) > 0 && Number(number) < match.length ? (match[Number(number)] ?? '') : whole
    return match.groups ? (match.groups[String(name)] ?? '') : whole
  })

function placeOf(whole: string, at: number, length: number): Place {
  const { context, start, end } = sentenceAround(whole, sentenceStarts(whole), at, at + length)
  return { before: context.slice(0, start), match: context.slice(start, end), after: context.slice(end) }
}

/** A part of a block's text that may be replaced, where it begins in the whole, and the whole. */
type Change = (text: string, from: number, whole: string) => string

const mapTree = (tree: Tree, change: Change): Tree => tree.map((block) => mapBlock(block, change))

function mapBlock(block: Block, change: Change): Block {
  const map = (inner: Block) => mapBlock(inner, change)
  switch (block.type) {
    case 'rule':
      return block
    case 'code':
      return { ...block, text: change(block.text, 0, block.text) }
    case 'verbatim':
      return { ...block, source: mapSource(block.source, change) }
    case 'list':
      return mapList(block, change)
    case 'callout':
      return { ...block, title: mapInlines(block.title, change), children: block.children.map(map) }
    case 'quote':
    case 'footnote':
      return { ...block, children: block.children.map(map) }
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map((cell) => mapInlines(cell, change))) }
    default:
      return { ...block, children: mapInlines(block.children, change) }
  }
}

const mapList = (list: List, change: Change): List => ({
  ...list,
  items: list.items.map((item) => mapItem(item, change)),
})
const mapItem = (item: ListItem, change: Change): ListItem => ({
  ...item,
  children: mapInlines(item.children, change),
  lists: item.lists.map((list) => mapList(list, change)),
})

const shownOf = (inline: Inline): string => {
  if (inline.type === 'text') return inline.text
  if (inline.type === 'break') return '\n'
  if (inline.type === 'link') return inline.children.map(shownOf).join('')
  return inline.type === 'wikilink' ? `[[${inline.target}]]` : inline.source
}

/** Text runs, also those of ordinary links; what is kept as source and what links lead to stays. */
function mapInlines(inlines: readonly Inline[], change: Change): Inline[] {
  const whole = inlines.map(shownOf).join('')
  let at = 0
  const map = (inline: Inline): Inline[] => {
    if (inline.type === 'link') {
      return [{ ...inline, children: inline.children.flatMap(map) as unknown as Link['children'] }]
    }
    const from = at
    at += shownOf(inline).length
    if (inline.type !== 'text') return [inline]
    const text = change(inline.text, from, whole)
    // A line end inside a text would be another structure.
    return text === '' ? [] : [{ ...inline, text: text === inline.text ? text : text.replace(/[\r\n]+/g, ' ') }]
  }
  return inlines.flatMap(map)
}

/** What a link in source leads to: wikilinks, and addresses in brackets, in angles and bare. */
const TARGETS = /!?\[\[[^[\]\n]+\]\]|\]\([^)\n]*\)|<[^>\n]*>|\bhttps?:\/\/[^\s)>\]]+/g

function mapSource(source: string, change: Change): string {
  let out = ''
  let at = 0
  for (const target of source.matchAll(TARGETS)) {
    out += change(source.slice(at, target.index), at, source) + target[0]
    at = target.index + target[0].length
  }
  return out + change(source.slice(at), at, source)
}
