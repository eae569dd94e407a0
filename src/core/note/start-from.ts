import { normalizeTree } from '../markdown/normalize.ts'
import type { Block, Inline, List, Tree } from '../markdown/tree.ts'
import { CELL_BREAK, EMPTY_TREE } from '../markdown/tree.ts'
import { wordKey } from '../relation/words.ts'
import type { Property } from './note.ts'
import { plainText } from './passage.ts'

/** What belongs to the other note and is written anew: its names, what its log says, where it came from. */
const OWN_KEYS: ReadonlySet<string> = new Set(['title', 'status', 'next_review', 'derived_from'])
const BLOCK_ID = /(?:^|\s)\^[A-Za-z0-9-]+\s*$/

/**
 * What a note that starts from another takes over (relation/SPEC.md, R9): headings, one empty item of each list,
 * heads of tables, callouts and their kinds, code's languages, keys of properties. No words of paragraphs, no links,
 * ids or values. Printed as Markdown it reads back as it is.
 */
export function structureOf(
  tree: Tree,
  properties: readonly Property[],
): { readonly tree: Tree; readonly properties: readonly Property[] } {
  const blocks = normalizeTree(emptied(tree))
  return {
    tree: blocks.length > 0 ? blocks : EMPTY_TREE,
    properties: properties
      .filter(({ key }) => !OWN_KEYS.has(wordKey(key)))
      .map(({ key, value }) => ({ key, value: Array.isArray(value) ? [] : null })),
  }
}

function emptied(tree: Tree): readonly Block[] {
  const blocks: Block[] = []
  for (const block of tree) {
    const [empty] = emptiedBlock(block)
    const last = blocks.at(-1)
    if (!empty) continue
    // Between two lists of one style stood words that are gone.
    if (empty.type === 'list' && last?.type === 'list' && last.style === empty.style) continue
    blocks.push(empty)
  }
  return blocks
}

function emptiedBlock(block: Block): readonly Block[] {
  switch (block.type) {
    case 'heading': {
      const children = words(block.children)
      return children.length > 0 ? [{ ...block, children }] : []
    }
    case 'callout':
      return [{ type: 'callout', kind: block.kind, fold: block.fold, title: [], children: emptied(block.children) }]
    case 'quote':
      return [{ type: 'quote', children: emptied(block.children) }]
    case 'list':
      return [emptiedList(block)]
    case 'table':
      return [
        { ...block, rows: [(block.rows[0] ?? []).map(words), block.columns.map(() => [])].slice(0, block.rows.length) },
      ]
    case 'code':
      return [{ type: 'code', info: block.info, text: '' }]
    case 'rule':
      return [block]
    case 'paragraph':
    case 'footnote':
    case 'verbatim':
      return []
  }
}

const emptiedList = ({ style }: List): List => ({
  type: 'list',
  style,
  start: 1,
  items: [{ checked: style === 'task' ? false : null, children: [], lists: [] }],
})

/** Headings and heads of tables are structure: their words stay, without links, marks and ids. */
function words(inlines: readonly Inline[]): readonly Inline[] {
  const text = plainText(inlines.filter(({ type }) => type !== 'raw'))
    .replace(BLOCK_ID, '')
    .replaceAll(CELL_BREAK, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return text === '' ? [] : [{ type: 'text', text, marks: 0 }]
}
