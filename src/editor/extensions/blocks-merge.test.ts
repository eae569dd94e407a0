import { $getRoot } from 'lexical'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EditorPeer, exchange, joinEditor, startEditor } from '../../testing/editor-peers.ts'
import { change, markdownOf } from '../../testing/editor-typing.ts'
import { $deleteBlocks, $moveBlocks, $unitOf } from './blocks.ts'
import { $turnInto } from './turn-into.ts'

let a: EditorPeer
let b: EditorPeer
const begin = (markdown: string) => {
  a = startEditor(markdown)
  b = joinEditor(a)
}
beforeEach(() => begin('one\n\ntwo\n\nthree\n\nfour\n'))
afterEach(() => {
  for (const peer of [a, b]) {
    expect(peer.errors).toEqual([])
    expect(peer.session.state).toBe('live')
    peer.session.verify()
    expect(peer.session.difference).toBe(null)
    peer.dispose()
  }
})

const write = ({ editor }: EditorPeer, block: number, text: string) =>
  change(editor, () => $getRoot().getChildAtIndex(block)?.selectEnd().insertText(text))
const $move = (from: number, to: number, where: 'before' | 'after') => {
  const blocks = $getRoot().getChildren()
  const [block, target] = [blocks[from], blocks[to]]
  if (block && target) $moveBlocks([block], { key: target.getKey(), where })
}

describe('a move (E20)', () => {
  test('leaves what others type in the blocks that it passes where it is', () => {
    change(a.editor, () => $move(0, 3, 'after'))
    write(b, 1, ' typed')
    write(b, 3, ' here')
    exchange(a, b)
    expect(markdownOf(a.editor)).toBe('two typed\n\nthree\n\nfour here\n\none\n')
    expect(markdownOf(b.editor)).toBe(markdownOf(a.editor))
  })

  test('is one step of undo, and one of redo', () => {
    write(a, 0, '!')
    change(a.editor, () => $move(0, 3, 'after'))
    write(a, 3, '?')
    expect(markdownOf(a.editor)).toBe('two\n\nthree\n\nfour\n\none!?\n')
    a.session.undo()
    expect(markdownOf(a.editor)).toBe('two\n\nthree\n\nfour\n\none!\n')
    a.session.undo()
    expect(markdownOf(a.editor)).toBe('one!\n\ntwo\n\nthree\n\nfour\n')
    a.session.redo()
    expect(markdownOf(a.editor)).toBe('two\n\nthree\n\nfour\n\none!\n')
  })

  test('of an item rewrites no other item', () => {
    a.dispose()
    b.dispose()
    begin('- one\n- two\n- three\n')
    change(a.editor, () => {
      const [first, , third] = $getRoot().getAllTextNodes().map($unitOf)
      if (first && third) $moveBlocks([first], { key: third.getKey(), where: 'after' })
    })
    change(b.editor, () => $getRoot().getAllTextNodes()[1]?.select().insertText(' typed'))
    exchange(a, b)
    expect(markdownOf(a.editor)).toBe('- two typed\n- three\n- one\n')
    expect(markdownOf(b.editor)).toBe(markdownOf(a.editor))
  })
})

describe('turning into', () => {
  test('another level of a heading, and another style of a list, loses nothing that is typed meanwhile', () => {
    a.dispose()
    b.dispose()
    begin('# one\n\n- two\n')
    change(a.editor, () => $turnInto('h3', $getRoot().getChildren().slice(0, 1)))
    change(a.editor, () => $turnInto('check', $getRoot().getChildren().slice(1)))
    change(b.editor, () => {
      for (const text of $getRoot().getAllTextNodes()) text.select().insertText(' typed')
    })
    exchange(a, b)
    expect(markdownOf(a.editor)).toBe('### one typed\n\n- [ ] two typed\n')
    expect(markdownOf(b.editor)).toBe(markdownOf(a.editor))
  })

  test('is one step of undo for several blocks', () => {
    change(a.editor, () => $turnInto('bullet', $getRoot().getChildren().slice(0, 3)))
    expect(markdownOf(a.editor)).toBe('- one\n- two\n- three\n\nfour\n')
    a.session.undo()
    expect(markdownOf(a.editor)).toBe('one\n\ntwo\n\nthree\n\nfour\n')
  })

  test('one block leaves its neighbours to those who type in them', () => {
    change(a.editor, () => $turnInto('quote', $getRoot().getChildren().slice(1, 2)))
    write(b, 0, ' typed')
    write(b, 2, ' typed')
    exchange(a, b)
    expect(markdownOf(a.editor)).toBe('one typed\n\n> two\n\nthree typed\n\nfour\n')
    expect(markdownOf(b.editor)).toBe(markdownOf(a.editor))
  })
})

test('deleting several blocks is one step of undo', () => {
  change(a.editor, () => $deleteBlocks($getRoot().getChildren().slice(0, 2)))
  expect(markdownOf(a.editor)).toBe('three\n\nfour\n')
  a.session.undo()
  expect(markdownOf(a.editor)).toBe('one\n\ntwo\n\nthree\n\nfour\n')
})
