import { afterEach, beforeEach, expect, test } from 'vitest'
import type { NoteId } from '../../core/base/ids.ts'
import type { FactEdit } from '../../core/note/edit-facts.ts'
import { MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

let harness: VaultHarness
let id: NoteId
beforeEach(async () => {
  harness = await vaultHarness(new MemoryStore())
  const markdown = '---\ntags: [a]   # kept\n# why\ndue: 2026-03-19\n"odd key": x\n---\n\nWords.\n'
  id = (await harness.vault.call('createNote', { title: 'Facts', kind: 'note', markdown })).id
})
afterEach(() => harness.close())

const edit = (edit: FactEdit) => harness.vault.call('editFacts', { id, edit })
const shown = async () => (await harness.vault.call('showMarkdown', { id })).markdown
const facts = async () => {
  const { tags, aliases, properties } = await harness.vault.call('note', { id })
  return { tags, aliases, properties: properties.map(({ key, value }) => [key, value]) }
}

test('properties are added, changed, renamed, placed and removed; the order is kept, and Markdown says them', async () => {
  await edit({ is: 'add', key: 'rests_on', value: ['[[Blast radius]]'] })
  await edit({ is: 'set', key: 'due', value: '2026-04-01' })
  await edit({ is: 'rename', key: 'odd key', to: 'plain' })
  await edit({ is: 'place', key: 'rests_on', at: 0 })
  await edit({ is: 'set', key: 'tags', value: ['a', '#b'] })
  expect(await facts()).toEqual({
    tags: ['a', 'b'],
    aliases: [],
    properties: [
      ['rests_on', ['[[Blast radius]]']],
      ['due', '2026-04-01'],
      ['plain', 'x'],
    ],
  })
  const markdown = await shown()
  expect(markdown).toContain('due: 2026-04-01\n')
  expect(markdown).toContain('rests_on:')
  const copy = await harness.vault.call('createNote', { title: 'Copy', kind: 'note', markdown })
  const { properties, tags } = await harness.vault.call('note', { id: copy.id })
  expect({ tags, properties: properties.map(({ key, value }) => [key, value]) }).toEqual({
    tags: ['a', 'b'],
    properties: (await facts()).properties,
  })
  await edit({ is: 'remove', key: 'plain' })
  expect((await facts()).properties.map(([key]) => key)).toEqual(['rests_on', 'due'])
})

test('what cannot be is refused by name, and nothing changes', async () => {
  const before = await facts()
  await expect(edit({ is: 'add', key: 'due', value: '' })).rejects.toMatchObject({ code: 'taken' })
  await expect(edit({ is: 'add', key: 'id', value: 'x' })).rejects.toMatchObject({ code: 'reserved' })
  await expect(edit({ is: 'set', key: 'gone', value: 1 })).rejects.toMatchObject({ code: 'missing' })
  expect(await facts()).toEqual(before)
})

test('a status that a log says is not set by hand', async () => {
  await harness.vault.call('setKind', { id, kind: 'commitment' })
  await edit({ is: 'add', key: 'status', value: 'considering' })
  await harness.vault.call('appendLog', { id, type: 'opened', text: 'Begun.' })
  await expect(edit({ is: 'set', key: 'status', value: 'kept' })).rejects.toMatchObject({ code: 'from-log' })
})

test('M2: a file keeps its lines where properties were put in another order, and goes out without a problem', async () => {
  const source = '---\nid: note-order-01\na: 1\nb: 2 # b\n---\n\nWords.\n'
  await harness.importText({ 'Order.md': source })
  const order = (await harness.vault.call('find', { name: 'Order' })).id
  await harness.vault.call('editFacts', { id: order, edit: { is: 'place', key: 'b', at: 0 } })
  const [note] = await harness.vault.call('exportNotes', { ids: [order] })
  expect(note?.problem).toBeNull()
  expect(new TextDecoder().decode(note?.bytes)).toBe(source)
})

test('a new note is of the kind that its text says, unless somebody else says one', async () => {
  const markdown = '---\nkind: commitment\n---\n\nWords.\n\n## Log\n\n- 2026-01-01, opened, Ana: Go.\n'
  const made = await harness.vault.call('createNote', { title: 'Said', markdown })
  expect(made).toMatchObject({ kind: 'commitment', path: 'Commitments/Said.md' })
  expect(await harness.vault.call('noteLog', { id: made.id })).toMatchObject({ log: 1, status: 'in progress' })
  expect(await harness.vault.call('createNote', { title: 'Told', kind: 'essay', markdown })).toMatchObject({
    kind: 'essay',
  })
  expect(await harness.vault.call('createNote', { title: 'Bare', markdown: 'x' })).toMatchObject({ kind: 'note' })
})
