import { expect, test } from 'vitest'
import { folderId, noteId } from '../../../core/base/ids.ts'
import { firstWhat, isOffered, scopeOf, WHATS } from './export-choices.ts'

const note = noteId('noteaaaaaa')
const folder = folderId('folderaaaa')

test('what a window offers is what it shows: without a note or a search only the vault and its folders', () => {
  const offered = (offer: Parameters<typeof scopeOf>[1]) => WHATS.filter((what) => scopeOf(what, offer) !== null)
  expect(offered({ note: null, folder: null, query: null })).toEqual(['vault'])
  expect(offered({ note, folder, query: '' })).toEqual(['vault', 'folder', 'linked', 'note'])
  expect(offered({ note, folder, query: 'x' })).toEqual([...WHATS])
})

test('it begins with what it was opened for', () => {
  expect(firstWhat(undefined)).toBe('vault')
  expect(firstWhat({ kind: 'note', id: note })).toBe('note')
  expect(firstWhat({ kind: 'folder', id: folder })).toBe('folder')
  expect(firstWhat({ kind: 'search', query: 'x' })).toBe('search')
})

test('an archive is of a whole vault', () => {
  expect(WHATS.filter((what) => isOffered('archive', what))).toEqual(['vault'])
  expect(isOffered('zip', 'linked')).toBe(true)
})
