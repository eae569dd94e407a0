import { expect, test, vi } from 'vitest'
import { paced } from './paced.ts'

test('the first call runs at once, a burst runs once more at its end', () => {
  vi.useFakeTimers()
  const run = vi.fn()
  const call = paced(run, 100)
  call()
  expect(run).toHaveBeenCalledTimes(1)
  for (let n = 0; n < 10; n++) call()
  expect(run).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(100)
  expect(run).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(1000)
  expect(run).toHaveBeenCalledTimes(2)
  call()
  expect(run).toHaveBeenCalledTimes(3)
  vi.useRealTimers()
})
