import { anchorKey } from '../link/anchor.ts'
import { shownText } from '../link/wikilink.ts'
import type { Block, Footnote, Inline, List, Tree } from '../markdown/tree.ts'
import { isContainer } from '../markdown/tree.ts'

/** A piece of a note to read in another place. */
export type Passage = {
  readonly blocks: Tree
  /** Footnotes whose marks stand in `blocks`, which may stand anywhere in the note. */
  readonly footnotes: readonly Footnote[]
  /** It goes on behind the measure that was asked for. */
  readonly more: boolean
}

/** Source is kept as a token that may stand at the end of a block: ` ^id`. */
const BLOCK_ID = /(?:^|\s)\^([A-Za-z0-9-]+)\s*$/

/** The words of a run of inlines, as a reader has them; source as it is written. */
export const plainText = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => {
      if (inline.type === 'text') return inline.text
      if (inline.type === 'wikilink') return shownText(inline.target)
      if (inline.type === 'link') return plainText(inline.children)
      return inline.type === 'raw' ? inline.source : ' '
    })
    .join('')

/**
 * What an anchor means in a note: '' the whole, `Heading` (or `Chapter#Heading`) its section up to the next heading
 * that is no deeper, `^id` the block or the list item that carries the id. Null where it means nothing there.
 * @param most about how many characters are wanted, at least 1
 */
export function passageOf(tree: Tree, anchor: string, most: number): Passage | null {
  const key = anchorKey(anchor)
  const found =
    anchor.trim() === '' ? withoutFootnotes(tree) : key.startsWith('^') ? blockOf(tree, key) : sectionOf(tree, key)
  if (!found) return null
  const { blocks, more } = cut(found, most)
  const labels = new Set<string>()
  eachInline(blocks, (inline) => {
    const label = inline.type === 'raw' ? /^\[\^([^\]]+)\]$/.exec(inline.source)?.[1] : undefined
    if (label !== undefined) labels.add(label)
  })
  const footnotes = tree.filter((block): block is Footnote => block.type === 'footnote' && labels.has(block.label))
  return { blocks, footnotes, more }
}

/** Of a whole note: they stand below what is shown, by their marks. */
const withoutFootnotes = (tree: Tree): Tree => tree.filter(({ type }) => type !== 'footnote')

/** What a link to the section under a heading names, as anchorKey has it. */
export const headingKey = (children: readonly Inline[]): string => anchorKey(plainText(children).replace(BLOCK_ID, ''))

/** Whether a paragraph is nothing but an id, which speaks of the block above it. */
export const isBareId = (children: readonly Inline[], id: string): boolean =>
  plainText(children).trim().toLowerCase() === id

function sectionOf(tree: Tree, key: string): Tree | null {
  if (key === '') return null
  const start = tree.findIndex((block) => block.type === 'heading' && headingKey(block.children) === key)
  const heading = tree[start]
  if (heading?.type !== 'heading') return null
  const length = tree.slice(start + 1).findIndex((block) => block.type === 'heading' && block.level <= heading.level)
  return withoutFootnotes(tree.slice(start, length < 0 ? undefined : start + 1 + length))
}

/** `^id`, as anchorKey has it; null where a block carries none. */
export const idOf = (inlines: readonly Inline[]): string | null => {
  const last = inlines.at(-1)
  const id = last?.type === 'text' && last.text.includes('^') ? BLOCK_ID.exec(last.text)?.[1] : undefined
  return id === undefined ? null : `^${id.toLowerCase()}`
}

function blockOf(tree: Tree, key: string): Tree | null {
  for (const [at, block] of tree.entries()) {
    if (block.type === 'paragraph' || block.type === 'heading') {
      if (idOf(block.children) !== key) continue
      // an id on a line of its own speaks of what stands above it
      const above = tree[at - 1]
      return block.type === 'paragraph' && isBareId(block.children, key) && above ? [above] : [block]
    }
    const within = block.type === 'list' ? itemOf(block, key) : isContainer(block) ? blockOf(block.children, key) : null
    if (within) return within
  }
  return null
}

