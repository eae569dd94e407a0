import fc from 'fast-check'
import { $getRoot, type LexicalEditorWithDispose } from 'lexical'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { normalizeTree } from '../../core/markdown/normalize.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { printBlocks } from '../../core/markdown/print.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import { arbitraryBlock } from '../../testing/arbitrary-markdown.ts'
import { change, fill, markdownOf, treeOf } from '../../testing/editor-typing.ts'
import { fakeDom } from '../../testing/fake-dom.ts'
import { plainText, treeToV2 } from '../convert/tree-to-v2.ts'
import { treeFromHtml } from '../html-to-tree.ts'
import { createNoteEditor } from '../note-editor.ts'
import { $insertMarkdown } from './clipboard.ts'

const errors: Error[] = []
let editor: LexicalEditorWithDispose
beforeEach(() => {
  errors.length = 0
  editor = createNoteEditor({ onError: (error) => errors.push(error), onFiles: async () => '', onFollow: () => {} })
})
afterEach(() => {
  editor.dispose()
  expect(errors).toEqual([])
})

/** Where `here` stands the caret stands too, behind it. */
const PLACES = {
  cell: '| a | b |\n| --- | --- |\n| here | two |\n\nlast',
  'head of a table': '| here | b |\n| --- | --- |\n| one | two |\n\nlast',
  item: '- one\n- here\n- two\n\nlast',
  'item with items below it': '- one\n- here\n  - below\n- two\n\nlast',
  'item in an item': '1. one\n   - here\n   - two\n\nlast',
  task: '- [ ] here\n- [x] two\n\nlast',
  quote: '> one\n>\n> here\n>\n> two\n\nlast',
  callout: '> [!tip] one\n> here\n>\n> two\n\nlast',
  'title of a callout': '> [!tip] here\n> two\n\nlast',
  'item in a quote': '> - one\n> - here\n\nlast',
  footnote: 'one[^1]\n\n[^1]: here',
  heading: '## here\n\nlast',
} as const

const plain = (tree: Tree): string => treeToV2(tree).map(plainText).join(' ')

/** How often each letter and digit stands in it. */
function letters(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const letter of text.match(/[\p{L}\p{N}]/gu) ?? []) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return counts
}

function paste(place: string, markdown: string): Tree {
  fill(editor, parseMarkdown(place).blocks)
  change(editor, () => {
    const here = $getRoot()
      .getAllTextNodes()
      .find((node) => node.getTextContent().includes('here'))
    here?.selectEnd()
    $insertMarkdown(markdown)
  })
  return treeOf(editor)
}

/** What is there now is Markdown that reads as itself (M4), and every letter of both is in it. */
function holds(place: string, markdown: string): void {
  const tree = paste(place, markdown)
  const written = markdownOf(editor)
  expect(parseMarkdown(written).blocks).toEqual(normalizeTree(tree))
  expect(printBlocks(parseMarkdown(written).blocks)).toBe(written)
  const has = letters(plain(tree))
  const lost: string[] = []
  for (const [letter, count] of letters(
    `${plain(parseMarkdown(place).blocks)} ${plain(parseMarkdown(markdown).blocks)}`,
  )) {
    if ((has.get(letter) ?? 0) < count) lost.push(letter)
  }
  expect(lost, written).toEqual([])
}

describe('E6: what is pasted into a container stays readable, and nothing of it is lost', () => {
  test.each(Object.entries(PLACES))('Markdown in a %s', (_, place) => {
    fc.assert(
      fc.property(fc.array(arbitraryBlock, { minLength: 1, maxLength: 3 }), (blocks) =>
        holds(place, blocks.join('\n\n')),
      ),
      { numRuns: 12, seed: 6 },
    )
  })

  const HTML = [
    '<ul><li>one<ul><li>two</li></ul></li><li><p>three</p><p>four</p></li></ul>',
    '<table><tr><th>a</th></tr><tr><td><ul><li>b</li></ul><p>c</p></td></tr></table>',
    '<blockquote><p>a</p><ul><li>b</li></ul><blockquote>c</blockquote></blockquote><p>d</p>',
    '<h1>a</h1><pre><code class="language-ts">b = 1</code></pre><hr><p>c<br>d</p>',
    '<div>a<div>b</div>c</div><details><summary>d</summary>e</details>',
  ]
  test.each(Object.entries(PLACES))('HTML in a %s', (_, place) => {
    for (const html of HTML) holds(place, printBlocks(treeFromHtml(fakeDom(html))))
  })
})
