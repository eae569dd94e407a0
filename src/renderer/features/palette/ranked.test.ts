import { expect, test } from 'vitest'
import { ranked } from './ranked.ts'

const LABELS = ['Light or dark as the system', 'Dark', 'New note', 'Move note to a folder', 'New folder'].map(
  (label) => ({ label }),
)
const found = (query: string) => ranked(LABELS, query).map(({ label }) => label)

test('what a command begins with finds it first, then one of its words, in the order of the list', () => {
  expect(found('dark')).toEqual(['Dark', 'Light or dark as the system'])
  expect(found('folder')).toEqual(['Move note to a folder', 'New folder'])
  expect(found('new')).toEqual(['New note', 'New folder'])
  expect(found('note new')).toEqual(['New note'])
  expect(found('')).toHaveLength(5)
})
