import { describe, expect, it } from 'vitest'
import type { PoolReply, PoolWorker } from './pool.ts'
import { ConvertPool, messages } from './pool.ts'
import type { Task } from './tasks.ts'

const read = (size: number): Task => ({ kind: 'read', state: new Uint8Array(size) })

/** Answers each task with its size; a task of size 13 hangs, one of size 66 kills the worker. */
class FakeWorker implements PoolWorker {
  static started = 0
  terminated = false
  #listener: (message: PoolReply) => void = () => {}
  #error = () => {}
  constructor() {
    FakeWorker.started++
    queueMicrotask(() => this.#listener({ ready: true }))
  }
  post({ id, tasks }: { id: number; tasks: readonly Task[] }): void {
    const sizes = tasks.map((task) => ('state' in task ? (task.state?.length ?? 0) : 0))
    if (sizes.includes(66)) queueMicrotask(() => this.#error())
    else if (!sizes.includes(13)) {
      const outcomes = sizes.map((size) => ({ ok: true as const, value: { size } as never }))
      queueMicrotask(() => this.#listener({ id, outcomes }))
    }
  }
  onMessage(listener: (message: PoolReply) => void): void {
    this.#listener = listener
  }
  onError(listener: () => void): void {
    this.#error = listener
  }
  terminate(): void {
    this.terminated = true
  }
}

describe('the pool', () => {
  it('cuts messages by number and bytes, in order', () => {
    const tasks = [...Array.from({ length: 20 }, () => read(1)), read(300_000), read(2)]
    expect(messages(tasks).map((part) => part.length)).toEqual([16, 4, 1, 1])
    expect(messages([])).toEqual([])
  })

  it('answers in order, and only the task at fault fails (M7)', async () => {
    FakeWorker.started = 0
    const pool = new ConvertPool(() => new FakeWorker(), 2, 20)
    const outcomes = await pool.run([1, 2, 13, 4, 66, 6].map(read))
    expect(outcomes).toEqual([
      { ok: true, value: { size: 1 } },
      { ok: true, value: { size: 2 } },
      { ok: false, error: 'timed-out' },
      { ok: true, value: { size: 4 } },
      { ok: false, error: 'failed' },
      { ok: true, value: { size: 6 } },
    ])
    expect(FakeWorker.started).toBeGreaterThanOrEqual(3)
    pool.close()
  })

  it('S15: a worker that goes on is waited for, however long its message takes', async () => {
    let started = 0
    const worker = (): PoolWorker => {
      started++
      let listener: (message: PoolReply) => void = () => {}
      queueMicrotask(() => listener({ ready: true }))
      const post: PoolWorker['post'] = ({ id, tasks }) => {
        // Each sign comes before the clock has run out, and the last after it would have.
        for (const sign of [15, 30, 45]) setTimeout(() => listener({ id, goesOn: true }), sign)
        const outcomes = tasks.map(() => ({ ok: true as const, value: {} as never }))
        setTimeout(() => listener({ id, outcomes }), 60)
      }
      const onMessage: PoolWorker['onMessage'] = (next) => {
        listener = next
      }
      return { post, onMessage, onError: () => {}, terminate: () => {} }
    }
    const pool = new ConvertPool(worker, 1, 40)
    expect(await pool.run([read(1)])).toEqual([{ ok: true, value: {} }])
    expect(started).toBe(1)
    pool.close()
  })
})
