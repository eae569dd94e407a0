import { expect, test } from 'vitest'
import type { IndexedNote } from '../ipc/index-contract.ts'
import { memoryIndex, noteAt } from './test-support.ts'

const commitment = (title: string, type: string, due: string): IndexedNote => ({
  ...noteAt(`${title}.md`, 'pairing is slow', { kind: 'commitment' }),
  commitment: {
    properties: due === '' ? [] : [{ key: 'due', value: due }],
    log: type === '' ? [] : [{ id: 'log-1', type, at: '', author: '', device: '', text: '', sees: [], details: {} }],
  },
})

test('I7: a query asks for facts of notes, beside words or alone', () => {
  const index = memoryIndex()
  index.writes.put({
    notes: [
      commitment('Open', 'opened', '2026-03-31'),
      commitment('Kept', 'kept', '2026-04-02'),
      commitment('New', '', ''),
      noteAt('Essay.md', 'pairing due: status:kept', { kind: 'essay' }),
    ],
  })
  const found = (query: string) => {
    const { total, hits } = index.reads.search({ query, limit: 9 })
    expect(total).toBe(hits.length)
    return hits.map(({ title }) => title).sort()
  }
  expect(found('pairing')).toEqual(['Essay', 'Kept', 'New', 'Open'])
  expect(found('pairing kind:commitment -status:kept')).toEqual(['New', 'Open'])
  expect(found('status:"in progress" slow')).toEqual(['Open'])
  expect(found('Status:in-progress')).toEqual(['Open'])
  expect(found('status:considering')).toEqual(['New'])
  expect(found('due:2026-03')).toEqual(['Open'])
  expect(found('due:<2026-04-02')).toEqual(['Open'])
  expect(found('due:>2026-03-31 -slow')).toEqual([])
  expect(found('due:<=2026-03-31')).toEqual(found('due:<2026-04-01'))
  expect(found('due:>=2026-04-01')).toEqual(found('due:>2026-03-31'))
  expect(found('due:none')).toEqual(['New'])
  expect(found('kind:poem')).toEqual([])
  expect(found('-kind:commitment')).toEqual(['Essay'])
  // What is no filter is words.
  expect(found('"status:kept"')).toEqual(['Essay'])
})
