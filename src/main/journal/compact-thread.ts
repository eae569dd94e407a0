import { Worker } from 'node:worker_threads'
import type { Compacted, CompactJob } from './compact.ts'
import type { FromCompactWorker } from './compact-worker.ts'

/** The thread failed; `code` is the disk's where it was the disk. */
export class CompactionFailed extends Error {
  override name = 'CompactionFailed'
  readonly code: string
  constructor(code: string) {
    super('A snapshot of the journal could not be written.')
    this.code = code
  }
}

/** Compacts in a thread. One at a time for all vaults: each takes a core and the memory of the largest note. */
export function compactInThread(script: string): (job: CompactJob) => Promise<Compacted> {
  let turn: Promise<unknown> = Promise.resolve()
  return (job) => {
    const result = turn.then(() => runThread(script, job))
    turn = result.catch(() => {})
    return result
  }
}

const runThread = (script: string, job: CompactJob): Promise<Compacted> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(script, { workerData: job })
    thread.on('message', (said: FromCompactWorker) => {
      if ('done' in said) resolve(said.done)
      else reject(new CompactionFailed(said.code))
    })
    thread.on('error', (error) => reject(new CompactionFailed(error.name)))
    thread.on('exit', (code) => reject(new CompactionFailed(`exit ${code}`)))
  })
