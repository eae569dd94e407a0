import { expect, test } from 'vitest'
import { type NoteId, noteId } from '../../../core/base/ids.ts'
import { countAt } from './count-at.ts'

const IDS = Array.from({ length: 40 }, (_, at) => noteId(`note${String(at).padStart(12, '0')}`))
const hashes = new Map(IDS.map((id) => [id, 'now']))

const vault = (docHashOf: (id: NoteId) => string | null) => ({
  call: async (_name: string, input: { id: NoteId }) => {
    const docHash = docHashOf(input.id)
    return (docHash === null ? null : { docHash }) as never
  },
})
const place = (id: NoteId) => IDS.indexOf(id)

test('counts what differs and what was not kept, each note once', async () => {
  const seen: number[] = []
  const answer = await countAt(
    vault((id) => (place(id) % 4 === 0 ? null : place(id) % 4 === 1 ? 'now' : 'then')) as never,
    hashes,
    1,
    (done) => seen.push(done),
    () => false,
  )
  expect(answer?.without).toBe(10)
  expect(new Set(answer?.changes).size).toBe(20)
  expect(seen).toEqual(IDS.map((_, at) => at + 1))
})

test('given up, it asks no more and answers nothing', async () => {
  let asked = 0
  const answer = await countAt(
    vault(() => {
      asked++
      return 'then'
    }) as never,
    hashes,
    1,
    () => {},
    () => asked >= 3,
  )
  expect(answer).toBe(null)
  expect(asked).toBeLessThan(20)
})
