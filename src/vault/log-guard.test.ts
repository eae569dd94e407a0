import { expect, it } from 'vitest'
import * as Y from 'yjs'
import type { LogEntry } from '../core/commitment/entry.ts'
import { logOf, readMeta, updateMeta } from '../crdt/note-doc.ts'
import { appendEntries, readLog, removeEntryText } from '../crdt/note-log.ts'
import { LOCAL } from '../crdt/origins.ts'
import { guardLog } from './log-guard.ts'

const entry = (id: string, fields: Partial<LogEntry>): LogEntry => ({
  ...{ id, type: 'saw', at: '2026-03-03', author: '', device: '', text: 'x', sees: [], details: {} },
  ...fields,
})

it('A5 withdrawn words that a peer who took in the same file brings leave the doc again', () => {
  const said = entry('log-1', { text: 'not to be read' })
  const [here, there] = [new Y.Doc(), new Y.Doc()]
  appendEntries(here, [said], LOCAL)
  appendEntries(there, [said], LOCAL)
  guardLog(here, () => '2026-03-04')
  here.transact(() => {
    removeEntryText(here, 'log-1', LOCAL)
    appendEntries(here, [entry('log-2', { type: 'withdrawn', text: '', details: { of: 'log-1' } })], LOCAL)
  }, LOCAL)
  Y.applyUpdateV2(here, Y.encodeStateAsUpdateV2(there))
  expect(JSON.stringify(logOf(here).toJSON())).not.toContain('not to be read')
  expect(readLog(here).map(({ id, text }) => [id, text])).toEqual([
    ['log-1', ''],
    ['log-2', ''],
  ])
})

it('A3 G21 two who change one fact apart have an entry each, and the merge makes none', () => {
  for (const ids of [
    [1, 2],
    [2, 1],
  ]) {
    const docs = ids.map((clientID) => Object.assign(new Y.Doc(), { clientID }))
    const [here, there] = docs as [Y.Doc, Y.Doc]
    updateMeta(here, { properties: [{ key: 'due', value: '2026-03-31' }] }, LOCAL)
    appendEntries(here, [entry('log-1', { type: 'opened' })], LOCAL)
    Y.applyUpdateV2(there, Y.encodeStateAsUpdateV2(here))
    for (const [at, doc] of docs.entries()) {
      guardLog(doc, () => `2026-03-0${4 + at}`)
      updateMeta(doc, { properties: [{ key: 'due', value: `2026-04-0${1 + at}` }] }, LOCAL)
    }
    Y.applyUpdateV2(here, Y.encodeStateAsUpdateV2(there))
    Y.applyUpdateV2(there, Y.encodeStateAsUpdateV2(here))
    expect(readMeta(here).properties).toEqual(readMeta(there).properties)
    for (const doc of docs) expect(readLog(doc).map(({ type }) => type)).toEqual(['opened', 'changed', 'changed'])
  }
})
