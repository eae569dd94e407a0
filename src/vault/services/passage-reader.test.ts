import { afterEach, expect, it } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { printBlocks } from '../../core/markdown/print.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { appendTree } from '../../editor/convert/append-tree.ts'
import { MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

const open: VaultHarness[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

async function vaultWith(markdown: string) {
  const harness = await vaultHarness(new MemoryStore())
  open.push(harness)
  const { id } = await harness.vault.call('createNote', { title: 'Blast radius', kind: 'essay', markdown })
  const read = async (anchor: string, most = 5000) => {
    const passage = await harness.vault.call('passage', { id, anchor, most })
    return { ...passage, text: passage.blocks && printBlocks(passage.blocks).trim() }
  }
  return { ...harness, id, read }
}

it('reads a note, a section and a block, with the note’s title and kind', async () => {
  const { read } = await vaultWith('Words.\n\n# One\n\nFirst. ^a\n\n# Two\n\nLast.')
  expect(await read('')).toMatchObject({ title: 'Blast radius', kind: 'essay', trashed: false, more: false })
  expect((await read('One')).text).toBe('# One\n\nFirst. ^a')
  expect((await read('^a')).text).toBe('First. ^a')
  expect((await read('Three')).blocks).toBeNull()
  expect(await read('', 1)).toMatchObject({ text: 'Words.', more: true })
})

it('follows edits of a note that is open, and of one that is closed again', async () => {
  const { read, vault, id, openNote } = await vaultWith('First.')
  expect((await read('')).text).toBe('First.')
  await vault.call('appendMarkdown', { id, markdown: 'Second.' })
  expect((await read('')).text).toBe('First.\n\nSecond.')
  const note = await openNote(id)
  appendTree(rootOf(note.doc), parseMarkdown('Third.').blocks)
  note.doc.transact(() => {}, LOCAL)
  await note.stored()
  expect((await read('')).text).toBe('First.\n\nSecond.\n\nThird.')
  note.close()
  await expect.poll(async () => (await read('')).text).toBe('First.\n\nSecond.\n\nThird.')
})

it('says of a note that is gone that it is not found, and of one in the trash that it is there', async () => {
  const { read, vault, id } = await vaultWith('First.')
  await vault.call('trashNote', { id })
  expect(await read('')).toMatchObject({ trashed: true, text: 'First.' })
  await expect(vault.call('passage', { id: 'no-such-note-here' as never, anchor: '', most: 9 })).rejects.toMatchObject({
    code: 'not-found',
  })
})
