import { $createLinkNode } from '@lexical/link'
import {
  $createTabNode,
  $createTextNode,
  $getRoot,
  $getSelection,
  $isRangeSelection,
  FORMAT_TEXT_COMMAND,
  KEY_ARROW_DOWN_COMMAND,
  KEY_ARROW_UP_COMMAND,
  type LexicalEditorWithDispose,
} from 'lexical'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EMPTY_TREE, type ListItem } from '../../core/markdown/tree.ts'
import { change, fill, markdownOf, treeOf, typeKeys } from '../../testing/editor-typing.ts'
import { $createRawNode } from '../nodes/RawNode.ts'
import { $createWikilinkNode } from '../nodes/WikilinkNode.ts'
import { createNoteEditor } from '../note-editor.ts'
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

describe('Markdown as it is typed', () => {
  test.each([
    ['# Title', '# Title\n'],
    ['### Title', '### Title\n'],
    ['- one', '- one\n'],
    ['1. one', '1. one\n'],
    ['- [ ] one', '- [ ] one\n'],
    ['- one\n[x] two', '- one\n- [x] two\n'],
    ['> words', '> words\n'],
    ['a **bold** word', 'a **bold** word\n'],
    ['an *italic* word', 'an *italic* word\n'],
    ['a ~~struck~~ word', 'a ~~struck~~ word\n'],
    ['a `code` word', 'a `code` word\n'],
    ['a ==marked== word', 'a ==marked== word\n'],
    ['see [[Blast radius]] there', 'see [[Blast radius]] there\n'],
    ['see ![words](Attachments/photo.png) there', 'see ![words](Attachments/photo.png) there\n'],
    ['said[^1] so', 'said[^1] so\n\n[^1]:\n'],
    ['a %%note to self%% b', 'a %%note to self%% b\n'],
    ['see ![[photo.png]]', 'see ![[photo.png]]\n'],
    ['see [words](https://example.org) there', 'see [words](https://example.org) there\n'],
  ])('%s', (keys, markdown) => {
    typeKeys(editor, keys)
    expect(markdownOf(editor)).toBe(markdown)
  })

  test('a fence and Enter make a code block, in which nothing is read', () => {
    typeKeys(editor, '```ts ')
    typeKeys(editor, '# **no** [[link]]')
    expect(treeOf(editor)).toEqual([{ type: 'code', info: 'ts', text: '# **no** [[link]]' }])
  })

  test('three dashes and a space make a rule', () => {
    typeKeys(editor, '--- after')
    expect(treeOf(editor).map(({ type }) => type)).toEqual(['rule', 'paragraph'])
  })

  test('a verbatim block is source: nothing in it is read', () => {
    fill(editor, [{ type: 'verbatim', source: '| a |' }])
    typeKeys(editor, ' # **x** [[y]] ')
    expect(treeOf(editor)).toEqual([{ type: 'verbatim', source: '| a | # **x** [[y]] ' }])
  })

  test('a web address becomes a link at the space after it', () => {
    typeKeys(editor, 'see https://example.org/a now')
    expect(treeOf(editor)).toEqual([
      {
        type: 'paragraph',
        children: [
          { type: 'text', text: 'see ', marks: 0 },
          {
            type: 'link',
            url: 'https://example.org/a',
            title: '',
            children: [{ type: 'text', text: 'https://example.org/a', marks: 0 }],
          },
          { type: 'text', text: ' now', marks: 0 },
        ],
      },
    ])
  })

  test('an address that may not be opened makes no link', () => {
    typeKeys(editor, '[words](javascript:x)')
    expect(treeOf(editor)).toEqual([
      { type: 'paragraph', children: [{ type: 'text', text: '[words](javascript:x)', marks: 0 }] },
    ])
  })
})

describe('normal forms', () => {
  test('a tab is a character', () => {
    change(editor, () => $getRoot().getFirstChildOrThrow().selectEnd().insertNodes([$createTabNode()]))
    expect(treeOf(editor)).toEqual([{ type: 'paragraph', children: [{ type: 'text', text: '\t', marks: 0 }] }])
  })

  test('a raw run that was emptied is gone, a link that lost a bracket is text', () => {
    change(editor, () => {
      const raw = $createRawNode('$x$')
      const link = $createWikilinkNode('A')
      $getRoot()
        .selectEnd()
        .insertNodes([$createTextNode('a'), raw, link])
      raw.setTextContent('')
      link.setTextContent('[[A]')
    })
    expect(treeOf(editor)).toEqual([{ type: 'paragraph', children: [{ type: 'text', text: 'a[[A]', marks: 0 }] }])
  })
})

