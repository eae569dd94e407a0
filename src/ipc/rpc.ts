import { z } from 'zod'
import type { Port } from './port.ts'

// Pages and workers forbid eval, which zod would use to compile its checks.
z.config({ jitless: true })

type Call = { readonly in: z.ZodType; readonly out: z.ZodType }
/** One namespace: the calls that one side answers and the events that it emits. */
export type Contract = {
  readonly name: string
  readonly calls: Readonly<Record<string, Call>>
  readonly events: Readonly<Record<string, z.ZodType>>
}

export const defineContract = <const C extends Contract>(contract: C): C => contract
export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ in: input, out: output })

type Calls<C extends Contract> = C['calls']
type Events<C extends Contract> = C['events']
export type Input<C extends Contract, K extends keyof Calls<C>> = z.infer<Calls<C>[K]['in']>
export type Output<C extends Contract, K extends keyof Calls<C>> = z.infer<Calls<C>[K]['out']>
export type EventOf<C extends Contract, K extends keyof Events<C>> = z.infer<Events<C>[K]>

/** What a served contract is: one function a call. Ports that came with the call are the handler's to keep. */
export type Handlers<C extends Contract> = {
  [K in keyof Calls<C>]: (input: Input<C, K>, ports: readonly MessagePort[]) => Promise<Output<C, K>> | Output<C, K>
}

/** An expected failure of a call. `code` is data for the program, `message` a sentence for a person. */
export class CallError extends Error {
  override name = 'CallError'
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export type Client<C extends Contract> = {
  /** Rejects with a CallError: the handler's own, or `closed`, `invalid`, `internal`. */
  call<K extends keyof Calls<C> & string>(
    name: K,
    input: Input<C, K>,
    ports?: readonly MessagePort[],
  ): Promise<Output<C, K>>
  on<K extends keyof Events<C> & string>(name: K, listener: (event: EventOf<C, K>) => void): () => void
  /** Settles when the other side is gone. */
  readonly closed: Promise<void>
  close(): void
}

const requestSchema = z.object({ id: z.number().int(), call: z.string(), input: z.unknown() })
const replySchema = z.union([
  z.object({ id: z.number().int(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.number().int(), ok: z.literal(false), code: z.string(), message: z.string() }),
])
const eventSchema = z.object({ event: z.string(), payload: z.unknown() })

/** Calls a contract that is served behind `port`. */
export function connect<const C extends Contract>(contract: C, port: Port): Client<C> {
  type Pending = { name: string; resolve: (value: unknown) => void; reject: (error: Error) => void }
  const pending = new Map<number, Pending>()
  const listeners = new Map<string, Set<(event: unknown) => void>>()
  let lastId = 0
  let isClosed = false
  let settleClosed = () => {}
  const closed = new Promise<void>((resolve) => {
    settleClosed = resolve
  })
  const end = () => {
    if (isClosed) return
    isClosed = true
    for (const { name, reject } of pending.values()) reject(new CallError('closed', `${contract.name}.${name}: closed`))
    pending.clear()
    settleClosed()
  }

  port.onClose(end)
  port.onMessage((data) => {
    const reply = replySchema.safeParse(data)
    if (reply.success) {
      const waiting = pending.get(reply.data.id)
      if (!waiting) return
      pending.delete(reply.data.id)
      if (!reply.data.ok) return waiting.reject(new CallError(reply.data.code, reply.data.message))
      const value = contract.calls[waiting.name]?.out.safeParse(reply.data.value)
      if (value?.success) waiting.resolve(value.data)
      else waiting.reject(new CallError('invalid', `${contract.name}.${waiting.name}: the reply has another shape`))
      return
    }
    const event = eventSchema.safeParse(data)
    if (!event.success) return
    const payload = contract.events[event.data.event]?.safeParse(event.data.payload)
    if (payload?.success) for (const listener of listeners.get(event.data.event) ?? []) listener(payload.data)
  })

  return {
    call: (name, input, ports) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new CallError('closed', `${contract.name}.${name}: closed`))
        const id = ++lastId
        pending.set(id, { name, resolve: (value) => resolve(value as never), reject })
        port.post({ id, call: name, input }, ports)
      }),
    on: (name, listener) => {
      const own = listener as (event: unknown) => void
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set.add(own))
      return () => set.delete(own)
    },
    closed,
    close: () => {
      port.close()
      end()
    },
  }
}

export type Served<C extends Contract> = {
  emit<K extends keyof Events<C> & string>(name: K, payload: EventOf<C, K>): void
  readonly closed: Promise<void>
  close(): void
}

/** Answers a contract on `port`. Each request is validated; a handler's error is a reply, never a crash. */
export function serve<const C extends Contract>(contract: C, handlers: Handlers<C>, port: Port): Served<C> {
  let settleClosed = () => {}
  const closed = new Promise<void>((resolve) => {
    settleClosed = resolve
  })
  port.onClose(settleClosed)

  const answer = async (name: string, input: unknown, ports: readonly MessagePort[]): Promise<unknown> => {
    const schema = Object.hasOwn(contract.calls, name) ? contract.calls[name] : undefined
    if (!schema) throw new CallError('unknown', `${contract.name} has no call of that name`)
    const parsed = schema.in.safeParse(input)
    if (!parsed.success) throw new CallError('invalid', `${contract.name}.${name}: the request has another shape`)
    const handler = handlers[name as keyof Calls<C>]
    return handler(parsed.data as never, ports)
  }

  port.onMessage((data, ports) => {
    const request = requestSchema.safeParse(data)
    if (!request.success) return
    const { id, call: name, input } = request.data
    answer(name, input, ports).then(
      (value) => port.post({ id, ok: true, value }),
      (error: unknown) => {
        const code = error instanceof CallError ? error.code : 'internal'
        const message = error instanceof Error ? error.message : 'unknown error'
        port.post({ id, ok: false, code, message })
      },
    )
  })

  return {
    emit: (event, payload) => port.post({ event, payload }),
    closed,
    close: () => {
      port.close()
      settleClosed()
    },
  }
}
