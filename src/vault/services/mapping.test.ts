import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NoteId } from '../../core/base/ids.ts'
import type { Mapping } from '../../core/import/mapping.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

const MAPPING: Mapping = {
  kinds: [
    { by: 'folder', key: 'Essays', value: '', kind: 'essay' },
    { by: 'tag', key: 'case', value: '', kind: 'example' },
  ],
  words: { supports: 'illustrates' },
}
const FILES: Record<string, string> = {
  'Essays/Reach.md': 'An essay.\n',
  'Outage.md': '---\nsupports: "[[Reach]]" # why\n---\nIt stopped. #case\n',
  'Said.md': '---\nkind: commitment\ntags: [case]\n---\n',
  'Plain.md': 'supports:: [[Reach]]\n',
  'pages/a___b.md': 'alias:: other\n',
}

describe('kinds and relations of a mapping', () => {
  let harness: VaultHarness
  beforeEach(async () => {
    harness = await vaultHarness(new MemoryStore(new MemoryDisk()))
  })
  afterEach(() => harness.close())

  const take = async (
    files: Record<string, string>,
    extra: Record<string, { id?: string; kind?: 'essay' | 'example' }> = {},
  ) => {
    const input = Object.entries(files).map(([path, text]) => ({
      path,
      bytes: new TextEncoder().encode(text),
      updated: 5,
      ...extra[path],
    }))
    const replies = await harness.vault.call('importFiles', { files: input })
    return { replies, counts: await harness.vault.call('importEnd', {}) }
  }
  const kinds = async () => {
    const rows = await harness.vault.call('notes', {})
    return Object.fromEntries(rows.map(({ path, kind }) => [path, kind]))
  }
  const exported = async () => {
    const plan = await harness.vault.call('exportPlan', {})
    const notes = await harness.vault.call('exportNotes', { ids: plan.notes.map(({ id }) => id) })
    expect(notes.filter(({ problem }) => problem !== null)).toEqual([])
    return { plan, files: Object.fromEntries(notes.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)])) }
  }
  const WANTED = {
    'Essays/Reach.md': 'essay',
    'Outage.md': 'example',
    'Said.md': 'commitment',
    'Plain.md': 'note',
    'pages/a___b.md': 'note',
  }

  it('I6, M1: rules give kinds, and no file changes by them', async () => {
    await harness.vault.call('setImportMapping', { kinds: [...MAPPING.kinds], words: { ...MAPPING.words } })
    await take(FILES)
    expect(await kinds()).toEqual(WANTED)
    expect((await exported()).files).toEqual(FILES)
    expect(await harness.vault.call('check', { repair: false })).toMatchObject({ ok: true })
    expect(await harness.vault.call('importMapping', {})).toEqual({ ...MAPPING, beside: 2 })
    const { id } = await harness.vault.call('find', { name: 'Outage' })
    await harness.vault.call('setKind', { id, kind: 'note' })
    expect((await exported()).files['Outage.md']).toBe(
      '---\nsupports: "[[Reach]]" # why\nkind: note\n---\nIt stopped. #case\n',
    )
  })

  it('I7, M3: another vault that takes the copy in has the same kinds and words', async () => {
    await harness.vault.call('setImportMapping', { kinds: [...MAPPING.kinds], words: { ...MAPPING.words } })
    await take(FILES)
    const { plan, files } = await exported()
    const sidecar = JSON.parse(plan.sidecar['import.json'] ?? '')
    expect(sidecar).toEqual({
      version: 1,
      mapping: MAPPING,
      kinds: { 'Essays/Reach.md': 'essay', 'Outage.md': 'example' },
    })
    await harness.close()
    harness = await vaultHarness(new MemoryStore(new MemoryDisk()))
    await harness.vault.call('setImportMapping', sidecar.mapping)
    await take(
      files,
      Object.fromEntries(Object.entries(sidecar.kinds).map(([path, kind]) => [path, { kind: kind as 'essay' }])),
    )
    expect(await kinds()).toEqual(WANTED)
    expect((await exported()).plan.sidecar['import.json']).toBe(plan.sidecar['import.json'])
  })

  it('M8: a file that changed keeps the kind beside it, until it names one', async () => {
    await harness.vault.call('setImportMapping', { kinds: [...MAPPING.kinds], words: {} })
    await take(FILES)
    const { replies } = await take({ 'Essays/Reach.md': 'An essay, longer.\n' })
    expect(replies[0]?.status).toBe('updated')
    expect((await kinds())['Essays/Reach.md']).toBe('essay')
    expect((await exported()).files['Essays/Reach.md']).toBe('An essay, longer.\n')
    await take({ 'Essays/Reach.md': '---\nkind: example\n---\nAn essay, longer.\n' })
    expect((await kinds())['Essays/Reach.md']).toBe('example')
    expect((await exported()).files['Essays/Reach.md']).toBe('---\nkind: example\n---\nAn essay, longer.\n')
  })

  it('I8: kinds are written into the files when the person says so, in one step that can be taken back', async () => {
    await harness.vault.call('setImportMapping', { kinds: [...MAPPING.kinds], words: {} })
    await take(FILES)
    const { change, notes } = await harness.vault.call('writeKinds', {})
    expect(notes).toBe(2)
    const { files } = await exported()
    expect(files['Outage.md']).toBe('---\nsupports: "[[Reach]]" # why\nkind: example\n---\nIt stopped. #case\n')
    expect(files['Essays/Reach.md']).toBe('---\nkind: essay\n---\n\nAn essay.\n')
    expect(files['Said.md']).toBe(FILES['Said.md'])
    expect((await harness.vault.call('importMapping', {})).beside).toBe(0)
    await harness.vault.call('undoBigChange', { id: change ?? '' })
    expect((await exported()).files).toEqual(FILES)
    expect(await kinds()).toEqual(WANTED)
  })

  it('I9, M1, M8: notes that are in get kinds by other rules where that is asked for, and it is one step back', async () => {
    const rules = (kinds: Mapping['kinds']) => harness.vault.call('setImportMapping', { kinds: [...kinds], words: {} })
    await rules([{ by: 'folder', key: 'Essays', value: '', kind: 'essay' }])
    const origin = 'folder'
    const files = Object.entries(FILES).map(([path, text]) => ({
      path,
      bytes: new TextEncoder().encode(text),
      updated: 5,
    }))
    const first = await harness.vault.call('importFiles', { origin, files })
    await harness.vault.call('importEnd', {})
    const id = (path: string) => first.find((each) => each.path === path)?.id as NoteId
    await harness.vault.call('setKind', { id: id('pages/a___b.md'), kind: 'commitment' })
    const before = await kinds()
    expect(before).toMatchObject({ 'Essays/Reach.md': 'essay', 'Outage.md': 'note' })

    const open = await harness.vault.call('importedKinds', { origin, paths: Object.keys(FILES) })
    // Of the others one says its kind, which only who reads the file knows, and one was given it by hand.
    expect(open).toEqual([
      { path: 'Essays/Reach.md', kind: 'essay' },
      { path: 'Outage.md', kind: 'note' },
      { path: 'Plain.md', kind: 'note' },
    ])
    expect(await harness.vault.call('importedKinds', { origin: 'another', paths: Object.keys(FILES) })).toEqual([])
    await rules([{ by: 'tag', key: 'case', value: '', kind: 'example' }])
    const again = await harness.vault.call('importFiles', { origin, files })
    expect(again.every(({ status }) => status === 'unchanged')).toBe(true)
    expect(await kinds()).toEqual(before)

    const wanted = [
      { id: id('Essays/Reach.md'), kind: 'note' as const },
      { id: id('Outage.md'), kind: 'example' as const },
      { id: id('Plain.md'), kind: 'note' as const },
      { id: id('pages/a___b.md'), kind: 'note' as const },
    ]
    const changesBefore = (await harness.vault.call('bigChanges', {})).length
    expect(await harness.vault.call('applyKinds', { kinds: wanted })).toEqual({ notes: 2 })
    await harness.vault.call('importEnd', {})
    expect(await kinds()).toEqual({ ...before, 'Essays/Reach.md': 'note', 'Outage.md': 'example' })
    const out = (await exported()).files
    for (const path of ['Essays/Reach.md', 'Outage.md', 'Plain.md']) expect(out[path]).toBe(FILES[path])
    const changes = await harness.vault.call('bigChanges', {})
    expect(changes).toHaveLength(changesBefore + 1)
    expect(await harness.vault.call('applyKinds', { kinds: wanted })).toEqual({ notes: 0 })
    await harness.vault.call('importEnd', {})
    expect(await harness.vault.call('bigChanges', {})).toHaveLength(changesBefore + 1)
    await harness.vault.call('undoBigChange', { id: changes[0]?.id ?? '' })
    expect(await kinds()).toEqual(before)
  })

  it('I6: a word is read as a relation in every note, also in those that were there before', async () => {
    await take(FILES)
    const { id } = await harness.vault.call('find', { name: 'Reach' })
    const relations = async () => {
      await harness.vault.call('whenIndexed', {})
      const { items } = await harness.index.call('backlinks', { id })
      return items.map(({ relation }) => relation).sort()
    }
    expect(await relations()).toEqual(['mentions', 'mentions'])
    await harness.vault.call('setImportMapping', { kinds: [], words: { supports: 'illustrates' } })
    expect(await relations()).toEqual(['illustrates', 'illustrates'])
    await harness.vault.call('setImportMapping', { kinds: [], words: {} })
    expect(await relations()).toEqual(['mentions', 'mentions'])
  })

  it('I3: a page of Logseq is found by its own names', async () => {
    await take({ ...FILES, 'x.md': '[[a/b]] [[other]]\n' })
    const found = await Promise.all(['a/b', 'other'].map((name) => harness.vault.call('find', { name })))
    expect(found.map(({ path }) => path)).toEqual(['pages/a___b.md', 'pages/a___b.md'])
  })
})
