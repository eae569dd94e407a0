import { expect, test } from 'vitest'
import { normalizeTree } from './normalize.ts'
import { parseMarkdown } from './parse.ts'
import type { Degraded } from './parsed-note.ts'
import { printNote } from './print.ts'

const repeat = (text: string, times: number) => text.repeat(times)
const nested = (depth: number) => Array.from({ length: depth }, (_, at) => `${' '.repeat(at * 2)}- a`).join('\n')

/** What the import's time limit would otherwise have to stop (M7): each within seconds on a busy machine. */
const CASES: [name: string, source: string, degraded: Degraded | null][] = [
  ['20,000 quote signs', repeat('>', 20_000), 'too-deep'],
  ['20,000 quote signs with spaces', repeat('> ', 20_000), 'too-deep'],
  ['900 nested lists', nested(900), 'too-deep'],
  ['300 nested lists', nested(300), null],
  ['bullets in a line', repeat('- ', 20_000), 'too-deep'],
  ['emphasis that never ends', repeat('*a_ ', 10_000), null],
  ['stars', repeat('*', 50_000), null],
  ['alternating stars', repeat('a**b', 20_000), null],
  ['20,000 reference definitions', repeat('[a]: b\n', 20_000), null],
  ['a label that never ends', `[${repeat('a\n', 20_000)}`, null],
  ['one line of 10 MB', repeat('word ', 2_000_000), 'too-large'],
  ['one line of 1.5 MB', repeat('word ', 300_000), null],
  ['open brackets', repeat('[', 50_000), null],
  ['nested brackets', `${repeat('[', 20_000)}a${repeat(']', 20_000)}`, null],
  ['open links', repeat('[a](', 20_000), null],
  ['open links with angles', repeat('[a](<b', 20_000), null],
  ['open wikilinks', repeat('[[a', 20_000), null],
  ['backticks of growing length', Array.from({ length: 600 }, (_, at) => repeat('`', at + 1)).join(' '), null],
  ['dollar signs', repeat('$a ', 20_000), null],
  ['open comments', repeat('<!-- ', 20_000), null],
  ['open tags', repeat('<a b="', 20_000), null],
  ['entities', repeat('&#x1;', 20_000), null],
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
  ['frontmatter that never ends', `---\n${repeat('a: b\n', 20_000)}`, null],
  [
    'aliases in YAML',
    `---\na: &a [x]\n${Array.from({ length: 200 }, (_, at) => `b${at}: [*a, *a]`).join('\n')}\n---\n`,
    null,
  ],
]

test.each(CASES)('M7: %s', { timeout: 20_000 }, (_, source, degraded) => {
  const parsed = parseMarkdown(source)
  expect(parsed.degraded).toBe(degraded)
  expect(printNote({ frontmatter: parsed.frontmatterSource, blocks: parsed.blocks, source })).toBe(source)
})

test('M7: a degraded note keeps every character, and stays as it is when read again', () => {
  const source = `\n\n  ${repeat('> ', 200)}a\n\nb  \n\n`
  const { blocks } = parseMarkdown(source)
  expect(blocks).toEqual([{ type: 'verbatim', source: source.trim().length > 0 ? source.slice(2).trimEnd() : '' }])
  expect(parseMarkdown(printNote({ frontmatter: '', blocks: normalizeTree(blocks) })).blocks).toMatchObject([
    { type: 'verbatim' },
  ])
})
