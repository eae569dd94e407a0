import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readQuery } from './match-query.ts'
import { memoryIndex, noteAt } from './test-support.ts'

describe('readQuery', () => {
  const cases: [string, boolean, ReturnType<typeof readQuery>][] = [
    ['blast radius', false, { wanted: '"blast" AND "radius"', unwanted: null }],
    ['"blast radius" -freeze', false, { wanted: '"blast radius"', unwanted: '"freeze"' }],
    ['blast -"change freeze"', false, { wanted: '"blast"', unwanted: '"change freeze"' }],
    ['blast rad', true, { wanted: '"blast" AND "rad" *', unwanted: null }],
    ['blast rad ', true, { wanted: '"blast" AND "rad"', unwanted: null }],
    ['blast "rad"', true, { wanted: '"blast" AND "rad"', unwanted: null }],
    ['ra', true, { wanted: '{title aliases} : ("ra" *)', unwanted: null }],
    ['-rad', true, { wanted: null, unwanted: '"rad"' }],
    ['"open phrase', false, { wanted: '"open phrase"', unwanted: null }],
    ['- * AND', false, { wanted: '"AND"', unwanted: null }],
    ['???', false, { wanted: null, unwanted: null }],
    ['', true, { wanted: null, unwanted: null }],
  ]
  test.each(cases)('I7: reads %j', (query, prefix, match) => {
    expect(readQuery(query, prefix)).toEqual(match)
  })

  test('I7: no query is an error', () => {
    const index = memoryIndex()
    index.writes.put({ notes: [noteAt('A.md', 'blast AND radius NEAR(x) "quoted" {title} : a* ^b')] })
    const nasty = fc.array(fc.constantFrom(...'ab -"*^:{}()+\\\'\u0000é\u{1f600}', ' AND ', ' NOT ', 'NEAR(', 'title:'))
    fc.assert(
      fc.property(nasty, fc.boolean(), (parts, prefix) => {
        const query = parts.join('')
        expect(index.reads.search({ query, limit: 5, prefix }).total).toBeLessThanOrEqual(1)
        index.reads.titles({ query, limit: 5 })
      }),
    )
  })
})
