import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { FolderId } from '../core/base/ids.ts'
import type { NoteMeta, PropertyValue } from '../core/note/note.ts'
import {
  isSeeded,
  MAX_SOURCE,
  metaOf,
  readLayout,
  readMeta,
  readSource,
  rootOf,
  SCHEMA,
  type SourceCodec,
  schemaOf,
  seedClientId,
  seedDoc,
  transactAs,
  updateMeta,
  writeLayout,
  writeSource,
} from './note-doc.ts'
import { LOCAL } from './origins.ts'

const PLAIN: SourceCodec = {
  deflate: (bytes) => bytes,
  inflate: (bytes, maxSize) => (bytes.length <= maxSize ? bytes : null),
}

const EMPTY: NoteMeta = {
  title: '',
  kind: 'note',
  created: '',
  folderId: null,
  file: '',
  aliases: [],
  formerTitles: [],
  tags: [],
  properties: [],
  trashed: false,
}

const value: fc.Arbitrary<PropertyValue> = fc
  .jsonValue({ maxDepth: 2 })
  .filter((json) => !JSON.stringify(json).includes('__proto__'))
  .map((json) => JSON.parse(JSON.stringify(json)) as PropertyValue)

const meta: fc.Arbitrary<NoteMeta> = fc.record({
  title: fc.string(),
  kind: fc.constantFrom('essay', 'example', 'commitment', 'note'),
  created: fc.string(),
  folderId: fc.option(fc.string({ minLength: 8, maxLength: 8 }).map((id) => id as FolderId)),
  file: fc.string(),
  aliases: fc.array(fc.string(), { maxLength: 4 }),
  formerTitles: fc.array(fc.string(), { maxLength: 4 }),
  tags: fc.array(fc.string(), { maxLength: 4 }),
  properties: fc.uniqueArray(fc.record({ key: fc.string(), value }), { maxLength: 5, selector: ({ key }) => key }),
  trashed: fc.boolean(),
})

const content = (root: Y.XmlElement) => {
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText('words')])
  root.insert(0, [paragraph])
}

const seeded = (own: Partial<NoteMeta> = {}, clientId = 1): Y.Doc => {
  const doc = new Y.Doc()
  seedDoc(doc, { meta: { ...EMPTY, ...own }, content, clientId })
  return doc
}

const updates = (doc: Y.Doc, change: () => void): number => {
  let count = 0
  const listener = () => count++
  doc.on('update', listener)
  change()
  doc.off('update', listener)
  return count
}

describe('seeding', () => {
  it('D1: one transaction writes everything', () => {
    const doc = new Y.Doc()
    const count = updates(doc, () =>
      seedDoc(doc, {
        meta: { ...EMPTY, title: 'T', aliases: ['A'] },
        content,
        source: { bytes: new Uint8Array([1]), codec: PLAIN },
        layout: { eol: 'crlf' },
        clientId: 7,
      }),
    )
    expect(count).toBe(1)
    expect(isSeeded(doc)).toBe(true)
    expect(schemaOf(doc)).toBe(SCHEMA)
    expect(readLayout(doc)).toEqual({ eol: 'crlf' })
    expect(readSource(doc, PLAIN)).toEqual(new Uint8Array([1]))
  })

  it('D1: an unseeded doc is not seeded, and is read as defaults', () => {
    const doc = new Y.Doc()
    expect(isSeeded(doc)).toBe(false)
    expect(schemaOf(doc)).toBe(0)
    expect(readMeta(doc)).toEqual(EMPTY)
  })

  it('D2, M9: equal seeds are byte-identical updates, and leave the doc its own clientID', () => {
    fc.assert(
      fc.property(meta, fc.nat(), (own, clientId) => {
        const first = seeded(own, clientId)
        const second = seeded(structuredClone(own), clientId)
        expect(Y.encodeStateAsUpdate(first)).toEqual(Y.encodeStateAsUpdate(second))
        expect(first.clientID).not.toBe(clientId)
        expect([...first.store.clients.keys()]).toEqual([clientId])
      }),
    )
  })

  it('D2: a second seed is a bug', () => {
    const doc = seeded()
    expect(() => seedDoc(doc, { meta: EMPTY, content, clientId: 2 })).toThrow()
  })

  it('D2: the clientID depends on every part and on where one ends', () => {
    const id = seedClientId('1', 'note', 'hash', new Uint8Array([1, 2]))
    expect(seedClientId('1', 'note', 'hash', new Uint8Array([1, 2]))).toBe(id)
    const others = [
      seedClientId('2', 'note', 'hash', new Uint8Array([1, 2])),
      seedClientId('1', 'notehash', '', new Uint8Array([1, 2])),
      seedClientId('1', 'note', 'hash', new Uint8Array([1])),
      seedClientId('1', 'note', 'hash'),
    ]
    expect(new Set([id, ...others]).size).toBe(5)
    expect(id).toBeGreaterThan(0)
    expect(Number.isSafeInteger(id) && id < 2 ** 32).toBe(true)
  })

  it('D2: a clientID that the doc knows already is not used twice', () => {
    const doc = seeded({}, 7)
    transactAs(doc, 7, LOCAL, () => metaOf(doc).set('title', 'X'))
    expect([...doc.store.clients.keys()]).toEqual([7, 8])
    expect(() => doc.transact(() => transactAs(doc, 9, LOCAL, () => {}))).toThrow()
  })
})

