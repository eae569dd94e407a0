import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NoteId } from '../../core/base/ids.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

describe('A2, S20: attachments that notes name', () => {
  let disk: MemoryDisk
  let harness: VaultHarness
  beforeEach(async () => {
    disk = new MemoryDisk()
    harness = await vaultHarness(new MemoryStore(disk))
  })
  afterEach(() => harness.close())

  const file = (path: string, digit = 'a') => ({ path, sha256: digit.repeat(64), size: 1 })
  const create = (title: string, markdown: string) =>
    harness.vault.call('createNote', { title, kind: 'note', folderId: null, markdown })
  const add = (...paths: string[]) =>
    harness.vault.call('addAttachments', { attachments: paths.map((path) => file(path)) })
  const inUse = () => harness.vault.call('attachmentsInUse', {})

  it('in every kind of link, in properties, in code and in plain words', async () => {
    await add('A/one.png', 'A/two words.png', 'three.pdf', 'four.jpg', 'five.svg', 'six.txt', 'none.png', 'Ü.gif')
    await create('Note', '![[one.png|300]] ![x](A/two%20words.png) [y](three.pdf) `four.jpg`\n\n<img src="Ü.gif">')
    await create('Other', '---\ncover: five.svg\n---\nsix.txt lies on the desk')
    const { paths, certain } = await inUse()
    expect(certain).toBe(true)
    expect(paths).toEqual(['A/one.png', 'A/two words.png', 'five.svg', 'four.jpg', 'six.txt', 'three.pdf', 'Ü.gif'])
  })

  it('in the trash too, until that is emptied', async () => {
    await add('one.png')
    const { id } = await create('Note', '![[one.png]]')
    await harness.vault.call('trashNote', { id })
    expect((await inUse()).paths).toEqual(['one.png'])
    await harness.vault.call('purgeNotes', { ids: [id] })
    expect(await inUse()).toEqual({ paths: [], certain: true })
  })

  it('as they are typed now', async () => {
    await add('one.png')
    const { id } = await create('Note', 'nothing')
    expect((await inUse()).paths).toEqual([])
    const replica = await harness.openNote(id)
    await harness.vault.call('appendMarkdown', { id, markdown: '![[one.png]]' })
    expect((await inUse()).paths).toEqual(['one.png'])
    replica.close()
  })

  it('all of them where a note cannot be read, and those whose name cannot be looked for', async () => {
    await add('one.png', 'LICENSE', '50%.png')
    const { id } = await create('Note', 'nothing')
    expect(await inUse()).toEqual({ paths: ['50%.png', 'LICENSE'], certain: true })
    await harness.vault.call('trashNote', { id })
    disk.inbox.delete(id as NoteId)
    harness.keeper.forget(id as NoteId)
    expect(await inUse()).toEqual({ paths: ['50%.png', 'LICENSE', 'one.png'], certain: false })
  })

  it('are not taken from the list, nor is another file of that path', async () => {
    await add('one.png', 'two.png', 'three.png')
    await create('Note', '![[one.png]]')
    const gone = await harness.vault.call('removeAttachments', {
      attachments: [file('one.png'), file('two.png'), file('three.png', 'b'), file('unknown.png')],
    })
    expect(gone).toEqual([file('two.png')])
    const left = (await harness.vault.call('attachments', {})).map(({ path }) => path)
    expect(left).toEqual(['one.png', 'three.png'])
    expect([...disk.attachments.keys()].sort()).toEqual(['one.png', 'three.png'])
    const { id } = await create('Asks', '')
    const ask = (target: string) => harness.vault.call('resolveAttachment', { noteId: id, target })
    expect(await ask('two.png')).toBeNull()
    expect(await ask('three.png')).toEqual(file('three.png'))
  })
})
