import { expect, test } from 'vitest'
import { noteId } from '../../../core/base/ids.ts'
import { createKeptNotes } from './kept-notes.ts'

const [A, B, C, D] = ['note-a', 'note-b', 'note-c', 'note-d'].map((id) => noteId(`${id}-for-the-test`)) as [
  ReturnType<typeof noteId>,
  ReturnType<typeof noteId>,
  ReturnType<typeof noteId>,
  ReturnType<typeof noteId>,
]

function start(limits = { most: 3, mostWeight: 100 }, later = (work: () => void) => work()) {
  const alive = new Set<string>()
  const note = (name: string, weight = 1) => {
    alive.add(name)
    return {
      name,
      weight,
      dispose: () => {
        if (!alive.delete(name)) throw new Error(`${name} was let go twice`)
      },
    }
  }
  return { kept: createKeptNotes<ReturnType<typeof note>>(limits, later), note, alive }
}

test('a note that is taken back is the one that was left, and belongs to whoever took it', () => {
  const { kept, note, alive } = start()
  const left = note('a')
  kept.keep(A, left)
  expect(kept.take(A)).toBe(left)
  expect(kept.take(A)).toBeNull()
  expect(kept.ids()).toEqual([])
  expect([...alive]).toEqual(['a'])
})

test('the note that was left longest ago goes first; coming back counts as new', () => {
  const { kept, note, alive } = start()
  for (const [id, name] of [
    [A, 'a'],
    [B, 'b'],
    [C, 'c'],
  ] as const)
    kept.keep(id, note(name))
  const back = kept.take(A)
  if (back) kept.keep(A, back)
  kept.keep(D, note('d'))
  expect(kept.ids()).toEqual([C, A, D])
  expect([...alive].toSorted()).toEqual(['a', 'c', 'd'])
})

test('heavy notes push out others, and one that is too heavy for all of them stays alone with none', () => {
  const { kept, note, alive } = start()
  kept.keep(A, note('a', 40))
  kept.keep(B, note('b', 40))
  kept.keep(C, note('c', 50))
  expect(kept.ids()).toEqual([B, C])
  kept.keep(D, note('d', 101))
  expect(kept.ids()).toEqual([])
  expect(alive.size).toBe(0)
})

test('what is dropped is let go once, and what takes its place lets go of the former', () => {
  const { kept, note, alive } = start()
  kept.keep(A, note('first'))
  kept.keep(A, note('second'))
  expect([...alive]).toEqual(['second'])
  kept.drop(A)
  kept.drop(A)
  kept.drop(B)
  expect(alive.size).toBe(0)
})

test('what is too much is weighed and let go when there is time, without what was taken back meanwhile', () => {
  const waiting: (() => void)[] = []
  const { kept, note, alive } = start({ most: 1, mostWeight: 100 }, (work) => waiting.push(work))
  for (const [id, name] of [
    [A, 'a'],
    [B, 'b'],
    [C, 'c'],
  ] as const) {
    kept.keep(id, note(name))
  }
  expect([...alive]).toEqual(['a', 'b', 'c'])
  expect(kept.take(A)?.name).toBe('a')
  for (const work of waiting) work()
  expect([...alive]).toEqual(['a', 'c'])
  expect(kept.ids()).toEqual([C])
})
