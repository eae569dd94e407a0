import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createHeadlessEditor } from '@lexical/headless'
import {
  $createParagraphNode,
  $getRoot,
  $isElementNode,
  $isTextNode,
  INSERT_PARAGRAPH_COMMAND,
  type LexicalEditor,
} from 'lexical'
import { expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { seedUpdate } from '../../testing/convergence-peers.ts'
import { NOTE_NODES } from '../note-nodes.ts'
import { createNoteSession, type NoteSession } from './note-session.ts'

// An hour of writing: `HOUR=1 npx vitest run --config build/vitest.config.ts src/editor/session/long-use` types 20,000
// keys and prints the heap after each tenth.
const isHour = process.env.HOUR === '1'
const KEYS = isHour ? 20_000 : 1_500

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

async function collect(): Promise<void> {
  for (let n = 0; n < 3; n++) {
    await new Promise((resolve) => setImmediate(resolve))
    gc()
  }
}

function start(paragraphs: number) {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(Array.from({ length: paragraphs }, (_, n) => `Paragraph ${n} of a note.`)))
  const editor = createHeadlessEditor({
    nodes: [...NOTE_NODES],
    onError: (error) => {
      throw error
    },
  })
  const awareness = new Awareness(doc)
  const session = createNoteSession({ id: 'note', doc, awareness, editor, idle: () => () => {} })
  return { doc, editor, awareness, session }
}

/** Words that were deleted and that undo may still bring back, in characters. */
function heldBack(doc: Y.Doc): number {
  let held = 0
  for (const structs of doc.store.clients.values())
    for (const item of structs)
      if (item instanceof Y.Item && item.deleted && item.content instanceof Y.ContentString) held += item.length
  return held
}

/** One key of a writer who moves about, breaks lines, deletes and takes back; as long a note at the end as before. */
function press(editor: LexicalEditor, session: NoteSession, key: number): void {
  if (key % 6 === 0) session.breakUndo()
  if (key % 97 === 0) {
    session.undo()
    return
  }
  editor.update(
    () => {
      const block = $getRoot().getChildAtIndex((key * 7) % 40)
      if (!$isElementNode(block)) return
      if (key % 50 === 0) block.insertAfter($createParagraphNode())
      if (key % 50 === 25 && $getRoot().getChildrenSize() > 40) {
        $getRoot().getLastChildOrThrow().remove()
        return
      }
      const text = block.getLastChild()
      if (key % 2 === 1 && $isTextNode(text) && text.getTextContentSize() > 25) text.spliceText(20, 1, '')
      else block.selectEnd().insertText(String.fromCharCode(97 + (key % 26)))
    },
    { discrete: true },
  )
}

test('E3 an hour of writing leaves nothing behind but the steps that undo has', { timeout: 600_000 }, async () => {
  const { doc, editor, session, awareness } = start(40)
  editor.dispatchCommand(INSERT_PARAGRAPH_COMMAND, undefined)
  const heaps: number[] = []
  for (let key = 1; key <= KEYS; key++) {
    press(editor, session, key)
    if (!isHour || key % (KEYS / 10) !== 0) continue
    await collect()
    heaps.push(process.memoryUsage().heapUsed / 2 ** 20)
    console.log(`${key} keys: heap ${heaps.at(-1)?.toFixed(1)} MB, held back ${heldBack(doc)} characters`)
  }
  // each step is at most six keys
  expect(heldBack(doc)).toBeLessThanOrEqual(500 * 6)
  let steps = 0
  while (session.canUndo && steps <= 600) {
    session.undo()
    steps++
  }
  expect(steps).toBeLessThanOrEqual(500)
  session.dispose()
  awareness.destroy()
})

test('E28 a note that was let go leaves the memory', async () => {
  const refs: WeakRef<object>[] = []
  const use = () => {
    const { doc, editor, session, awareness } = start(20)
    for (let key = 1; key < 60; key++) press(editor, session, key)
    refs.push(new WeakRef(doc), new WeakRef(editor), new WeakRef(session))
    session.dispose()
    awareness.destroy()
    doc.destroy()
  }
  for (let n = 0; n < 4; n++) use()
  await collect()
  // Lexical remembers the editor that was active last
  expect(refs.filter((ref) => ref.deref() !== undefined).length).toBeLessThanOrEqual(3)
})
