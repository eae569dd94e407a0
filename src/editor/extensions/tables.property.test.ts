import { $isTableNode } from '@lexical/table'
import fc from 'fast-check'
import { $getRoot } from 'lexical'
import { expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import type { Table } from '../../core/markdown/tree.ts'
import { seedTree } from '../../testing/convergence-peers.ts'
import { change, markdownOf, treeOf } from '../../testing/editor-typing.ts'
import { readTree } from '../convert/read-tree.ts'
import { createNoteEditor } from '../note-editor.ts'
import { createNoteSession } from '../session/note-session.ts'
import { $cellAt } from './table-shape.ts'
import { TABLE_COMMAND, type TableAct } from './tables.ts'

const acts: fc.Arbitrary<TableAct> = fc.oneof(
  fc.constantFrom<TableAct>(
    { do: 'add-row', side: 'above' },
    { do: 'add-row', side: 'below' },
    { do: 'add-column', side: 'left' },
    { do: 'add-column', side: 'right' },
    { do: 'move-row', to: 'up' },
    { do: 'move-row', to: 'down' },
    { do: 'move-column', to: 'left' },
    { do: 'move-column', to: 'right' },
    { do: 'sort', order: 'ascending' },
    { do: 'sort', order: 'descending' },
  ),
  fc.constantFrom<TableAct>(
    { do: 'remove-row' },
    { do: 'remove-column' },
    { do: 'clear' },
    { do: 'align', align: 'right' },
    { do: 'align', align: 'center' },
    { do: 'align', align: '' },
  ),
)
const step = fc.record({ act: acts, row: fc.nat(9), column: fc.nat(9) })
const word = fc.constantFrom(
  '',
  'a',
  'b',
  '10',
  '9',
  '**bold**',
  '[[Note|x]]',
  '`code`',
  '3,5',
  'two words',
  'line<br>line',
)
const table = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }))
  .chain(([width, height]) =>
    fc.array(fc.array(word, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
  )

const markdownFrom = (rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ').replaceAll('Note|x', 'Note\\|x')} |`
  return [
    'above',
    '',
    line(rows[0] ?? []),
    line((rows[0] ?? []).map(() => '---')),
    ...rows.slice(1).map(line),
    '',
    'below',
    '',
  ].join('\n')
}

function open(markdown: string) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedTree(parseMarkdown(markdown).blocks))
  const errors: Error[] = []
  const editor = createNoteEditor({
    onError: (error) => errors.push(error),
    onFiles: async () => '',
    onFollow: () => {},
  })
  const session = createNoteSession({ id: 'note', doc, awareness: new Awareness(doc), editor, idle: () => () => {} })
  const root = doc.get('root-v2', Y.XmlElement) as Y.XmlElement
  const run = (act: TableAct, row: number, column: number) => {
    change(editor, () => {
      const table = $getRoot().getChildren().find($isTableNode)
      const height = table?.getChildrenSize() ?? 1
      const width = table?.getColumnCount() ?? 1
      if (table) $cellAt(table, row % height, column % width)?.selectEnd()
    })
    change(editor, () => void editor.dispatchCommand(TABLE_COMMAND, act))
  }
  return { doc, editor, session, errors, root, run }
}

const textsOf = (table: Table | undefined): string[] => (table?.rows ?? []).flat().map((cell) => JSON.stringify(cell))
const KEEPS_WORDS = new Set(['add-row', 'add-column', 'move-row', 'move-column', 'sort', 'align'])

test('any acts: the rows stay of one length, no words go but those removed, and what is shown is what is kept', () => {
  fc.assert(
    fc.property(table, fc.array(step, { minLength: 1, maxLength: 8 }), (rows, steps) => {
      const { editor, session, errors, root, run } = open(markdownFrom(rows))
      for (const { act, row, column } of steps) {
        const before = treeOf(editor).find((block) => block.type === 'table')
        run(act, row, column)
        const tree = treeOf(editor)
        const after = tree.find((block) => block.type === 'table')
        expect(new Set(after?.rows.map((cells) => cells.length)).size).toBeLessThanOrEqual(1)
        if (after) expect(after.rows[0]).toHaveLength(after.columns.length)
        if (KEEPS_WORDS.has(act.do)) {
          const kept = textsOf(after).filter((text) => text !== '[]')
          expect(kept.sort()).toEqual(
            textsOf(before)
              .filter((text) => text !== '[]')
              .sort(),
          )
        }
        expect(readTree(root)).toEqual(tree)
        // Markdown has no empty line to stand in, such as a table leaves
        const written = tree.filter((block) => block.type !== 'paragraph' || block.children.length > 0)
        expect(parseMarkdown(markdownOf(editor)).blocks).toEqual(written)
      }
      session.verify()
      expect([session.state, errors]).toEqual(['live', []])
      session.dispose()
      editor.dispose()
    }),
    { numRuns: 40 },
  )
})

