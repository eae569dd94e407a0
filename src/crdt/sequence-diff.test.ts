import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { diffSequences, spliceArray } from './sequence-diff.ts'

const letters = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 })
const same = (a: string, b: string) => a === b

it('turns any sequence into any other, and keeps the longest common subsequence', () => {
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      const made = [...a]
      let kept = a.length
      for (const { at, removed, from, to } of diffSequences(a, b, same)) {
        made.splice(at, removed, ...b.slice(from, to))
        kept -= removed
      }
      expect(made).toEqual(b)
      expect(kept).toBe(longestCommon(a, b))
    }),
  )
})

it('very long sequences without common ends are one splice', () => {
  const a = Array.from({ length: 1500 }, (_, index) => `a${index}`)
  const b = Array.from({ length: 1500 }, (_, index) => `b${index}`)
  expect(diffSequences(a, b, same)).toEqual([{ at: 0, removed: 1500, from: 0, to: 1500 }])
})

it('splices a Y.Array without touching what stays', () => {
  fc.assert(
    fc.property(letters, letters, (a, b) => {
      const list = new Y.Doc().getArray<unknown>('list')
      list.push(a)
      let writes = 0
      list.observe(() => writes++)
      list.doc?.transact(() => spliceArray(list, b))
      expect(list.toArray()).toEqual(b)
      expect(writes).toBe(JSON.stringify(a) === JSON.stringify(b) ? 0 : 1)
    }),
  )
})

/** By definition, in the time it takes. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  const row = new Array<number>(b.length + 1).fill(0)
  for (const item of a) {
    let diagonal = 0
    for (const [index, other] of b.entries()) {
      const above = row[index + 1] as number
      row[index + 1] = item === other ? diagonal + 1 : Math.max(above, row[index] as number)
      diagonal = above
    }
  }
  return row[b.length] as number
}
