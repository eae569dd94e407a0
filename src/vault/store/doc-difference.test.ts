import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { lacking, mergeReadable } from './doc-difference.ts'

const edits = fc.array(
  fc.record({ who: fc.nat(2), at: fc.nat(40), text: fc.string({ minLength: 1, maxLength: 4 }), remove: fc.boolean() }),
  { maxLength: 25 },
)
type Edit = { who: number; at: number; text: string; remove: boolean }

/** Updates in the order in which they were made, by three replicas that hear of each other now and then. */
function updatesOf(list: readonly Edit[]): Uint8Array[] {
  const docs = [1, 2, 3].map((clientID) => {
    const doc = new Y.Doc()
    doc.clientID = clientID
    return doc
  })
  const updates: Uint8Array[] = []
  for (const [n, { who, at, text, remove }] of list.entries()) {
    const doc = docs[who] as Y.Doc
    const own: Uint8Array[] = []
    const keep = (update: Uint8Array) => own.push(update)
    doc.on('update', keep)
    const type = doc.getText('t')
    if (remove && type.length > 0) type.delete(at % type.length, 1)
    else type.insert(at % (type.length + 1), text)
    doc.off('update', keep)
    updates.push(...own)
    if (n % 3 === 0) for (const other of docs) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  }
  return updates
}
const stateOf = (updates: readonly Uint8Array[]) => {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return { text: doc.getText('t').toString(), state: Y.encodeStateAsUpdate(doc) }
}

it('R4: with what it lacks, one side is the whole; and then it lacks nothing', () => {
  fc.assert(
    fc.property(edits, fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }), (list, kept) => {
      const all = updatesOf(list)
      const base = all.filter((_update, n) => kept[n])
      const missing = lacking(base, all)
      const joined = missing ? [...base, missing] : base
      expect(stateOf(joined)).toEqual(stateOf(all))
      expect(lacking(joined, all)).toBeNull()
      expect(lacking(all, base)).toBeNull()
    }),
    { numRuns: 200 },
  )
})

it('R4: a delete counts, though it changes no state vector', () => {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, 'words')
  const before = Y.encodeStateAsUpdate(doc)
  doc.getText('t').delete(0, 5)
  const after = Y.encodeStateAsUpdate(doc)
  expect(lacking([before], [after])).not.toBeNull()
  expect(lacking([after], [before])).toBeNull()
})

it('R7: what can be read is kept where something cannot', () => {
  const doc = new Y.Doc()
  doc.getText('t').insert(0, 'words')
  const good = Y.encodeStateAsUpdate(doc)
  const bad = new Uint8Array([1, 255, 255, 255, 255, 255])
  expect(stateOf([mergeReadable([bad, good]) ?? bad]).text).toBe('words')
  expect(mergeReadable([bad])).toBeNull()
  expect(mergeReadable([])).toBeNull()
  expect(lacking([bad], [good])).not.toBeNull()
})
