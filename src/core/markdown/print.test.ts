import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedLines, editWord } from '../../testing/edit-word.ts'
import { contentKey, sameBlocks } from './equal.ts'
import { normalizeTree, treesEqual } from './normalize.ts'
import { parseMarkdown } from './parse.ts'
import { printBlocks, printNote, printNoteChecked } from './print.ts'
import { randomInlines, randomSource, randomTree } from './random-tree.test-data.ts'
import { type Block, type Inline, MARK, type Tree } from './tree.ts'

/** `FC_RUNS=100000` looks further. */
const numRuns = Number(process.env.FC_RUNS ?? 300)
const text = (content: string, marks = 0): Inline => ({ type: 'text', text: content, marks })
const paragraph = (...children: Inline[]): Tree => [{ type: 'paragraph', children }]
/** Without layout, of which equality knows nothing (N10). */
const content = (blocks: Tree): unknown => JSON.parse(contentKey(blocks))
const print = (blocks: Tree) => printNote({ frontmatter: '', blocks })

describe('M4: what is printed reads as the normal tree', () => {
  test('of any inlines', () => {
    fc.assert(
      fc.property(randomInlines, (children) => {
        const tree: Tree = [{ type: 'paragraph', children }]
        expect(content(parseMarkdown(print(tree)).blocks)).toEqual(content(normalizeTree(tree)))
      }),
      { seed: 41, numRuns },
    )
  })

  test('of any tree', () => {
    fc.assert(
      fc.property(randomTree, (tree) => {
        expect(content(parseMarkdown(print(tree)).blocks)).toEqual(content(normalizeTree(tree)))
      }),
      { seed: 42, numRuns },
    )
  })

  test('of any tree printed over the source of any other', () => {
    fc.assert(
      fc.property(randomTree, randomTree, (before, after) => {
        const printed = printNoteChecked({ frontmatter: '', blocks: after, source: print(before) })
        expect(printed.same).toBe(true)
        expect(content(parseMarkdown(printed.text).blocks)).toEqual(content(normalizeTree(after)))
      }),
      { seed: 43, numRuns },
    )
  })

  test('of any text that was read', () => {
    const line = fc.string({ unit: fc.constantFrom(...'ab1 \n\n-*_>#`[]()|=~$%<\t.:!&;\\'), maxLength: 40 })
    fc.assert(
      fc.property(fc.oneof(line, randomSource), (source) => {
        const { blocks, frontmatterSource } = parseMarkdown(source)
        expect(normalizeTree(blocks)).toEqual(blocks)
        expect(printNote({ frontmatter: frontmatterSource, blocks, source })).toBe(source)
        const head = frontmatterSource === '' ? '' : '---\na: 1\n---\n'
        expect(content(parseMarkdown(printNote({ frontmatter: head, blocks })).blocks)).toEqual(content(blocks))
      }),
      { seed: 44, numRuns: numRuns * 3 },
    )
  })

  test('and normal trees stay as they are', () => {
    fc.assert(
      fc.property(randomTree, (tree) => {
        const normal = normalizeTree(tree)
        expect(sameBlocks(normalizeTree(normal), normal)).toBe(true)
        expect(treesEqual(tree, normal)).toBe(true)
      }),
      { seed: 45, numRuns },
    )
  })
})

describe('text is escaped where it would be read as something else, and nowhere else', () => {
  test.each([
    ['plain words, (brackets) - and 100% of "quotes": fine.', null],
    ['snake_case and 2 * 3 and a == b and x < y & z', null],
    ['[todo] and [1]', null],
    ['see https://example.org/a_b_c?x=*1*2', null],
    ['$5 and $6', null],
    ['#tag and C#', null],
    ['*not italic*', '\\*not italic\\*'],
    ['[[not a link]]', '\\[\\[not a link]]'],
    ['[text](url)', '\\[text](url)'],
    ['- not a list', '\\- not a list'],
    ['1. not a list', '1\\. not a list'],
    ['# not a heading', '\\# not a heading'],
    ['> not a quote', '\\> not a quote'],
    ['---', '\\---'],
    ['==not marked==', '\\==not marked\\=='],
    ['<b>', '\\<b>'],
    ['&amp;', '\\&amp;'],
    ['a `b`', 'a \\`b\\`'],
    ['$x$', '\\$x$'],
  ])('%j', (source, escaped) => {
    expect(printBlocks(paragraph(text(source)))).toBe(`${escaped ?? source}\n`)
  })

  test('marks nest, and fall back to references where signs alone could not say it', () => {
    const tree = paragraph(text('a '), text('b ', MARK.bold), text('c', MARK.bold | MARK.italic), text(' d', MARK.bold))
    expect(printBlocks(tree)).toBe('a **b *c* d**\n')
    expect(printBlocks(paragraph(text('a'), text('(b)', MARK.bold), text('c')))).toBe('&#97;**\\(b\\)**&#99;\n')
    expect(printBlocks(paragraph(text('bold ', MARK.bold), text('then not')))).toBe('**bold** then not\n')
  })
})

