import { parentPort, workerData } from 'node:worker_threads'
import { FilePut, type PutItem } from './write-files.ts'

const files = new FilePut(workerData as string)

// Batches are answered in the order in which they come.
parentPort?.on('message', (items: readonly PutItem[]) => {
  parentPort?.postMessage(items.map((item) => files.put(item)))
})
