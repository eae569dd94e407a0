import fc from 'fast-check'
import type { Block, Container, Inline, Link, List, ListItem, Raw, Table, Text, Tree } from './tree.ts'

/** Random trees for property tests: short, with many signs of Markdown, and not normal. */

const CHARS = [
  ...'abX1 2-+*_~=`[]()!<>#&$%^|:\\/."\'@{}é😀—',
  '  ',
  '\t',
  '**',
  '~~',
  '==',
  '[[',
  ']]',
  '%%',
  '$$',
  '- ',
  '1. ',
  '> ',
  '# ',
  '](',
  '&amp;',
  '<b>',
  'http://a.b/c_d_',
  '---',
  '\n',
  'word',
  'two words',
  'foo',
  '[foo]',
  '[^1]',
  '```',
  'x',
  ' ',
  ' ',
]
const chars = fc.constantFrom(...CHARS)
const words = fc.array(chars, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''))
const marks = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constantFrom(1, 2, 3, 4, 5, 16, 17, 18, 128, 130, 131, 23) },
)

const text: fc.Arbitrary<Text> = fc.record({ type: fc.constant('text' as const), text: words, marks })
const raw: fc.Arbitrary<Raw> = fc.record({
  type: fc.constant('raw' as const),
  source: fc.oneof(
    fc.constantFrom(
      '<b>',
      '</b>',
      '$x^2$',
      '%%note%%',
      '[^1]',
      '![a](b.png)',
      '&fnof;',
      '<br/>',
      '$$a$$',
      '[foo]',
      '[a][foo]',
      '$x',
      '<i',
    ),
    words,
  ),
  marks,
})
const lineBreak = fc.record({ type: fc.constant('break' as const), hard: fc.boolean() })
const url = fc.oneof(
  fc.constantFrom('http://a.b/c', 'x y.md', '', 'a(b', 'a(b)c', 'mailto:a@b.c', '<x>', '\\', '#h'),
  words,
)
const link: fc.Arbitrary<Link> = fc.record({
  type: fc.constant('link' as const),
  url,
  title: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: words }),
  children: fc.array(
    fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: raw }, { weight: 1, arbitrary: lineBreak }),
    { maxLength: 3 },
  ),
})
const wikilink = fc.record({
  type: fc.constant('wikilink' as const),
  target: fc.oneof(fc.constantFrom('Title', 'A b#c|d', 'x_y_', 'a\\|b', 'pic.png|640x480'), words),
  embed: fc.boolean(),
  marks,
})
export const randomInlines: fc.Arbitrary<Inline[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: text },
    { weight: 1, arbitrary: raw },
    { weight: 1, arbitrary: lineBreak },
    { weight: 1, arbitrary: link },
    { weight: 1, arbitrary: wikilink },
  ),
  { maxLength: 6 },
)

const itemWith = (lists: fc.Arbitrary<List[]>): fc.Arbitrary<ListItem> =>
  fc.record({ checked: fc.constantFrom(null, true, false), children: randomInlines, lists })
const listOf = (items: fc.Arbitrary<ListItem>): fc.Arbitrary<List> =>
  fc.record({
    type: fc.constant('list' as const),
    style: fc.constantFrom('bullet' as const, 'ordered' as const, 'task' as const),
    start: fc.constantFrom(1, 1, 0, 3, 99),
    items: fc.array(items, { minLength: 1, maxLength: 3 }),
  })
const inner = listOf(itemWith(fc.constant([])))
const nested = listOf(
  itemWith(
    fc.oneof(
      { weight: 3, arbitrary: fc.constant<List[]>([]) },
      { weight: 1, arbitrary: fc.array(inner, { maxLength: 2 }) },
    ),
  ),
)

