import { expect, onTestFinished, test, vi } from 'vitest'
import type { z } from 'zod'
import type { Client } from '../../ipc/rpc.ts'
import { sharing } from './shared-calls.ts'

type Asked = {
  name: 'asked'
  calls: { title: { in: z.ZodType<{ id: string }>; out: z.ZodType<string> } }
  events: Record<string, never>
}

/** A client whose calls are answered by hand. */
function byHand() {
  const made: { input: unknown; resolve: (title: string) => void; reject: (error: Error) => void }[] = []
  const client = {
    call: (_name: string, input: unknown) =>
      new Promise((resolve, reject) => {
        made.push({ input, resolve, reject })
      }),
    on: () => () => {},
    closed: new Promise<void>(() => {}),
    close: () => {},
  } as unknown as Client<Asked>
  return { made, client }
}

test('what several ask at once is asked once, and each of them is answered', async () => {
  const { made, client } = byHand()
  const one = sharing(client, '1').call('title', { id: 'a' })
  const two = sharing(client, '1').call('title', { id: 'a' })
  void sharing(client, '1').call('title', { id: 'b' })
  expect(made.map(({ input }) => input)).toEqual([{ id: 'a' }, { id: 'b' }])
  made[0]?.resolve('A')
  await expect(Promise.all([one, two])).resolves.toEqual(['A', 'A'])
})

test('what was answered a while ago, or failed, is asked again', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { made, client } = byHand()
  const one = sharing(client, '1').call('title', { id: 'a' })
  made[0]?.resolve('A')
  await one
  await expect(sharing(client, '1').call('title', { id: 'a' })).resolves.toBe('A')
  expect(made).toHaveLength(1)
  vi.advanceTimersByTime(1000)
  const two = sharing(client, '1').call('title', { id: 'a' })
  made[1]?.reject(new Error('away'))
  await expect(two).rejects.toThrow('away')
  void sharing(client, '1').call('title', { id: 'a' })
  expect(made).toHaveLength(3)
})

test('a question after a change does not hear an answer from before it', () => {
  const { made, client } = byHand()
  void sharing(client, '1').call('title', { id: 'a' })
  void sharing(client, '2').call('title', { id: 'a' })
  expect(made).toHaveLength(2)
})

test('clients do not hear one another', () => {
  const [one, two] = [byHand(), byHand()]
  void sharing(one.client, '1').call('title', { id: 'a' })
  void sharing(two.client, '1').call('title', { id: 'a' })
  expect([one.made.length, two.made.length]).toEqual([1, 1])
})
