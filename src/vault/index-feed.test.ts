import { expect, it, vi } from 'vitest'
import { noteId } from '../core/base/ids.ts'
import type { IndexedNote, indexWriteContract } from '../ipc/index-contract.ts'
import { CallError, type Client } from '../ipc/rpc.ts'
import { IndexFeed } from './index-feed.ts'

const note = (name: string, docHash = 'hash') => ({ id: noteId(`note-${name}-xxxx`), docHash }) as IndexedNote

/** Refuses what is called so; keeps the order of what it took. */
function fakeIndex(refused: string) {
  const taken: string[] = []
  const calls: number[] = []
  const call = async (name: string, input: { notes?: IndexedNote[]; ids?: string[] }) => {
    calls.push(input.notes?.length ?? 0)
    if (input.notes?.some(({ docHash }) => docHash === refused)) throw new CallError('internal', 'refused')
    for (const { id, docHash } of input.notes ?? []) taken.push(`${name} ${id} ${docHash}`)
    for (const id of input.ids ?? []) taken.push(`${name} ${id}`)
  }
  return { index: { call } as unknown as Client<typeof indexWriteContract>, taken, calls }
}

it('S9: only the last state of a note is put, and a removal is a state', async () => {
  const { index, taken } = fakeIndex('')
  const feed = new IndexFeed(index, () => {})
  feed.put(note('a', 'one'))
  feed.put(note('b'))
  feed.put(note('a', 'two'))
  feed.remove(note('b').id)
  await feed.drain()
  expect(taken).toEqual(['put note-a-xxxx two', 'remove note-b-xxxx'])
})

it('S9: one note that is refused keeps no other out', async () => {
  const { index, taken, calls } = fakeIndex('bad')
  const indexed: string[] = []
  const feed = new IndexFeed(index, (notes) => indexed.push(...notes.map(({ id }) => id)))
  for (const each of [note('a'), note('b', 'bad'), note('c')]) feed.put(each)
  await feed.drain()
  expect(taken).toEqual(['put note-a-xxxx hash', 'put note-c-xxxx hash'])
  expect(indexed).toEqual(['note-a-xxxx', 'note-c-xxxx'])
  expect(calls).toEqual([3, 1, 1, 1])
})

it('while an import holds it, full calls go and the rest waits; drain does not', async () => {
  const { index, calls } = fakeIndex('')
  const feed = new IndexFeed(index, () => {})
  feed.hold()
  for (let n = 0; n < 700; n++) feed.put(note(`${n}`))
  await feed.room()
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  expect(calls).toEqual([500])
  feed.hold()
  feed.put(note('more'))
  await feed.drain()
  expect(calls).toEqual([500, 201])
})

it('what an import that never ended left waiting goes by itself', async () => {
  vi.useFakeTimers()
  try {
    const { index, calls } = fakeIndex('')
    const feed = new IndexFeed(index, () => {})
    feed.hold()
    feed.put(note('a'))
    await vi.advanceTimersByTimeAsync(900)
    expect(calls).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(calls).toEqual([1])
    feed.put(note('b'))
    await vi.advanceTimersByTimeAsync(0)
    expect(calls).toEqual([1, 1])
  } finally {
    vi.useRealTimers()
  }
})
