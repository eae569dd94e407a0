import { $isTableNode } from '@lexical/table'
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isRangeSelection,
  DELETE_CHARACTER_COMMAND,
  type ElementNode,
  INSERT_LINE_BREAK_COMMAND,
  KEY_ARROW_DOWN_COMMAND,
  KEY_ARROW_UP_COMMAND,
  KEY_ENTER_COMMAND,
  KEY_TAB_COMMAND,
  type LexicalCommand,
  type LexicalEditorWithDispose,
  type LexicalNode,
} from 'lexical'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { printBlocks } from '../../core/markdown/print.ts'
import { EMPTY_TREE } from '../../core/markdown/tree.ts'
import { change, fill, markdownOf, treeOf, typeKeys } from '../../testing/editor-typing.ts'
import { $createQuoteNode, type QuoteNode } from '../nodes/QuoteNode.ts'
import { createNoteEditor } from '../note-editor.ts'
import { $insertMarkdown, $selectedMarkdown } from './clipboard.ts'
import { MOVE_BLOCK_COMMAND } from './keys.ts'

let editor: LexicalEditorWithDispose
const errors: Error[] = []
beforeEach(() => {
  errors.length = 0
  editor = createNoteEditor({ onError: (error) => errors.push(error), onFiles: async () => '', onFollow: () => {} })
  fill(editor, EMPTY_TREE)
})
afterEach(() => {
  editor.dispose()
  expect(errors).toEqual([])
})

const open = (markdown: string) => fill(editor, parseMarkdown(markdown).blocks)
const key = { preventDefault: () => {}, stopPropagation: () => {}, stopImmediatePropagation: () => {} }
const press = (command: LexicalCommand<KeyboardEvent> | typeof KEY_ENTER_COMMAND, shiftKey = false) =>
  change(editor, () => void editor.dispatchCommand(command, { ...key, shiftKey } as KeyboardEvent))
const backspace = () => change(editor, () => void editor.dispatchCommand(DELETE_CHARACTER_COMMAND, true))
/** Puts the caret before or behind the text that begins so. */
const caretAt = (text: string, where: 'start' | 'end' = 'end') =>
  change(editor, () => {
    const node = $getRoot()
      .getAllTextNodes()
      .find((each) => each.getTextContent().startsWith(text))
    if (where === 'start') node?.selectStart()
    else node?.selectEnd()
  })
const types = () => treeOf(editor).map(({ type }) => type)
/** The type of the block with the caret, and of what it stands in. */
const caretIn = (): string =>
  editor.read(() => {
    const selection = $getSelection()
    if (!$isRangeSelection(selection)) return ''
    const node = selection.anchor.getNode()
    const names = (each: LexicalNode): string[] => [...each.getParents().reverse(), each].map((part) => part.getType())
    return names(node)
      .filter((name) => name !== 'root' && name !== 'text')
      .join(' ')
  })

describe('containers, as they are typed', () => {
  test.each([
    ['> words', '> words\n'],
    ['> a\nb', '> a\n>\n> b\n'],
    ['> a\n\nb', '> a\n\nb\n'],
    ['> - one\ntwo', '> - one\n> - two\n'],
    ['> # Title', '> # Title\n'],
    ['> > deep', '> > deep\n'],
    ['> [!note] ', '> [!note]\n'],
    ['> [!tip]+ Read\nthis', '> [!tip]+ Read\n> this\n'],
    ['> [!note] # no', '> [!note] # no\n'],
    ['> [!note] a\nb\n\nc', '> [!note] a\n> b\n\nc\n'],
    ['> a\n[!note] b', '> a\n>\n> \\[!note] b\n'],
  ])('%j', (keys, markdown) => {
    typeKeys(editor, keys)
    expect(markdownOf(editor)).toBe(markdown)
  })
})

test('Enter right behind the sign of a callout makes it one, without a title', () => {
  typeKeys(editor, '> [!note]-')
  press(KEY_ENTER_COMMAND)
  typeKeys(editor, 'text')
  expect(markdownOf(editor)).toBe('> [!note]-\n> text\n')
})