function itemOf(list: List, key: string): Tree | null {
  for (const [at, item] of list.items.entries()) {
    if (idOf(item.children) === key) return [{ ...list, start: list.start + at, items: [item] }]
    for (const below of item.lists) {
      const found = itemOf(below, key)
      if (found) return found
    }
  }
  return null
}

/** Whole blocks up to the measure; of the first one that is longer than all of it, code and source are cut too. */
function cut(tree: Tree, most: number): { blocks: Tree; more: boolean } {
  const blocks: Block[] = []
  let left = most
  for (const block of tree) {
    if (left <= 0) return { blocks, more: true }
    const size = sizeOf(block)
    if (size <= left * 2 || size <= 400) blocks.push(block)
    else return { blocks: [...blocks, shortened(block, left)], more: true }
    left -= size
  }
  return { blocks, more: false }
}

function shortened(block: Block, most: number): Block {
  switch (block.type) {
    case 'code':
      return { ...block, text: block.text.slice(0, most) }
    case 'verbatim':
      return { ...block, source: block.source.slice(0, most) }
    case 'list':
      return { ...block, items: within(block.items, most, (item) => sizeOf({ ...block, items: [item] })) }
    case 'table':
      return { ...block, rows: within(block.rows, most, (row) => row.reduce((sum, cell) => sum + lengthOf(cell), 8)) }
    case 'paragraph':
    case 'heading':
      return { ...block, children: within(block.children, most, (inline) => lengthOf([inline])).map(shortText(most)) }
    case 'quote':
    case 'callout':
    case 'footnote':
      return { ...block, children: cut(block.children, most).blocks }
    case 'rule':
      return block
  }
}

const shortText =
  (most: number) =>
  (inline: Inline): Inline =>
    inline.type === 'text' && inline.text.length > most ? { ...inline, text: `${inline.text.slice(0, most)}…` } : inline

/** The first of some things that are not longer together than the measure, and always one. */
function within<T>(things: readonly T[], most: number, size: (thing: T) => number): T[] {
  let left = most
  return things.filter((thing, at) => {
    const isWanted = at === 0 || left > 0
    left -= size(thing)
    return isWanted
  })
}

const lengthOf = (inlines: readonly Inline[]): number => plainText(inlines).length

function sizeOf(block: Block): number {
  switch (block.type) {
    case 'code':
      return block.text.length
    case 'verbatim':
      return block.source.length
    case 'rule':
      return 1
    case 'table':
      return block.rows.flat().reduce((sum, cell) => sum + lengthOf(cell), 8)
    case 'list':
      return block.items.reduce(
        (sum, item) => sum + lengthOf(item.children) + item.lists.reduce((below, list) => below + sizeOf(list), 0),
        8,
      )
    case 'quote':
    case 'callout':
    case 'footnote':
      return block.children.reduce((sum, child) => sum + sizeOf(child), 8)
    default:
      return lengthOf(block.children) + 8
  }
}

/** Every inline of some blocks, from top to bottom; those of a link too. */
export function eachInline(tree: Tree, visit: (inline: Inline) => void): void {
  const visitAll = (inlines: readonly Inline[]): void => {
    for (const inline of inlines) {
      visit(inline)
      if (inline.type === 'link') visitAll(inline.children)
    }
  }
  const visitList = (list: List): void => {
    for (const item of list.items) {
      visitAll(item.children)
      item.lists.forEach(visitList)
    }
  }
  for (const block of tree) {
    if (block.type === 'list') visitList(block)
    else if (block.type === 'table') for (const cell of block.rows.flat()) visitAll(cell)
    else if (isContainer(block)) {
      if (block.type === 'callout') visitAll(block.title)
      eachInline(block.children, visit)
    } else if (block.type === 'paragraph' || block.type === 'heading') visitAll(block.children)
  }
}
