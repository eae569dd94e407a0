import {
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  type LexicalEditorWithDispose,
} from 'lexical'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { EMPTY_TREE } from '../../core/markdown/tree.ts'
import { change, fill, markdownOf, typeKeys } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'
import { $goToMark, $insertFootnote, $jumpAtCaret, $readFootnotes, $wordsOfMark } from './footnotes.ts'

let editor: LexicalEditorWithDispose
beforeEach(() => {
  editor = createNoteEditor({
    onError: (error) => expect.fail(error.message),
    onFiles: async () => '',
    onFollow: () => {},
  })
  editor.setEditable(true)
  fill(editor, EMPTY_TREE)
})
afterEach(() => editor.dispose())

const load = (markdown: string) => fill(editor, parseMarkdown(markdown).blocks)
/** Text of the block with the caret. */
const caret = () =>
  editor.read(() => {
    const selection = $getSelection()
    return $isRangeSelection(selection) ? selection.anchor.getNode().getTopLevelElement()?.getTextContent() : null
  })

describe('typing', () => {
  test('a mark makes its footnote at the end, and the words go on behind the mark', () => {
    typeKeys(editor, 'One[^1] two[^why] three')
    expect(markdownOf(editor)).toBe('One[^1] two[^why] three\n\n[^1]:\n\n[^why]:\n')
  })

  test('a second mark of a label makes no second footnote', () => {
    typeKeys(editor, 'One[^1] two[^1] three')
    expect(markdownOf(editor)).toBe('One[^1] two[^1] three\n\n[^1]:\n')
  })

  test('a footnote is written where it is typed, also in the place of one that waits', () => {
    typeKeys(editor, 'One[^1] two\n[^1]: Its words.')
    expect(markdownOf(editor)).toBe('One[^1] two\n\n[^1]: Its words.\n')
  })

  test('a mark at the beginning of a line stays a mark', () => {
    typeKeys(editor, '[^1] begins')
    expect(markdownOf(editor)).toBe('[^1] begins\n')
  })

  test('a footnote that has its words keeps them', () => {
    load('One[^1]\n\n[^1]: Its words.')
    change(editor, () => $getRoot().getFirstChildOrThrow().selectEnd())
    typeKeys(editor, '\n[^1]: other')
    expect(markdownOf(editor)).toBe('One[^1]\n\n[^1]\\: other\n\n[^1]: Its words.\n')
  })
})

describe('words in the text', () => {
  const marks = () => editor.read(() => $readFootnotes().inline.map(({ words }) => words))

  test.each([
    ['One^[two] three', ['two']],
    ['One^[see [[Note]], *there*] three', ['see [[Note]], *there*']],
    ['One^[a [b] c]^[d]', ['a [b] c', 'd']],
    ['One [two] three', []],
    ['One^[] two', []],
  ])('typed: %s', (markdown, expected) => {
    typeKeys(editor, markdown)
    expect(marks()).toEqual(expected)
    const typed = markdownOf(editor)
    // what is typed is what is read, to the letter
    load(markdown)
    expect(marks()).toEqual(expected)
    expect(markdownOf(editor)).toBe(typed)
  })

  test('without its bracket it is text, with the caret where it was', () => {
    load('One^[two] three')
    const [key] = editor.read(() => [...$readFootnotes().numbers.keys()])
    change(editor, () => {
      const node = $getNodeByKey(key ?? '')
      if ($isTextNode(node)) node.spliceText(node.getTextContentSize() - 1, 1, '').select(3, 3)
    })
    expect(marks()).toEqual([])
    typeKeys(editor, 'x')
    expect(markdownOf(editor)).toBe('One^[txwo three\n')
  })
})

describe('the command', () => {
  test('makes mark and footnote with the next free label, and the caret stands in it', () => {
    load('One[^1] and two.\n\n[^1]: First.\n\nBelow.')
    change(editor, () => $getRoot().getFirstChildOrThrow().selectEnd())
    change(editor, () => expect($insertFootnote(editor)).toBe(true))
    typeKeys(editor, 'Second.')
    expect(markdownOf(editor)).toBe('One[^1] and two.[^2]\n\n[^1]: First.\n\n[^2]: Second.\n\nBelow.\n')
  })

  test('does nothing in code', () => {
    load('```\ncode\n```')
    change(editor, () => expect($insertFootnote(editor)).toBe(false))
    expect(markdownOf(editor)).toBe('```\ncode\n```\n')
  })
})

describe('numbers and ways', () => {
  const NOTE = 'A[^b] and[^a] then[^b] and.^[inline]\n\n[^a]: Of a.\n\n[^b]: Of b.\n\n[^c]: Of none.'

  test('numbers count in the order of the marks, and the footnotes have those of their marks', () => {
    load(NOTE)
    const { numbers, noteNumbers, inline } = editor.read($readFootnotes)
    expect([...numbers.values()]).toEqual([1, 2, 1, 3])
    expect([...noteNumbers.values()]).toEqual([2, 1])
    expect(inline).toEqual([{ key: [...numbers.keys()].at(-1), number: 3, words: 'inline' }])
  })

  test('a mark’s words can be read in place', () => {
    load(NOTE)
    const words = editor.read(() =>
      [...$readFootnotes().numbers.keys()].map((key) => JSON.stringify($wordsOfMark(key))),
    )
    expect(words[0]).toContain('Of b.')
    expect(words[3]).toContain('inline')
  })

  test('Mod+Enter goes to the footnote and back to the mark that one came from', () => {
    load(NOTE)
    const third = editor.read(() => [...$readFootnotes().numbers.keys()][2] ?? '')
    let jump: ReturnType<typeof $jumpAtCaret> = null
    change(editor, () => {
      const node = $getRoot()
        .getAllTextNodes()
        .find((text) => text.getKey() === third)
      node?.selectEnd()
      jump = $jumpAtCaret(null)
    })
    expect(jump).toMatchObject({ fromMark: third })
    expect(caret()).toBe('Of b.')
    change(editor, () => {
      jump = $jumpAtCaret(third)
    })
    expect(jump).toEqual({ to: third, fromMark: null })
    expect(caret()).toContain('A[^b]')
  })

  test('a footnote without a mark leads nowhere', () => {
    load(NOTE)
    change(editor, () => expect($goToMark($getRoot().getLastChildOrThrow().getKey(), null)).toBeNull())
    change(editor, () => {
      $getRoot().getFirstChildOrThrow().selectStart()
      expect($jumpAtCaret(null)).toBeNull()
    })
  })
})
