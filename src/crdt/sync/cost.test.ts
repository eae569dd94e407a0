import { toHexString } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { cpuTime } from '../../testing/cpu-time.ts'
import { deliver, MemoryLinks, MemoryReplica } from '../../testing/sync-peers.ts'
import { SyncSession } from './session.ts'

/** The figures of README.md; `SHOW_COST=1` prints them, CPU too. */
const show = (line: string) => {
  if (process.env.SHOW_COST) console.log(line)
}
const hashOf = (text: string) => toHexString(digest(new TextEncoder().encode(text)))
const idOf = (i: number) => hashOf(`id ${i}`).slice(0, 21)
const say = (word: string) => (doc: Y.Doc) => doc.getArray('log').push([word])

async function run(a: MemoryReplica, b: MemoryReplica) {
  const links = new MemoryLinks(256)
  const start = cpuTime()
  const [at, to] = [new SyncSession(a, links.near), new SyncSession(b, links.far)]
  await deliver(links)
  return { bytes: links.near.bytes + links.far.bytes, cpu: Math.round(cpuTime() - start), at, to, links }
}

/** Hashes without docs: equal ones are never read. */
function withHashes(count: number): MemoryReplica {
  const replica = new MemoryReplica()
  for (let i = 0; i < count; i++) replica.tree.put(idOf(i), hashOf(`doc ${i}`), i)
  return replica
}

test('Y4 100,000 equal docs take under 4 KB', { timeout: 120_000 }, async () => {
  const { bytes, cpu, at, to } = await run(withHashes(100_000), withHashes(100_000))
  expect([at.hasEverything, to.hasEverything]).toEqual([true, true])
  expect(bytes).toBeLessThan(4_096)
  show(`100,000 equal: ${bytes} bytes, ${cpu} ms`)
})

test('Y5 10 differences among 100,000 take some 16 KB each way', { timeout: 120_000 }, async () => {
  const [a, b] = [withHashes(100_000), withHashes(100_000)]
  for (let i = 0; i < 10; i++) {
    a.edit(idOf(i * 9_973), say('shared'), i + 1)
    b.edit(idOf(i * 9_973), say('shared'), i + 1)
    a.edit(idOf(i * 9_973), say('a change of some words in a note'))
  }
  const { bytes, cpu, at, to, links } = await run(a, b)
  expect([at.hasEverything, to.hasEverything]).toEqual([true, true])
  expect(bytes).toBeLessThan(40_000)
  show(`10 differences: ${bytes} bytes (${links.near.bytes} + ${links.far.bytes}), ${cpu} ms`)
})

test('Y8 a fresh peer takes thousands of notes of 3 KB', { timeout: 240_000 }, async () => {
  const count = Number(process.env.SHOW_COST ? 10_000 : 1_000)
  const a = new MemoryReplica()
  for (let i = 0; i < count; i++) {
    a.edit(idOf(i), (doc) => doc.getText('log-text').insert(0, `note ${i} `.repeat(300).slice(0, 3_000)), i + 1)
  }
  const { bytes, cpu, to } = await run(a, new MemoryReplica())
  expect(to.hasEverything).toBe(true)
  expect(to.traffic.held).toBe(0)
  show(`${count} x 3 KB: ${bytes} bytes, ${cpu} ms of both sides with an in-memory store`)
})