describe('Enter and Backspace', () => {
  test('Backspace at the start of a quote takes it apart, and keeps its blocks', () => {
    open('> first\n>\n> second\n')
    caretAt('first', 'start')
    backspace()
    expect(markdownOf(editor)).toBe('first\n\nsecond\n')
  })

  test('Backspace at the start of a later line of a quote joins it with the one before', () => {
    open('> first\n>\n> second\n')
    caretAt('second', 'start')
    backspace()
    expect(markdownOf(editor)).toBe('> firstsecond\n')
  })

  test('Backspace at the start of a line below a quote goes into the quote, and takes nothing', () => {
    open('> quoted\n\nbelow\n')
    caretAt('below', 'start')
    backspace()
    expect(markdownOf(editor)).toBe('> quoted\n\nbelow\n')
    expect(caretIn()).toBe('quote paragraph')
  })

  test('Backspace at the start of a title takes the callout apart', () => {
    open('> [!note] Title\n> text\n')
    caretAt('Title', 'start')
    backspace()
    expect(markdownOf(editor)).toBe('Title\n\ntext\n')
  })

  test('Enter in the middle of a title: what is behind the caret is text', () => {
    open('> [!note] Title words\n> text\n')
    change(editor, () => {
      const node = $getRoot().getAllTextNodes()[0]
      node?.select(5, 5)
    })
    typeKeys(editor, '\n')
    expect(treeOf(editor)).toMatchObject([
      { type: 'callout', title: [{ text: 'Title' }], children: [{ type: 'paragraph' }, { type: 'paragraph' }] },
    ])
  })

  test('Enter at the end of a title goes to its text', () => {
    open('> [!note] Title\n> text\n')
    caretAt('Title')
    typeKeys(editor, '\nthe ')
    expect(markdownOf(editor)).toBe('> [!note] Title\n> the text\n')
  })

  test('a quote that was stored as text: typing leaves it so, Enter makes paragraphs of it', () => {
    change(editor, () => {
      $getRoot()
        .clear()
        .append($createQuoteNode().append($createTextNode('old words')))
      $getRoot().selectEnd()
    })
    typeKeys(editor, '!')
    expect(editor.read(() => $getRoot().getFirstChildOrThrow<QuoteNode>().isShadowRoot())).toBe(false)
    typeKeys(editor, '\nmore')
    expect(markdownOf(editor)).toBe('> old words!\n>\n> more\n')
  })

  test.each([
    ['Backspace', () => backspace(), 'own\n\nblock\n'],
    ['Enter', () => typeKeys(editor, '\n'), '> own\n>\n> block\n'],
    [
      'moving it',
      () => change(editor, () => void editor.dispatchCommand(MOVE_BLOCK_COMMAND, 'down')),
      '> block\n>\n> own\n',
    ],
    ['pasting', () => change(editor, () => $insertMarkdown('new ')), '> newown\n>\n> block\n'],
  ])('a quote with text beside a paragraph, after two edits that met: %s keeps both', (_name, act, markdown) => {
    change(editor, () => {
      $getRoot()
        .clear()
        .append(
          $createQuoteNode().append($createTextNode('own'), $createParagraphNode().append($createTextNode('block'))),
        )
      $getRoot().getAllTextNodes()[0]?.selectStart()
    })
    act()
    expect(markdownOf(editor)).toBe(markdown)
  })

  test('a callout whose title was deleted has an empty one; a title without a callout is a paragraph', () => {
    open('> [!note] Title\n> text\n')
    change(editor, () => $getRoot().getFirstChildOrThrow<ElementNode>().getFirstChildOrThrow().remove())
    expect(treeOf(editor)).toMatchObject([{ type: 'callout', title: [], children: [{ type: 'paragraph' }] }])
    open('> [!note] Title\n')
    change(editor, () => {
      const callout = $getRoot().getFirstChildOrThrow<ElementNode>()
      callout.insertAfter(callout.getFirstChildOrThrow())
      callout.remove()
    })
    expect(types()).toEqual(['paragraph'])
  })

  test('a title is one line', () => {
    open('> [!note] Title\n')
    caretAt('Title')
    change(editor, () => {
      const selection = $getSelection()
      if ($isRangeSelection(selection)) selection.insertNodes([$createLineBreakNode(), $createTextNode('more')])
    })
    expect(markdownOf(editor)).toBe('> [!note] Title more\n')
  })

  test('a deletion from a quote to below it keeps what was not selected', () => {
    open('> first\n>\n> second\n\nbelow\n')
    change(editor, () => {
      const [, second, below] = $getRoot().getAllTextNodes()
      const selection = second?.select(3, 3)
      if (below) selection?.focus.set(below.getKey(), 3, 'text')
      selection?.removeText()
    })
    expect(markdownOf(editor).replace(/\s+/g, ' ')).toMatch(/^> first > > sec ?ow $/)
  })
})

