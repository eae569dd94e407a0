import { expect, test, vi } from 'vitest'
import { noteId } from '../../core/base/ids.ts'
import { CallError } from '../../ipc/rpc.ts'
import type { VaultClient } from './clients.ts'
import { gathered, StructureWatch } from './structure.ts'

const id = noteId('note-one')

function watch() {
  const note = {
    title: 'A',
    shownTitle: 'A',
    kind: 'note',
    folderId: null,
    path: 'A.md',
    trashed: false,
    properties: [],
    updated: 1,
  }
  let isGone = false
  const call = vi.fn(async () => {
    if (isGone) throw new CallError('not-found', 'gone')
    return { ...note }
  })
  const onChange = vi.fn()
  const structure = new StructureWatch({ call } as unknown as Pick<VaultClient, 'call'>, onChange)
  const changed = () => structure.changed({ ids: [id], all: false, folders: false })
  return { note, onChange, changed, structure, remove: () => (isGone = true) }
}

test('typing changes no list: only the first time a note is met, then nothing', async () => {
  const { note, onChange, changed } = watch()
  for (let n = 0; n < 20; n++) {
    note.updated = n
    await changed()
  }
  expect(onChange).toHaveBeenCalledTimes(1)
})

test('a title, a kind, a place, the trash and being gone each change the lists', async () => {
  const { note, onChange, changed, remove } = watch()
  await changed()
  for (const change of [{ title: 'B' }, { kind: 'essay' }, { path: 'Essays/B.md' }, { trashed: true }]) {
    Object.assign(note, change)
    await changed()
    await changed()
  }
  remove()
  await changed()
  expect(onChange).toHaveBeenCalledTimes(6)
})

test('folders, and more notes than are named, always do', async () => {
  const { onChange, structure } = watch()
  await structure.changed({ ids: [], all: true, folders: false })
  await structure.changed({ ids: [], all: false, folders: true })
  expect(onChange).toHaveBeenCalledTimes(2)
})

test('what changes while somebody types is asked for once in a while, and the last of it too', () => {
  vi.useFakeTimers()
  const passed: number[] = []
  const tell = gathered(({ ids }) => passed.push(ids.length), 250)
  for (let key = 0; key < 40; key++) {
    tell({ ids: [id], all: false, folders: false })
    vi.advanceTimersByTime(25)
  }
  vi.advanceTimersByTime(1000)
  expect(passed).toEqual([1, 1, 1, 1, 1])
  vi.useRealTimers()
})
