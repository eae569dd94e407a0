import { afterEach, beforeEach, expect, test } from 'vitest'
import { noteId } from '../../core/base/ids.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { readChildren } from '../../editor/convert/v2-yjs.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

const [A, B] = [noteId('a'.repeat(21)), noteId('b'.repeat(21))]

let harness: VaultHarness
beforeEach(async () => {
  harness = await vaultHarness(new MemoryStore(new MemoryDisk()))
})
afterEach(() => harness.close())

const create = async (markdown: string, linkIds = {}) =>
  (await harness.vault.call('createNote', { title: 'Note', kind: 'note', markdown, linkIds })).id
const show = async (id: Awaited<ReturnType<typeof create>>) => {
  const { markdown } = await harness.vault.call('showMarkdown', { id })
  return markdown.replace(/^---\n[\s\S]*?\n---\n+/, '')
}

test('a passage is given the id that is proposed, once, and an edit above it does not mislead', async () => {
  const id = await create('One.\n\nTwo.\n')
  const [, two] = await harness.vault.call('passages', { id })
  if (!two) return expect.unreachable()
  const { is, text, item } = two
  const asked = { id, is, text, item, block: 7, blockId: 'abc123' }
  expect(await harness.vault.call('markPassage', asked)).toEqual({ blockId: 'abc123' })
  expect(await harness.vault.call('markPassage', { ...asked, blockId: 'other' })).toEqual({ blockId: 'abc123' })
  expect(await show(id)).toBe('One.\n\nTwo. ^abc123\n')
})

test('what is not there any more is said, and nothing is written', async () => {
  const id = await create('One.\n')
  const asked = { id, is: 'paragraph' as const, text: 'Two.', item: null, block: 0, blockId: 'abc' }
  await expect(harness.vault.call('markPassage', asked)).rejects.toMatchObject({ code: 'changed' })
  expect(await show(id)).toBe('One.\n')
})

test('wikilinks of a new note carry the ids that came with it', async () => {
  const id = await create('See [[A]], [[B|b]] and [[C]].\n', { A, 'B|b': B })
  const { doc } = await harness.openNote(id)
  const [paragraph] = readChildren(rootOf(doc))
  expect(JSON.stringify(paragraph)).toMatch(/\[\[A\]\].*"target":"a{21}".*\[\[B\|b\]\].*"target":"b{21}"/)
  expect(JSON.stringify(paragraph)).toMatch(/\[\[C\]\][^}]*"target":""/)
  expect(await show(id)).toBe('See [[A]], [[B|b]] and [[C]].\n')
})