test('any acts: each is one step of undo, and redo is the same again', () => {
  fc.assert(
    fc.property(table, fc.array(step, { minLength: 1, maxLength: 6 }), (rows, steps) => {
      const { editor, session, run } = open(markdownFrom(rows))
      const states = [markdownOf(editor)]
      for (const { act, row, column } of steps) {
        run(act, row, column)
        const now = markdownOf(editor)
        if (now !== states.at(-1)) states.push(now)
      }
      const last = states.at(-1)
      for (const former of states.slice(0, -1).reverse()) {
        session.undo()
        // of two rows that are alike the binding may take one for the other; what it then shows wrongly, idle time mends
        session.verify()
        expect(markdownOf(editor)).toBe(former)
      }
      for (let at = 1; at < states.length; at++) session.redo()
      session.verify()
      expect(markdownOf(editor)).toBe(last)
      session.verify()
      expect(session.state).toBe('live')
      session.dispose()
      editor.dispose()
    }),
    { numRuns: 30 },
  )
})

test('whatever two do to a table at once, both see the same afterwards, and can go on', () => {
  const edit = fc.record({ by: fc.nat(1), step, text: fc.constantFrom('', '', 'x', 'yy') })
  fc.assert(
    fc.property(table, fc.array(fc.array(edit, { maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rows, rounds) => {
      const peers = [open(markdownFrom(rows)), open(markdownFrom(rows))] as const
      for (const edits of rounds) {
        for (const { by, step, text } of edits) {
          const { editor, run } = peers[by === 0 ? 0 : 1]
          if (text === '') run(step.act, step.row, step.column)
          else {
            change(editor, () => {
              const all = $getRoot().getChildren().find($isTableNode)
              const [height, width] = [all?.getChildrenSize() ?? 1, all?.getColumnCount() ?? 1]
              if (all)
                $cellAt(all, step.row % height, step.column % width)
                  ?.selectEnd()
                  .insertText(text)
            })
          }
        }
        const [a, b] = peers
        const fromA = Y.encodeStateAsUpdate(a.doc)
        Y.applyUpdate(a.doc, Y.encodeStateAsUpdate(b.doc))
        Y.applyUpdate(b.doc, fromA)
        for (const { session } of peers) session.verify()
        expect(markdownOf(b.editor)).toBe(markdownOf(a.editor))
        expect(peers.map(({ session }) => session.state)).toEqual(['live', 'live'])
        expect(readTree(a.root)).toEqual(treeOf(a.editor))
      }
      for (const { session, editor } of peers) {
        session.dispose()
        editor.dispose()
      }
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 25) },
  )
})

test('adding, removing and undoing among cells that are alike, such as empty ones, never shows what is not kept', () => {
  const alike = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  const adds: fc.Arbitrary<TableAct> = fc.constantFrom<TableAct>(
    { do: 'add-row', side: 'above' },
    { do: 'add-row', side: 'below' },
    { do: 'add-column', side: 'left' },
    { do: 'add-column', side: 'right' },
    { do: 'remove-row' },
    { do: 'remove-column' },
  )
  const some = fc.record({ act: adds, row: fc.nat(5), column: fc.nat(5) })
  fc.assert(
    fc.property(alike, fc.array(some, { minLength: 1, maxLength: 5 }), ([width, height], steps) => {
      const rows = Array.from({ length: height }, () => Array.from({ length: width }, () => ''))
      const { editor, session, errors, root, run } = open(markdownFrom(rows))
      for (const { act, row, column } of steps) run(act, row, column)
      for (let at = 0; at < steps.length; at++) {
        session.undo()
        expect(treeOf(editor)).toEqual(readTree(root))
      }
      expect(errors).toEqual([])
      session.dispose()
      editor.dispose()
    }),
    { numRuns: 25 },
  )
})
