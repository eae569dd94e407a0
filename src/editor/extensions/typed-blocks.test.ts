import { $getRoot, $getSelection, $isRangeSelection, DELETE_CHARACTER_COMMAND, KEY_ENTER_COMMAND } from 'lexical'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EditorPeer, startEditor } from '../../testing/editor-peers.ts'
import { change, markdownOf, treeOf, typeKeys } from '../../testing/editor-typing.ts'

let peer: EditorPeer
beforeEach(() => {
  peer = startEditor('')
  change(peer.editor, () => void $getRoot().selectEnd())
})
afterEach(() => {
  expect(peer.errors).toEqual([])
  peer.session.verify()
  expect(peer.session.difference).toBe(null)
  peer.dispose()
})

const key = { preventDefault: () => {}, stopPropagation: () => {}, stopImmediatePropagation: () => {} }
/** Types as a person does: a line end is the Enter key. */
function type(text: string): void {
  for (const [at, line] of text.split('\n').entries()) {
    if (at > 0) change(peer.editor, () => void peer.editor.dispatchCommand(KEY_ENTER_COMMAND, key as never))
    typeKeys(peer.editor, line)
  }
}
const backspace = () => change(peer.editor, () => void peer.editor.dispatchCommand(DELETE_CHARACTER_COMMAND, true))
const plain = () => peer.editor.read(() => $getRoot().getTextContent())

describe('Markdown as it is typed', () => {
  test.each([
    ['# a', '# a\n'],
    ['###### a', '###### a\n'],
    ['* a', '- a\n'],
    ['+ a', '- a\n'],
    ['3. a\nb', '3. a\n4. b\n'],
    ['1) a', '1. a\n'],
    ['- [x] a', '- [x] a\n'],
    ['- [-] a', '- [-] a\n'],
    ['> [!tip]- t\na', '> [!tip]- t\n> a\n'],
    ['```ts\na', '```ts\na\n```\n'],
    ['---\na', '---\n\na\n'],
    ['a $x^2$ b', 'a $x^2$ b\n'],
    ['| a | b \\|\n', '\\| a | b \\\\|\n'],
    ['| a | `b|`\n', '\\| a | `b|`\n'],
    ['it costs $5 and $6', 'it costs $5 and $6\n'],
    ['from $5-$6 up', 'from $5-$6 up\n'],
    ['so $$x$$ it', 'so $$x$$ it\n'],
    ['$$x$$', '$$x$$\n'],
    ['$$\nx', '$$\nx\n$$\n'],
    ['%%\nx', '%%\nx\n%%\n'],
    ['| a | **b** |\nc', '| a | **b** |\n| --- | ----- |\n| c |       |\n'],
    ['| a \\| b |\nc', '| a \\| b |\n| ------ |\n| c      |\n'],
    ['a | b |\nc', 'a | b |\n\nc\n'],
    ['[^1]: a\nb', '[^1]: a\n\n    b\n'],
    ['said [^1]: a', 'said [^1]: a\n\n[^1]:\n'],
    ['a **b** *c* ***d*** __e__ _f_ ~~g~~ ==h== `i`', 'a **b** *c* ***d*** **e** *f* ~~g~~ ==h== `i`\n'],
    ['![a](b.png) [a](https://b.org) [[a]] ![[b]]', '![a](b.png) [a](https://b.org) [[a]] ![[b]]\n'],
    ['> $$\nx', '> $$\n> x\n> $$\n'],
    ['> | a |\nb', '> | a |\n> | --- |\n> | b |\n'],
  ])('%j', (keys, markdown) => {
    type(keys)
    expect(
      markdownOf(peer.editor)
        .replaceAll(/ +\|/g, ' |')
        .replaceAll(/-{3,} \|/g, '--- |'),
    ).toBe(markdown.replaceAll(/ +\|/g, ' |').replaceAll(/-{3,} \|/g, '--- |'))
  })
})

const SHORTCUTS: readonly (readonly [keys: string, text: string])[] = [
  ['# ', '# '],
  ['- ', '- '],
  ['1. ', '1. '],
  ['> ', '> '],
  ['a **b**', 'a **b**'],
  ['a `b`', 'a `b`'],
  ['a ==b==', 'a ==b=='],
  ['a [[b]]', 'a [[b]]'],
  ['a [b](https://c.org)', 'a [b](https://c.org)'],
  ['a $b$', 'a $b$'],
  ['$$b$$', '$$b$$'],
  ['%%b%%', '%%b%%'],
  ['```ts\n', '```ts'],
  ['$$\n', '$$'],
  ['| a |\n', '| a |'],
  ['---\n', '---'],
  ['[^1]: ', '[^1]: '],
]

describe('right after it became what it means', () => {
  test.each(SHORTCUTS)('undo gives back %j', (keys, text) => {
    type(keys)
    const made = JSON.stringify(treeOf(peer.editor))
    peer.session.undo()
    expect(plain()).toBe(text)
    expect(JSON.stringify(treeOf(peer.editor))).not.toBe(made)
  })

  // but for a link to a note, which Backspace removes as a whole
  test.each(SHORTCUTS.filter(([keys]) => !keys.includes('[[')))('and Backspace, %j', (keys, text) => {
    type(keys)
    backspace()
    expect(plain()).toBe(text)
    const at = peer.editor.read(() => {
      const selection = $getSelection()
      return $isRangeSelection(selection) && selection.isCollapsed()
    })
    expect(at).toBe(true)
    type('z')
    expect(plain()).toBe(`${text}z`)
  })

  test('what is typed then is a step of its own', () => {
    type('# Title')
    peer.session.undo()
    expect(markdownOf(peer.editor)).toBe('#\n')
    peer.session.undo()
    expect(plain()).toBe('# ')
  })
})
