import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blastRadius, leanOf, type RelationEdge } from './dependence.ts'
import { DEFAULT_WORDS, MENTIONS } from './words.ts'

const edge = (from: string, word: string, to: string): RelationEdge => ({ from, word, to })

describe('what leans on what', () => {
  it.each([
    ['rests_on', 'a leans on b'],
    ['derived_from', 'a leans on b'],
    ['tried_in', 'a leans on b'],
    ['illustrates', 'b leans on a'],
    ['challenges', 'b leans on a'],
    ['supersedes', ''],
    [MENTIONS, ''],
    ['own_word', ''],
    ['constructor', ''],
  ])('R5 a %s b: %s', (word, wanted) => {
    const says = (lean: ReturnType<typeof leanOf>) => (lean ? `${lean.dependent} leans on ${lean.ground}` : '')
    expect(says(leanOf(edge('a', word, 'b')))).toBe(wanted)
    const inverse = DEFAULT_WORDS.find((each) => each.word === word)?.inverse
    if (inverse) expect(says(leanOf(edge('b', inverse, 'a')))).toBe(wanted)
    expect(leanOf(edge('a', word, 'a'))).toBeNull()
  })

  it('R6 by steps, through an example to what rests on the essay', () => {
    const edges = [
      edge('case', 'illustrates', 'essay'),
      edge('try', 'rests_on', 'essay'),
      edge('next', 'rests_on', 'try'),
      edge('try', 'derived_from', 'case'),
      edge('case', 'rests_on', 'next'),
    ]
    expect(blastRadius('case', edges)).toEqual([
      { id: 'essay', depth: 1, relation: 'illustrates' },
      { id: 'try', depth: 1, relation: 'derived_from' },
      { id: 'next', depth: 2, relation: 'rests_on' },
    ])
    expect(blastRadius('nowhere', edges)).toEqual([])
  })

  const some = fc.constantFrom(...'abcdefghij')
  const words = [MENTIONS, 'own_word', ...DEFAULT_WORDS.flatMap(({ word, inverse }) => [word, inverse])]
  const edges = fc.array(
    fc.tuple(some, fc.constantFrom(...words), some).map(([a, word, b]) => edge(a, word, b)),
    {
      maxLength: 30,
    },
  )

  it('R6 is all that can be walked to, by the fewest steps, in any order of the links', () => {
    fc.assert(
      fc.property(edges, some, (list, id) => {
        const reached = blastRadius(id, list)
        expect(blastRadius(id, list.toReversed())).toEqual(reached)
        // Bellman and Ford's way: as many rounds as there are notes
        const depth = new Map([[id, 0]])
        for (let round = 0; round < 10; round++) {
          for (const lean of list.map(leanOf)) {
            const from = lean ? depth.get(lean.ground) : undefined
            if (!lean || from === undefined) continue
            depth.set(lean.dependent, Math.min(depth.get(lean.dependent) ?? 99, from + 1))
          }
        }
        depth.delete(id)
        expect(new Map(reached.map((each) => [each.id, each.depth]))).toEqual(depth)
        expect(new Set(reached.map((each) => each.id)).size).toBe(reached.length)
      }),
      { numRuns: 500 },
    )
  })

  it('R7 a link more makes it no smaller', () => {
    fc.assert(
      fc.property(edges, edges, some, (list, more, id) => {
        const larger = new Set(blastRadius(id, [...list, ...more]).map((each) => each.id))
        for (const each of blastRadius(id, list)) expect(larger.has(each.id)).toBe(true)
      }),
    )
  })
})
