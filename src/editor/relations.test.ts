import { $getRoot, $isElementNode, type ElementNode, type LexicalEditorWithDispose } from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseMarkdown } from '../core/markdown/parse.ts'
import { extractNote } from '../core/note/extract.ts'
import { MENTIONS } from '../core/relation/words.ts'
import { fill } from '../testing/editor-typing.ts'
import { createNoteEditor } from './note-editor.ts'
import { $relationsOf, verbReading } from './relations.ts'

let editor: LexicalEditorWithDispose
beforeEach(() => {
  editor = createNoteEditor({ onError: () => expect.fail(), onFiles: async () => '', onFollow: () => {} })
})
afterEach(() => editor.dispose())

const $blocks = (node: ElementNode): ElementNode[] => [
  node,
  ...node.getChildren().flatMap((child) => ($isElementNode(child) ? $blocks(child) : [])),
]

/** Each verb with the number of its links, as `word→relation×links`, and `…` where it stands in a sentence. */
function relations(markdown: string, own: Record<string, string> = {}): string[] {
  fill(editor, parseMarkdown(markdown).blocks)
  return editor.read(() =>
    $blocks($getRoot())
      .flatMap((block) => $relationsOf(block, own))
      .map(({ word, relation, links, isWhole }) => `${isWhole ? '' : '…'}${word}→${relation}×${links.length}`),
  )
}

test.each([
  ['rests_on:: [[A]]\n', ['rests_on→rests_on×1']],
  ['Rests on:: [[A]], [[B]] and [[C]]\n', ['Rests on→rests_on×2']],
  ['- illustrates:: [[A]]\n- words\n', ['illustrates→illustrates×1']],
  ['so [challenges:: [[A]]] and (rests_on:: [[B]]) too\n', ['…challenges→challenges×1', '…rests_on→rests_on×1']],
  ['words\nrests_on:: [[A]]\n', ['rests_on→rests_on×1']],
  ['| a | b |\n| - | - |\n| rests_on:: [[A]] | x |\n', ['rests_on→rests_on×1']],
  ['rating:: [[A]]\n', []],
  ['so rests_on:: [[A]]\n', []],
  ['`rests_on::` [[A]]\n', []],
  ['[rests_on:: [[A]]] then [[B]]\n', ['…rests_on→rests_on×1']],
])('%s', (markdown, expected) => {
  expect(relations(markdown)).toEqual(expected)
  // the index reads the same links as relations
  const { links } = extractNote(parseMarkdown(markdown).blocks, { tags: [], properties: [] })
  const counted = expected.reduce((sum, each) => sum + Number(each.split('×')[1]), 0)
  expect(links.filter(({ relation }) => relation !== MENTIONS)).toHaveLength(counted)
})

test('a word of the vault is a relation in it, any other stays text', () => {
  expect(relations('asked_for_by:: [[A]]\n', { asked_for_by: 'rests_on' })).toEqual(['asked_for_by→rests_on×1'])
})

test('a reading has words', () => {
  expect(verbReading(' Illustrated_by')).toBe('illustrated by')
})
