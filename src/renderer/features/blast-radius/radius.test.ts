import { expect, test } from 'vitest'
import type { Kind } from '../../../core/note/note.ts'
import { sayRadius, steps } from './radius.ts'

const item = (kind: Kind, depth: number, title: string = kind) => ({ kind, depth, title })

test('what rests on a note is said in words: by kind what does directly, and how much follows', () => {
  const near = [item('essay', 1), item('commitment', 1), item('essay', 1)]
  expect(sayRadius(near)).toBe('Two essays and one commitment rest on this directly.')
  expect(sayRadius([...near, ...Array.from({ length: 5 }, () => item('note', 2))], 'it')).toBe(
    'Two essays and one commitment rest on it directly, five further on.',
  )
  expect(sayRadius([item('example', 1)])).toBe('One example rests on this directly.')
  expect(sayRadius(Array.from({ length: 13 }, () => item('note', 1)))).toBe('13 notes rest on this directly.')
  expect(sayRadius([item('note', 1), item('essay', 1), item('example', 1)])).toBe(
    'One essay, one example and one note rest on this directly.',
  )
})

test('where nothing rests on a note there is nothing to say', () => {
  expect(sayRadius([])).toBe('')
})

test('the list goes by depth, and there by kind, titles in the order that they came in', () => {
  const items = [item('note', 2, 'n'), item('essay', 1, 'a'), item('commitment', 1, 'c'), item('essay', 1, 'b')]
  expect(steps(items).map(({ depth, items }) => [depth, items.map(({ title }) => title).join('')])).toEqual([
    [1, 'abc'],
    [2, 'n'],
  ])
})
