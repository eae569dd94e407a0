import { expect, test } from 'vitest'
import { folderId } from '../../../core/base/ids.ts'
import { folderPaths } from './paths.ts'

const folder = (id: string, name: string, parent: string | null) => ({
  id: folderId(id),
  name,
  parentId: parent === null ? null : folderId(parent),
  notes: 0,
})

const FOLDERS = [folder('b', 'Beta', 'a'), folder('a', 'Alpha', null), folder('c', 'Gamma', 'b')]

test('folders are offered by their whole path', () => {
  expect(folderPaths(FOLDERS, null).map(({ path }) => path)).toEqual(['Alpha', 'Alpha / Beta', 'Alpha / Beta / Gamma'])
})

test('a folder is never offered itself or what is in it', () => {
  expect(folderPaths(FOLDERS, folderId('b')).map(({ path }) => path)).toEqual(['Alpha'])
})

test('a cycle ends', () => {
  expect(folderPaths([folder('x', 'X', 'y'), folder('y', 'Y', 'x')], null)).toHaveLength(2)
})
