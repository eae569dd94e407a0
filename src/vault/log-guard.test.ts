import { expect, it } from 'vitest'
import * as Y from 'yjs'
import type { LogEntry } from '../core/commitment/entry.ts'
import { logOf } from '../crdt/note-doc.ts'
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
