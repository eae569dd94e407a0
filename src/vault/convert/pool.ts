import { MAX_SOURCE } from '../../crdt/note-doc.ts'
import type { Outcome, Task, TaskResult } from './tasks.ts'

/** A worker as the pool sees it: it says `ready` once, then answers each list of tasks with their outcomes. */
export interface PoolWorker {
  post(message: PoolRequest): void
  onMessage(listener: (message: PoolReply) => void): void
  /** The worker could not start or died. */
  onError(listener: () => void): void
  terminate(): void
}
export type PoolRequest = { readonly id: number; readonly tasks: readonly Task[] }
export type PoolReply =
  | { readonly ready: true }
  /** Tasks of the message have ended since the worker was heard last; the rest follow. */
  | { readonly id: number; readonly goesOn: true }
  | { readonly id: number; readonly outcomes: readonly Outcome<TaskResult>[] }

/**
 * Milliseconds from one sign of a message to the next; hostile input must not stop an import (MARKDOWN.md, M7). A
 * worker that is slow because the machine is busy gives signs between its tasks.
 */
export const TASK_LIMIT = 2_000
/**
 * How many times that a task alone may take when it is tried again. The clock also runs while a busy machine
 * does something else: an honest file must not become plain text because ten other programs were at work.
 */
const PATIENCE = 5
/** What is not parsed cannot be hostile; it only has to end some time. */
const PLAIN_LIMIT = 60_000
/** More for each MB of what is large and honest: text that is not parsed, and docs that are stored already. */
const LIMIT_PER_MB = 5_000
/** Of what a peer sends and the doc that it is for: an honest MB is applied in a tenth of it. */
const CHECK_PER_MB = 1_000
/** Start-up is not the input's fault: modules of a worker load in 0.1 to 1 s on a busy machine. */
const START_LIMIT = 30_000
/** A message holds so many tasks and bytes: enough to hide the way there and back, few enough to time. */
const MESSAGE_TASKS = 16
const MESSAGE_BYTES = 256 * 1024

type Work = { tasks: readonly Task[]; settle: (outcomes: readonly Outcome<TaskResult>[]) => void }
type Slot = { worker: PoolWorker | null; ready: Promise<boolean>; busy: boolean }

const sizeOf = (task: Task): number =>
  ('bytes' in task ? task.bytes.length : 0) +
  ('state' in task ? (task.state?.length ?? 0) : 0) +
  ('updates' in task ? task.updates.reduce((sum, { length }) => sum + length, 0) : 0)

function extraTime(task: Task): number {
  if (task.kind === 'receive') return (sizeOf(task) / (1024 * 1024)) * CHECK_PER_MB
  const isFile = task.kind === 'import' || task.kind === 'reimport'
  if (isFile && task.plain !== null) return PLAIN_LIMIT
  const isParsed = isFile && task.bytes.length <= MAX_SOURCE
  return isParsed ? 0 : (sizeOf(task) / (1024 * 1024)) * LIMIT_PER_MB
}

/** Cuts into messages, in order. */
export function messages(tasks: readonly Task[]): Task[][] {
  const cut: Task[][] = []
  let bytes = 0
  for (const task of tasks) {
    const last = cut.at(-1)
    bytes += sizeOf(task)
    if (last && last.length < MESSAGE_TASKS && bytes <= MESSAGE_BYTES) last.push(task)
    else {
      cut.push([task])
      bytes = sizeOf(task)
    }
  }
  return cut
}

/**
 * A few workers that convert notes. A message that takes too long costs its worker: a new one is started
 * and the message's tasks are tried one by one, so that only the task at fault ends as `timed-out`.
 */
export class ConvertPool {
  readonly #spawn: () => PoolWorker
  readonly #limit: number
  readonly #patience: number
  readonly #slots: Slot[]
  readonly #queue: Work[] = []
  #lastId = 0
  #closed = false

  /** @param patience how many times the limit a task may take that is tried alone */
  constructor(spawn: () => PoolWorker, size: number, limit = TASK_LIMIT, patience = PATIENCE) {
    this.#spawn = spawn
    this.#patience = patience
    this.#limit = limit
    this.#slots = Array.from({ length: size }, () => ({ worker: null, ready: Promise.resolve(false), busy: false }))
  }

  /** Outcomes in the order of the tasks. Never rejects. */
  async run<T extends Task>(tasks: readonly T[]): Promise<Outcome<TaskResult<T['kind']>>[]> {
    const parts = await Promise.all(messages(tasks).map((part) => this.#message(part)))
    return parts.flat() as Outcome<TaskResult<T['kind']>>[]
  }

  close(): void {
    this.#closed = true
    for (const slot of this.#slots) slot.worker?.terminate()
    for (const { tasks, settle } of this.#queue.splice(0)) settle(tasks.map(() => ({ ok: false, error: 'failed' })))
  }

  #message(tasks: readonly Task[]): Promise<readonly Outcome<TaskResult>[]> {
    return new Promise((settle) => {
      this.#queue.push({ tasks, settle })
      this.#next()
    })
  }

  #next(): void {
    for (const slot of this.#slots) {
      if (slot.busy) continue
      const work = this.#queue.shift()
      if (!work) return
      slot.busy = true
      void this.#do(slot, work.tasks).then((outcomes) => {
        slot.busy = false
        work.settle(outcomes)
        this.#next()
      })
    }
  }

  async #do(slot: Slot, tasks: readonly Task[]): Promise<readonly Outcome<TaskResult>[]> {
    const together = await this.#attempt(slot, tasks, this.#limit)
    if (typeof together !== 'string') return together
    const single: Outcome<TaskResult>[] = []
    for (const task of tasks) {
      const alone = await this.#attempt(slot, [task], this.#limit * this.#patience)
      single.push(...(typeof alone === 'string' ? [{ ok: false, error: alone } as const] : alone))
    }
    return single
  }

  async #attempt(
    slot: Slot,
    tasks: readonly Task[],
    limit: number,
  ): Promise<readonly Outcome<TaskResult>[] | 'timed-out' | 'failed'> {
    if (this.#closed) return 'failed'
    if (!slot.worker) this.#start(slot)
    const worker = slot.worker
    if (!(await slot.ready) || !worker) {
      this.#drop(slot)
      return 'failed'
    }
    const id = ++this.#lastId
    const patience = limit + tasks.reduce((sum, task) => sum + extraTime(task), 0)
    let timer: ReturnType<typeof setTimeout> | undefined
    const outcome = await new Promise<readonly Outcome<TaskResult>[] | 'timed-out' | 'failed'>((resolve) => {
      const wait = () => {
        clearTimeout(timer)
        timer = setTimeout(() => resolve('timed-out'), patience)
      }
      wait()
      worker.onMessage((message) => {
        if (!('id' in message) || message.id !== id) return
        if ('outcomes' in message) resolve(message.outcomes)
        else wait()
      })
      worker.onError(() => resolve('failed'))
      worker.post({ id, tasks })
    })
    clearTimeout(timer)
    if (outcome === 'timed-out' || outcome === 'failed') this.#drop(slot)
    return outcome
  }

  #start(slot: Slot): void {
    const worker = this.#spawn()
    slot.worker = worker
    slot.ready = new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), START_LIMIT)
      const settle = (isReady: boolean) => {
        clearTimeout(timer)
        resolve(isReady)
      }
      worker.onMessage((message) => 'ready' in message && settle(true))
      worker.onError(() => settle(false))
    })
  }

  #drop(slot: Slot): void {
    slot.worker?.terminate()
    slot.worker = null
  }
}
