import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { lookInThread } from './look-thread.ts'
import { writeInThread } from './write-thread.ts'

const folder = temporaryFolders()
const script = (code: string) => {
  const file = path.join(folder(), 'worker.mjs')
  writeFileSync(file, `import { parentPort, workerData } from 'node:worker_threads'\n${code}`)
  return file
}
const ITEM = { path: 'a.md', bytes: new Uint8Array([1]), sha256: '', modified: null, ours: [] }
const never = () => ({ signal: new AbortController().signal, onProgress: () => {} })

test('batches are answered in their order, and a thread that fails fails every one of them', async () => {
  const echo = writeInThread(
    script(`parentPort.on('message', (items) => parentPort.postMessage(items.map(() => 'same')))`),
  )
  const writer = echo(folder())
  expect(await Promise.all([writer.put([ITEM, ITEM]), writer.put([ITEM])])).toEqual([['same', 'same'], ['same']])
  writer.end()
  const broken = writeInThread(script(`parentPort.on('message', () => { throw new Error('words of a note') })`))(
    folder(),
  )
  const failures = await Promise.allSettled([broken.put([ITEM]), broken.put([ITEM])])
  for (const failure of failures) expect(failure).toMatchObject({ status: 'rejected' })
  await expect(broken.put([ITEM])).rejects.toThrow(/^The files could not be written: (?!.*words)/)
})

test('looking is told of, ended by the signal, and fails with its thread', async () => {
  const job = { root: folder(), paths: ['a.md'] }
  const told: number[] = []
  const look = lookInThread(script(`parentPort.postMessage({ done: 1 }); parentPort.postMessage({ seen: [null] })`))
  expect(await look(job, { ...never(), onProgress: (done) => told.push(done) })).toEqual([null])
  expect(told).toEqual([1])
  const abort = new AbortController()
  const hangs = lookInThread(script(`parentPort.postMessage({ done: 0 }); setInterval(() => {}, 1000)`))
  const ended = hangs(job, { signal: abort.signal, onProgress: () => abort.abort() })
  expect(await ended).toEqual([])
  expect(await hangs(job, { ...never(), signal: abort.signal })).toEqual([])
  const broken = lookInThread(script(`throw new Error('a path')`))
  await expect(broken(job, never())).rejects.toThrow(/could not be looked at/)
})
