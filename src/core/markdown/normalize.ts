import { trim, trimEnd } from './characters.ts'
import { sameBlocks } from './equal.ts'
import { definedLabels } from './labels.ts'
import { cleanText, normalizeInlines, soundInlines } from './normalize-inlines.ts'
import { normalizeTable } from './normalize-table.ts'
import { parseText } from './parse.ts'
import { parseBlocks, treeOf } from './parse-blocks.ts'
import { isCalloutKind, MOST_CONTAINERS } from './parse-container.ts'
import { dedent } from './parse-leaf.ts'
import { printBlock, printTree } from './print-blocks.ts'
import { frontmatterEnd } from './split-frontmatter.ts'
import {
  type Block,
  type Container,
  EMPTY_TREE,
  type HeadingLevel,
  type Inline,
  type List,
  type ListItem,
  type Tree,
} from './tree.ts'

/**
 * The one form of all trees that mean the same in Markdown: what reading gives, and what `treesEqual` compares.
 * Words are never lost, only what Markdown cannot say (empty paragraphs, marks on spaces). Rules N1 to N9 in SPEC.md.
 */
export function normalizeTree(tree: Tree): Tree {
  const labels = definedLabels(tree)
  const normal = normalizeBlocks(tree, labels, 0)
  // What a verbatim block seemed to define may be a line of a paragraph, once it is read.
  const own = definedLabels(normal)
  const blocks = own.size === labels.size ? normal : normalizeBlocks(normal, own, 0)
  return blocks.length === 0 ? EMPTY_TREE : blocks
}

/** Blocks of a note, or of a container that stands in `depth` others. */
function normalizeBlocks(tree: Tree, labels: ReadonlySet<string>, depth: number): Block[] {
  const own = mergeNeighbours(tree.flatMap((block) => normalizeBlock(block, labels, depth)))
  const blocks = own.map((block, at, all) =>
    block.type === 'verbatim' && all[at - 1]?.type === 'list' ? { ...block, source: dedent(block.source) } : block,
  )
  return readVerbatim(blocks, labels, depth)
}

/** Whether two trees are the same document. */
export const treesEqual = (a: Tree, b: Tree): boolean =>
  sameBlocks(a, b) || sameBlocks(normalizeTree(a), normalizeTree(b))

function normalizeBlock(block: Block, labels: ReadonlySet<string>, depth: number): Block[] {
  switch (block.type) {
    case 'paragraph': {
      const children = normalizeInlines(soundInlines(block.children, labels))
      return children.length === 0 ? [] : readRisky({ type: 'paragraph', children }, children, labels, depth)
    }
    case 'quote':
    case 'callout':
    case 'footnote':
      return normalizeContainer(block, labels, depth)
    case 'table':
      return [normalizeTable(block, labels)]
    case 'heading': {
      const level = Math.min(6, Math.max(1, Math.trunc(block.level))) as HeadingLevel
      // An underlined heading has two levels, and lines.
      return [{ type: 'heading', level, children: normalizeInlines(soundInlines(block.children, labels), level > 2) }]
    }
    case 'code':
      return [{ ...block, info: trim(cleanText(block.info).replaceAll('\n', ' ')), text: cleanText(block.text) }]
    case 'list': {
      const list = normalizeList(block, labels)
      return list ? readRisky(list, allInlines(list), labels, depth) : []
    }
    case 'verbatim': {
      const source = trimEnd(cleanText(block.source).replace(/^(?:[ \t]*\n)+/, ''))
      return source === '' ? [] : [{ type: 'verbatim', source }]
    }
    default:
      return [block]
  }
}

const NO_KIND = /[^\p{L}\p{N} _-]+/gu

function normalizeContainer(block: Container, labels: ReadonlySet<string>, depth: number): Block[] {
  if (depth >= MOST_CONTAINERS) return normalizeBlocks(flattened(block), labels, depth)
  const children = normalizeBlocks(block.children, labels, depth + 1)
  if (block.type === 'quote') return [{ type: 'quote', children }]
  if (block.type === 'footnote') {
    return [{ type: 'footnote', label: cleanText(block.label).replace(/[\s[\]]+/g, '-') || '-', children }]
  }
  const { kind, fold, title, parted } = block
  return [
    {
      type: 'callout',
      kind: isCalloutKind(kind) ? kind : trim(kind.replace(NO_KIND, ' ')).replace(/^[ _-]+/, '') || 'note',
      fold: fold === '+' || fold === '-' ? fold : '',
      title: normalizeInlines(soundInlines(title, labels), true),
      children,
      ...(parted && children.length > 0 ? { parted } : {}),
    },
  ]
}

/** What a container too deep for reading holds, in the one around it. */
const flattened = (block: Container): Block[] => [
  ...(block.type === 'callout' ? [{ type: 'paragraph' as const, children: block.title }] : []),
  ...block.children,
]

