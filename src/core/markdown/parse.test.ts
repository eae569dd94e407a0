import { describe, expect, test } from 'vitest'
import { parseMarkdown } from './parse.ts'
import type { Tree } from './tree.ts'

const read = (source: string): Tree => parseMarkdown(source).blocks
const kinds = (source: string) => read(source).map((block) => block.type)

describe('the dialect', () => {
  test('wikilinks, embeds, marks, raw inlines', () => {
    expect(read('[[A b#C|d]] ![[p.png|640x480]] ==m== ~~s~~ $x^2$ %%c%% [^1] <b>')).toEqual([
      {
        type: 'paragraph',
        children: [
          { type: 'wikilink', target: 'A b#C|d', embed: false, marks: 0 },
          { type: 'text', text: ' ', marks: 0 },
          { type: 'wikilink', target: 'p.png|640x480', embed: true, marks: 0 },
          { type: 'text', text: ' ', marks: 0 },
          { type: 'text', text: 'm', marks: 128 },
          { type: 'text', text: ' ', marks: 0 },
          { type: 'text', text: 's', marks: 4 },
          { type: 'text', text: ' ', marks: 0 },
          { type: 'raw', source: '$x^2$', marks: 0 },
          { type: 'text', text: ' ', marks: 0 },
          { type: 'raw', source: '%%c%%', marks: 0 },
          { type: 'text', text: ' ', marks: 0 },
          { type: 'raw', source: '[^1]', marks: 0 },
          { type: 'text', text: ' ', marks: 0 },
          { type: 'raw', source: '<b>', marks: 0 },
        ],
      },
    ])
  })

  test('a relation stays a paragraph of text and link', () => {
    expect(read('illustrates:: [[A]]')).toEqual([
      {
        type: 'paragraph',
        children: [
          { type: 'text', text: 'illustrates:: ', marks: 0 },
          { type: 'wikilink', target: 'A', embed: false, marks: 0 },
        ],
      },
    ])
    expect(read('It [challenges:: [[A]]] b')[0]).toMatchObject({
      children: [{ text: 'It [challenges:: ' }, { target: 'A' }, { text: '] b' }],
    })
  })

  test('prices, snake_case, comparisons and unfinished signs are text', () => {
    const source = '$5 and $6, a_b_c, x == y == z, 50% or 60%%, [[unfinished, 2 < 3'
    expect(read(source)).toEqual([{ type: 'paragraph', children: [{ type: 'text', text: source, marks: 0 }] }])
  })

  test('signs inside a bare address mean nothing', () => {
    expect(read('see https://e.org/_a_/*b*?c==d== now')).toEqual([
      { type: 'paragraph', children: [{ type: 'text', text: 'see https://e.org/_a_/*b*?c==d== now', marks: 0 }] },
    ])
  })

  test('a reference is kept as written where the note defines it, else it is text', () => {
    expect(read('[a] and [b][c]')[0]).toMatchObject({ children: [{ text: '[a] and [b][c]' }] })
    expect(read('[a] and [b][c]\n\n[A]: /x\n[c]: /y')).toMatchObject([
      { children: [{ source: '[a]' }, { text: ' and ' }, { source: '[b][c]' }] },
      { type: 'verbatim', source: '[A]: /x\n[c]: /y' },
    ])
  })
})

describe('blocks', () => {
  test('lists: nested, tasks, tasks among plain items, blank lines between', () => {
    expect(read('- a\n  1. b\n  2. c\n\n- d')).toMatchObject([
      { style: 'bullet', items: [{ lists: [{ style: 'ordered', items: [{}, {}] }] }, { lists: [] }] },
    ])
    expect(read('- [ ] a\n- [x] b\n- c')).toMatchObject([
      { style: 'task', items: [{ checked: false }, { checked: true }] },
      { style: 'bullet', items: [{ checked: null }] },
    ])
    expect(read('- [/] a')).toMatchObject([{ style: 'bullet', items: [{ children: [{ text: '[/] a' }] }] }])
  })

  test.each([
    ['a list with a paragraph more', '- a\n\n  b'],
    ['a list with code in it', '- a\n  ```\n  b\n  ```'],
    ['a table with a row too long', '| a |\n|---|\n| b | c |'],
    ['a quote whose tabs mean something', '>\t\tfoo'],
    ['a quote with a line that is none of it alone', '> | a |\n> | - |\n> b\n[c]: d'],
    ['HTML', '<details>\n<b>\n</details>'],
    ['block math', '$$\na\n\nb\n$$'],
    ['a comment', '%%\na\n\nb\n%%'],
    ['a reference definition', '[a]: <b> "c"'],
  ])('%s is verbatim', (_, source) => {
    expect(read(`x\n\n${source}\n\ny`)[1]).toEqual({ type: 'verbatim', source })
    expect(kinds(`x\n\n${source}\n\ny`)).toEqual(['paragraph', 'verbatim', 'paragraph'])
  })

  test('code: fenced with its info, indented as the same without', () => {
    expect(read('~~~ js {1}\na\n\n  b\n~~~')).toEqual([{ type: 'code', info: 'js {1}', text: 'a\n\n  b' }])
    expect(read('    a\n\n      b')).toEqual([{ type: 'code', info: '', text: 'a\n\n  b' }])
    expect(read('```\na\n    ```')).toEqual([{ type: 'code', info: '', text: 'a\n    ```' }])
  })

  test('a note without text has one empty paragraph', () => {
    expect(read('')).toEqual([{ type: 'paragraph', children: [] }])
    expect(read('---\na: 1\n---\n\n')).toEqual([{ type: 'paragraph', children: [] }])
  })
})

describe('frontmatter', () => {
  test('is split from the text', () => {
    const { frontmatter, frontmatterSource, bodyFrom, spans } = parseMarkdown('---\r\na: b\r\n---\r\n\r\ntext\r\n')
    expect(frontmatter).toEqual({ values: [['a', 'b']], broken: false })
    expect(frontmatterSource).toBe('---\r\na: b\r\n---\r\n')
    expect(bodyFrom).toBe(13)
    expect(spans).toEqual([{ from: 1, to: 5, items: null }])
  })

  test('that is not YAML is the first block, and nothing is lost', () => {
    const parsed = parseMarkdown('---\na: [\n---\n# T')
    expect(parsed.frontmatter).toBeNull()
    expect(parsed.blocks).toMatchObject([{ type: 'verbatim', source: '---\na: [\n---' }, { type: 'heading' }])
  })

  test('that is broken and right below one that is not is a block; below a blank line it is rules and words', () => {
    const below = parseMarkdown('---\na: b\n---\n---\na: [\n---\n# T')
    expect(below.frontmatter?.values).toEqual([['a', 'b']])
    expect(below.blocks).toMatchObject([{ type: 'verbatim', source: '---\na: [\n---' }, { type: 'heading' }])
    expect(below.spans[1]).toMatchObject({ from: 13, to: 16 })
    expect(kinds('---\na: b\n---\n\n---\na: [\n---')).toEqual(['rule', 'heading'])
    expect(kinds('---\na: b\n---\n---\nc: d\n---')).toEqual(['rule', 'heading'])
  })

  test('that is a sentence is no frontmatter', () => {
    expect(kinds('---\n\nJust words.\n\n---\n')).toEqual(['rule', 'paragraph', 'rule'])
  })
})
