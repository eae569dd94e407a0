import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createUndoManager } from './undo.ts'

const ME = { name: 'the binding' }

function start(most?: number) {
  const doc = new Y.Doc()
  const root = doc.get('root-v2', Y.XmlElement) as Y.XmlElement
  const block = new Y.XmlElement('paragraph')
  const text = new Y.XmlText()
  doc.transact(() => {
    block.insert(0, [text])
    root.insert(0, [block])
  })
  const manager = createUndoManager(root, ME, () => true, most)
  /** One step of the person's. */
  const step = (run: () => void) => {
    manager.stopCapturing()
    doc.transact(run, ME)
  }
  return { doc, root, text, manager, step }
}

/** Deleted characters that the doc still holds in memory. */
function heldBack(doc: Y.Doc): number {
  let held = 0
  for (const structs of doc.store.clients.values())
    for (const item of structs)
      if (item instanceof Y.Item && item.deleted && item.content instanceof Y.ContentString) held += item.length
  return held
}

describe('E3 at most 500 steps', () => {
  test('words of steps that fell off the stack are let go', () => {
    const { doc, text, manager, step } = start()
    for (let n = 0; n < 700; n++) {
      step(() => text.insert(0, 'twelve chars'))
      step(() => text.delete(0, 12))
    }
    expect(manager.undoStack.length).toBe(500)
    expect(heldBack(doc)).toBe(250 * 12)
    for (let n = 0; n < 500; n++) manager.undo()
    expect(text.toString()).toBe('')
    expect(manager.canUndo()).toBe(false)
    for (let n = 0; n < 499; n++) manager.redo()
    expect(text.toString()).toBe('twelve chars')
  })

  test('words that can be redone no more are let go', () => {
    const { doc, text, manager, step } = start()
    step(() => text.insert(0, 'gone for good'))
    manager.undo()
    expect(heldBack(doc)).toBe(13)
    step(() => text.insert(0, 'new'))
    expect(heldBack(doc)).toBe(0)
    expect(manager.canRedo()).toBe(false)
  })

  test('clearing lets everything go', () => {
    const { doc, text, manager, step } = start()
    step(() => text.insert(0, 'abc'))
    step(() => text.delete(0, 2))
    manager.clear()
    expect(heldBack(doc)).toBe(0)
    expect(text.toString()).toBe('c')
  })
})

test('E3 what is let go changes nothing of what undo and redo do', () => {
  const edits = fc.array(
    fc.record({ kind: fc.constantFrom('add', 'add', 'cut', 'block', 'drop', 'undo', 'undo', 'redo'), at: fc.nat(40) }),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(edits, (list) => {
      const run = (collects: boolean) => {
        const { doc, root, manager, step } = start(6)
        doc.gc = collects
        let letter = 97
        const said: string[] = []
        for (const { kind, at } of list) {
          const block = root.get(at % Math.max(1, root.length)) as Y.XmlElement | undefined
          const text = block?.get(0) as Y.XmlText | undefined
          if (kind === 'undo') manager.undo()
          else if (kind === 'redo') manager.redo()
          else
            step(() => {
              if (kind === 'add') text?.insert(at % (text.length + 1), String.fromCharCode(letter++).repeat(3))
              else if (kind === 'cut' && text && text.length > 0) text.delete(at % text.length, 1)
              else if (kind === 'drop' && root.length > 1) root.delete(at % root.length, 1)
              else if (kind === 'block') {
                const added = new Y.XmlElement('paragraph')
                added.insert(0, [new Y.XmlText(`${at}`)])
                root.insert(at % (root.length + 1), [added])
              }
            })
          said.push(root.toString())
        }
        return said
      }
      expect(run(true)).toEqual(run(false))
    }),
    { seed: Number(process.env.FUZZ_SEED ?? 1), numRuns: Number(process.env.FUZZ_RUNS ?? 300) },
  )
})