function normalizeList(list: List, labels: ReadonlySet<string>): List | null {
  if (list.items.length === 0) return null
  const ordered = list.style === 'ordered'
  const start = ordered ? listStart(list.start) : 1
  const items = list.items.map(
    ({ loose, fresh, ...item }): ListItem => ({
      checked: list.style === 'task' ? item.checked === true : null,
      children: normalizeInlines(soundInlines(item.children, labels)),
      lists: mergeNeighbours(item.lists.flatMap((below) => normalizeList(below, labels) ?? [])),
      ...(loose === undefined ? {} : { loose }),
      ...(fresh === undefined ? {} : { fresh: ordered ? listStart(fresh) : 1 }),
    }),
  )
  return { type: 'list', style: list.style, start, items }
}

const listStart = (start: number): number => Math.min(999_999_999, Math.max(0, Math.trunc(start) || 0))

/** Neighbouring lists of one style are one; an empty paragraph between them is nothing. */
function mergeNeighbours<B extends Block>(blocks: readonly B[]): B[] {
  const out: B[] = []
  for (const block of blocks) {
    const last = out[out.length - 1]
    if (block.type === 'list' && last?.type === 'list' && last.style === block.style) {
      out[out.length - 1] = { ...last, items: [...last.items, ...block.items] }
    } else out.push(block)
  }
  return out
}

const allInlines = (list: List): Inline[] =>
  list.items.flatMap((item) => [...item.children, BREAK, ...item.lists.flatMap(allInlines)])
const BREAK: Inline = { type: 'break', hard: false }

const depthOf = (list: List): number =>
  1 + Math.max(0, ...list.items.flatMap((item) => item.lists.map((below) => depthOf(below))))

/**
 * Raw source at the start of a line can be more than an inline (`<div>`, a footnote's definition), and so can raw
 * source of several lines, and code in a link; a list can be too deep. Such a block means what its own print reads as.
 */
function readRisky(block: Block, inlines: readonly Inline[], labels: ReadonlySet<string>, nesting: number): Block[] {
  let risky = block.type === 'list' && depthOf(block) > 30
  let lineStart = true
  for (const inline of inlines) {
    if (inline.type === 'raw' && (lineStart || inline.source.includes('\n'))) risky = true
    if (inline.type === 'link' && lineStart && inline.children.some(isLikeLabel)) risky = true
    lineStart = inline.type === 'break'
  }
  if (!risky) return [block]
  const read = treeOf(parseBlocks(printBlock(block, labels), labels, nesting).placed)
  if (read === EMPTY_TREE) return [block]
  const [first, ...rest] = read
  const fresh = block.type === 'list' ? block.items[0]?.fresh : undefined
  const [item, ...items] = first?.type === 'list' ? first.items : []
  // Read by itself, a list knows nothing of the one before it.
  if (fresh === undefined || first?.type !== 'list' || !item) return [...read]
  return [{ ...first, items: [{ ...item, fresh }, ...items] }, ...rest]
}

/** Code cannot be escaped, and `[`]:`]` at the start of a block defines a reference. */
const isLikeLabel = (inline: Inline): boolean => inline.type === 'text' && inline.text.includes(']:')

type Read = (source: string) => readonly Block[]

/** Verbatim blocks mean what their source reads as: together with their neighbours, since lists may join. */
function readVerbatim(blocks: readonly Block[], labels: ReadonlySet<string>, depth: number): Block[] {
  const readInner: Read = (source) => parseBlocks(source, labels, depth).placed.map(({ block }) => block)
  const out: Block[] = []
  for (let at = 0; at < blocks.length; ) {
    const block = blocks[at]
    if (block?.type !== 'verbatim') {
      if (block) out.push(block)
      at += 1
      continue
    }
    let end = at
    const sources: string[] = []
    for (let next = blocks[end]; next?.type === 'verbatim'; next = blocks[end]) {
      sources.push(next.source)
      end += 1
    }
    const source = sources.join('\n\n')
    const read = at === 0 && depth === 0 ? readFirst(readInner) : readInner
    const own = read(source)
    if (end < blocks.length && isOpen(source, own, read)) {
      return [...out, ...read(`${source}\n\n${printTree(blocks.slice(end), labels)}`)]
    }
    out.push(...own)
    at = end
  }
  return mergeNeighbours(out)
}

/** Frontmatter that is not YAML is the first block of its note. */
const readFirst =
  (readInner: Read): Read =>
  (source) => {
    if (frontmatterEnd(source) === 0) return readInner(source)
    const { frontmatter, placed } = parseText(source)
    return frontmatter ? readInner(source) : placed.map(({ block }) => block)
  }

/** Whether something in the source goes on until the end of the note, as `<script>` does. */
const isOpen = (source: string, own: readonly Block[], read: Read): boolean =>
  !sameBlocks(read(`${source}\n\nx`), [
    ...own,
    { type: 'paragraph', children: [{ type: 'text', text: 'x', marks: 0 }] },
  ])
