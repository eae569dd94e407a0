/// <reference lib="webworker" />
import type { PoolReply, PoolRequest } from './pool.ts'
import { runTask } from './run-task.ts'

/** One worker of the pool (pool.ts): pure conversion, no storage and no network. */
declare const self: DedicatedWorkerGlobalScope

const answer = (reply: PoolReply) => self.postMessage(reply)

self.onmessage = (event: MessageEvent<PoolRequest>) => {
  const { id, tasks } = event.data
  answer({ id, outcomes: tasks.map((task) => runTask(task)) })
}
answer({ ready: true })
