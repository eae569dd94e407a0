import fc from 'fast-check'
import type {
  Block,
  Break,
  Container,
  Inline,
  Link,
  List,
  ListItem,
  Raw,
  Table,
  Text,
  Tree,
  Wikilink,
} from '../core/markdown/tree.ts'
import { MARK } from '../core/markdown/tree.ts'

/**
 * Random trees in normal form: no empty text, no equal neighbouring runs, no line end inside a text.
 * What Markdown can say is a smaller set; this is what a note's doc can hold.
 */
const marks = fc.subarray(Object.values(MARK)).map((bits) => bits.reduce((sum, bit) => sum | bit, 0))
const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, 'n'))
const target = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((text) => text.replace(/[[\]\r\n]/g, '|'))

/** Layout, most often none. */
const nested = <T extends Inline>(inline: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc
    .tuple(inline, fc.constantFrom(undefined, undefined, undefined, '', 'I', 'iB', 'uO'))
    .map(([own, nest]) => (nest === undefined ? own : { ...own, nest }))
const text = nested<Text>(fc.record({ type: fc.constant('text' as const), text: words, marks }))
const raw = nested<Raw>(fc.record({ type: fc.constant('raw' as const), source: words, marks }))
const lineBreak = nested<Break>(fc.record({ type: fc.constant('break' as const), hard: fc.boolean() }))
const wikilink = nested<Wikilink>(
  fc.record({ type: fc.constant('wikilink' as const), target, embed: fc.boolean(), marks }),
)
const inLink = fc.oneof(text, raw, lineBreak)
const link = nested<Link>(
  fc.record({
    type: fc.constant('link' as const),
    url: fc.webUrl(),
    title: fc.oneof(fc.constant(''), words),
    children: fc.array(inLink, { minLength: 1, maxLength: 3 }).map(merge),
    outside: fc.constantFrom(0, 1, 3),
  }),
)

const inlines: fc.Arbitrary<Inline[]> = fc
  .array(fc.oneof({ arbitrary: text, weight: 4 }, wikilink, raw, lineBreak, link), { maxLength: 6 })
  .map(merge)

function merge<T extends Inline>(items: readonly T[]): T[] {
  return items.filter((item, index) => {
    const before = items[index - 1]
    return !(item.type === 'text' && before?.type === 'text' && item.nest === before.nest)
  })
}

/** Neighbouring lists of one style are one list. */
function apart<T extends Block>(blocks: readonly T[]): T[] {
  return blocks.filter((each, index) => {
    const before = blocks[index - 1]
    return !(each.type === 'list' && before?.type === 'list' && each.style === before.style)
  })
}

const source = fc
  .array(fc.oneof(words, fc.constant('')), { minLength: 1, maxLength: 4 })
  .map((lines) => lines.join('\n'))

const list = fc.letrec<{ list: List; item: ListItem }>((tie) => ({
  item: fc.record({
    checked: fc.constant(null),
    children: inlines,
    lists: fc.oneof({ maxDepth: 2 }, fc.constant([]), fc.array(tie('list'), { maxLength: 2 }).map(apart)),
  }),
  list: fc
    .record({
      type: fc.constant('list' as const),
      style: fc.constantFrom('bullet' as const, 'ordered' as const, 'task' as const),
      start: fc.nat(20),
      items: fc.array(tie('item'), { minLength: 1, maxLength: 4 }),
      checks: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    })
    .map(({ checks, ...value }) => ({
      ...value,
      start: value.style === 'ordered' ? value.start : 1,
      items: value.items.map((item, index) => ({
        ...item,
        checked: value.style === 'task' ? (checks[index] ?? false) : null,
        // Layout, which the doc carries and Markdown has no use for everywhere.
        ...(checks[3] ? { loose: checks[0] ?? false } : {}),
        ...(checks[2] && index === 1 ? { fresh: value.start } : {}),
      })),
    })),
})).list

const leaf: fc.Arbitrary<Block> = fc.oneof(
  { arbitrary: fc.record({ type: fc.constant('paragraph' as const), children: inlines }), weight: 4 },
  fc.record({
    type: fc.constant('heading' as const),
    level: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 5 as const, 6 as const),
    children: inlines,
  }),
  fc.record({ type: fc.constant('code' as const), info: fc.oneof(fc.constant(''), words), text: source }),
  fc.record({ type: fc.constant('verbatim' as const), source }),
  fc.constant({ type: 'rule' as const }),
  list,
)

const cell = inlines.map((children) => children.filter(({ type }) => type !== 'break')).map(merge)
const table: fc.Arbitrary<Table> = fc
  .array(fc.constantFrom(null, 'left' as const, 'center' as const, 'right' as const), { minLength: 1, maxLength: 3 })
  .chain((columns) =>
    fc.record({
      type: fc.constant('table' as const),
      columns: fc.constant(columns),
      rows: fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  )

const containerOf = (children: fc.Arbitrary<Block[]>): fc.Arbitrary<Container> =>
  fc.oneof(
    fc.record({ type: fc.constant('quote' as const), children }),
    fc
      .record({
        type: fc.constant('callout' as const),
        kind: words,
        fold: fc.constantFrom('' as const, '+' as const, '-' as const),
        title: cell,
        children,
        parted: fc.boolean(),
      })
      .map(({ parted, ...callout }) => ({ ...callout, ...(parted ? { parted } : {}) })),
    fc.record({ type: fc.constant('footnote' as const), label: words, children }),
  )

const block = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'containers' },
    { arbitrary: leaf, weight: 6 },
    { arbitrary: table, weight: 1 },
    { arbitrary: containerOf(fc.array(tie('block'), { maxLength: 2 }).map(apart)), weight: 1 },
  ),
})).block

export const arbitraryTree: fc.Arbitrary<Tree> = fc.array(block, { minLength: 1, maxLength: 8 }).map(apart)
