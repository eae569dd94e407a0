import { toHexString } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import { describe, expect, test } from 'vitest'
import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import { createRandom } from '../../testing/random.ts'
import { deliver, MemoryLinks, MemoryReplica } from '../../testing/sync-peers.ts'
import type { SyncFiles } from './files.ts'
import { SyncSession } from './session.ts'
import { type FileSaid, readMessage, writeMessage } from './wire.ts'

class MemoryFiles implements SyncFiles {
  readonly whole = new Map<string, Uint8Array>()
  readonly parts = new Map<string, Uint8Array>()
  readonly said: FileSaid[] = []
  readonly #added = new Emitter<void>()
  reads = 0

  add(label: string, bytes: Uint8Array): string {
    const sha256 = toHexString(digest(bytes))
    this.whole.set(sha256, bytes)
    this.said.push({ sha256, size: bytes.length, label })
    this.#added.emit()
    return sha256
  }

  list(): readonly FileSaid[] {
    return this.said
  }

  onAdded(listener: () => void): Disposer {
    return this.#added.on(listener)
  }

  wants({ sha256 }: FileSaid): boolean {
    return !this.whole.has(sha256)
  }

  async partial(sha256: string): Promise<number> {
    return this.parts.get(sha256)?.length ?? 0
  }

  async append(sha256: string, offset: number, bytes: Uint8Array): Promise<void> {
    const former = (this.parts.get(sha256) ?? new Uint8Array()).subarray(0, offset)
    const next = new Uint8Array(offset + bytes.length)
    next.set(former)
    next.set(bytes, offset)
    this.parts.set(sha256, next)
  }

  async finish({ sha256, label }: FileSaid): Promise<boolean> {
    const bytes = this.parts.get(sha256) ?? new Uint8Array()
    this.parts.delete(sha256)
    if (toHexString(digest(bytes)) !== sha256) return false
    this.add(label, bytes)
    return true
  }

  async read(sha256: string, offset: number, length: number): Promise<Uint8Array | null> {
    this.reads++
    return this.whole.get(sha256)?.slice(offset, offset + length) ?? null
  }
}

const bytesOf = (size: number, seed: number): Uint8Array => {
  const random = createRandom(seed)
  return Uint8Array.from({ length: size }, () => random.below(256))
}

function join(one: MemoryFiles, other: MemoryFiles, replicas = [new MemoryReplica(), new MemoryReplica()] as const) {
  const links = new MemoryLinks(4)
  const at = new SyncSession(replicas[0], links.near, one)
  const to = new SyncSession(replicas[1], links.far, other)
  return { links, at, to }
}

describe('files by what is in them', () => {
  test('Y17 each gets what it lacks, also what is added later; equal lists are not sent', async () => {
    const [one, other] = [new MemoryFiles(), new MemoryFiles()]
    const [big, none] = [one.add('a/big.png', bytesOf(300_000, 1)), one.add('none', new Uint8Array())]
    const small = other.add('small', bytesOf(10, 2))
    const { links, at, to } = join(one, other)
    await deliver(links)
    expect([...other.whole.keys()].sort()).toEqual([big, none, small].sort())
    expect(one.whole.size).toBe(3)
    expect([at.state.files.left, to.state.files]).toEqual([0, { left: 0, total: 2 }])
    one.add('later', bytesOf(70_000, 3))
    await deliver(links)
    expect(other.whole.size).toBe(4)
    const again = join(one, other)
    await deliver(again.links)
    expect([...again.links.near.sent.keys()]).not.toContain(writeMessage({ kind: 'files', files: [] })[0])
  })

  test('Y18 a file that was cut off goes on where it stopped', async () => {
    const [one, other] = [new MemoryFiles(), new MemoryFiles()]
    const sha256 = one.add('big', bytesOf(600_000, 4))
    const first = join(one, other)
    await deliver(first.links, 12)
    first.links.cut()
    first.at.close()
    first.to.close()
    const come = other.parts.get(sha256)?.length ?? 0
    expect(come).toBeGreaterThan(0)
    expect(come).toBeLessThan(600_000)
    one.reads = 0
    await deliver(join(one, other).links)
    expect(Buffer.from(other.whole.get(sha256) ?? []).equals(one.whole.get(sha256) ?? Buffer.of(1))).toBe(true)
    expect(one.reads).toBe(Math.ceil((600_000 - come) / (60 * 1024)))
  })

  test('Y19 another file than was named is refused and said', async () => {
    const [one, other] = [new MemoryFiles(), new MemoryFiles()]
    const sha256 = one.add('file', bytesOf(100_000, 5))
    one.whole.set(sha256, bytesOf(100_000, 6))
    const { links, to } = join(one, other)
    await deliver(links)
    expect(to.ended?.reason).toBe('false-file')
    expect([other.whole.size, other.parts.size]).toEqual([0, 0])
  })

  test('Y17 one that is gone by the time it is asked for does not hold up the next', async () => {
    const [one, other] = [new MemoryFiles(), new MemoryFiles()]
    const gone = one.add('gone', bytesOf(100, 7))
    const here = one.add('here', bytesOf(100, 8))
    one.whole.delete(gone)
    const { links, to } = join(one, other)
    await deliver(links)
    expect([to.ended, to.state.files.left, other.whole.has(here)]).toEqual([null, 0, true])
  })

  test('Y6 docs go before files', async () => {
    const [one, other] = [new MemoryFiles(), new MemoryFiles()]
    one.add('big', bytesOf(2_000_000, 9))
    const a = new MemoryReplica()
    for (let i = 0; i < 200; i++) a.edit(`note-${i}`, (doc) => doc.getArray('log').push(['x'.repeat(3_000)]))
    const { links } = join(one, other, [a, new MemoryReplica()])
    const kinds: string[] = []
    links.far.onMessage((frame) => kinds.push(readMessage(frame).kind))
    await deliver(links)
    expect(other.whole.size).toBe(1)
    // While docs were being given hardly a chunk slipped in between.
    expect(kinds.slice(0, kinds.lastIndexOf('give')).filter((kind) => kind === 'chunk').length).toBeLessThan(12)
  })
})
