import type { Block, Inline, List, ListItem, Tree } from '../markdown/tree.ts'
import { LineReader } from './line-reader.ts'

/** What a link may lead to inside a note. `item` is one of a list, with no regard to what is nested below it. */
export const PASSAGE_KINDS = ['heading', 'paragraph', 'item', 'quote', 'callout', 'table', 'code', 'source'] as const
export type PassageKind = (typeof PASSAGE_KINDS)[number]

/** Where a passage stands: `block` of the tree, and `item` of a list, counted through nested ones; null elsewhere. */
export type PassagePlace = { readonly block: number; readonly item: number | null }

export type Passage = PassagePlace & {
  readonly is: PassageKind
  /** Its first words as a reader sees them, at most 160 characters; of a table its heading or its head. */
  readonly text: string
  /** Its block id without `^`; '' where it has none. */
  readonly id: string
  /** Level of a heading, rows of a table below its head, which paragraph of the note from 1; 0 else. */
  readonly n: number
}

const MOST_TEXT = 160
const ID_AT_END = /(?:^|\s)\^([A-Za-z0-9-]+)\s*$/
const ID_ALONE = /^\s*\^([A-Za-z0-9-]+)\s*$/

/** What of a note may be linked to, from top to bottom; nothing that lies inside quotes, callouts and footnotes. */
export function passagesOf(blocks: Tree): Passage[] {
  const passages: Passage[] = []
  let paragraphs = 0
  const add = (is: PassageKind, line: string, place: PassagePlace, n = 0) => {
    const id = ID_AT_END.exec(line)?.[1] ?? ''
    const text = (id === '' ? line : line.replace(ID_AT_END, '')).replace(/\s+/g, ' ').trim()
    passages.push({ is, text: text.slice(0, MOST_TEXT), id, n, ...place })
  }
  for (const [block, each] of blocks.entries()) {
    const place = { block, item: null }
    switch (each.type) {
      case 'heading':
        add('heading', shown(each.children), place, each.level)
        break
      case 'paragraph': {
        const line = shown(each.children)
        const alone = ID_ALONE.exec(line)?.[1]
        const last = passages.at(-1)
        // the id of the block above it, which has no room for one of its own
        if (alone !== undefined) {
          if (last && takesIdBelow(last.is) && last.block === block - 1)
            passages.splice(-1, 1, { ...last, id: last.id || alone })
        } else if (line.trim() !== '') add('paragraph', line, place, ++paragraphs)
        break
      }
      case 'list':
        for (const [item, { children }] of itemsOf(each).entries()) add('item', shown(children), { block, item })
        break
      case 'table':
        add(
          'table',
          headingOver(blocks, block) || (each.rows[0] ?? []).map(shown).join(' · '),
          place,
          each.rows.length - 1,
        )
        break
      case 'callout':
        add('callout', shown(each.title) || firstWords(each.children) || each.kind, place)
        break
      case 'quote':
        add('quote', firstWords(each.children), place)
        break
      case 'code':
        add('code', each.text.slice(0, MOST_TEXT), place)
        break
      case 'verbatim':
        add('source', each.source.slice(0, MOST_TEXT), place)
        break
      case 'footnote':
      case 'rule':
        break
    }
  }
  return passages
}

/** A table is mostly called what the heading right above it says. */
function headingOver(blocks: Tree, at: number): string {
  const above = blocks[at - 1]
  return above?.type === 'heading' ? shown(above.children) : ''
}

const takesIdBelow = (is: PassageKind): boolean => is !== 'paragraph' && is !== 'heading' && is !== 'item'

/** The same blocks with an id for one of their passages: at its end, or on a line of its own below (MARKDOWN.md). */
export function withPassageId(blocks: Tree, { block, item }: PassagePlace, id: string): Tree {
  const target = blocks[block]
  if (!target) return blocks
  const mark: Inline = { type: 'text', text: ` ^${id}`, marks: 0 }
  if (target.type === 'paragraph' || target.type === 'heading') {
    return blocks.with(block, { ...target, children: ended(target.children, mark) })
  }
  if (target.type === 'list' && item !== null) return blocks.with(block, withItem(target, item, mark))
  return blocks.toSpliced(block + 1, 0, {
    type: 'paragraph',
    children: [{ type: 'text', text: `^${id}`, marks: 0 }],
  })
}

/** Plain text at the end takes the mark, so that equal neighbours stay one text (T1). */
function ended(children: readonly Inline[], mark: Inline & { text: string }): Inline[] {
  const last = children.at(-1)
  if (last?.type !== 'text' || last.marks !== 0) return [...children, mark]
  return [...children.slice(0, -1), { ...last, text: last.text.trimEnd() + mark.text }]
}

function withItem(list: List, wanted: number, mark: Inline & { text: string }): List {
  let at = -1
  const walk = (each: List): List => ({
    ...each,
    items: each.items.map((item): ListItem => {
      at++
      const children = at === wanted ? ended(item.children, mark) : item.children
      return { ...item, children, lists: item.lists.map(walk) }
    }),
  })
  return walk(list)
}

/** Items from top to bottom, each before those below it. */
const itemsOf = (list: List): ListItem[] => list.items.flatMap((item) => [item, ...item.lists.flatMap(itemsOf)])

function shown(inlines: readonly Inline[]): string {
  const reader = new LineReader()
  for (const inline of inlines) reader.add(inline)
  return reader.end().shown
}

function firstWords(blocks: readonly Block[]): string {
  for (const block of blocks) {
    const words =
      'children' in block && (block.type === 'paragraph' || block.type === 'heading')
        ? shown(block.children)
        : block.type === 'list'
          ? shown(block.items[0]?.children ?? [])
          : ''
    if (words.trim() !== '') return words
  }
  return ''
}
