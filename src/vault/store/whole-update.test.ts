import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import type { NoteMeta } from '../../core/note/note.ts'
import { seedNote } from '../../editor/convert/seed-note.ts'
import { arbitraryTree } from '../../testing/arbitrary-tree.ts'
import { sourceCodec } from '../codec.ts'
import { readsAsWhole } from './doc-difference.ts'
import { namesOnlyItself } from './whole-update.ts'

const META: NoteMeta = {
  title: 'Ünï 🙂',
  kind: 'note',
  created: '',
  folderId: null,
  file: '',
  aliases: ['a'],
  formerTitles: [],
  tags: [],
  properties: [
    { key: 'p', value: [1, -1.5, 1e12, true, null, { deep: ['x'] }] },
    { key: 'q', value: 0.1 },
  ],
  trashed: false,
}

it('R7: the first update of any note is known to be whole', () => {
  fc.assert(
    fc.property(arbitraryTree, fc.boolean(), (tree, hasSource) => {
      const doc = new Y.Doc()
      const source = { bytes: new Uint8Array([1, 2, 3]), codec: sourceCodec }
      seedNote(doc, { meta: META, tree, clientId: 0xfffffff1, ...(hasSource ? { source } : {}) })
      expect(namesOnlyItself(Y.encodeStateAsUpdate(doc))).toBe(true)
    }),
    { numRuns: 50 },
  )
})

type Edit = { at: number; text: string; what: number }
const edit = fc.record({ at: fc.nat(40), text: fc.string({ unit: 'grapheme', minLength: 1 }), what: fc.nat(5) })

function write(doc: Y.Doc, { at, text, what }: Edit): void {
  const type = doc.getText('t')
  if (what === 0 && type.length > 0) type.delete(at % type.length, 1)
  else if (what === 1) type.insertEmbed(at % (type.length + 1), { text })
  else if (what === 2) type.format(0, at % (type.length + 1), { bold: text })
  else if (what === 3) doc.getMap('m').set(text, new Y.XmlElement(text))
  else type.insert(at % (type.length + 1), text)
}

it('R7: never is an update called whole that builds on another, or is none', () => {
  const update = fc.tuple(fc.array(edit, { maxLength: 8 }), fc.array(edit, { maxLength: 8 }), fc.nat(4))
  fc.assert(
    fc.property(update, fc.nat(300), fc.nat(255), ([first, then, how], cut, byte) => {
      const doc = new Y.Doc()
      const other = new Y.Doc()
      for (const each of first) write(doc, each)
      Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
      const seen = Y.encodeStateVector(doc)
      for (const each of then) write(how % 2 === 0 ? doc : other, each)
      const made = Y.encodeStateAsUpdate(how % 2 === 0 ? doc : other, how < 2 ? seen : undefined)
      if (namesOnlyItself(made)) expect(readsAsWhole(made)).toBe(true)
      expect(namesOnlyItself(made.subarray(0, Math.min(cut, made.length - 1)))).toBe(false)
      // A damaged one: anything but an error, and whole only where Yjs reads it as whole.
      const damaged = made.slice()
      damaged[cut % damaged.length] = byte
      if (namesOnlyItself(damaged)) expect(readsAsWhole(damaged)).toBe(true)
    }),
    { numRuns: 200 },
  )
})
