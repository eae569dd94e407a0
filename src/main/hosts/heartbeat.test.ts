import { expect, test } from 'vitest'
import { Heartbeat } from './heartbeat.ts'
import { restartDelay } from './restart-delay.ts'

function setUp(ask: () => Promise<unknown>) {
  let tick = () => {}
  let isStopped = false
  let silences = 0
  const heartbeat = new Heartbeat({
    ask,
    onSilent: () => silences++,
    tick: (run) => {
      tick = run
      return () => {
        isStopped = true
      }
    },
  })
  const ticks = async (count: number) => {
    for (let i = 0; i < count && !isStopped; i++) {
      tick()
      await Promise.resolve()
      await Promise.resolve()
    }
  }
  return { heartbeat, ticks, silences: () => silences, isStopped: () => isStopped }
}

test('a side that answers lives, one that fails to is heard of elsewhere', async () => {
  const answers = setUp(() => Promise.resolve())
  await answers.ticks(200)
  expect(answers.silences()).toBe(0)
  const fails = setUp(() => Promise.reject(new Error('closed')))
  await fails.ticks(200)
  expect(fails.silences()).toBe(0)
})

test('silence after an answer is noticed within a minute, once', async () => {
  let isSilent = false
  const it = setUp(() => (isSilent ? new Promise(() => {}) : Promise.resolve()))
  await it.ticks(3)
  isSilent = true
  await it.ticks(12)
  expect(it.silences()).toBe(0)
  await it.ticks(1)
  expect([it.silences(), it.isStopped()]).toEqual([1, true])
})

test('the first answer may take five minutes: a store that opens after a crash has work to do', async () => {
  const it = setUp(() => new Promise(() => {}))
  await it.ticks(60)
  expect(it.silences()).toBe(0)
  await it.ticks(1)
  expect(it.silences()).toBe(1)
})

test('a single death is mended at once, a row of them more and more slowly', () => {
  expect([1, 2, 3, 4, 5, 9].map(restartDelay)).toEqual([50, 200, 800, 3200, 10_000, 10_000])
})
