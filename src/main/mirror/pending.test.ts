import { expect, test } from 'vitest'
import { noteId } from '../../core/base/ids.ts'
import { Pending, STORM } from './pending.ts'

const id = noteId('note-under-test-00001')

test('F16: the first round compares everything, the next ones what both sides told of', () => {
  const pending = new Pending()
  pending.touched('a.md')
  expect(pending.take()).toBeNull()
  pending.edited({ ids: [id], all: false, folders: false })
  pending.touched('b.md')
  expect(pending.take()).toEqual({ notes: new Set([id]), paths: new Set(['b.md']), hasMore: false })
  expect(pending.take()).toEqual({ notes: new Set(), paths: new Set(), hasMore: false })
})

test('F16: a storm, and what the vault tells of without names, compare everything', () => {
  const pending = new Pending()
  pending.take()
  for (let i = 0; i <= STORM; i++) pending.touched(`${i}.md`)
  pending.touched('one more.md')
  expect(pending.take()).toBeNull()
  pending.edited({ ids: [], all: true, folders: false })
  expect(pending.take()).toBeNull()
})

test('F16: what was taken for a round that did not begin is known again', () => {
  const pending = new Pending()
  pending.take()
  pending.touched('a.md')
  pending.edited({ ids: [id], all: false, folders: true })
  const known = pending.take()
  pending.touched('b.md')
  pending.putBack(known)
  expect(pending.take()).toEqual({ notes: new Set([id]), paths: new Set(['b.md', 'a.md']), hasMore: true })
  pending.putBack(null)
  expect(pending.take()).toBeNull()
})
