import { describe, expect, test } from 'vitest'
import { footnoteOf, readInlineFootnote, treeWithInlineFootnotes, withInlineFootnotes } from './inline-footnotes.ts'
import { parseMarkdown } from './parse.ts'
import type { Inline } from './tree.ts'

const inlines = (markdown: string): readonly Inline[] => {
  const [first] = parseMarkdown(markdown).blocks
  return first?.type === 'paragraph' ? first.children : []
}
const sources = (markdown: string): string[] =>
  withInlineFootnotes(inlines(markdown)).flatMap((inline) => (inline.type === 'raw' ? [inline.source] : []))

describe('footnotes in a text', () => {
  test.each([
    ['One^[two] three', ['^[two]']],
    ['^[at once]', ['^[at once]']],
    ['One^[two *em* and **strong**] three', ['^[two *em* and **strong**]']],
    ['One^[see [[Note|it]]] three^[and [here](https://e.org)]', ['^[see [[Note|it]]]', '^[and [here](https://e.org)]']],
    ['One^[a [b] c] three', ['^[a [b] c]']],
    ['**Bold^[two] words**', ['^[two]']],
    ['One^[a^[b]c]', ['^[a^[b]c]']],
    ['One^[a, `^[b]`]', ['^[a, `^[b]`]']],
    ['One^[a]^[b]', ['^[a]', '^[b]']],
  ])('%s', (markdown, expected) => {
    expect(sources(markdown)).toEqual(expected)
  })

  test.each(['One^[two', 'One^[ ] three', 'One ^[two\nlines]', '`^[code]`', 'x^[2](url)', '^two]'])(
    'none in %j',
    (markdown) => {
      expect(sources(markdown)).toEqual([])
    },
  )

  test('are read as the text that they were', () => {
    const [footnote] = withInlineFootnotes(inlines('^[see [[Note]], *there*]'))
    if (footnote?.type !== 'raw') expect.fail('no footnote')
    expect(readInlineFootnote(footnote.source, footnote.marks)).toEqual(inlines('^[see [[Note]], *there*]'))
    expect(footnoteOf(inlines('^[a \\*b\\*]'))?.source).toBe('^[a \\*b\\*]')
  })

  test('two hundred thousand that never end are read in one go, before the test is over', () => {
    expect(withInlineFootnotes([{ type: 'text', text: '^['.repeat(200_000), marks: 0 }])).toHaveLength(1)
  })

  test('in every part of a tree', () => {
    const { blocks } = parseMarkdown('- a^[b]\n\n> [!note] c^[d]\n> e^[f]\n\n| g^[h] |\n| --- |\n| i^[j] |\n\n# k^[l]')
    expect(JSON.stringify(treeWithInlineFootnotes(blocks)).match(/"source":"\^\[\w\]"/g)).toHaveLength(6)
  })
})
