import { afterEach, expect, test } from 'vitest'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

let harness: VaultHarness | null = null
afterEach(async () => {
  await harness?.close()
  harness = null
})

const bytes = (text: string) => new TextEncoder().encode(text)

test('mirror F17: edits, new files, deletes and renames of one round are one big change, taken back in one step', async () => {
  harness = await vaultHarness(new MemoryStore(new MemoryDisk()))
  const { vault } = harness
  const made = (title: string, markdown: string) =>
    harness?.vault.call('createNote', { title, kind: 'note', folderId: null, markdown })
  const [one, two, three, four] = [
    await made('One', 'First.\n'),
    await made('Two', 'See [[One]].\n'),
    await made('Three', 'Gone soon.\n'),
    await made('Four', 'Stays.\n'),
  ]
  if (!one || !two || !three || !four) throw new Error('no notes')
  const text = async (id: typeof one.id) => (await vault.call('showMarkdown', { id })).markdown
  const before = await Promise.all([one, two, four].map(({ id }) => text(id)))
  const paths = async () => (await vault.call('notes', {})).map(({ path }) => path).sort()

  const change = { id: 'round', title: 'Changes from the folder Step: 1 edit, 1 new, 1 delete, 1 rename' }
  const base = bytes(before[2] ?? '')
  await vault.call('importFiles', {
    mirror: true,
    change,
    files: [
      { path: 'Four.md', bytes: bytes(`${before[2]}\nOutside.\n`), updated: 1, id: four.id, base },
      { path: 'Sub/New.md', bytes: bytes('New.\n'), updated: 1 },
    ],
  })
  await vault.call('placeNote', { id: one.id, path: 'Moved/Renamed.md', change })
  await vault.call('trashNotes', { ids: [three.id], change })
  await vault.call('importEnd', {})
  expect(await paths()).toEqual(['Four.md', 'Moved/Renamed.md', 'Sub/New.md', 'Two.md'])
  expect(await text(two.id)).toContain('[[Renamed]]')

  const [known, ...others] = await vault.call('bigChanges', {})
  expect(others).toEqual([])
  expect(known).toMatchObject({ id: 'round', title: change.title, created: 1, undone: false })
  await vault.call('undoBigChange', { id: 'round' })
  expect(await paths()).toEqual(['Four.md', 'One.md', 'Three.md', 'Two.md'])
  expect(await Promise.all([one, two, four].map(({ id }) => text(id)))).toEqual(before)
})

test('mirror F17: a file that is saved alone is no big change, and the note before it is kept', async () => {
  harness = await vaultHarness(new MemoryStore(new MemoryDisk()))
  const { vault } = harness
  const { id } = await vault.call('createNote', { title: 'One', kind: 'note', folderId: null, markdown: 'First.\n' })
  const { markdown } = await vault.call('showMarkdown', { id })
  const [reply] = await vault.call('importFiles', {
    mirror: true,
    files: [{ path: 'One.md', bytes: bytes(`${markdown}\nMore.\n`), updated: 1, id, base: bytes(markdown) }],
  })
  expect(await vault.call('bigChanges', {})).toEqual([])
  if (reply?.before === undefined) throw new Error('nothing was kept')
  await vault.call('restoreVersion', { id, version: reply.before })
  expect((await vault.call('showMarkdown', { id })).markdown).toBe(markdown)
})

test('mirror F16: a plan of some notes names them by id or path, and nothing else', async () => {
  harness = await vaultHarness(new MemoryStore(new MemoryDisk()))
  const { vault } = harness
  await harness.importText({ 'a.md': 'A.\n', 'Sub/b.md': 'B.\n', 'Sub/c.md': 'C.\n' })
  const all = await vault.call('exportPlan', {})
  const a = all.notes.find(({ path }) => path === 'a.md')
  if (!a) throw new Error('no note')
  const plan = await vault.call('exportPlan', { of: { ids: [a.id], paths: ['Sub/b.md', 'b.md'], attachments: false } })
  expect(plan.notes.map(({ path }) => path).sort()).toEqual(['Sub/b.md', 'a.md'])
  expect(plan.sidecar).toEqual({})
})
