/** Calls `run` at once, then at most once every `ms`, and once more after the last call. */
export function paced(run: () => void, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null
  let isWaiting = false
  const rest = () => {
    timer = setTimeout(() => {
      timer = null
      if (!isWaiting) return
      isWaiting = false
      run()
      rest()
    }, ms)
  }
  return () => {
    if (timer !== null) {
      isWaiting = true
      return
    }
    run()
    rest()
  }
}
