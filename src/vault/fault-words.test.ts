import { expect, it } from 'vitest'
import { faultText } from './fault-words.ts'

it('S5: each of the two places has words of its own, and both together have others', () => {
  expect(faultText(null, null)).toBeNull()
  expect(faultText({ code: 'full', where: 'note' }, null)).toContain('in the journal')
  expect(faultText(null, 'read-only')).toContain('Your notes themselves are saved')
  const both = faultText({ code: 'broken', where: 'inbox' }, 'broken')
  expect(both).toContain('in memory only')
  expect(faultText({ code: 'broken', where: 'inbox' }, 'full')).toContain('make room')
})
