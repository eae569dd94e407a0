import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { NoteId } from '../../core/base/ids.ts'
import { readFacts } from '../../core/commitment/facts.ts'
import { readCommitment } from '../../core/commitment/reading.ts'
import { MemoryStore } from '../../testing/memory-store.ts'
import { vaultHarness } from '../../testing/vault-harness.ts'

const VAULT = path.join(import.meta.dirname, '../../../resources/starter-vault')
const own = <T>(name: string): T => JSON.parse(readFileSync(path.join(VAULT, '.throughline', name), 'utf8')) as T

test('the starter vault has a review that is due, a ground that changed, a contested essay and a trail', async () => {
  const { vault, index, close } = await vaultHarness(new MemoryStore())
  const { notes: ids } = own<{ notes: Record<string, string> }>('ids.json')
  const { notes: logs } = own<{ notes: Record<string, unknown[]> }>('log.json')
  const { pins } = own<{ pins: { note: string }[] }>('pins.json')
  const paths = readdirSync(VAULT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
  expect(Object.keys(ids).sort()).toEqual(paths.map((each) => each.split(path.sep).join('/')).sort())
  const files = Object.entries(ids).map(([file, id]) => ({
    path: file,
    bytes: readFileSync(path.join(VAULT, file)),
    updated: 1,
    id,
    beside: JSON.stringify({ log: logs[id] ?? [], pins: pins.filter(({ note }) => note === id) }),
  }))
  const replies = await vault.call('importFiles', {
    files: files.map((file) => ({ ...file, bytes: new Uint8Array(file.bytes) })),
  })
  await vault.call('importTrails', { trails: readFileSync(path.join(VAULT, '.throughline/trails.json'), 'utf8') })
  await vault.call('importEnd', {})
  expect(replies.map(({ id, path: file }) => [file, id])).toEqual(Object.entries(ids))

  const read = async (file: string, today: string) => {
    const id = ids[file] as NoteId
    const { entries } = await vault.call('noteLog', { id })
    return readCommitment(readFacts((await vault.call('note', { id })).properties), entries, today)
  }
  const pair = await read('Commitments/Pair on every migration for six weeks.md', '2026-11-23')
  expect(pair).toMatchObject({
    status: 'in progress',
    review: { on: '2026-11-20', isDue: true, number: 2, of: 3 },
    marks: { proceed: 3, pivot: 0 },
  })
  // However late somebody opens it.
  const later = await read('Commitments/Pair on every migration for six weeks.md', '2031-01-01')
  expect(later.review?.isDue).toBe(true)
  const rotate = await read('Commitments/Rotate the on-call lead weekly.md', '2026-11-23')
  expect(rotate).toMatchObject({ status: 'dropped', closed: '2026-01-28', marks: { pivot: 1 } })

  const { lists } = await index.call('evidence', { limit: 9 })
  const titles = Object.fromEntries(lists.map(({ is, items }) => [is, items.map(({ title }) => title)]))
  expect(titles).toMatchObject({
    'ground-changed': ['Pair on every migration for six weeks'],
    contested: ['Blast radius is a design input', 'Invitation, not imposition'],
  })
  expect(titles['essays-without-example']).toContain('Decide now what would change your mind')
  const { items } = await index.call('ledger', {})
  expect(items.map(({ restsOn }) => restsOn)).toEqual([
    { for: 2, against: 1 },
    { for: 2, against: 0 },
    { for: 2, against: 0 },
  ])
  const plan = await vault.call('exportPlan', {})
  const out = await vault.call('exportNotes', { ids: plan.notes.map(({ id }) => id) })
  expect(out.flatMap(({ path: file, problem }) => (problem === null ? [] : [[file, problem]]))).toEqual([])
  for (const { path: file, bytes } of out)
    expect(Buffer.from(bytes).equals(readFileSync(path.join(VAULT, file)))).toBe(true)
  expect(JSON.parse(plan.sidecar['trails.json'] ?? '').trails).toMatchObject([{ name: 'Before you freeze anything' }])
  expect(JSON.parse(plan.sidecar['pins.json'] ?? '').pins).toHaveLength(3)
  await close()
})
