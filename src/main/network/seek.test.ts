import { expect, test } from 'vitest'
import { createRandom } from '../../testing/random.ts'
import { virtualClock } from '../../testing/virtual-clock.ts'
import { LIMITS } from './limits.ts'
import { Seek } from './seek.ts'
import type { TroubleCode } from './transport.ts'

function bed(answer: (host: string) => TroubleCode | null) {
  const clock = virtualClock()
  const dialled: { at: number; host: string }[] = []
  const troubles: string[] = []
  const start = clock.now()
  const seek = new Seek({
    dial: (address) =>
      new Promise((resolve) => {
        dialled.push({ at: clock.now() - start, host: address.host })
        clock.after(20, () => resolve(answer(address.host)))
      }),
    trouble: (code) => troubles.push(code),
    clock,
    random: createRandom(2).next,
    limits: LIMITS,
  })
  return { clock, dialled, troubles, seek }
}

test('LN7: pauses grow to the longest and are never quite the same', async () => {
  const { clock, dialled, troubles, seek } = bed(() => 'unreachable')
  seek.know({ host: 'far', port: 1 })
  seek.start()
  await clock.run(120_000)
  const pauses = dialled.slice(1).map(({ at }, index) => at - (dialled[index]?.at ?? 0))
  expect(dialled[0]?.at).toBe(0)
  for (const [index, pause] of pauses.entries()) {
    const whole = Math.min(LIMITS.longestPause, LIMITS.firstPause * 2 ** index)
    expect(pause).toBeGreaterThanOrEqual(whole / 2)
    expect(pause).toBeLessThanOrEqual(whole)
  }
  expect(new Set(pauses).size).toBe(pauses.length)
  expect(troubles).toEqual(['unreachable'])
})

test('LN14: a flood of forged announcements neither hides the typed address nor dials without end', async () => {
  const { clock, dialled, seek } = bed(() => 'unreachable')
  seek.know({ host: 'typed', port: 1 })
  seek.start()
  for (let at = 0; at < 1_000; at++) {
    seek.announced({ host: `forged ${at}`, port: 1 })
    await clock.run(10)
  }
  const seconds = 10
  expect(dialled.length).toBeLessThanOrEqual((seconds * 1_000 * LIMITS.dials) / LIMITS.announcedPause + LIMITS.dials)
  expect(dialled.filter(({ host }) => host === 'typed').length).toBeGreaterThan(seconds)
})

test('LN7: an announcement is dialled at once, however long the pause had become', async () => {
  const { clock, dialled, seek } = bed(() => 'port-closed')
  seek.know({ host: 'far', port: 1 })
  seek.start()
  await clock.run(60_000)
  const before = dialled.length
  seek.announced({ host: 'far', port: 2 })
  await clock.run(1)
  expect(dialled.length - before).toBe(2)
})

test('LN7: after the other side hung up on purpose it is left in peace for a while', async () => {
  const { clock, dialled, seek } = bed(() => null)
  seek.know({ host: 'far', port: 1 })
  seek.start()
  await clock.run(50)
  seek.connected()
  seek.lost('broken')
  await clock.run(250)
  expect(dialled.length).toBe(2)
  seek.connected()
  seek.lost('refused')
  await clock.run(LIMITS.longestPause / 2 - 1)
  expect(dialled.length).toBe(2)
})
