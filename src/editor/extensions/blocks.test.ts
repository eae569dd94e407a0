import { $createRangeSelection, $getRoot, $setSelection, type LexicalEditorWithDispose, type TextNode } from 'lexical'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { change, fill, markdownOf, typeKeys } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'
import { $deleteBlocks, $duplicateBlocks, $moveBlocks, $selectedBlocks, $unitOf } from './blocks.ts'
import { MOVE_BLOCK_COMMAND } from './keys.ts'
import { $turnInto, type BlockKind } from './turn-into.ts'

let editor: LexicalEditorWithDispose
const errors: Error[] = []
beforeEach(() => {
  errors.length = 0
  editor = createNoteEditor({ onError: (error) => errors.push(error), onFiles: async () => '', onFollow: () => {} })
})
afterEach(() => {
  editor.dispose()
  expect(errors).toEqual([])
})

const $text = (text: string): TextNode => {
  const found = $getRoot()
    .getAllTextNodes()
    .find((each) => each.getTextContent().startsWith(text))
  if (!found) throw new Error(`no text ${text}`)
  return found
}
/** Opens Markdown with a selection from behind the first letter of one text to that of another. */
function open(markdown: string, from: string, to = from): void {
  fill(editor, parseMarkdown(markdown).blocks)
  change(editor, () => {
    const selection = $createRangeSelection()
    selection.anchor.set($text(from).getKey(), 1, 'text')
    selection.focus.set($text(to).getKey(), 1, 'text')
    $setSelection(selection)
  })
}
const move = (direction: 'up' | 'down') =>
  change(editor, () => void editor.dispatchCommand(MOVE_BLOCK_COMMAND, direction))

describe('moving the blocks that the selection touches', () => {
  test.each([
    ['several blocks', 'a\n\nb\n\nc\n\nd\n', 'b', 'c', 'up', 'b\n\nc\n\na\n\nd\n'],
    ['a selection that was made upwards', 'a\n\nb\n\nc\n\nd\n', 'c', 'b', 'down', 'a\n\nd\n\nb\n\nc\n'],
    [
      'several items with what is below them',
      '- a\n- b\n  - b1\n- c\n  - c1\n- d\n',
      'b',
      'c',
      'up',
      '- b\n  - b1\n- c\n  - c1\n- a\n- d\n',
    ],
    ['an item below one that has items', '- a\n  - a1\n- b\n', 'b', 'b', 'up', '- b\n- a\n  - a1\n'],
    ['an item below the items of the next', '- a\n- b\n  - b1\n- c\n', 'a', 'a', 'down', '- b\n  - b1\n- a\n- c\n'],
    ['a nested item stays in its list', '- a\n  - a1\n  - a2\n- b\n', 'a2', 'a2', 'down', '- a\n  - a1\n  - a2\n- b\n'],
    ['an item and one nested below the next', '- a\n- b\n  - b1\n- c\n', 'a', 'b1', 'down', '- c\n- a\n- b\n  - b1\n'],
    ['a list and a paragraph together', 'x\n\n- a\n- b\n\nc\n', 'a', 'c', 'up', '- a\n- b\n\nc\n\nx\n'],
    ['a block within a quote', '> a\n>\n> b\n\nc\n', 'b', 'b', 'up', '> b\n>\n> a\n\nc\n'],
    ['the last block of a quote stays in it', '> a\n>\n> b\n\nc\n', 'b', 'b', 'down', '> a\n>\n> b\n\nc\n'],
    ['a quote from without, with a paragraph', '> a\n\nb\n\nc\n', 'a', 'b', 'down', 'c\n\n> a\n\nb\n'],
    ['text of a callout stays below its title', '> [!note] t\n> a\n', 'a', 'a', 'up', '> [!note] t\n> a\n'],
    ['a callout moves by its title', 'x\n\n> [!note] t\n> a\n', 't', 't', 'up', '> [!note] t\n> a\n\nx\n'],
    ['a table moves whole', 'x\n\n| a |\n| --- |\n| b |\n', 'b', 'b', 'up', '| a   |\n| --- |\n| b   |\n\nx\n'],
  ] as const)('%s', (_, before, from, to, direction, after) => {
    open(before, from, to)
    move(direction)
    expect(markdownOf(editor).replaceAll(/ +\|/g, ' |')).toBe(after.replaceAll(/ +\|/g, ' |'))
  })

  test('the caret stays where it was in the words', () => {
    open('one\n\ntwo\n', 'two')
    move('up')
    typeKeys(editor, '!')
    expect(markdownOf(editor)).toBe('t!wo\n\none\n')
  })

  test('done tasks stay done', () => {
    open('- [x] a\n- [ ] b\n', 'a')
    move('down')
    expect(markdownOf(editor)).toBe('- [ ] b\n- [x] a\n')
  })
})

