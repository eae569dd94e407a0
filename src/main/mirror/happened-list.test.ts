import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { noteId } from '../../core/base/ids.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { HappenedList } from './happened-list.ts'
import { KeptCopies } from './kept-copies.ts'
import type { Happened } from './parts.ts'

const folder = temporaryFolders()
const fail = (error: unknown) => {
  throw error
}
const id = noteId('note-under-test-00001')
const line = (kind: Happened['kind'], at = 'a.md'): Happened => ({ kind, path: at, id, from: '' })

test('F20: what happened is there after a start, newest first, and one that cannot be read begins anew', async () => {
  const file = path.join(folder(), 'happened.json')
  const list = await HappenedList.open(file, fail)
  list.add(line('trashed'))
  list.endRound(1)
  list.add(line('read', 'b.md'))
  list.endRound(2)
  await list.end()
  const again = await HappenedList.open(file, fail)
  expect(again.all.map(({ at, kind, path: of }) => [at, kind, of])).toEqual([
    [2, 'read', 'b.md'],
    [1, 'trashed', 'a.md'],
  ])
  writeFileSync(file, '{')
  expect((await HappenedList.open(file, fail)).all).toEqual([])
})

test('F20: a storm is one line, so that those before it stay', async () => {
  const list = await HappenedList.open(path.join(folder(), 'happened.json'), fail)
  list.add(line('trashed'))
  list.endRound(1)
  for (let i = 0; i < 5000; i++) list.add(line('read', `${i}.md`))
  list.add({ kind: 'changes', path: '', id: null, from: '', change: 'c', counts: { edits: 5000 } })
  for (let i = 0; i < 5000; i++) list.add(line('written', `${i}.md`))
  list.endRound(2)
  expect(list.all.map(({ kind, counts }) => [kind, counts?.files ?? counts?.edits])).toEqual([
    ['changes', 5000],
    ['written', 5000],
    ['trashed', undefined],
  ])
  await list.end()
})

test('F20: what was taken back says so, and nothing of a note that is no more stays', async () => {
  const file = path.join(folder(), 'happened.json')
  const list = await HappenedList.open(file, fail)
  list.add(line('read'))
  list.add({ kind: 'changes', path: '', id: null, from: '', change: 'c', counts: { edits: 2 } })
  list.endRound(1)
  const [changes] = list.all
  list.setUndone(changes?.entry ?? '')
  expect(list.all.map(({ undone }) => undone)).toEqual([true, false])
  list.keepOnly(() => false)
  await list.end()
  expect(readFileSync(file, 'utf8')).not.toContain('a.md')
})

test('F19: a copy of changed words is kept until its note is removed for good; no name leads elsewhere', async () => {
  const copies = new KeptCopies(path.join(folder(), 'kept'))
  const name = await copies.keep(id, new TextEncoder().encode('Changed.\n'), 1_700_000_000_000)
  expect(readFileSync(copies.place(name) ?? '', 'utf8')).toBe('Changed.\n')
  expect(copies.place('../../settings.json')).toBeNull()
  await copies.keepOnly((each) => each === id)
  expect(readFileSync(copies.place(name) ?? '', 'utf8')).toBe('Changed.\n')
  await copies.keepOnly(() => false)
  expect(() => readFileSync(copies.place(name) ?? '')).toThrow()
})
