import { describe, expect, test } from 'vitest'
import { parseMarkdown } from './parse.ts'
import { printBlocks, printNoteChecked } from './print.ts'
import type { Tree } from './tree.ts'

const read = (source: string): Tree => parseMarkdown(source).blocks
const canonical = (source: string): string => printBlocks(read(source))
const text = (content: string) => [{ type: 'text', text: content, marks: 0 }]
const paragraph = (content: string) => ({ type: 'paragraph', children: text(content) })

/** Replaces words wherever they stand in the tree, and prints over the source. */
function edit(source: string, from: string, to: string): string {
  const { frontmatterSource, blocks } = parseMarkdown(source)
  const edited: Tree = JSON.parse(JSON.stringify(blocks), (key, value: unknown) =>
    typeof value === 'string' && key !== 'type' && key !== 'style' ? value.replaceAll(from, to) : value,
  )
  const printed = printNoteChecked({ frontmatter: frontmatterSource, blocks: edited, source })
  expect(printed.same).toBe(true)
  return printed.text
}

describe('N11: a container holds blocks', () => {
  test('a quote: paragraphs, lists, code, quotes', () => {
    expect(read('> a\n>\n> - b\n>   - c\n>\n> ```js\n> x\n>\n> y\n> ```\n> > d')).toMatchObject([
      {
        type: 'quote',
        children: [
          paragraph('a'),
          { type: 'list', items: [{ lists: [{ items: [{ children: text('c') }] }] }] },
          { type: 'code', info: 'js', text: 'x\n\ny' },
          { type: 'quote', children: [paragraph('d')] },
        ],
      },
    ])
    expect(read('>')).toEqual([{ type: 'quote', children: [] }])
  })

  test('a lazy line goes on with a paragraph, and with nothing else', () => {
    expect(canonical('> a\nb\n> - c\nd\n')).toBe('> a\n> b\n>\n> - c\n>   d\n')
    expect(read('> a\n2) b')).toMatchObject([{ type: 'verbatim' }])
  })

  test('tabs behind the sign are read where they change nothing', () => {
    expect(canonical('> - a\n> \t- b\n> \t\t- c\n')).toBe('> - a\n>   - b\n>     - c\n')
    expect(canonical('>\ta\n')).toBe('> a\n')
    expect(canonical('> ```\n> \tx\n> ```\n')).toBe('> ```\n> \tx\n> ```\n')
  })

  test('a callout: kind as written, fold, title', () => {
    expect(read('> [!TIP]- A *b*\n> c\n')).toEqual([
      {
        type: 'callout',
        kind: 'TIP',
        fold: '-',
        title: [...text('A '), { type: 'text', text: 'b', marks: 2 }],
        children: [paragraph('c')],
      },
    ])
    expect(read('> [!quote|right]')).toEqual([
      { type: 'callout', kind: 'quote|right', fold: '', title: [], children: [] },
    ])
    expect(canonical('> [!x]\n>\n> a\n\n> [!x]+ t\n> > [!y]\n> > b\n')).toBe(
      '> [!x]\n>\n> a\n\n> [!x]+ t\n> > [!y]\n> > b\n',
    )
  })

  test('what only looks like a callout is a quote', () => {
    expect(canonical('> [!note](url)\n')).toBe('> \\![note](url)\n'.replace('\\![note]', '[!note]'))
    expect(canonical('> a\n> [!note]\n')).toBe('> a\n> \\[!note]\n')
    expect(read('> [!note] T\n> ===')).toMatchObject([{ type: 'verbatim' }])
  })

  test('footnotes side by side, with paragraphs, lists and code', () => {
    expect(read('[^1]: a\n[^b-c]: d\n    e\n\n    f\n\n    - g\n\nh')).toMatchObject([
      { type: 'footnote', label: '1', children: [paragraph('a')] },
      { type: 'footnote', label: 'b-c', children: [{ type: 'paragraph' }, paragraph('f'), { type: 'list' }] },
      paragraph('h'),
    ])
    expect(canonical('[^1]: https://e.org\n')).toBe('[^1]: https://e.org\n')
    expect(canonical('[^1]:\n    ```\n    a\n\n    b\n    ```\n')).toBe('[^1]:\n    ```\n    a\n\n    b\n    ```\n')
  })

  test('a definition in a container counts in the whole note', () => {
    expect(read('[a]\n\n> [a]: /u')).toMatchObject([
      { children: [{ type: 'raw', source: '[a]' }] },
      { type: 'quote', children: [{ type: 'verbatim' }] },
    ])
  })

  test('eleven containers in each other stay as they are written', () => {
    expect(read(`${'> '.repeat(10)}a`)).toMatchObject([{ type: 'quote' }])
    expect(read(`${'>'.repeat(40)} a`)).toMatchObject([{ type: 'verbatim' }])
    expect(canonical(`${'>'.repeat(20)} a\n`)).toContain('> > > > > > > > > > >>>>')
  })
})