describe('leaving what a note begins or ends with', () => {
  test.each(['> quoted\n', '> [!note] Title\n', '> [!note] Title\n> text\n', '[^1]: words\n', '| a |\n| --- |\n'])(
    'down from the end of %j, and up from its start',
    (markdown) => {
      open(markdown)
      change(editor, () => void $getRoot().getLastDescendant()?.selectEnd())
      press(KEY_ARROW_DOWN_COMMAND)
      expect(types().length).toBe(2)
      expect(types()[1]).toBe('paragraph')
      change(editor, () => void $getRoot().getFirstDescendant()?.selectStart())
      press(KEY_ARROW_UP_COMMAND)
      expect(types().length).toBe(3)
      expect(types()[0]).toBe('paragraph')
    },
  )

  test('not from the middle, nor where something stands below', () => {
    open('> quoted\n\nbelow\n')
    caretAt('quoted')
    press(KEY_ARROW_DOWN_COMMAND)
    open('> quoted\n')
    caretAt('quoted', 'start')
    press(KEY_ARROW_DOWN_COMMAND)
    expect(types()).toEqual(['quote'])
  })
})

describe('pasting and replacing', () => {
  const paste = (markdown: string) => change(editor, () => $insertMarkdown(markdown))

  test.each([
    ['a title', '> [!note] Title\n> text\n', 'Title'],
    ['a quote', '> Title\n>\n> text\n', 'Title'],
    ['a footnote', '[^1]: Title\n\n    text\n', 'Title'],
    ['an item in a quote', '> - Title\n> - text\n', 'Title'],
  ])('blocks that are pasted into %s: every word is there, once', (_name, markdown, at) => {
    open(markdown)
    caretAt(at)
    paste('# Head\n\n- one\n- two\n\n> quoted\n\n| alpha | beta |\n| --- | --- |\n\nlast')
    const after = markdownOf(editor)
    for (const word of ['Title', 'text', 'Head', 'one', 'two', 'quoted', 'alpha', 'beta', 'last']) {
      expect(after.split(word).length - 1, word).toBe(1)
    }
    expect(printBlocks(parseMarkdown(after).blocks)).toBe(after)
  })

  test('into a quote that was stored as text', () => {
    change(editor, () => {
      $getRoot()
        .clear()
        .append($createQuoteNode().append($createTextNode('old words')))
      $getRoot().selectEnd()
    })
    paste('# Head\n\nlast')
    expect(markdownOf(editor).replace(/[>\s]+/g, ' ')).toBe(' old wordsHead last ')
  })

  test.each([
    ['above', 'in a cell', 'above\n\n| in a cell | b |\n| --- | --- |\n'],
    ['in a cell', 'below', '| in a cell | b |\n| --- | --- |\n\nbelow\n'],
    ['quoted', 'below', '> quoted\n>\n> more\n\nbelow\n'],
    ['above', 'Title', 'above\n\n> [!note] Title\n> text\n'],
    ['Title', 'below', '> [!note] Title\n> text\n\nbelow\n'],
  ])('typing over what is selected from %j to %j leaves a note that can be written', (from, to, markdown) => {
    open(markdown)
    change(editor, () => {
      const nodes = $getRoot().getAllTextNodes()
      const first = nodes.find((node) => node.getTextContent() === from)
      const last = nodes.find((node) => node.getTextContent() === to)
      const selection = first?.select(2, 2)
      if (last) selection?.focus.set(last.getKey(), 2, 'text')
    })
    typeKeys(editor, 'XY')
    const after = markdownOf(editor)
    expect(after).toContain('XY')
    expect(printBlocks(parseMarkdown(after).blocks)).toBe(after)
  })

  test('typing over the whole note', () => {
    open('> [!note] Title\n> text\n\n| a | b |\n| --- | --- |\n')
    change(editor, () => void $getRoot().select(0, $getRoot().getChildrenSize()))
    typeKeys(editor, 'XY')
    expect(markdownOf(editor)).toContain('XY')
    expect(markdownOf(editor)).not.toContain('text')
  })
})

