/** Calls `report` at most once every `ms`, the last call never lost: `flush` delivers it. */
export function throttled<T>(
  report: (value: T) => void,
  ms: number,
  now: () => number = performance.now.bind(performance),
) {
  let last = Number.NEGATIVE_INFINITY
  let waiting: { value: T } | null = null
  return {
    report(value: T): void {
      if (now() - last < ms) {
        waiting = { value }
        return
      }
      last = now()
      waiting = null
      report(value)
    },
    flush(): void {
      if (waiting) report(waiting.value)
      waiting = null
    },
  }
}

/** Runs `work` over `items`, `width` at a time, and stops taking new ones after the first error, which it throws. */
export async function eachOf<T>(
  items: Iterable<T> | AsyncIterable<T>,
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const source =
    Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : (items as Iterable<T>)[Symbol.iterator]()
  let failed: { error: unknown } | null = null
  // An async generator queues calls of `next`, so several takers share one source.
  const take = async () => {
    while (!failed) {
      const next = await source.next()
      if (next.done) return
      await work(next.value)
    }
  }
  const guarded = () =>
    take().catch((error: unknown) => {
      failed ??= { error }
    })
  await Promise.all(Array.from({ length: width }, guarded))
  const found = failed as { error: unknown } | null
  if (found) throw found.error
}

export function* chunks<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < list.length; i += size) yield list.slice(i, i + size)
}
