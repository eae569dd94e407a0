import type { Inline, List, ListItem, Tree, Block as TreeBlock } from '../markdown/tree.ts'
import type { Block, Piece } from './difference.ts'
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

/** What is compared and put back as one: a block, or one item of a list without those below it. */
export type Unit = {
  /** Place among the top-level blocks. */
  readonly top: number
  readonly block: Exclude<TreeBlock, List> | null
  readonly item: Item | null
  /** Number of an item in its list, as it is shown. */
  readonly number: number
  /** Two units of one key are the same passage. */
  readonly key: string
}

/** Every key of a block or inline: it also fixes their order, whoever made the object. */
const KEYS = [
  ...['type', 'text', 'marks', 'target', 'embed', 'url', 'title', 'children', 'hard', 'source', 'level', 'info'],
  ...['style', 'start', 'depth', 'checked'],
]

export function unitsOf(tree: Tree): Unit[] {
  const units: Unit[] = []
  const addList = (list: List, depth: number, top: number): void => {
    for (const [index, { checked, children, lists, ...layout }] of list.items.entries()) {
      const start = index === 0 ? list.start : 1
      const item: Item = { style: list.style, start, depth, checked, children, layout }
      units.push({ top, block: null, item, number: list.start + index, key: JSON.stringify(item, KEYS) })
      for (const below of lists) addList(below, depth + 1, top)
    }
  }
  for (const [top, block] of tree.entries()) {
    if (block.type === 'list') addList(block, 0, top)
    else units.push({ top, block, item: null, number: 0, key: JSON.stringify(block, KEYS) })
  }
  return units
}

/** The opposite of `unitsOf` (H6). An item whose parent is gone moves up. */
export function treeOf(units: readonly Unit[]): Tree {
  const blocks: TreeBlock[] = []
  for (let at = 0; at < units.length; ) {
    const { block } = units[at] as Unit
    if (block) {
      blocks.push(block)
      at++
      continue
    }
    const items: Item[] = []
    for (; units[at]?.item; at++) items.push((units[at] as Unit).item as Item)
    blocks.push(...listsOf(atRealDepth(items), 0))
  }
  return blocks
}

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

/** Units of different kinds are never one passage rewritten. */
export const kindOf = ({ block }: Unit): Block['is'] => block?.type ?? 'item'

export const isBlank = ({ block }: Unit): boolean => block?.type === 'paragraph' && block.children.length === 0

export function unitTokens({ block, item }: Unit): Token[] {
  if (item) return tokensOf(item.children)
  if (!block || block.type === 'rule') return []
  if (block.type === 'code') return tokensOf([{ type: 'text', text: block.text, marks: 0 }])
  if (block.type === 'verbatim') return tokensOf([{ type: 'text', text: block.source, marks: 0 }])
  return tokensOf(block.children)
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
  return base
}

export const textOf = (unit: Unit): string =>
  unitTokens(unit)
    .map(({ text }) => text)
    .join('')
