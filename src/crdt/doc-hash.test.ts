import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { docHash } from './doc-hash.ts'
import { logOf, metaOf, rootOf, sourceOf } from './note-doc.ts'

type Op = { who: number; at: number; what: number }

/** Random edits by three peers, exchanged in random order. */
const ops = fc.array(fc.record({ who: fc.nat(2), at: fc.nat(20), what: fc.nat(6) }), { maxLength: 40 })

function edit(doc: Y.Doc, { at, what }: Op): void {
  const root = rootOf(doc)
  const first = root.length > 0 ? root.get(at % root.length) : null
  const text = first instanceof Y.XmlElement && first.length > 0 ? first.get(0) : null
  if (what === 0 || !(first instanceof Y.XmlElement)) {
    const block = new Y.XmlElement(at % 2 ? 'paragraph' : 'heading')
    block.insert(0, [new Y.XmlText('hello world')])
    root.insert(at % (root.length + 1), [block])
  } else if (what === 1) root.delete(at % root.length, 1)
  else if (what === 2) first.setAttribute('__tag', `h${at % 6}`)
  else if (what === 3) metaOf(doc).set(`k${at % 3}`, { at })
  else if (what === 4) logOf(doc).push([at])
  else if (text instanceof Y.XmlText && text.length > 0) {
    if (what === 5) text.insert(at % text.length, 'x', { p: { __format: at % 3 } })
    else text.delete(at % text.length, 1)
  }
}

function replicas(list: readonly Op[]): Y.Doc[] {
  const docs = [1, 2, 3].map((clientID) => Object.assign(new Y.Doc(), { clientID }))
  for (const op of list) edit(docs[op.who] as Y.Doc, op)
  const states = docs.map((doc) => Y.encodeStateAsUpdate(doc))
  for (const [index, doc] of docs.entries()) {
    for (const shift of [1, 2]) Y.applyUpdate(doc, states[(index + shift) % 3] as Uint8Array)
  }
  // Formatting that the merge made redundant is deleted by whoever notices: exchanged as well.
  for (const doc of docs) for (const other of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  return docs
}

describe('docHash', () => {
  it('D6: replicas of one state have one hash, however their items are cut', () => {
    fc.assert(
      fc.property(ops, (list) => {
        const docs = replicas(list)
        const hashes = new Set(docs.map(docHash))
        const loaded = new Y.Doc()
        Y.applyUpdate(loaded, Y.encodeStateAsUpdate(docs[0] as Y.Doc))
        hashes.add(docHash(loaded))
        const joined = new Y.Doc()
        Y.applyUpdate(joined, Y.mergeUpdates(docs.map((doc) => Y.encodeStateAsUpdate(doc))))
        hashes.add(docHash(joined))
        expect(hashes.size).toBe(1)
      }),
    )
  })

  it('D6: each edit changes it, a delete too', () => {
    fc.assert(
      fc.property(ops, (list) => {
        const doc = new Y.Doc()
        let before = docHash(doc)
        for (const op of list) {
          let changed = false
          const listener = () => {
            changed = true
          }
          doc.on('update', listener)
          edit(doc, op)
          doc.off('update', listener)
          const after = docHash(doc)
          expect(after !== before).toBe(changed)
          before = after
        }
      }),
    )
  })

  it('D6: tells apart two docs in which one clientID was used twice', () => {
    const [first, second] = ['ab', 'ba'].map((letters) => {
      const doc = Object.assign(new Y.Doc(), { clientID: 5 })
      const block = new Y.XmlElement('paragraph')
      block.insert(0, [new Y.XmlText(letters)])
      rootOf(doc).insert(0, [block])
      return doc
    }) as [Y.Doc, Y.Doc]
    expect(Y.encodeSnapshot(Y.snapshot(first))).toEqual(Y.encodeSnapshot(Y.snapshot(second)))
    expect(docHash(first)).not.toBe(docHash(second))
  })

  it('D6: covers meta, log and source as well as the tree', () => {
    const base = () => Object.assign(new Y.Doc(), { clientID: 5 })
    const changes: ((doc: Y.Doc, value: string) => void)[] = [
      (doc, value) => metaOf(doc).set('title', value),
      (doc, value) => logOf(doc).push([value]),
      (doc, value) => sourceOf(doc).set('bytes', new TextEncoder().encode(value)),
    ]
    for (const change of changes) {
      const hashes = ['a', 'b'].map((value) => {
        const doc = base()
        change(doc, value)
        return docHash(doc)
      })
      expect(new Set(hashes).size).toBe(2)
    }
  })

  it('D3: a doc of any depth has a hash', () => {
    const doc = new Y.Doc()
    let inner = rootOf(doc)
    for (let depth = 0; depth < 1000; depth++) {
      const next = new Y.XmlElement('quote')
      inner.insert(0, [next])
      inner = next
    }
    expect(docHash(doc)).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is the same in every run: the format of the hash is stored', () => {
    const doc = Object.assign(new Y.Doc(), { clientID: 5 })
    metaOf(doc).set('title', 'A title')
    const block = new Y.XmlElement('paragraph')
    block.insert(0, [new Y.XmlText('Some words.')])
    rootOf(doc).insert(0, [block])
    expect(docHash(doc)).toBe('0a500f5b1544eec7c1367e3f3648b28a6a855bcbf626fe1001abfa3868a4d460')
  })
})
