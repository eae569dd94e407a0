import { $getRoot, $isElementNode, $isTextNode, type LexicalEditorWithDispose, type LexicalNode } from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseMarkdown } from '../core/markdown/parse.ts'
import { printBlocks } from '../core/markdown/print.ts'
import { change, fill, markdownOf } from '../testing/editor-typing.ts'
import { createNoteEditor } from './note-editor.ts'
import { $readPassage, type NoPassage, type TakenPassage } from './take-passage.ts'

let editor: LexicalEditorWithDispose
beforeEach(() => {
  editor = createNoteEditor({
    onError: (error) => expect.fail(error.message),
    onFiles: async () => '',
    onFollow: () => {},
  })
})
afterEach(() => editor.dispose())

/** The text node that holds some words, and their place in it. */
function $find(words: string): { node: LexicalNode; at: number } {
  const all = (node: LexicalNode): LexicalNode[] => ($isElementNode(node) ? node.getChildren().flatMap(all) : [node])
  for (const node of all($getRoot())) {
    const at = $isTextNode(node) ? node.getTextContent().indexOf(words) : -1
    if (at >= 0) return { node, at }
  }
  return expect.unreachable()
}

/** Selects from the first of some words to the last of others, and reads. */
function select(markdown: string, from: string, to = from): TakenPassage | NoPassage {
  fill(editor, parseMarkdown(markdown).blocks)
  change(editor, () => {
    const [start, end] = [$find(from), $find(to)]
    const selection = $getRoot().select()
    selection.anchor.set(start.node.getKey(), start.at, 'text')
    selection.focus.set(end.node.getKey(), end.at + to.length, 'text')
  })
  return editor.read(() => $readPassage(editor))
}

/** What becomes the note, and what is left. */
function take(passage: TakenPassage | NoPassage, verb: string | null = 'illustrated_by'): [string, string] {
  if (typeof passage === 'string') return [passage, '']
  change(editor, () => expect(passage.$take({ target: 'New', id: 'id', verb })).toBe(true))
  return [printBlocks(passage.tree), markdownOf(editor)]
}

test.each([
  [
    'part of a paragraph',
    'It was. Nineteen teams **stopped**, so.\n',
    ' Nineteen',
    'stopped',
    'Nineteen teams **stopped**\n',
    'It was. [illustrated_by:: [[New]]], so.\n',
  ],
  [
    'a whole paragraph',
    'One.\n\nTwo *is* it.\n\nThree.\n',
    'Two',
    'it.',
    'Two *is* it.\n',
    'One.\n\nillustrated_by:: [[New]]\n\nThree.\n',
  ],
  [
    'several blocks, whole',
    '# Head\n\nOne two.\n\n- a\n- b\n\nEnd.\n',
    'two',
    'b',
    'One two.\n\n- a\n- b\n',
    '# Head\n\nillustrated_by:: [[New]]\n\nEnd.\n',
  ],
  [
    'an item with what is below it',
    '- a\n- b\n  - c\n- d\n',
    'b',
    'b',
    '- b\n  - c\n',
    '- a\n- illustrated_by:: [[New]]\n- d\n',
  ],
  ['a whole list', 'x\n\n1. a\n2. b\n', 'a', 'b', '1. a\n2. b\n', 'x\n\nillustrated_by:: [[New]]\n'],
  ['a paragraph in a quote', '> one\n>\n> two\n', 'two', 'two', 'two\n', '> one\n>\n> illustrated_by:: [[New]]\n'],
  [
    'a callout by its title',
    'x\n\n> [!note] Title\n> inside\n\ny\n',
    'Title',
    'inside',
    '> [!note] Title\n> inside\n',
    'x\n\nillustrated_by:: [[New]]\n\ny\n',
  ],
  [
    'words of a cell',
    '| a | b c |\n| - | - |\n| d | e |\n',
    'c',
    'c',
    'c\n',
    '| a | b [illustrated_by:: [[New]]] |\n| --- | --- |\n| d | e |\n',
  ],
  ['part of a heading', '## One two\n\nx\n', 'two', 'two', 'two\n', '## One [illustrated_by:: [[New]]]\n\nx\n'],
  [
    'a block with an id, which stays where links look for it',
    'One. ^abc\n\nTwo.\n',
    'One',
    '^abc',
    'One. ^abc\n',
    'illustrated_by:: [[New]] ^abc\n\nTwo.\n',
  ],
])('%s', (_, markdown, from, to, taken, left) => {
  expect(take(select(markdown, from, to))).toEqual([taken, left])
})

test('a plain link where no verb suits', () => {
  expect(take(select('One two three.\n', 'two'), null)[1]).toBe('One [[New]] three.\n')
})

test('a footnote that the rest refers to stays, and goes with a passage that holds all of it', () => {
  const note = 'One[^1].\n\nTwo[^1].\n\n[^1]: Said.\n'
  expect(take(select(note, 'Two', 'Said.'))).toEqual([
    'Two[^1].\n\n[^1]: Said.\n',
    'One[^1].\n\nillustrated_by:: [[New]]\n\n[^1]: Said.\n',
  ])
})

test('what cannot be a note says why', () => {
  expect(select('```\none two\n```\n', 'one')).toBe('source')
  expect(select('| a | b |\n| - | - |\n| c | d |\n', 'a', 'd')).toMatchObject({ isWhole: true })
})

test('nothing is taken where the passage was changed meanwhile', () => {
  const passage = select('One.\n\nTwo.\n', 'Two', 'Two.')
  change(editor, () => {
    const { node } = $find('Two')
    if ($isTextNode(node)) node.setTextContent('Two and more.')
  })
  if (typeof passage === 'string') return expect.unreachable()
  change(editor, () => expect(passage.$take({ target: 'New', id: '', verb: null })).toBe(false))
  expect(markdownOf(editor)).toBe('One.\n\nTwo and more.\n')
})
