import { expect, test } from 'vitest'
import { CallError } from '../../ipc/rpc.ts'
import { type Answer, LiveQuery } from './live-query.ts'

/** Calls that are answered by hand, in any order. */
function calls() {
  const open: { resolve: (value: string) => void; reject: (error: Error) => void }[] = []
  const load = () => new Promise<string>((resolve, reject) => open.push({ resolve, reject }))
  return { open, load }
}
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

test('an answer to an older key is dropped, and the newest key is asked once', async () => {
  const answers: Answer<string>[] = []
  const query = new LiveQuery<string>((answer) => answers.push(answer))
  const { open, load } = calls()
  query.update(load, 'r', 0)
  query.update(load, 're', 0)
  query.update(load, 'ref', 0)
  expect(open).toHaveLength(1)
  open[0]?.resolve('of r')
  await settle()
  expect(answers).toEqual([])
  expect(open).toHaveLength(2)
  open[1]?.resolve('of ref')
  await settle()
  expect(answers).toEqual([{ key: 'ref', data: 'of ref', failed: null }])
  expect(open).toHaveLength(2)
})

test('a change while a call is under way asks once more', async () => {
  const answers: Answer<string>[] = []
  const query = new LiveQuery<string>((answer) => answers.push(answer))
  const { open, load } = calls()
  query.update(load, 'k', 0)
  for (let revision = 1; revision <= 5; revision++) query.update(load, 'k', revision)
  open[0]?.resolve('first')
  await settle()
  open[1]?.resolve('second')
  await settle()
  expect(answers.map(({ data }) => data)).toEqual(['first', 'second'])
  expect(open).toHaveLength(2)
})

test('a closed port is no answer; the next client is asked the same again', async () => {
  const answers: Answer<string>[] = []
  const query = new LiveQuery<string>((answer) => answers.push(answer))
  const { open, load } = calls()
  query.update(load, 'k', 0)
  open[0]?.reject(new CallError('closed', 'closed'))
  await settle()
  expect(answers).toEqual([])
  query.update(null, 'k', 0)
  query.update(load, 'k', 1)
  open[1]?.resolve('back')
  await settle()
  expect(answers).toEqual([{ key: 'k', data: 'back', failed: null }])
})

test('a client that came while the former one was asked is asked when the former is closed', async () => {
  const answers: Answer<string>[] = []
  const query = new LiveQuery<string>((answer) => answers.push(answer))
  const former = calls()
  const next = calls()
  query.update(former.load, 'k', 0)
  query.update(next.load, 'k', 1)
  former.open[0]?.reject(new CallError('closed', 'closed'))
  await settle()
  next.open[0]?.resolve('of the next')
  await settle()
  expect(answers).toEqual([{ key: 'k', data: 'of the next', failed: null }])
})

test('an expected failure is an answer, by its code; an ended query says nothing', async () => {
  const answers: Answer<string>[] = []
  const query = new LiveQuery<string>((answer) => answers.push(answer))
  const { open, load } = calls()
  query.update(load, 'k', 0)
  open[0]?.reject(new CallError('not-found', 'gone'))
  await settle()
  expect(answers).toEqual([{ key: 'k', data: null, failed: 'not-found' }])
  query.update(load, 'k', 1)
  query.end()
  open[1]?.resolve('late')
  await settle()
  expect(answers).toHaveLength(1)
})

test('an answer that says the same again is not told, but it is for another key', async () => {
  const answers: Answer<unknown>[] = []
  const query = new LiveQuery<unknown>((answer) => answers.push(answer))
  const values: unknown[] = [{ a: [1, { b: null }] }, { a: [1, { b: null }] }, { a: [1, {}] }, { a: [1, {}] }]
  const load = () => Promise.resolve(values.shift())
  for (const [key, revision] of [
    ['k', 0],
    ['k', 1],
    ['k', 2],
    ['l', 2],
  ] as const) {
    query.update(load, key, revision)
    await settle()
  }
  expect(answers.map(({ key, data }) => [key, data])).toEqual([
    ['k', { a: [1, { b: null }] }],
    ['k', { a: [1, {}] }],
    ['l', { a: [1, {}] }],
  ])
})
