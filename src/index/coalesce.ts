import type { Disposer } from '../core/base/disposable.ts'

/**
 * Runs `act` once for any number of calls, `delay` ms after the first of them: so at most once every `delay` ms,
 * and always after the last call.
 * @param later starts a timer and returns how to stop it; an argument so that tests own the clock.
 */
export function coalesce(
  act: () => void,
  delay: number,
  later: (act: () => void, delay: number) => Disposer = startTimer,
) {
  let stop: Disposer | null = null
  return {
    call(): void {
      stop ??= later(() => {
        stop = null
        act()
      }, delay)
    },
    dispose(): void {
      stop?.()
      stop = null
    },
  }
}

function startTimer(act: () => void, delay: number): Disposer {
  const timer = setTimeout(act, delay)
  return () => clearTimeout(timer)
}