describe('formats', () => {
  test('what Markdown has no sign for is refused', () => {
    typeKeys(editor, 'words')
    change(editor, () => {
      const text = $getRoot().getFirstChildOrThrow().selectStart()
      text.focus.set(text.anchor.key, 5, 'text')
    })
    change(editor, () => void editor.dispatchCommand(FORMAT_TEXT_COMMAND, 'underline'))
    expect(markdownOf(editor)).toBe('words\n')
    change(editor, () => void editor.dispatchCommand(FORMAT_TEXT_COMMAND, 'highlight'))
    expect(markdownOf(editor)).toBe('==words==\n')
  })
})

describe('text beside a link', () => {
  test('typing before and after a link leaves the link alone', () => {
    change(
      editor,
      () =>
        void $getRoot()
          .selectEnd()
          .insertNodes([$createWikilinkNode('A')]),
    )
    typeKeys(editor, 'b')
    change(editor, () => {
      $getRoot().getFirstChildOrThrow().selectStart()
    })
    typeKeys(editor, 'a')
    expect(markdownOf(editor)).toBe('a[[A]]b\n')
  })

  test('a link is removed as a whole', () => {
    typeKeys(editor, 'a [[B]]')
    change(editor, () => {
      const selection = $getSelection()
      if (!$isRangeSelection(selection)) return
      const node = selection.anchor.getNode()
      selection.anchor.set(node.getKey(), 4, 'text')
      selection.removeText()
    })
    expect(markdownOf(editor).trimEnd()).toBe('a')
  })

  test('links in a link are not made', () => {
    change(editor, () => {
      $getRoot()
        .selectEnd()
        .insertNodes([$createLinkNode('https://example.org').append($createTextNode('words'))])
    })
    expect(markdownOf(editor)).toBe('[words](https://example.org)\n')
  })
})

describe('moving blocks', () => {
  const move = (direction: 'up' | 'down') =>
    change(editor, () => void editor.dispatchCommand(MOVE_BLOCK_COMMAND, direction))

  test('a paragraph up and down, and no further than the ends', () => {
    fill(
      editor,
      ['a', 'b', 'c'].map((text) => ({ type: 'paragraph', children: [{ type: 'text', text, marks: 0 }] })),
    )
    move('up')
    expect(markdownOf(editor)).toBe('a\n\nc\n\nb\n')
    move('up')
    move('up')
    expect(markdownOf(editor)).toBe('c\n\na\n\nb\n')
    move('down')
    expect(markdownOf(editor)).toBe('a\n\nc\n\nb\n')
  })

  test('a list item takes what is nested below it along', () => {
    const item = (text: string, nested: string[] = []): ListItem => ({
      checked: null,
      children: [{ type: 'text' as const, text, marks: 0 }],
      lists:
        nested.length > 0
          ? [{ type: 'list' as const, style: 'bullet' as const, start: 1, items: nested.map((name) => item(name)) }]
          : [],
    })
    fill(editor, [{ type: 'list', style: 'bullet', start: 1, items: [item('a', ['a1']), item('b', []), item('c')] }])
    change(editor, () => void $getRoot().getFirstDescendant()?.selectEnd())
    move('down')
    expect(markdownOf(editor)).toBe('- b\n- a\n  - a1\n- c\n')
    move('up')
    expect(markdownOf(editor)).toBe('- a\n  - a1\n- b\n- c\n')
  })
})

describe('leaving source', () => {
  const press = (command: typeof KEY_ARROW_DOWN_COMMAND) =>
    change(editor, () => void editor.dispatchCommand(command, { preventDefault: () => {} } as KeyboardEvent))
  const types = () => treeOf(editor).map(({ type }) => type)

  test('a note that ends with source goes on below it, from its last line only', () => {
    fill(editor, [{ type: 'verbatim', source: '| a |\n| b |' }])
    change(editor, () => void $getRoot().getFirstDescendant()?.selectEnd())
    press(KEY_ARROW_DOWN_COMMAND)
    expect(types()).toEqual(['verbatim'])
    change(editor, () => void $getRoot().selectEnd())
    press(KEY_ARROW_DOWN_COMMAND)
    expect(types()).toEqual(['verbatim', 'paragraph'])
  })

  test('and above it, from its first', () => {
    fill(editor, [{ type: 'code', info: '', text: 'a\nb' }])
    press(KEY_ARROW_UP_COMMAND)
    expect(types()).toEqual(['code'])
    change(editor, () => void $getRoot().getFirstDescendant()?.selectStart())
    press(KEY_ARROW_UP_COMMAND)
    expect(types()).toEqual(['paragraph', 'code'])
  })
})
