export type Answer = 'wait' | 'leave' | 'stay'

/** ARCHITECTURE, "Host page": close, quit and switching a vault wait for acknowledgement, five seconds, then ask. */
const PATIENCE_MS = 5000

/** Whether `work` came to its end in time. A rejection did not. */
export async function inTime(work: Promise<unknown>, ms = PATIENCE_MS): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  const done = work.then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([done, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Waits until everything is stored; where that takes too long or fails, the person decides, as often as they
 * like. True: go on.
 */
export async function storedOrAgreed(
  store: () => Promise<unknown>,
  ask: () => Promise<Answer>,
  ms = PATIENCE_MS,
): Promise<boolean> {
  for (;;) {
    if (await inTime(store(), ms)) return true
    const answer = await ask()
    if (answer !== 'wait') return answer === 'leave'
  }
}
