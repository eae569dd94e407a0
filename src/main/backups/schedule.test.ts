import { expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { CallError } from '../../ipc/rpc.ts'
import type { Logger } from '../log.ts'
import { BackupSchedule, type ScheduleOptions } from './schedule.ts'

const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} }
const [a, b] = [vaultId('vault-aaaa'), vaultId('vault-bbbb')]
const HOUR = 3_600_000

function setUp(change: Partial<ScheduleOptions> = {}) {
  let now = 0
  let lastActive = 0
  let timer: { at: number; run: () => void } | null = null
  const made: string[] = []
  const due = new Set(['vault-aaaa here', 'vault-bbbb here'])
  const state = { isOn: true, afterwards: 0 }
  const schedule = new BackupSchedule({
    vaults: () => [a, b],
    isOn: () => state.isOn,
    hasSecond: () => false,
    isDue: async (vault, place) => due.has(`${vault} ${place}`),
    make: async (vault, place) => {
      made.push(`${vault} ${place} ${now}`)
      due.delete(`${vault} ${place}`)
    },
    afterwards: async () => void state.afterwards++,
    idleMs: () => now - lastActive,
    after: (ms, run) => {
      timer = { at: now + ms, run }
      return () => {
        timer = null
      }
    },
    log: silent,
    ...change,
  })
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  /** Lets time pass; `busy`: somebody writes all the while. */
  const pass = async (ms: number, busy = false) => {
    const end = now + ms
    while (timer && timer.at <= end) {
      const { at, run } = timer
      timer = null
      now = at
      if (busy) lastActive = now
      run()
      await settle()
    }
    now = end
    if (busy) lastActive = now
  }
  const due2 = () => timer?.at ?? null
  return { schedule, pass, made, due, state, nextAt: due2, settle }
}

test('nothing in the first minute after the start; then every vault that is due, then an hour of nothing', async () => {
  const { pass, made, state, due } = setUp()
  await pass(60_000)
  expect(made).toEqual([])
  await pass(60_000)
  expect(made).toEqual(['vault-aaaa here 90000', 'vault-bbbb here 90000'])
  expect(state.afterwards).toBe(1)
  await pass(HOUR - 60_000)
  expect(made.length).toBe(2)
  due.add('vault-bbbb here')
  await pass(HOUR)
  expect(made.length).toBe(3)
})

test('while somebody writes it waits, and comes a minute after the last key', async () => {
  const { pass, made } = setUp()
  await pass(10 * 60_000, true)
  expect(made).toEqual([])
  await pass(59_000)
  expect(made).toEqual([])
  await pass(2_000)
  expect(made.length).toBe(2)
})

test('nothing is made where the person wants none; what is owed to former archives is still done', async () => {
  const { pass, made, state } = setUp()
  state.isOn = false
  await pass(3 * HOUR)
  expect(made).toEqual([])
  expect(state.afterwards).toBeGreaterThan(0)
  state.isOn = true
  await pass(HOUR)
  expect(made.length).toBe(2)
})

test('a disk that fails keeps nobody else from an archive, and is tried again within the hour', async () => {
  const tried: string[] = []
  const { pass } = setUp({
    hasSecond: () => true,
    isDue: async () => true,
    make: async (vault, place) => {
      tried.push(`${vault} ${place}`)
      if (place === 'second') throw new CallError('no-disk', 'not connected')
    },
  })
  await pass(90_000)
  expect(tried).toEqual(['vault-aaaa here', 'vault-aaaa second', 'vault-bbbb here', 'vault-bbbb second'])
  await pass(HOUR)
  expect(tried.length).toBe(8)
})

test('given up for an import, it comes back soon', async () => {
  let tries = 0
  const { pass } = setUp({
    isDue: async () => tries < 2,
    make: async () => {
      if (++tries === 1) throw new CallError('cancelled', 'an import went first')
    },
  })
  await pass(90_000)
  expect(tries).toBe(1)
  await pass(60_000)
  expect(tries).toBe(2)
})

test('stopped, it starts nothing more and gives up what is being written', async () => {
  let heard = false
  const { schedule, pass, nextAt } = setUp({
    make: (_vault, _place, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          heard = true
          reject(new CallError('cancelled', 'stopped'))
        })
      }),
  })
  await pass(90_000)
  schedule.stop()
  await pass(3 * HOUR)
  expect(heard).toBe(true)
  expect(nextAt()).toBeNull()
})

test('soon: as soon as everybody is idle', async () => {
  const { schedule, pass, made } = setUp()
  await pass(30_000, true)
  schedule.soon()
  await pass(59_000)
  expect(made).toEqual([])
  await pass(1_000)
  expect(made.length).toBe(2)
})
