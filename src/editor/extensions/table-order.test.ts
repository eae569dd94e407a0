import { $isTableNode } from '@lexical/table'
import { $getRoot } from 'lexical'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { seedTree } from '../../testing/convergence-peers.ts'
import { change, markdownOf } from '../../testing/editor-typing.ts'
import { createNoteEditor } from '../note-editor.ts'
import { createNoteSession } from '../session/note-session.ts'
import { $cellAt } from './table-shape.ts'
import { TABLE_COMMAND, type TableAct } from './tables.ts'

const ROWS = '| n | word |\n| --- | --- |\n| 3 | long words |\n| 2 | x |\n| 1 | y |\n'
const disposers: (() => void)[] = []
afterEach(() => {
  for (const dispose of disposers.splice(0)) dispose()
})

function peer(seed: Uint8Array) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seed)
  const awareness = new Awareness(doc)
  const errors: Error[] = []
  const editor = createNoteEditor({
    onError: (error) => errors.push(error),
    onFiles: async () => '',
    onFollow: () => {},
  })
  const session = createNoteSession({ id: 'note', doc, awareness, editor, idle: () => () => {} })
  disposers.push(() => {
    session.dispose()
    editor.dispose()
    awareness.destroy()
    expect(errors).toEqual([])
  })
  const caret = (row: number, column: number, text = '') =>
    change(editor, () => {
      const table = $getRoot().getChildren().find($isTableNode)
      const selection = table && $cellAt(table, row, column)?.selectEnd()
      if (text !== '') selection?.insertText(text)
    })
  const run = (act: TableAct) => change(editor, () => void editor.dispatchCommand(TABLE_COMMAND, act))
  return { doc, awareness, editor, session, caret, run }
}

function two() {
  const seed = seedTree(parseMarkdown(ROWS).blocks)
  const [a, b] = [peer(seed), peer(seed)]
  const meet = () => {
    const fromA = Y.encodeStateAsUpdate(a.doc)
    Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc))
    Y.applyUpdate(b.doc, fromA)
    for (const { session } of [a, b]) {
      session.verify()
      expect(session.state).toBe('live')
    }
    expect(markdownOf(b.editor)).toBe(markdownOf(a.editor))
    return markdownOf(a.editor)
  }
  return { a, b, meet }
}

describe('E22, while somebody else types', () => {
  test('of two rows the one with fewer words moves: what is typed into the other stands where it was typed', () => {
    const { a, b, meet } = two()
    a.caret(2, 0)
    a.run({ do: 'move-row', to: 'up' })
    b.caret(1, 1, '!')
    b.caret(3, 1, '?')
    expect(meet()).toBe('| n | word |\n| --- | --- |\n| 2 | x |\n| 3 | long words! |\n| 1 | y? |\n')
  })

  test('a row in which somebody has the caret stays, and its neighbour moves', async () => {
    const { a, b, meet } = two()
    b.caret(2, 1)
    // a caret is told a moment later
    await vi.waitFor(() => expect(b.awareness.getLocalState()?.anchorPos).toBeTruthy())
    const tell = (focusing: boolean) => {
      b.awareness.setLocalStateField('focusing', focusing)
      applyAwarenessUpdate(a.awareness, encodeAwarenessUpdate(b.awareness, [b.doc.clientID]), 'test')
    }
    a.caret(1, 0)
    tell(true)
    a.run({ do: 'move-row', to: 'down' })
    // a caret is drawn with what arrives, and here is no page to draw it on
    tell(false)
    b.caret(2, 1, '!')
    expect(meet()).toBe('| n | word |\n| --- | --- |\n| 2 | x! |\n| 3 | long words |\n| 1 | y |\n')
  })

  test('a column moves row by row, each by its lighter cell', () => {
    const { a, b, meet } = two()
    a.caret(1, 0)
    a.run({ do: 'move-column', to: 'right' })
    b.caret(0, 1, '!')
    b.caret(1, 1, '!')
    expect(meet()).toBe('| word! | n |\n| --- | --- |\n| long words! | 3 |\n| x | 2 |\n| y | 1 |\n')
  })

  test('sorting leaves the rows that are in order where they are', () => {
    const { a, b, meet } = two()
    a.caret(1, 0)
    a.run({ do: 'sort', order: 'ascending' })
    b.caret(1, 1, '!')
    expect(meet()).toBe('| n | word |\n| --- | --- |\n| 1 | y |\n| 2 | x |\n| 3 | long words! |\n')
  })

  test('rows and columns that both add are both there', () => {
    const { a, b, meet } = two()
    a.caret(1, 0)
    a.run({ do: 'add-row', side: 'below' })
    b.caret(2, 1)
    b.run({ do: 'add-column', side: 'right' })
    b.caret(2, 2, 'new')
    expect(meet()).toBe(
      '| n | word |  |\n| --- | --- | --- |\n| 3 | long words |  |\n|  |  |  |\n| 2 | x | new |\n| 1 | y |  |\n',
    )
  })
})