describe('copying', () => {
  const selected = () => editor.read(() => $selectedMarkdown(editor))

  test('a whole note is its Markdown, containers and tables included', () => {
    const markdown =
      '> [!tip]+ Title\n> text\n>\n> > deep\\\n> > hard\n\n| a | b |\n| :-- | --: |\n| c | [[d\\|e]] |\n\n[^1]: words'
    open(`${markdown}\n`)
    change(editor, () => void $getRoot().select(0, $getRoot().getChildrenSize()))
    expect(selected()).toBe(markdown)
  })

  test('words of a quote are words; lines of it are blocks', () => {
    open('> first words\n>\n> second words\n')
    change(editor, () => void $getRoot().getAllTextNodes()[0]?.select(6, 11))
    expect(selected()).toBe('words')
    change(editor, () => {
      const [first, second] = $getRoot().getAllTextNodes()
      const selection = first?.select(6, 6)
      if (second) selection?.focus.set(second.getKey(), 6, 'text')
    })
    expect(selected()).toContain('words\n')
    expect(selected()).toContain('second')
  })

  test('a word of a cell is a word', () => {
    open('| a | words here |\n| --- | --- |\n')
    change(editor, () => void $getRoot().getAllTextNodes()[1]?.select(0, 5))
    expect(selected()).toBe('words')
  })
})

describe('tables', () => {
  const table = '| a | b |\n| --- | --- |\n| c | d |\n'

  test('Tab and Shift+Tab walk the cells; beyond the last is what is below', () => {
    open(table)
    caretAt('a')
    press(KEY_TAB_COMMAND)
    typeKeys(editor, '1')
    press(KEY_TAB_COMMAND)
    typeKeys(editor, '2')
    press(KEY_TAB_COMMAND, true)
    typeKeys(editor, '3')
    expect(markdownOf(editor)).toBe('| a | b13 |\n| --- | --- |\n| c2 | d |\n')
    caretAt('d')
    press(KEY_TAB_COMMAND)
    typeKeys(editor, 'below')
    expect(markdownOf(editor)).toBe('| a | b13 |\n| --- | --- |\n| c2 | d |\n\nbelow\n')
  })

  test('Shift+Enter in a cell is a line break', () => {
    open(table)
    caretAt('c')
    change(editor, () => void editor.dispatchCommand(INSERT_LINE_BREAK_COMMAND, false))
    typeKeys(editor, 'x')
    expect(markdownOf(editor)).toBe('| a | b |\n| --- | --- |\n| c<br>x | d |\n')
  })

  test('no sign of a block is read in a cell, but signs of words are', () => {
    open('| a |  |\n| --- | --- |\n')
    caretAt('a')
    press(KEY_TAB_COMMAND)
    typeKeys(editor, '- # **x** [[y|z]]')
    expect(markdownOf(editor)).toBe('| a | - # **x** [[y\\|z]] |\n| --- | --- |\n')
  })

  test('blocks that are pasted into a cell become lines of it', () => {
    open(table)
    caretAt('d')
    change(editor, () => $insertMarkdown('# Title\n\n- one\n- two\n'))
    const markdown = markdownOf(editor)
    expect(markdown).toContain('one')
    expect(markdown).toContain('two')
    expect(markdown).toContain('Title')
    expect(types()).toEqual(['table'])
    expect(editor.read(() => $isTableNode($getRoot().getFirstChild()))).toBe(true)
  })

  test('Backspace at the start of a cell does nothing', () => {
    open(table)
    caretAt('d', 'start')
    backspace()
    expect(markdownOf(editor)).toBe(table)
  })

  test('a table is moved as a whole, a callout by its title', () => {
    open(`first\n\n${table}`)
    caretAt('d')
    change(editor, () => void editor.dispatchCommand(MOVE_BLOCK_COMMAND, 'up'))
    expect(types()).toEqual(['table', 'paragraph'])
    open('first\n\n> [!note] Title\n> text\n')
    caretAt('text')
    change(editor, () => void editor.dispatchCommand(MOVE_BLOCK_COMMAND, 'up'))
    expect(types()).toEqual(['paragraph', 'callout'])
    caretAt('Title')
    change(editor, () => void editor.dispatchCommand(MOVE_BLOCK_COMMAND, 'up'))
    expect(types()).toEqual(['callout', 'paragraph'])
  })
})
