import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type LogEntry, readEntry } from '../core/commitment/entry.ts'
import { headsOf } from '../core/commitment/order.ts'
import { docHash } from './doc-hash.ts'
import { logOf, seedDoc } from './note-doc.ts'
import { appendEntries, readLog } from './note-log.ts'
import { LOCAL } from './origins.ts'

const META = {
  title: 'Pair',
  kind: 'commitment',
  created: '',
  folderId: null,
  file: '',
  aliases: [],
  formerTitles: [],
  tags: [],
  properties: [],
  trashed: false,
} as const

function entry(id: string, sees: readonly string[] = []): LogEntry {
  const read = readEntry({ id, type: 'saw', at: '2026-03-03', text: id, sees })
  if (!read) throw new Error('no entry')
  return read
}

/** A note of a version that knew no log: nothing in the doc speaks of one. */
function oldNote(): Y.Doc {
  const doc = new Y.Doc()
  seedDoc(doc, { meta: META, content: (root) => root.insert(0, [new Y.XmlElement('paragraph')]), clientId: 7 })
  return doc
}

function replicaOf(doc: Y.Doc): Y.Doc {
  const replica = new Y.Doc()
  Y.applyUpdate(replica, Y.encodeStateAsUpdate(doc))
  return replica
}

function merge(a: Y.Doc, b: Y.Doc): void {
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
}

describe('the log of a note doc', () => {
  it('D9: two peers who write the first entry of an old note offline both keep theirs', () => {
    const a = oldNote()
    expect(readLog(a)).toEqual([])
    const b = replicaOf(a)
    appendEntries(a, [entry('log-a')], LOCAL)
    appendEntries(b, [entry('log-b')], LOCAL)
    merge(a, b)
    expect(readLog(a).map(({ id }) => id)).toEqual(['log-a', 'log-b'])
    expect(readLog(b)).toEqual(readLog(a))
    expect(docHash(b)).toBe(docHash(a))
  })

  it('D9: what both took from one file is one entry', () => {
    const a = oldNote()
    const b = replicaOf(a)
    for (const doc of [a, b]) expect(appendEntries(doc, [entry('log-f')], LOCAL)).toBe(1)
    merge(a, b)
    expect(readLog(a)).toEqual([entry('log-f')])
    expect(appendEntries(a, [entry('log-f')], LOCAL)).toBe(0)
  })

  it('D3: reads whatever a peer wrote', () => {
    const doc = oldNote()
    logOf(doc).push([entry('log-a'), 7, null, { id: 'log-b' }, new Y.Map(), [1]])
    expect(readLog(doc)).toEqual([entry('log-a')])
  })

  it('G6: any appends and merges of three peers, in any order, end in one log that never got shorter', () => {
    const step = fc.record({ peer: fc.nat({ max: 2 }), with: fc.nat({ max: 2 }), append: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const peers = [oldNote()]
        for (let at = 0; at < 2; at++) peers.push(replicaOf(peers[0] as Y.Doc))
        const made = new Set<string>()
        for (const [at, { peer, with: other, append }] of steps.entries()) {
          const doc = peers[peer] as Y.Doc
          const before = readLog(doc)
          if (append) {
            made.add(`log-${at}`)
            appendEntries(doc, [entry(`log-${at}`, headsOf(before))], LOCAL)
          } else if (other !== peer) merge(doc, peers[other] as Y.Doc)
          const after = readLog(doc).map(({ id }) => id)
          for (const { id } of before) expect(after).toContain(id)
        }
        for (const a of peers) for (const b of peers) if (a !== b) merge(a, b)
        const [first, ...others] = peers.map((doc) => readLog(doc))
        expect(new Set(first?.map(({ id }) => id))).toEqual(made)
        for (const log of others) expect(log).toEqual(first)
        for (const doc of peers) doc.destroy()
      }),
      { numRuns: 60 },
    )
  })
})
