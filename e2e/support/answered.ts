const LOST = 'Playwright lost the answer'

/** Rejects where no answer came in `limit` ms: on a busy machine, or while processes die, Playwright may lose one. */
export async function answered<T>(work: Promise<T>, limit: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(LOST)), limit)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Whether asking again is all that can be done: not the app failed, but the way to it. */
export const isLost = (error: unknown): boolean =>
  String(error).includes(LOST) || String(error).includes('promise was garbage collected')
