import { Worker } from 'node:worker_threads'
import type { LookFiles, Seen } from './look-files.ts'
import type { FromLookWorker } from './look-worker.ts'

/**
 * Looks at files in a thread, so that a slow or sleeping disk holds nobody up. After `signal` aborts, what was not
 * seen is left out. Rejects where the thread fails. @param script the built worker
 */
export const lookInThread =
  (script: string): LookFiles =>
  (job, { signal, onProgress }) =>
    new Promise<readonly Seen[]>((resolve, reject) => {
      if (signal.aborted) return resolve([])
      const thread = new Worker(script, { workerData: job })
      const stop = () => {
        resolve([])
        void thread.terminate()
      }
      signal.addEventListener('abort', stop, { once: true })
      thread.on('message', (said: FromLookWorker) => {
        if ('seen' in said) resolve(said.seen)
        else onProgress(said.done)
      })
      thread.on('error', (error) => reject(new Error(`The files could not be looked at: ${error.name}`)))
      thread.on('exit', () => {
        signal.removeEventListener('abort', stop)
        reject(new Error('The files could not be looked at.'))
      })
    })