describe('moving a block beside any other', () => {
  const put = (where: 'before' | 'after', target: string) =>
    change(editor, () => {
      const units = $selectedBlocks()
      const beside = $unitOf($text(target))
      $moveBlocks(units, { key: beside?.getKey() ?? '', where })
    })

  test.each([
    ['over many', 'a\n\nb\n\nc\n\nd\n', 'a', 'after', 'd', 'b\n\nc\n\nd\n\na\n'],
    ['into a quote', 'a\n\n> b\n', 'a', 'after', 'b', '> b\n>\n> a\n'],
    ['out of a quote that then holds nothing', '> a\n\nb\n', 'a', 'after', 'b', 'b\n\na\n'],
    ['out of a callout', '> [!tip] t\n> a\n\nb\n', 'a', 'after', 'b', '> [!tip] t\n\nb\n\na\n'],
    [
      'an item into another list',
      '- a\n- b\n\nx\n\n1. c\n2. d\n',
      'b',
      'before',
      'd',
      '- a\n\nx\n\n1. c\n2. b\n3. d\n',
    ],
    ['an item out of its list', '- a\n- b\n\nx\n', 'a', 'after', 'x', '- b\n\nx\n\n- a\n'],
    [
      'an item with items below it, from below one with such',
      '- x\n  - yy\n- bb\n  - cc\n\npp\n',
      'bb',
      'after',
      'pp',
      '- x\n  - yy\n\npp\n\n- bb\n  - cc\n',
    ],
    ['the only item', '- a\n\nx\n', 'a', 'after', 'x', 'x\n\n- a\n'],
    ['the only nested item', '- a\n  - b\n- c\n', 'b', 'after', 'c', '- a\n- c\n- b\n'],
    ['a block beside an item goes beside the list', 'x\n\n- a\n- b\n', 'x', 'after', 'a', '- a\n- b\n\nx\n'],
    ['not into itself', '> a\n>\n> > b\n', 'a', 'after', 'a', '> a\n>\n> > b\n'],
  ] as const)('%s', (_, before, from, where, target, after) => {
    open(before, from)
    put(where, target)
    expect(markdownOf(editor)).toBe(after)
  })
})

describe('duplicating and deleting', () => {
  test('a copy stands below, with what is nested', () => {
    open('- [x] a **b**\n  - c\n- d\n', 'a')
    change(editor, () => $duplicateBlocks($selectedBlocks()))
    expect(markdownOf(editor)).toBe('- [x] a **b**\n  - c\n- [x] a **b**\n  - c\n- d\n')
  })

  test.each([
    ['a\n\nb\n\nc\n', 'b', 'a\n\nc\n'],
    ['- a\n- b\n', 'a', '- b\n'],
    ['> a\n\nb\n', 'a', 'b\n'],
    ['a\n', 'a', ''],
    ['- a\n', 'a', ''],
    ['[^1]: a\n', 'a', '[^1]:\n'],
  ])('%j', (before, at, after) => {
    open(before, at)
    change(editor, () => $deleteBlocks($selectedBlocks()))
    expect(markdownOf(editor).trim()).toBe(after.trim())
    typeKeys(editor, 'x')
    expect(markdownOf(editor)).toContain('x')
  })
})

