import { expect, test } from 'vitest'
import { noteId } from '../../../../core/base/ids.ts'
import { inverseOf, relationOf } from './relation-between.ts'

const OTHER = noteId('the-other-note-0001')
const THIRD = noteId('a-third-note-000001')

test('what the other note says goes before what is said of it here', () => {
  const said = [{ id: OTHER, relation: 'challenges' }]
  const here = [{ id: OTHER, relation: 'illustrated_by' }]
  expect(relationOf(OTHER, said, here)).toBe('challenges')
  expect(relationOf(OTHER, [], here)).toBe('illustrates')
})

test('plain links and links of other notes say nothing', () => {
  expect(relationOf(OTHER, [{ id: OTHER, relation: 'mentions' }], [{ id: THIRD, relation: 'challenges' }])).toBeNull()
  expect(inverseOf('asked_for_by')).toBeNull()
})