describe('N12: a table', () => {
  test('has cells of inlines, pipes without their backslash, and columns with their side', () => {
    expect(read('| a | b |\n|:-:|--:|\n| `x\\|y` | [[q\\|r]] |\nc')).toEqual([
      {
        type: 'table',
        columns: ['center', 'right'],
        rows: [
          [text('a'), text('b')],
          [[{ type: 'text', text: 'x|y', marks: 16 }], [{ type: 'wikilink', target: 'q|r', embed: false, marks: 0 }]],
          [text('c'), []],
        ],
      },
    ])
  })

  test('is written with a backslash before each pipe', () => {
    expect(canonical('a|b\n-|:-\n`x\\|y`|[[q\\|r]]\nc \\| d\n')).toBe(
      '| a | b |\n| --- | :-- |\n| `x\\|y` | [[q\\|r]] |\n| c \\| d |  |\n',
    )
  })

  test('in a quote, a callout and a footnote', () => {
    const source =
      '> | a |\n> | --- |\n> | b |\n\n> [!x]\n> | a |\n> | --- |\n\n[^1]:\n    | a |\n    | --- |\n    | b |\n'
    expect(read(source)).toMatchObject([
      { type: 'quote', children: [{ type: 'table' }] },
      { type: 'callout', children: [{ type: 'table' }] },
      { type: 'footnote', children: [{ type: 'table' }] },
    ])
    expect(canonical(source)).toBe(source)
  })

  test('a break in a cell is <br>, and a row too long makes a column', () => {
    const cell = [...text('a'), { type: 'break', hard: true }, ...text('b')]
    const tree = [{ type: 'table', columns: [null], rows: [[cell], [text('c'), text('d')]] }] as unknown as Tree
    expect(printBlocks(tree)).toBe('| a<br>b |  |\n| --- | --- |\n| c | d |\n')
  })
})

describe('M2: an edit changes the lines of what it is in, in containers and tables', () => {
  const only = (source: string, from: string, to: string) =>
    expect(edit(source, from, to)).toBe(source.replace(from, to))

  test('a paragraph, a list item and code of a quote, whatever its signs', () => {
    const source = '>one  \n>  *two*\nlazy words\n>\n> * three\n>    * four\n>\n>> five\n>>six\n\nafter\n'
    only(source, 'three', 'other')
    only(source, 'four', 'other')
    only(source, 'after', 'other')
    expect(edit(source, 'one', 'other')).toBe(
      source.replace('>one  \n>  *two*\nlazy words', '>other\\\n> *two*\n> lazy words'),
    )
  })

  test('the title and the text of a callout in a callout', () => {
    const source = '>   [!Note]+   Some _title_\n> text\n>> [!tip]\n>> deep  words\n>>\n>> * item\n'
    only(source, 'deep', 'other')
    only(source, 'item', 'other')
    expect(edit(source, 'Note', 'Warn')).toBe(source.replace('  [!Note]+   Some _title_', '[!Warn]+ Some *title*'))
    expect(edit(source, 'Some', 'Any')).toBe(source.replace('  [!Note]+   Some _title_', '[!Note]+ Any *title*'))
  })

  test('a paragraph of a footnote', () => {
    const source = '[^1]:   one\n[^2]: two\n   lazy\n\n\tthree\n\n    four\n'
    only(source, 'one', 'other')
    only(source, 'three', 'other')
    only(source, 'four', 'other')
    expect(edit(source, 'lazy', 'other')).toBe(source.replace('   lazy', '\tother'))
    only(source, '2', '9')
  })

  test('a cell, with the spaces around it, and the other lines of the table', () => {
    const source = 'a   |  b\n:--|---\n c_d |\n| `x\\|y`  |   w  |\nshort\n'
    expect(edit(source, 'w', 'other')).toBe(source.replace('w  |', 'other  |'))
    only(source, 'short', 'other')
    expect(edit(source, 'x|y', 'x|z')).toBe(source.replace('y', 'z'))
    expect(edit(source, 'left', 'right')).toBe(source.replace(':--|---', '| --: | --- |'))
    expect(edit(`> ${source.replaceAll('\n', '\n> ')}`, 'short', 'other')).toContain('\n> other\n')
  })

  test('a block, a line and a row that come or go', () => {
    const source = '> a\n>\n> * b\n> * c\n\n|x|y|\n|-|-|\n|1|2|\n|3|4|\n'
    const [quote, table] = read(source)
    if (quote?.type !== 'quote' || table?.type !== 'table') throw new Error('a quote and a table were expected')
    const print = (...blocks: Tree) => printNoteChecked({ frontmatter: '', blocks, source }).text
    const more = { type: 'paragraph', children: [{ type: 'text', text: 'new', marks: 0 }] } as const
    expect(print({ ...quote, children: [...quote.children, more] }, table)).toBe(
      source.replace('* c\n', '* c\n>\n> new\n'),
    )
    expect(print({ ...quote, children: quote.children.slice(1) }, table)).toBe(source.replace('> a\n>\n', ''))
    const rows = table.rows.filter((_, at) => at !== 1)
    expect(print(quote, { ...table, rows })).toBe(source.replace('|1|2|\n', ''))
    expect(print(quote, { ...table, rows: [...table.rows, rows[1] ?? []] })).toBe(`${source}| 3 | 4 |\n`)
  })

  test('in the line ends of the file', () => {
    const source = '> [!x] t\r\n> a\r\n>\r\n> b\r\n\r\n| c |\r\n| - |\r\n| d |\r\n'
    only(source, 'b', 'other')
    only(source, 'd', 'other')
  })
})
