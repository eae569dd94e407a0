/// <reference lib="webworker" />
import type { PoolReply, PoolRequest } from './pool.ts'
import { runTask } from './run-task.ts'

/** One worker of the pool (pool.ts): pure conversion, no storage and no network. */
declare const self: DedicatedWorkerGlobalScope

const answer = (reply: PoolReply) => self.postMessage(reply)

/** Between two signs of a message, ms: a message that ends before gives none. */
const SIGN = 250

self.onmessage = (event: MessageEvent<PoolRequest>) => {
  const { id, tasks } = event.data
  let heard = performance.now()
  const outcomes = tasks.map((task) => {
    const outcome = runTask(task)
    if (performance.now() - heard > SIGN) {
      heard = performance.now()
      answer({ id, goesOn: true })
    }
    return outcome
  })
  answer({ id, outcomes })
}
answer({ ready: true })
