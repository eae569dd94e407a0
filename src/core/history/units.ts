import {
  type Container,
  type Inline,
  isContainer,
  type List,
  type ListItem,
  type Tree,
  type Block as TreeBlock,
} from '../markdown/tree.ts'
import type { Block, Piece } from './difference.ts'
import { tableTokens } from './table-tokens.ts'
import { type Token, tokensOf, wholePieces } from './tokens.ts'

type Item = {
  readonly style: List['style']
  /** Of the whole list, on its first item; 1 on the others. */
  readonly start: number
  readonly depth: number
  readonly checked: boolean | null
  readonly children: readonly Inline[]
  /** How its list is laid out in Markdown: kept, and not compared. */
  readonly layout: Pick<ListItem, 'loose' | 'fresh'>
}

/** Containers are told by the units in them; one without any, and a callout with its title, is a unit of its own. */
type Leaf = Exclude<TreeBlock, List | Container>

/** What is compared and put back as one: a block that holds none, or one item of a list without those below it. */
export type Unit = {
  /** Place among the top-level blocks. */
  readonly top: number
  /** The containers that it stands in, the outermost first, without what they hold. */
  readonly within: readonly Container[]
  /** Their types: a passage that left a container is another one. */
  readonly around: string
  /** How many of these it is not the first unit in. */
  readonly shared: number
  readonly block: Leaf | null
  readonly item: Item | null
  /** Number of an item in its list, as it is shown. */
  readonly number: number
  /** Two units of one key are the same passage. */
  readonly key: string
}

/** Every key of a block or inline: it also fixes their order, whoever made the object. */
const KEYS = [
  ...['type', 'text', 'marks', 'target', 'embed', 'url', 'title', 'children', 'hard', 'source', 'level', 'info'],
  ...['style', 'start', 'depth', 'checked', 'label', 'kind', 'fold', 'columns', 'rows'],
]

export function unitsOf(tree: Tree): Unit[] {
  const units: Unit[] = []
  let within: readonly Container[] = []
  let shared = 0
  const add = (unit: Pick<Unit, 'top' | 'block' | 'item' | 'number'>, said: unknown): void => {
    const around = within.map(({ type }) => type).join()
    units.push({ ...unit, within, around, shared, key: JSON.stringify(said, KEYS) + around })
    shared = within.length
  }
  const addList = (list: List, depth: number, top: number): void => {
    for (const [index, { checked, children, lists, ...layout }] of list.items.entries()) {
      const start = index === 0 ? list.start : 1
      const item: Item = { style: list.style, start, depth, checked, children, layout }
      add({ top, block: null, item, number: list.start + index }, item)
      for (const below of lists) addList(below, depth + 1, top)
    }
  }
  const addBlock = (block: TreeBlock, top: number): void => {
    if (block.type === 'list') addList(block, 0, top)
    else if (!isContainer(block)) add({ top, block, item: null, number: 0 }, block)
    else {
      const outer = within
      const own: Container = { ...block, children: [] }
      shared = Math.min(shared, outer.length)
      within = [...outer, own]
      if (block.type === 'callout' || block.children.length === 0) add({ top, block: null, item: null, number: 0 }, own)
      for (const child of block.children) addBlock(child, top)
      within = outer
      shared = Math.min(shared, outer.length)
    }
  }
  for (const [top, block] of tree.entries()) addBlock(block, top)
  return units
}

/** The opposite of `unitsOf` (H6). An item whose parent is gone moves up; what is left of a container stays in one. */
export const treeOf = (units: readonly Unit[]): Tree => blocksIn(units, 0)

function blocksIn(units: readonly Unit[], depth: number): TreeBlock[] {
  const blocks: TreeBlock[] = []
  for (let at = 0; at < units.length; ) {
    const { block, within } = units[at] as Unit
    const container = within[depth]
    if (container) {
      const from = at
      for (at++; isInSame(units[at], container, depth); at++);
      const inner = units.slice(from, at).filter((unit) => headOf(unit, depth) === null)
      blocks.push({ ...container, children: blocksIn(inner, depth + 1) })
      continue
    }
    if (block) {
      blocks.push(block)
      at++
      continue
    }
    const items: Item[] = []
    for (; units[at]?.item && (units[at] as Unit).within.length === depth; at++) {
      items.push((units[at] as Unit).item as Item)
    }
    blocks.push(...listsOf(atRealDepth(items), 0))
  }
  return blocks
}

