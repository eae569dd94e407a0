import type { Page } from '@playwright/test'

type Kind = 'app' | 'vault' | 'index'
type Reply = { ok: boolean; value?: unknown; code?: string; message?: string }
export type TimedCall<T> = {
  readonly value: T /** From sending to the answer, both in the page. */
  readonly ms: number
}

/**
 * Calls a contract from inside a window, as its own code does: asks the preload for a port and speaks the
 * rpc of src/ipc/rpc.ts. For what a test needs to know that no screen shows, and for the bench.
 */
export async function callPort<T>(page: Page, kind: Kind, call: string, input: unknown): Promise<T> {
  const [only] = await timedCalls<T>(page, kind, call, [input])
  return (only as TimedCall<T>).value
}

/** Makes one call an input, `inFlight` at a time, without leaving the page in between. */
export async function timedCalls<T>(
  page: Page,
  kind: Kind,
  call: string,
  inputs: readonly unknown[],
  inFlight = 1,
): Promise<TimedCall<T>[]> {
  const answers = await page.evaluate(
    async ({ kind, call, inputs, inFlight }) => {
      type Line = { port: MessagePort; waiting: Map<number, (reply: Reply) => void> }
      const scope = window as unknown as {
        throughline: { requestPort(kind: string): void }
        testLines?: Map<string, Promise<Line>>
        testLastId?: number
      }
      scope.testLines ??= new Map()
      let line = scope.testLines.get(kind)
      if (!line) {
        // One after the other: each puts back what it found.
        line = Promise.all(scope.testLines.values()).then(
          () =>
            new Promise<Line>((resolve) => {
              // The window's own client takes every port that comes, and mostly hears of it first: events at a window
              // know no capturing. So the first one after our request is hidden from it, whoever listened first, and it
              // gets the one that we asked for.
              const ports = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'ports')
              const portsOf = (event: MessageEvent): readonly MessagePort[] => ports?.get?.call(event) ?? []
              const isOurs = (event: MessageEvent) => event.source === window && event.data?.throughlinePort === kind
              const listener = (event: MessageEvent) => {
                const [port] = portsOf(event)
                if (!isOurs(event) || !port) return
                event.stopImmediatePropagation()
                window.removeEventListener('message', listener)
                if (ports) Object.defineProperty(MessageEvent.prototype, 'ports', ports)
                const waiting = new Map<number, (reply: Reply) => void>()
                port.onmessage = ({ data }) => {
                  if (typeof data?.id !== 'number') return
                  waiting.get(data.id)?.(data)
                  waiting.delete(data.id)
                }
                resolve({ port, waiting })
              }
              window.addEventListener('message', listener)
              Object.defineProperty(MessageEvent.prototype, 'ports', {
                ...ports,
                get(this: MessageEvent) {
                  return isOurs(this) ? [] : portsOf(this)
                },
              })
              scope.throughline.requestPort(kind)
            }),
        )
        scope.testLines.set(kind, line)
      }
      const { port, waiting } = await line
      const ask = (input: unknown) => {
        scope.testLastId = (scope.testLastId ?? 1_000_000_000) + 1
        const id = scope.testLastId
        return new Promise<Reply>((resolve) => {
          waiting.set(id, resolve)
          port.postMessage({ id, call, input })
        })
      }
      const answers: { reply: Reply; ms: number }[] = []
      let next = 0
      const work = async () => {
        while (next < inputs.length) {
          const at = next++
          const started = performance.now()
          const reply = await ask(inputs[at])
          answers[at] = { reply, ms: performance.now() - started }
        }
      }
      await Promise.all(Array.from({ length: inFlight }, work))
      return answers
    },
    { kind, call, inputs, inFlight },
  )
  return answers.map(({ reply, ms }) => {
    if (!reply.ok) throw new Error(`${kind}.${call}: ${reply.code}: ${reply.message}`)
    return { value: reply.value as T, ms }
  })
}