describe('meta', () => {
  it('reads what was seeded', () => {
    fc.assert(
      fc.property(meta, (own) => {
        expect(readMeta(seeded(own))).toEqual(own)
      }),
    )
  })

  it('D5: any meta becomes any other, and a second time writes nothing', () => {
    fc.assert(
      fc.property(meta, meta, (before, after) => {
        const doc = seeded(before)
        updateMeta(doc, after, LOCAL)
        expect(readMeta(doc)).toEqual(after)
        expect(updates(doc, () => updateMeta(doc, after, LOCAL))).toBe(0)
      }),
    )
  })

  it('D5: a patch leaves what it does not name', () => {
    const doc = seeded({ title: 'T', tags: ['a'], properties: [{ key: 'k', value: 1 }] })
    updateMeta(doc, { title: 'U' }, LOCAL)
    expect(readMeta(doc)).toEqual({ ...EMPTY, title: 'U', tags: ['a'], properties: [{ key: 'k', value: 1 }] })
  })

  it('D4: two peers who add to one list keep both', () => {
    const mine = seeded({ tags: ['a', 'z'] })
    const theirs = new Y.Doc()
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
    updateMeta(mine, { tags: ['a', 'b', 'z'], properties: [{ key: 'one', value: 1 }] }, LOCAL)
    updateMeta(theirs, { tags: ['a', 'z', 'c'], properties: [{ key: 'two', value: 2 }] }, LOCAL)
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
    expect(readMeta(mine)).toEqual(readMeta(theirs))
    expect(readMeta(mine).tags).toEqual(['a', 'b', 'z', 'c'])
    expect(
      readMeta(mine)
        .properties.map(({ key }) => key)
        .sort(),
    ).toEqual(['one', 'two'])
  })

  it('D4: a key that two peers add is there once', () => {
    const mine = seeded()
    const theirs = new Y.Doc()
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine))
    updateMeta(mine, { properties: [{ key: 'due', value: 'x' }] }, LOCAL)
    updateMeta(theirs, { properties: [{ key: 'due', value: 'y' }] }, LOCAL)
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs))
    expect(readMeta(mine).properties).toHaveLength(1)
  })

  it('D3: values of other types read as defaults', () => {
    const values = [null, 1, true, 'x', [1, null], { a: 1 }, new Uint8Array([1])]
    const hostile: (() => unknown)[] = [...values.map((each) => () => each), () => new Y.Map(), () => new Y.Text()]
    const keys = ['schema', 'title', 'kind', 'created', 'folderId', 'file', 'aliases', 'tags', 'order', 'properties']
    for (const bad of hostile) {
      const doc = new Y.Doc()
      for (const key of [...keys, 'formerTitles', 'trashed', 'layout']) {
        metaOf(doc).set(key, bad())
      }
      const read = readMeta(doc)
      expect(Object.keys(read)).toEqual(Object.keys(EMPTY))
      expect(read.aliases.every((alias) => typeof alias === 'string')).toBe(true)
      expect(() => [schemaOf(doc), readLayout(doc), isSeeded(doc)]).not.toThrow()
      updateMeta(doc, { tags: ['t'], properties: [{ key: 'k', value: 1 }] }, LOCAL)
      expect(readMeta(doc)).toMatchObject({ tags: ['t'], properties: [{ key: 'k', value: 1 }] })
    }
  })

  it('D3: a map of properties without its order is read by name', () => {
    const doc = seeded({ properties: [{ key: 'b', value: 1 }] })
    const properties = metaOf(doc).get('properties') as Y.Map<unknown>
    properties.set('z', 2)
    properties.set('a', new Uint8Array([1]))
    expect(readMeta(doc).properties).toEqual([
      { key: 'b', value: 1 },
      { key: 'a', value: null },
      { key: 'z', value: 2 },
    ])
  })
})

describe('source and layout', () => {
  it('D7: keeps the exact bytes, up to the limit', () => {
    const doc = seeded()
    writeSource(doc, new Uint8Array([0, 255, 13, 10]), PLAIN)
    expect(readSource(doc, PLAIN)).toEqual(new Uint8Array([0, 255, 13, 10]))
    writeSource(doc, new Uint8Array(MAX_SOURCE + 1), PLAIN)
    expect(readSource(doc, PLAIN)).toBeNull()
    writeSource(doc, null, PLAIN)
    expect(readSource(doc, PLAIN)).toBeNull()
  })

  it('D7: a source that inflates to more than the limit is none', () => {
    const doc = seeded()
    rootOf(doc)
    doc.getMap('source').set('bytes', new Uint8Array(MAX_SOURCE + 1))
    expect(readSource(doc, PLAIN)).toBeNull()
    doc.getMap('source').set('bytes', 'text')
    expect(readSource(doc, PLAIN)).toBeNull()
  })

  it('writes a layout only when it changes', () => {
    const doc = seeded()
    writeLayout(doc, { bom: true, eol: 'lf', finalEol: false }, LOCAL)
    expect(readLayout(doc)).toEqual({ bom: true, eol: 'lf', finalEol: false })
    expect(updates(doc, () => writeLayout(doc, { bom: true, eol: 'lf', finalEol: false }, LOCAL))).toBe(0)
  })
})
