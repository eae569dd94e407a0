import { $isLinkNode, type LinkNode } from '@lexical/link'
import {
  $getRoot,
  $isElementNode,
  $isTextNode,
  KEY_DOWN_COMMAND,
  type LexicalEditorWithDispose,
  type LexicalNode,
  type TextNode,
} from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseMarkdown } from '../../../../core/markdown/parse.ts'
import { type Completion, registerCompletion } from '../../../../editor/extensions/completion.ts'
import { createNoteEditor } from '../../../../editor/note-editor.ts'
import { change, fill, markdownOf } from '../../../../testing/editor-typing.ts'
import { $abandonLink, $changeLink, $unlink, registerLinkSelection } from './link-selection.ts'
import { $restore, reopen, retarget, unlinkWikilink } from './wikilink-edits.ts'

let editor: LexicalEditorWithDispose
let told: string[]
let link: Completion | null
beforeEach(() => {
  editor = createNoteEditor({ onError: () => expect.fail(), onFiles: async () => '', onFollow: () => {} })
  editor.setEditable(true)
  told = []
  registerLinkSelection(editor, {
    onBegin: (words) => told.push(`words ${words}`),
    onWikilink: () => told.push('wikilink'),
    onLink: () => told.push('link'),
  })
  registerCompletion(editor, (completion) => {
    link = completion
  })
})
afterEach(() => editor.dispose())

const $all = (node: LexicalNode): LexicalNode[] =>
  $isElementNode(node) ? [node, ...node.getChildren().flatMap($all)] : [node]
const $text = (words: string): TextNode =>
  $all($getRoot()).find((node): node is TextNode => $isTextNode(node) && node.getTextContent().includes(words)) ??
  expect.unreachable()
const $link = (): LinkNode => $all($getRoot()).find($isLinkNode) ?? expect.unreachable()

/** Selects words of the note, or puts the caret before them, and presses Mod+K. */
function press(markdown: string, words: string, isCaret = false): string[] {
  fill(editor, parseMarkdown(markdown).blocks)
  change(editor, () => {
    const node = $text(words)
    const at = node.getTextContent().indexOf(words)
    node.select(at, isCaret ? at : at + words.length)
  })
  const event = { key: 'k', ctrlKey: true, preventDefault: () => {}, stopPropagation: () => {} }
  change(editor, () => void editor.dispatchCommand(KEY_DOWN_COMMAND, event as unknown as KeyboardEvent))
  return told
}

test.each([
  ['words', 'how far it went\n', 'far', ['words far'], 'how \\[\\[far it went\n'],
  ['words with spaces at their ends, which stay outside', 'how far it\n', ' far ', ['words far'], 'how \\[\\[far it\n'],
  [
    'a part of a link edits it',
    'a [some words](https://e.org) b\n',
    'some',
    ['link'],
    'a [some words](https://e.org) b\n',
  ],
  ['code is left alone', 'a `code` b\n', 'code', [], 'a `code` b\n'],
  ['brackets are left alone', 'a \\[b c\n', '[b', [], 'a \\[b c\n'],
])('Mod+K on %s', (_, markdown, words, expected, left) => {
  expect(press(markdown, words)).toEqual(expected)
  expect(markdownOf(editor).replaceAll('\\[', '[')).toBe(left.replaceAll('\\[', '['))
})

test('Mod+K at a link edits it, and elsewhere is the window’s own', () => {
  expect(press('a [words](https://e.org)\n', 'words', true)).toEqual(['link'])
  told = []
  expect(press('plain words\n', 'words', true)).toEqual([])
  fill(editor, parseMarkdown('[[A]]\n').blocks)
  const event = { key: 'k', ctrlKey: true, preventDefault: () => {}, stopPropagation: () => {} }
  change(editor, () => void editor.dispatchCommand(KEY_DOWN_COMMAND, event as unknown as KeyboardEvent))
  expect(told).toEqual(['wikilink'])
})

test('a link that was begun and left is the words again, spaces and all', () => {
  press('how far it went\n', ' far ')
  change(editor, () => {
    if (link) $abandonLink(link, 'far')
  })
  expect(markdownOf(editor)).toBe('how far it went\n')
})

test('an ordinary link takes another address and other words, keeps the marks of its words, and is taken away', () => {
  fill(editor, parseMarkdown('a [**bold**](https://e.org) b\n').blocks)
  change(editor, () => $changeLink($link(), 'https://e.org/2', 'other'))
  expect(markdownOf(editor)).toBe('a [**other**](https://e.org/2) b\n')
  change(editor, () => $unlink($link()))
  expect(markdownOf(editor)).toBe('a **other** b\n')
})

test('a wikilink leads elsewhere with its heading and words, is opened again, put back, and becomes its words', () => {
  fill(editor, parseMarkdown('a [[One#Part|so]] b\n').blocks)
  const key = () => editor.read(() => $text('[[').getKey())
  retarget(editor, key(), 'Notes/Two', 'id')
  change(editor, () => {})
  expect(markdownOf(editor)).toBe('a [[Notes/Two#Part|so]] b\n')
  const before = reopen(editor, key(), 'words')
  expect(link).toMatchObject({ query: 'Notes/Two#Part|so' })
  change(editor, () => {
    if (link && before) $restore(link, before)
  })
  expect(markdownOf(editor)).toBe('a [[Notes/Two#Part|so]] b\n')
  unlinkWikilink(editor, key())
  change(editor, () => {})
  expect(markdownOf(editor)).toBe('a so b\n')
})
