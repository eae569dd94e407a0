import type { Degraded } from './parsed-note.ts'

const repeat = (text: string, times: number) => text.repeat(times)
const nested = (depth: number) => Array.from({ length: depth }, (_, at) => `${' '.repeat(at * 2)}- a`).join('\n')
/** Runs of 1, 2, 3 … backticks, `length` characters in all. */
const backticks = (length: number) =>
  Array.from({ length: Math.floor(Math.sqrt(2 * length)) }, (_, at) => repeat('`', at + 1)).join(' ')
/** "A billion laughs": each of `levels` values holds the one before nine times. */
const bomb = (levels: number) =>
  Array.from({ length: levels }, (_, at) => `b${at}: &b${at} [${at === 0 ? 'x' : repeat(`*b${at - 1}, `, 9)}]`).join(
    '\n',
  )

/** What the import's time limit would otherwise have to stop (M7): each within seconds on a busy machine. */
export const HOSTILE: readonly (readonly [name: string, source: string, degraded: Degraded | null])[] = [
  ['20,000 quote signs', repeat('>', 20_000), 'too-deep'],
  ['20,000 quote signs with spaces', repeat('> ', 20_000), 'too-deep'],
  ['900 nested lists', nested(900), 'too-deep'],
  ['300 nested lists', nested(300), null],
  ['bullets in a line', repeat('- ', 20_000), 'too-deep'],
  ['emphasis that never ends', repeat('*a_ ', 10_000), null],
  ['stars', repeat('*', 50_000), null],
  ['alternating stars', repeat('a**b', 20_000), null],
  ['marks in marks of their kind', `${repeat('**a ', 5_000)}${repeat('b** ', 5_000)}`, null],
  ['20,000 reference definitions', repeat('[a]: b\n', 20_000), null],
  ['a label that never ends', `[${repeat('a\n', 20_000)}`, null],
  ['one line of 10 MB', repeat('word ', 2_000_000), 'too-large'],
  ['one line of 10 MB of signs', repeat('*[[`$', 2_000_000), 'too-large'],
  ['one line of 1.5 MB', repeat('word ', 300_000), null],
  ['open brackets', repeat('[', 50_000), null],
  ['nested brackets', `${repeat('[', 20_000)}a${repeat(']', 20_000)}`, null],
  ['nested links', `${repeat('[', 5_000)}a${repeat('](b)', 5_000)}`, null],
  ['nested pictures', `${repeat('![', 5_000)}a${repeat('](b)', 5_000)}`, null],
  ['open links', repeat('[a](', 20_000), null],
  ['open links with angles', repeat('[a](<b', 20_000), null],
  ['open wikilinks', repeat('[[a', 20_000), null],
  ['open embeds', repeat('![[a', 20_000), null],
  ['backticks of growing length', backticks(180_000), null],
  ['dollar signs', repeat('$a ', 20_000), null],
  ['pairs of dollar signs', repeat('$$', 20_000), null],
  ['comment signs', repeat('%%a ', 20_001), null],
  ['highlights that never end', repeat('==a ', 20_000), null],
  ['strikes that never end', repeat('~~a ', 20_000), null],
  ['open comments', repeat('<!-- ', 20_000), null],
  ['open instructions and declarations', repeat('<? <!A <![CDATA[ ', 10_000), null],
  ['open tags', repeat('<a b="', 20_000), null],
  ['open blocks of HTML', repeat('<div\n', 20_000), null],
  ['entities', repeat('&#x1;', 20_000), null],
  ['entities without names', repeat('&a', 20_000), null],
  ['addresses', repeat('https://a.b/c_d\\_e ', 10_000), null],
  ['one address without end', `https://a.b/${repeat('\\_', 20_000)}`, null],
  ['mail without end', repeat('a@', 20_000), null],
  ['open footnotes', repeat('[^a', 20_000), null],
  ['a wide table', `${repeat('|a', 5_000)}\n${repeat('|-', 5_000)}\n${repeat('|b', 5_000)}`, null],
  ['a table of 10,000 columns', `${repeat('|a', 10_000)}\n${repeat('|-', 10_000)}\n${repeat('|b', 10_000)}`, null],
  ['a table of 10,000 rows', `|a|b|\n|-|-|\n${repeat('|c d|[[e\\|f]]|\n', 10_000)}`, null],
  ['escaped pipes', `|a|\n|-|\n|${repeat('\\|', 50_000)}|`, null],
  ['a quote of 20,000 lines', repeat('> a b\n', 20_000), null],
  ['90 quote signs on each of 1,000 lines', repeat(`${repeat('>', 90)} a\n`, 1_000), null],
  ['a thousand lines, each a quote deeper or not', repeat('> > > > > > > > > - a\nb\n> c\n', 1_000), null],
  ['20,000 callouts', repeat('> [!note] a\n> b\n\n', 20_000), null],
  ['20,000 footnotes', repeat('[^1]: a\n', 20_000), null],
  ['a footnote of 20,000 paragraphs', `[^1]: a\n${repeat('\n    b\n', 20_000)}`, null],
  ['footnotes in footnotes', Array.from({ length: 200 }, (_, at) => `${repeat(' ', at * 4)}[^1]:`).join('\n'), null],
  ['open math blocks', repeat('$$\n\na\n\n', 5_000), null],
  ['many headings', repeat('# a\n', 20_000), null],
  ['many underlines', repeat('a\n=\n', 10_000), null],
  ['frontmatter that never ends', `---\n${repeat('a: b\n', 20_000)}`, null],
  [
    'aliases in YAML',
    `---\na: &a [x]\n${Array.from({ length: 200 }, (_, at) => `b${at}: [*a, *a]`).join('\n')}\n---\n`,
    null,
  ],
  ['a billion laughs in YAML', `---\n${bomb(12)}\n---\n`, null],
  ['an alias of itself', '---\na: &a [*a]\nb: &b {c: *b}\n<<: *b\n---\ntext\n', null],
  ['brackets in YAML', `---\na: ${repeat('[', 5_000)}\n---\n`, null],
  ['mixed line ends', repeat('a\rb\r\nc\n\r\n\r', 10_000), null],
  ['control characters', repeat('\u0001\u0007\u000b\u000c\u001b a\n', 10_000), null],
]