describe('M1: a note that nobody edited comes back to the byte', () => {
  test.each([
    ['line ends of Windows', '# A\r\n\r\ntext\r\n'],
    ['mixed line ends', '# A\r\n\ntext\r\nmore\n\rlast'],
    ['line ends of an old Mac', '# A\r\rtext\r'],
    ['no final line end', 'text'],
    ['blank lines around', '\n\n  \ntext\n\n\n'],
    ['only blank lines', '\n \n'],
    ['nothing', ''],
    ['odd markers', '* a\n+ b\n\n\n1) c\n2) d\n\n***\n\n___\nSetext\n===\n'],
    ['frontmatter with comments', '---\n# why\ntags: [a, b]   # two\n---\n\n\ntext\n'],
    ['frontmatter that is not YAML', '---\ntitle: {{title}}\n---\ntext\n'],
    ['two rules', '---\n\nNo frontmatter.\n\n---\n'],
    ['an open fence', 'text\n\n```js\ncode\n\n'],
    ['tables, HTML, math', '| a |\n|---|\n| b |\n<div>\nx\n</div>\n\n$$\nx\n\ny\n$$\ntext\n'],
  ])('%s', (_, source) => {
    const { frontmatterSource, blocks } = parseMarkdown(source)
    expect(printNote({ frontmatter: frontmatterSource, blocks, source })).toBe(source)
  })
})

describe('M2: an edit changes only the lines of the block or list item it is in', () => {
  /** Replaces a word wherever it stands in the tree. */
  const edit = (source: string, from: string, to: string) => {
    const { frontmatterSource, blocks } = parseMarkdown(source)
    const edited = JSON.parse(JSON.stringify(blocks).replaceAll(from, to)) as Tree
    return printNote({ frontmatter: frontmatterSource, blocks: edited, source })
  }

  test('of a paragraph, a heading', () => {
    const source = '---\na:   1\n---\nSetext\n===\nOne *two*.\n* x\n* y\n\n\nLast   \n'
    expect(edit(source, 'One', 'A_b_ one')).toBe(source.replace('One', 'A_b\\_ one'))
    expect(edit(source, 'Setext', 'New')).toBe(source.replace('Setext\n===', '# New'))
  })

  test('of a list item, keeping its marker, its indentation and what is below it', () => {
    const source = '*   one\n    * [[deep]]\n\t* deeper\n*   two\n\n*   three\n'
    expect(edit(source, 'two', 'two and a half')).toBe(source.replace('two', 'two and a half'))
    expect(edit(source, 'one', '1')).toBe(source.replace('one', '1'))
    expect(edit(source, 'deeper', 'down')).toBe(source.replace('deeper', 'down'))
  })

  test('of a task, and of the box alone', () => {
    const source = '+ [ ] a\n+ [X] b\n+ [ ] c\n'
    expect(edit(source, '"checked":true', '"checked":false')).toBe('+ [ ] a\n+ [ ] b\n+ [ ] c\n')
    expect(edit(source, '"c"', '"d"')).toBe('+ [ ] a\n+ [X] b\n+ [ ] d\n')
  })

  test('in the line ends of the file', () => {
    expect(edit('a\r\n\r\n- b\r\n- c\r\n', '"b"', '"x"')).toBe('a\r\n\r\n- x\r\n- c\r\n')
  })

  test('what is put in between leaves the rest', () => {
    const source = 'Title\n=====\n- a\n- b\n\n| t |\n|---|\n'
    const { blocks } = parseMarkdown(source)
    const first = { type: 'paragraph', children: [text('New')] } as const
    expect(printNote({ frontmatter: '', blocks: [first, ...blocks], source })).toBe(`New\n\n${source}`)
    expect(printNote({ frontmatter: '', blocks: [...blocks, first], source })).toBe(`${source.trimEnd()}\n\nNew\n`)
  })

  test('a list that is put above indented code leaves all but the code', () => {
    const source = 'A *b*  \n_c_\n===\n\n\n    code\n\nD\n---\n* e\n'
    const { blocks } = parseMarkdown(source)
    const list = parseMarkdown('- new\n').blocks
    const printed = printNoteChecked({
      frontmatter: '',
      blocks: [...blocks.slice(0, 1), ...list, ...blocks.slice(1)],
      source,
    })
    expect(printed.same).toBe(true)
    expect(printed.text.startsWith('A *b*  \n_c_\n===\n')).toBe(true)
    expect(printed.text.endsWith('D\n---\n* e\n')).toBe(true)
  })

  test('of any tree: one word changes only the lines that its passage has', () => {
    fc.assert(
      fc.property(randomTree, fc.nat(50), (tree, seed) => {
        const source = print(tree)
        const { blocks, frontmatterSource, bodyFrom, spans } = parseMarkdown(source)
        const edit = editWord(blocks, seed)
        const span = edit && spans[edit.block]
        if (!span) return
        const printed = printNoteChecked({ frontmatter: frontmatterSource, blocks: edit.tree, source })
        const own = source.slice(bodyFrom).slice(span.from, span.to).split('\n').length
        expect(printed.same).toBe(true)
        expect(changedLines(source, printed.text)).toBeLessThanOrEqual(edit.lines || own)
      }),
      { seed: 46, numRuns },
    )
  })

  test('a new item takes the marker of its neighbours', () => {
    const source = '1) a\n2) b\n'
    const { blocks } = parseMarkdown(source)
    const [list] = blocks
    if (list?.type !== 'list') throw new Error('a list was expected')
    const item = { checked: null, children: [text('new')], lists: [] }
    const longer = { ...list, items: [...list.items, item] }
    expect(printNote({ frontmatter: '', blocks: [longer], source })).toBe('1) a\n2) b\n3) new\n')
  })

  test('deleting a block leaves its neighbours', () => {
    const source = 'a\n\n\n\nb\n\n* c\n'
    const { blocks } = parseMarkdown(source)
    expect(printNote({ frontmatter: '', blocks: blocks.filter((_, at) => at !== 1), source })).toBe('a\n\n* c\n')
  })
})