const isInSame = (unit: Unit | undefined, container: Container, depth: number): boolean =>
  unit !== undefined && unit.shared > depth && unit.within[depth]?.type === container.type

/** How many units go where one goes: a callout's title takes along what stands below it. */
export function countWith(units: readonly Unit[], at: number): number {
  const unit = units[at]
  const depth = (unit?.within.length ?? 0) - 1
  let end = at + 1
  if (unit && headOf(unit, depth)?.type === 'callout') while ((units[end]?.shared ?? 0) > depth) end++
  return end - at
}

/** The container at a depth, where the unit is that one's own line. */
const headOf = ({ block, item, within }: Unit, depth: number): Container | null =>
  block || item || within.length !== depth + 1 ? null : (within[depth] ?? null)

function atRealDepth(items: readonly Item[]): Item[] {
  const open: number[] = []
  return items.map((item) => {
    while ((open.at(-1) ?? -1) >= item.depth) open.pop()
    open.push(item.depth)
    return { ...item, depth: open.length - 1 }
  })
}

function listsOf(items: readonly Item[], depth: number): List[] {
  const lists: { style: List['style']; start: number; items: ListItem[] }[] = []
  for (let at = 0; at < items.length; ) {
    const { style, start, checked, children, layout } = items[at] as Item
    let end = at + 1
    while (end < items.length && (items[end] as Item).depth > depth) end++
    const item: ListItem = { checked, children, lists: listsOf(items.slice(at + 1, end), depth + 1), ...layout }
    const last = lists.at(-1)
    if (last?.style === style) last.items.push(item)
    else lists.push({ style, start, items: [item] })
    at = end
  }
  return lists.map((list) => ({ type: 'list', ...list }))
}

/**
 * Units of different kinds are never one passage rewritten. Text in a container is drawn as a quote, a table as
 * source.
 */
export function kindOf({ block, item, within }: Unit): Block['is'] {
  if (item) return 'item'
  if (!block || (block.type === 'paragraph' && within.length > 0)) return 'quote'
  return block.type === 'table' ? 'verbatim' : block.type
}

export const isBlank = ({ block }: Unit): boolean => block?.type === 'paragraph' && block.children.length === 0

const plainTokens = (text: string): Token[] => tokensOf([{ type: 'text', text, marks: 0 }])

export function unitTokens(unit: Unit): Token[] {
  const { block, item } = unit
  if (item) return tokensOf(item.children)
  if (!block) {
    const head = headOf(unit, unit.within.length - 1)
    if (head?.type !== 'callout') return []
    return head.title.length > 0 ? tokensOf(head.title) : plainTokens(head.kind)
  }
  switch (block.type) {
    case 'rule':
      return []
    case 'code':
      return plainTokens(block.text)
    case 'verbatim':
      return plainTokens(block.source)
    case 'table':
      return tableTokens(block)
    default:
      return tokensOf(block.children)
  }
}

/** The unit as it is drawn; `pieces` where they are not just its text. */
export function blockOf(unit: Unit, change: Piece['change'], pieces?: readonly Piece[]): Block {
  const { block, item } = unit
  const base = { is: kindOf(unit), level: 0, mark: '', pieces: pieces ?? wholePieces(unitTokens(unit), change) }
  if (item) {
    const box = item.checked ? '[x]' : '[ ]'
    const mark = item.style === 'task' ? box : item.style === 'ordered' ? `${unit.number}.` : '•'
    return { ...base, level: item.depth, mark }
  }
  if (block?.type === 'heading') return { ...base, level: block.level }
  if (block?.type === 'code') return { ...base, mark: block.info }
  if (base.is === 'quote') return { ...base, level: unit.within.length - 1 }
  return base
}

export const textOf = (unit: Unit): string =>
  unitTokens(unit)
    .map(({ text }) => text)
    .join('')
