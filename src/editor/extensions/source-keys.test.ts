import { $isCodeNode, type CodeNode } from '@lexical/code-core'
import {
  $createRangeSelection,
  $getRoot,
  $setSelection,
  INSERT_PARAGRAPH_COMMAND,
  KEY_TAB_COMMAND,
  type LexicalEditorWithDispose,
} from 'lexical'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { change, fill, markdownOf, typeKeys } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'

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

const code = (text: string) => fill(editor, [{ type: 'code', info: 'ts', text }])
const shown = () => markdownOf(editor).replace(/^```ts\n|\n```\n$/g, '')

/** Selects from the start of one line to the end of another. */
function select(first: number, last: number): void {
  change(editor, () => {
    const block = $getRoot().getFirstChildOrThrow<CodeNode>()
    expect($isCodeNode(block)).toBe(true)
    const starts = [0, ...block.getChildren().flatMap((child, at) => (child.getType() === 'linebreak' ? [at + 1] : []))]
    const selection = $createRangeSelection()
    selection.anchor.set(block.getKey(), starts[first] ?? 0, 'element')
    selection.focus.set(block.getKey(), (starts[last + 1] ?? block.getChildrenSize() + 1) - 1, 'element')
    $setSelection(selection)
  })
}

const tab = (shiftKey = false) =>
  change(editor, () => {
    editor.dispatchCommand(KEY_TAB_COMMAND, { shiftKey, preventDefault: () => {} } as KeyboardEvent)
  })

test('Tab at the caret goes one step in: as the block does, else by a tab', () => {
  code('a')
  tab()
  expect(shown()).toBe('a\t')
  code('a {\n  b\n}')
  tab()
  expect(shown()).toBe('a {\n  b\n}  ')
})

test('Tab over lines moves each of them in, but for empty ones', () => {
  code('one\n\ntwo\nthree')
  select(0, 2)
  tab()
  expect(shown()).toBe('\tone\n\n\ttwo\nthree')
})

test('Shift+Tab moves lines out by one step, and no further than they stand in', () => {
  code('    one\n  two\nthree')
  select(0, 2)
  tab(true)
  expect(shown()).toBe('  one\ntwo\nthree')
})

test('Shift+Tab at the caret moves its line only', () => {
  code('\tone\n\ttwo')
  tab(true)
  expect(shown()).toBe('\tone\ntwo')
})

test('Enter keeps how far a line stands in', () => {
  code('  one')
  change(editor, () => editor.dispatchCommand(INSERT_PARAGRAPH_COMMAND, undefined))
  typeKeys(editor, 'two')
  expect(shown()).toBe('  one\n  two')
})