test('a rule at the top does not become frontmatter', () => {
  const tree: Tree = [{ type: 'rule' }, { type: 'paragraph', children: [text('a')] }, { type: 'rule' }]
  expect(print(tree)).toBe('---\n\na\n\n---\n')
  const tight: Tree = [{ type: 'rule' }, { type: 'heading', level: 1, children: [text('a')] }, { type: 'rule' }]
  expect(parseMarkdown(print(tight)).blocks).toEqual(tight)
})

test('frontmatter is set before a text that had none', () => {
  expect(printNote({ frontmatter: '---\na: 1\n---\n', blocks: paragraph(text('b')), source: 'b\r\n' })).toBe(
    '---\r\na: 1\r\n---\r\n\r\nb\r\n',
  )
})

test('M4: broken frontmatter stays what it is when the note gets some, with its source and without', () => {
  const source = '---\na: [\n---\n\nWords.\n'
  const { blocks } = parseMarkdown(source)
  for (const given of [source, undefined]) {
    const { text, same } = printNoteChecked({ frontmatter: '---\nid: x\n---\n', blocks, source: given })
    expect(same).toBe(true)
    expect(parseMarkdown(text).blocks).toEqual(blocks)
    expect(parseMarkdown(text).frontmatter?.values).toEqual([['id', 'x']])
  }
  // the other way round: rules and words below a head are not taken for it
  const rules = parseMarkdown('Words.\n\n---\na: [\n---\n').blocks.slice(1)
  const { text, same } = printNoteChecked({ frontmatter: '---\nid: x\n---\n', blocks: rules })
  expect(same).toBe(true)
  expect(parseMarkdown(text).blocks).toEqual(rules)
})

test('M4: source that is indented stays below a list that is put before it', () => {
  const [source] = parseMarkdown('  <div>\nx\n').blocks
  for (const list of ['- a', '- a\n  - b', '9. a\n10. b', '- [ ] a', '- a\n- ', '-\n  - b', '- a\n\n- b\n  1. c']) {
    const blocks = [...parseMarkdown(list).blocks, source as Block]
    const text = printBlocks(blocks)
    expect(parseMarkdown(text).blocks, text).toEqual(blocks)
  }
  expect(printBlocks([...parseMarkdown('- a').blocks, source as Block])).toBe('-   a\n\n  <div>\nx\n')
})
