import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NoteId } from '../../core/base/ids.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('attachments of imported folders', () => {
  let disk: MemoryDisk
  let harness: VaultHarness
  beforeEach(async () => {
    disk = new MemoryDisk()
    harness = await vaultHarness(new MemoryStore(disk))
  })
  afterEach(() => harness.close())

  type Came = Record<string, string>
  const fileOf = ([path, digit]: [string, string]) => ({ path, sha256: digit.repeat(64), size: 1 })
  const bring = (origin: string, came: Came) =>
    harness.vault.call('importAttachments', { origin, attachments: Object.entries(came).map(fileOf) })
  const note = async (origin: string, path: string, text: string): Promise<NoteId> => {
    const files = [{ path, bytes: bytesOf(text), updated: 1 }]
    const [reply] = await harness.vault.call('importFiles', { origin, files })
    await harness.vault.call('importEnd', {})
    if (!reply) throw new Error('not taken in')
    return reply.id
  }
  const shown = async (noteId: NoteId, target: string) =>
    (await harness.vault.call('resolveAttachment', { noteId, target }))?.sha256[0] ?? null
  const kept = async () =>
    Object.fromEntries((await harness.vault.call('attachments', {})).map(({ path, sha256 }) => [path, sha256[0]]))

  it('S21: another file at the path of one that is here gets a name beside it, and its notes show it', async () => {
    const first = await note('one', 'a.md', '![[pic.png]]')
    expect(await bring('one', { 'Files/pic.png': 'a', 'Files/same.png': 'c' })).toEqual([])
    const second = await note('two', 'b.md', '![[pic.png]]')
    expect(await bring('two', { 'Files/pic.png': 'b', 'Files/same.png': 'c' })).toEqual([
      { path: 'Files/pic.png', name: 'Files/pic 2.png' },
    ])
    expect(await kept()).toEqual({ 'Files/pic.png': 'a', 'Files/pic 2.png': 'b', 'Files/same.png': 'c' })
    for (const target of ['pic.png', 'Files/pic.png', './Files/pic.png', 'PIC.png', 'Files%2Fpic.png']) {
      expect([target, await shown(first, target), await shown(second, target)]).toEqual([target, 'a', 'b'])
    }
    expect(await shown(first, 'Files/pic 2.png')).toBe('b')
    const { attachments } = await harness.vault.call('exportPlan', {})
    expect(attachments.map(({ path }) => path)).toEqual(['Files/pic 2.png', 'Files/pic.png', 'Files/same.png'])
    await harness.close()
    harness = await vaultHarness(new MemoryStore(disk))
    expect(await shown(second, 'pic.png')).toBe('b')
  })

  it('S21, M8: the same folder again changes nothing; a file that changed in it is replaced in its place only', async () => {
    await bring('one', { 'pic.png': 'a', 'both.png': 'c' })
    await bring('two', { 'pic.png': 'b', 'both.png': 'c' })
    const before = [...disk.attachments.values()]
    await bring('one', { 'pic.png': 'a', 'both.png': 'c' })
    expect(await bring('two', { 'pic.png': 'b', 'both.png': 'c' })).toEqual([{ path: 'pic.png', name: 'pic 2.png' }])
    expect([...disk.attachments.values()]).toEqual(before)
    await bring('two', { 'pic.png': 'd' })
    await bring('one', { 'pic.png': 'e' })
    expect(await kept()).toEqual({ 'pic.png': 'e', 'pic 2.png': 'd', 'both.png': 'c' })
    // Both brought this one, so the other keeps what it had.
    const [first, second] = [await note('one', 'a.md', 'a'), await note('two', 'b.md', 'b')]
    await bring('one', { 'both.png': 'f' })
    expect(await kept()).toMatchObject({ 'both.png': 'c', 'both 2.png': 'f' })
    expect([await shown(first, 'both.png'), await shown(second, 'both.png')]).toEqual(['f', 'c'])
    // The same bytes from a third place are one of them.
    expect(await bring('three', { 'pic.png': 'd' })).toEqual([{ path: 'pic.png', name: 'pic 2.png' }])
    expect(Object.keys(await kept())).toHaveLength(4)
  })

  it('S21: a file that was pasted here is not replaced; one that this vault exported and somebody edited is', async () => {
    await harness.vault.call('addAttachments', { attachments: [fileOf(['Files/x.png', 'a'])] })
    const edited = { ...fileOf(['Files/x.png', 'b']), exported: 'a'.repeat(64) }
    await harness.vault.call('importAttachments', { origin: 'out', attachments: [edited] })
    expect(await kept()).toEqual({ 'Files/x.png': 'b' })
    expect(await bring('two', { 'Files/x.png': 'c', 'Files/x 2.png': 'd' })).toEqual([
      { path: 'Files/x.png', name: 'Files/x 3.png' },
    ])
    expect(await kept()).toEqual({ 'Files/x.png': 'b', 'Files/x 2.png': 'd', 'Files/x 3.png': 'c' })
  })

  it('S21, A2: what its notes name by the path of another one is in use', async () => {
    await note('two', 'b.md', '![[pic.png]]')
    await bring('one', { 'pic.png': 'a' })
    await bring('two', { 'pic.png': 'b', 'other.png': 'c' })
    const { paths } = await harness.vault.call('attachmentsInUse', {})
    expect(paths).toEqual(['pic 2.png', 'pic.png'])
  })

  it('X1: a note is exported with the files that it leads to, under the names that it gives them', async () => {
    const id = await note(
      'one',
      'Sub/a.md',
      '---\ncover: pic.png\n---\n![[x.pdf]] [b](../B/x.pdf) ![[none.png]] `x.png`',
    )
    await bring('one', { 'pic.png': 'a', 'Sub/x.pdf': 'b', 'B/x.pdf': 'c', 'C/x.pdf': 'd', 'x.png': 'e' })
    const [plain] = await harness.vault.call('exportNotes', { ids: [id] })
    expect(plain?.files).toBeUndefined()
    const [withFiles] = await harness.vault.call('exportNotes', { ids: [id], withFiles: true })
    expect(withFiles?.files).toEqual([
      { name: 'pic.png', path: 'pic.png' },
      { name: 'x.pdf', path: 'Sub/x.pdf' },
      { name: '../B/x.pdf', path: 'B/x.pdf' },
    ])
  })

  it('S21, M3: an export says whose files they are, and an import of it shows each note its own', async () => {
    await note('one', 'a.md', '![[pic.png]]')
    await bring('one', { 'pic.png': 'a' })
    await note('two', 'b.md', '![[pic.png]]')
    await bring('two', { 'pic.png': 'b' })
    const { sidecar, attachments } = await harness.vault.call('exportPlan', {})
    const said = JSON.parse(sidecar['files.json'] ?? '') as {
      files: Record<string, { path: string; notes: string[] }[]>
    }
    expect(said.files).toEqual({ 'pic 2.png': [{ path: 'pic.png', notes: ['b.md'] }] })
    await harness.close()
    harness = await vaultHarness(new MemoryStore(), { id: 'another-vault' })
    const [first, second] = [await note('out', 'a.md', '![[pic.png]]'), await note('out', 'b.md', '![[pic.png]]')]
    const again = async () => {
      const coming = attachments.map((each) => ({ ...each, standsFor: said.files[each.path] }))
      expect(await harness.vault.call('importAttachments', { origin: 'out', attachments: coming })).toEqual([])
    }
    await again()
    expect([await shown(first, 'pic.png'), await shown(second, 'pic.png')]).toEqual(['a', 'b'])
    await again()
    expect(await kept()).toEqual({ 'pic.png': 'a', 'pic 2.png': 'b' })
    expect((await harness.vault.call('exportPlan', {})).sidecar['files.json']).toBe(sidecar['files.json'])
  })
})
