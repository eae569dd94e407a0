import { parentPort, workerData } from 'node:worker_threads'
import { errorCode } from '../log.ts'
import { type Compacted, type CompactJob, compact } from './compact.ts'
import { codeOf, nodeDisk } from './disk.ts'

/** What the thread says when it is done. `code`: of the disk where it failed. */
export type FromCompactWorker = { readonly done: Compacted } | { readonly code: string }

/** A thread of main that makes one snapshot and ends: merging the updates of every note would block main's loop. */
async function work(): Promise<FromCompactWorker> {
  try {
    return { done: await compact(nodeDisk, workerData as CompactJob) }
  } catch (error) {
    return { code: codeOf(error) || errorCode(error) }
  }
}

parentPort?.postMessage(await work())