export const VERBATIMS = [
  '| a | b |\n|---|---|\n| [[X\\|y]] | d |',
  '<div>\n<p>x</p>\n</div>',
  '> [!note] Title\n> body [[X]]',
  '[foo]: /url "title"',
  '[^1]: A note.',
  '$$\nx = 1\n\ny\n$$',
  '- a\n\n  b',
  '1. a\n\n   b',
  '* a\n\n  ```\n  x\n  ```',
  '> a\n>\n> b',
  '%%\nhidden\n\nmore\n%%',
  '<!-- comment -->',
  'plain',
  '<script>',
  '> [!note]+ Title\n> > deep\n>\n> | a |\n> | - |\n> | b |',
  '[^1]: A note.\n\n    More.\n[^2]: Another.',
  '# not verbatim',
] as const

const leaf: fc.Arbitrary<Block> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('paragraph' as const), children: randomInlines }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('heading' as const),
      level: fc.constantFrom(1, 2, 3, 6),
      children: randomInlines,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('code' as const),
      info: fc.constantFrom('', 'js', 'a`b', '~x', 'two words'),
      text: fc.oneof(words, fc.constantFrom('', '```', '~~~\nx', 'a\n\n', '\n', '    x\n\ty')),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Block>({ type: 'rule' }) },
  { weight: 3, arbitrary: nested },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('verbatim' as const), source: fc.constantFrom(...VERBATIMS) }),
  },
)

const table: fc.Arbitrary<Table> = fc.record({
  type: fc.constant('table' as const),
  columns: fc.array(fc.constantFrom(null, 'left' as const, 'center' as const, 'right' as const), { maxLength: 3 }),
  rows: fc.array(fc.array(randomInlines, { maxLength: 3 }), { maxLength: 3 }),
})

const containerOf = (children: fc.Arbitrary<Block[]>): fc.Arbitrary<Container> =>
  fc.oneof(
    fc.record({ type: fc.constant('quote' as const), children }),
    fc
      .record({
        type: fc.constant('callout' as const),
        kind: fc.oneof(fc.constantFrom('note', 'TIP', 'quote|right', 'my kind', 'a_b'), words),
        fold: fc.constantFrom('' as const, '+' as const, '-' as const),
        title: randomInlines,
        children,
        parted: fc.boolean(),
      })
      .map(({ parted, ...callout }) => ({ ...callout, ...(parted ? { parted } : {}) })),
    fc.record({
      type: fc.constant('footnote' as const),
      label: fc.oneof(fc.constantFrom('1', 'note'), words),
      children,
    }),
  )

export const randomBlock: fc.Arbitrary<Block> = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'containers' },
    { weight: 5, arbitrary: leaf },
    { weight: 1, arbitrary: table },
    { weight: 2, arbitrary: containerOf(fc.array(tie('block'), { maxLength: 3 })) },
  ),
})).block

export const randomTree: fc.Arbitrary<Tree> = fc.array(randomBlock, { maxLength: 5 })

// biome-ignore format: a list of pieces
const PIECES = [
  '- ', '* ', '1. ', '2) ', '> ', '# ', '## ', '\n', '\n', '\n', '\n\n', '  ', '    ', '\t', 'a', 'b c', 'word', '[[X]]',
  '[[X|y]]', '![[p.png]]', '**', '*', '_', '~~', '==', '`', '```\n', '~~~', '$$', '$x$', '%%', '[a]', '[a]: /u', '[^1]',
  '[^1]: n', '(u)', '<b>', '<div>', '</div>', '<!-- c -->', '| a | b |', '|---|---|', '---', '===', '***', '\\', '&amp;',
  '[ ] ', '[x] ', 'https://e.org/_a_', '!', 'é', '😀', '^id', '#tag', '[!note]', '> [!note] ', '> > ', ':: ', '\\|', '|',
  '| a |', '|-|', '[^2]: ', '\n    ', '  \n', '\r\n',
]

/** Random Markdown, as nobody would write it. */
export const randomSource: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 24 })
  .map((pieces) => pieces.join(''))
