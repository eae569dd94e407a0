import { parentPort, workerData } from 'node:worker_threads'
import { FileLook, type LookJob, type Seen } from './look-files.ts'

/** What the thread says: how far it is, then everything that it has seen. */
export type FromLookWorker = { readonly done: number } | { readonly seen: readonly Seen[] }

const TELL_MS = 100

const { root, paths } = workerData as LookJob
const look = new FileLook(root)
const seen: Seen[] = []
let told = performance.now()
for (const below of paths) {
  seen.push(look.look(below))
  if (performance.now() - told < TELL_MS) continue
  told = performance.now()
  parentPort?.postMessage({ done: seen.length } satisfies FromLookWorker)
}
parentPort?.postMessage({ seen } satisfies FromLookWorker)