describe('turning into', () => {
  test.each([
    ['paragraph to heading', 'a **b**\n', 'a', 'a', 'h2', '## a **b**\n'],
    ['heading to heading', '# a [[B]]\n', 'a', 'a', 'h3', '### a [[B]]\n'],
    ['heading to paragraph', '# a\n', 'a', 'a', 'paragraph', 'a\n'],
    ['paragraphs to one list', 'a\n\nb\n\nc\n', 'a', 'b', 'bullet', '- a\n- b\n\nc\n'],
    ['a paragraph joins the list above it', '- a\n\nb\n', 'b', 'b', 'bullet', '- a\n- b\n'],
    ['and the one below it', 'a\n\n1. b\n', 'a', 'a', 'number', '1. a\n2. b\n'],
    ['a whole list to tasks', '- a\n- b\n', 'a', 'b', 'check', '- [ ] a\n- [ ] b\n'],
    ['one item to a task', '- a\n- b\n- c\n', 'b', 'b', 'check', '- a\n- [ ] b\n- c\n'],
    ['done tasks to a list', '- [x] a\n', 'a', 'a', 'bullet', '- a\n'],
    ['a numbered item keeps the numbers around it', '3. a\n4. b\n5. c\n', 'b', 'b', 'paragraph', '3. a\n\nb\n\n5. c\n'],
    [
      'an item to a paragraph, and what is below it stays a list',
      '- a\n  - b\n- c\n',
      'a',
      'a',
      'paragraph',
      'a\n\n- b\n- c\n',
    ],
    ['a nested item to a heading', '- a\n  - b\n- c\n', 'b', 'b', 'h2', '- a\n\n## b\n\n- c\n'],
    ['paragraphs to a quote', 'a\n\nb\n\nc\n', 'a', 'b', 'quote', '> a\n>\n> b\n\nc\n'],
    ['an item to a quote', '- a\n- b\n', 'b', 'b', 'quote', '- a\n\n> - b\n'],
    ['a paragraph to a callout', 'a\n', 'a', 'a', 'callout', '> [!note]\n> a\n'],
    ['blocks to code, without marks', 'a **b**\n\nc\n', 'a', 'c', 'code', '```\na b\nc\n```\n'],
    ['code to a paragraph', '```js\na\nb\n```\n', 'a', 'a', 'paragraph', 'a\nb\n'],
    ['a paragraph in a quote to a heading', '> a\n>\n> b\n', 'a', 'a', 'h1', '> # a\n>\n> b\n'],
  ] as const)('%s', (_, before, from, to, kind, after) => {
    open(before, from, to)
    change(editor, () => $turnInto(kind as BlockKind))
    expect(markdownOf(editor)).toBe(after)
  })

  test.each([
    ['a quote to paragraphs', '> a\n>\n> - b\n', 'paragraph', 'a\n\nb\n'],
    ['a quote to a callout', '> a\n', 'callout', '> [!note]\n> a\n'],
    ['a callout to a quote', '> [!tip] t\n> a\n', 'quote', '> t\n>\n> a\n'],
    ['a callout to a list', '> [!tip] t\n> a\n', 'bullet', '- t\n- a\n'],
    ['a table stays one', '| a |\n| --- |\n', 'h1', '| a |\n| --- |\n'],
    ['a rule stays one', '---\n', 'bullet', '---\n'],
  ] as const)('as a whole, %s', (_, before, kind, after) => {
    fill(editor, parseMarkdown(before).blocks)
    change(editor, () => $turnInto(kind as BlockKind, $getRoot().getChildren()))
    expect(markdownOf(editor)).toBe(after)
  })

  test('an empty line keeps the caret', () => {
    fill(editor, parseMarkdown('').blocks)
    for (const [kind, markdown] of [
      ['h2', '## x\n'],
      ['check', '- [ ] x\n'],
      ['paragraph', 'x\n'],
      ['quote', '> x\n'],
    ] as const) {
      change(editor, () => $turnInto(kind))
      typeKeys(editor, 'x')
      expect(markdownOf(editor)).toBe(markdown)
      change(editor, () => $text('x').remove())
    }
  })
})
