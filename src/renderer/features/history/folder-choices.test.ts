import { expect, test } from 'vitest'
import type { FolderId } from '../../../core/base/ids.ts'
import { folderChoices, foldersWithin } from './folder-choices.ts'

const folder = (id: string, parentId: string | null) => ({
  id: id as FolderId,
  parentId: parentId as FolderId | null,
  name: id.toUpperCase(),
})

const FOLDERS = [folder('b', 'a'), folder('c', 'b'), folder('a', null), folder('d', null)]

test('folders are told by their paths', () => {
  expect(folderChoices(FOLDERS).map(({ path }) => path)).toEqual(['A', 'A / B', 'A / B / C', 'D'])
})

test('a folder is taken with all that are in it', () => {
  expect([...foldersWithin(FOLDERS, 'a' as FolderId)].sort()).toEqual(['a', 'b', 'c'])
  expect([...foldersWithin(FOLDERS, 'd' as FolderId)]).toEqual(['d'])
})

test('folders in a ring, as two computers can make them, end', () => {
  const ring = [folder('a', 'b'), folder('b', 'a')]
  expect(folderChoices(ring)).toHaveLength(2)
  expect(foldersWithin(ring, 'a' as FolderId).size).toBe(2)
})
