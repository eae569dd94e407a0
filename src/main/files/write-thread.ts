import { Worker } from 'node:worker_threads'
import type { OpenWriter, PutItem, PutResult } from './write-files.ts'

type Waiting = { readonly resolve: (results: readonly PutResult[]) => void; readonly reject: (error: Error) => void }

/** Writes in a thread, which ends with `end`. Every batch rejects where the thread fails. @param script the built worker */
export const writeInThread =
  (script: string): OpenWriter =>
  (root) => {
    const waiting: Waiting[] = []
    let thread: Worker | null = null
    let failure: Error | null = null
    const fail = (why: string) => {
      failure = new Error(`The files could not be written: ${why}`)
      for (const { reject } of waiting.splice(0)) reject(failure)
    }
    const start = () => {
      const made = new Worker(script, { workerData: root })
      made.on('message', (results: readonly PutResult[]) => waiting.shift()?.resolve(results))
      made.on('error', (error) => fail(error.name))
      made.on('exit', (code) => fail(`the thread ended with ${code}`))
      return made
    }
    return {
      put: (items: readonly PutItem[]) =>
        new Promise((resolve, reject) => {
          if (failure) return reject(failure)
          thread ??= start()
          waiting.push({ resolve, reject })
          thread.postMessage(items)
        }),
      end: () => void thread?.terminate(),
    }
  }
