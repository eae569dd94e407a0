import { expect, test } from 'vitest'
import { folderId, noteId } from '../../core/base/ids.ts'
import { countUnresolved, folderAt, resolveScope, WHOLE_VAULT } from './export-scope.ts'
import type { VaultCalls } from './vault-calls.ts'

const FOLDERS = [
  { id: 'foldereeee', parentId: 'folderbbbb', name: 'Deep' },
  { id: 'folderaaaa', parentId: null, name: 'Essays' },
  { id: 'folderbbbb', parentId: 'folderaaaa', name: 'Old' },
  { id: 'folderdddd', parentId: null, name: 'Old' },
]
const NOTES: Record<string, string[]> = { folderaaaa: ['note-a'], foldereeee: ['note-e'], folderdddd: ['note-d'] }

const answers: Record<string, (input: never) => unknown> = {
  folders: () => FOLDERS,
  notes: ({ folderId: id }: { folderId: string }) => (NOTES[id] ?? []).map((each) => ({ id: each })),
  note: ({ id }: { id: string }) => ({ id, trashed: id === 'note-t' }),
  whenIndexed: () => undefined,
  outlinks: () => [
    { id: 'note-b', ambiguous: false },
    { id: null, ambiguous: false },
    { id: null, ambiguous: true },
  ],
  status: () => ({ unresolved: 9 }),
  search: ({ offset }: { offset: number }) => ({
    total: 1500,
    hits: Array.from({ length: offset === 0 ? 1000 : 500 }, (_, n) => ({ id: `hit-${offset + n}` })),
  }),
}
const call = async (name: string, input: unknown) => answers[name]?.(input as never) as never
const source = { vault: { call } as VaultCalls, index: async () => ({ call }) as never }
const ids = async (...args: Parameters<typeof resolveScope>) => [...((await resolveScope(...args)).ids ?? [])]

test('nothing said, and the folder above all folders, are the whole vault', async () => {
  expect(await resolveScope(undefined, source)).toBe(WHOLE_VAULT)
  expect(await resolveScope({ kind: 'folder', id: null }, source)).toBe(WHOLE_VAULT)
})

test('a folder has all below it, in whatever order folders come', async () => {
  expect(await ids({ kind: 'folder', id: folderId('folderaaaa') }, source)).toEqual(['note-a', 'note-e'])
  await expect(resolveScope({ kind: 'folder', id: folderId('foldernone') }, source)).rejects.toThrow(
    'not in this vault any more',
  )
  expect(await folderAt('Essays/Old/', source.vault)).toBe('folderbbbb')
  await expect(folderAt('Essays/New', source.vault)).rejects.toMatchObject({ code: 'not-found' })
})

test('a note, and with what it links to; one in the trash is none', async () => {
  expect(await ids({ kind: 'note', id: noteId('note-a') }, source)).toEqual(['note-a'])
  expect(await ids({ kind: 'note', id: noteId('note-a'), linked: true }, source)).toEqual(['note-a', 'note-b'])
  await expect(resolveScope({ kind: 'note', id: noteId('note-t') }, source)).rejects.toThrow('trash')
})

test('a search has every hit, however many', async () => {
  expect((await ids({ kind: 'search', query: 'x' }, source)).length).toBe(1500)
})

test('unresolved links: of all by the index’ count, of some by their own links', async () => {
  expect(await countUnresolved(WHOLE_VAULT, source)).toBe(9)
  expect(await countUnresolved({ key: 'x', ids: new Set([noteId('note-a'), noteId('note-b')]) }, source)).toBe(2)
})
