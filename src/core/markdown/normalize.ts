import { trim, trimEnd } from './characters.ts'
import { sameBlocks } from './equal.ts'
import { definedLabels } from './labels.ts'
import { cleanText, normalizeInlines, soundInlines } from './normalize-inlines.ts'
import { parseText } from './parse.ts'
import { parseBlocks, treeOf } from './parse-blocks.ts'
import { dedent } from './parse-leaf.ts'
import { printBlock, printTree } from './print-blocks.ts'
import { type Block, EMPTY_TREE, type HeadingLevel, type Inline, type List, type ListItem, type Tree } from './tree.ts'

/**
 * The one form of all trees that mean the same in Markdown: what reading gives, and what `treesEqual` compares.
 * Words are never lost, only what Markdown cannot say (empty paragraphs, marks on spaces). Rules N1 to N9 in SPEC.md.
 */
export function normalizeTree(tree: Tree): Tree {
  const labels = definedLabels(tree)
  const blocks = mergeNeighbours(tree.flatMap((block) => normalizeBlock(block, labels))).map((block, at, all) =>
    block.type === 'verbatim' && all[at - 1]?.type === 'list' ? { ...block, source: dedent(block.source) } : block,
  )
  const read = readVerbatim(blocks, labels)
  return read.length === 0 ? EMPTY_TREE : read
}

/** Whether two trees are the same document. */
export const treesEqual = (a: Tree, b: Tree): boolean =>
  sameBlocks(a, b) || sameBlocks(normalizeTree(a), normalizeTree(b))

function normalizeBlock(block: Block, labels: ReadonlySet<string>): Block[] {
  switch (block.type) {
    case 'paragraph':
    case 'quote': {
      const children = normalizeInlines(soundInlines(block.children, labels))
      if (children.length === 0 && block.type === 'paragraph') return []
      return readRisky({ type: block.type, children }, children, labels)
    }
    case 'heading': {
      const level = Math.min(6, Math.max(1, Math.trunc(block.level))) as HeadingLevel
      // An underlined heading has two levels, and lines.
      return [{ type: 'heading', level, children: normalizeInlines(soundInlines(block.children, labels), level > 2) }]
    }
    case 'code':
      return [{ ...block, info: trim(cleanText(block.info).replaceAll('\n', ' ')), text: cleanText(block.text) }]
    case 'list': {
      const list = normalizeList(block, labels)
      return list ? readRisky(list, allInlines(list), labels) : []
    }
    case 'verbatim': {
      const source = trimEnd(cleanText(block.source).replace(/^(?:[ \t]*\n)+/, ''))
      return source === '' ? [] : [{ type: 'verbatim', source }]
    }
    default:
      return [block]
  }
}

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
function readRisky(block: Block, inlines: readonly Inline[], labels: ReadonlySet<string>): Block[] {
  let risky = block.type === 'list' && depthOf(block) > 30
  let lineStart = true
  for (const inline of inlines) {
    if (inline.type === 'raw' && (lineStart || inline.source.includes('\n'))) risky = true
    if (inline.type === 'link' && lineStart && inline.children.some(isLikeLabel)) risky = true
    lineStart = inline.type === 'break'
  }
  if (!risky) return [block]
  const read = treeOf(parseBlocks(printBlock(block, labels), labels).placed)
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

/** Verbatim blocks mean what their source reads as: together with their neighbours, since lists may join. */
function readVerbatim(blocks: readonly Block[], labels: ReadonlySet<string>): Block[] {
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
    const readAs = at === 0 ? readFirst : readTree
    const read = readAs(source)
    if (end < blocks.length && isOpen(source, read, readAs)) {
      return [...out, ...readAs(`${source}\n\n${printTree(blocks.slice(end), labels)}`)]
    }
    out.push(...read)
    at = end
  }
  return mergeNeighbours(out)
}

const readTree = (source: string): Tree => treeOf(parseBlocks(source).placed)

/** Frontmatter that is not YAML is the first block of its note. */
function readFirst(source: string): Tree {
  const { frontmatter, placed } = parseText(source)
  return frontmatter ? readTree(source) : treeOf(placed)
}

/** Whether something in the source goes on until the end of the note, as `<script>` does. */
const isOpen = (source: string, read: Tree, readAs: (source: string) => Tree): boolean =>
  !sameBlocks(readAs(`${source}\n\nx`), [
    ...read,
    { type: 'paragraph', children: [{ type: 'text', text: 'x', marks: 0 }] },
  ])