/** Of what the work is to grow as the length does, and no faster. */
export const GROWING: readonly (readonly [name: string, source: (times: number) => string])[] = [
  ['emphasis that never ends', (times) => repeat('*a_ ', times)],
  ['marks in marks', (times) => `${repeat('*a **b ', times)}${repeat('c** d* ', times)}`],
  ['strikes and highlights', (times) => repeat('~~a ==b ', times)],
  ['nested brackets', (times) => `${repeat('[', times)}a${repeat(']', times)}`],
  ['nested links', (times) => `${repeat('[', times)}a${repeat('](b)', times)}`],
  ['open links with angles', (times) => repeat('[a](<b', times)],
  ['open wikilinks', (times) => repeat('[[a', times)],
  ['open embeds', (times) => repeat('![[a', times)],
  ['backticks', (times) => backticks(times * 8)],
  ['dollar signs', (times) => repeat('$a ', times)],
  ['comment signs', (times) => repeat('%%a ', times)],
  ['open comments', (times) => repeat('<!-- ', times)],
  ['open tags', (times) => repeat('<a b="', times)],
  ['entities', (times) => repeat('&#x1; &a &amp; ', times)],
  ['addresses', (times) => repeat('https://a.b/c_d\\_e ', times)],
  ['one address', (times) => `https://a.b/${repeat('\\_', times)}`],
  ['mail', (times) => repeat('a@', times)],
  ['tildes', (times) => repeat('\\~a ', times)],
  ['mixed line ends', (times) => repeat('a\rb\r\nc\n\n', times)],
]
