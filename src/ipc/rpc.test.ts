import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { domPort } from './port.ts'
import { CallError, call, connect, defineContract, serve } from './rpc.ts'

const contract = defineContract({
  name: 'sums',
  calls: {
    add: call(z.object({ a: z.number(), b: z.number() }), z.number()),
    lend: call(z.object({}), z.string()),
    never: call(z.object({}), z.void()),
    lie: call(z.object({}), z.number()),
  },
  events: { counted: z.object({ total: z.number() }) },
})

function pair() {
  const channel = new MessageChannel()
  const served = serve(
    contract,
    {
      add: ({ a, b }) => {
        if (a < 0) throw new CallError('negative', 'a is below zero')
        if (b < 0) throw new TypeError('a bug')
        return a + b
      },
      lend: (_input, ports) =>
        new Promise((resolve) => {
          const [port] = ports
          if (!port) return resolve('no port')
          port.onmessage = (event: MessageEvent) => resolve(String(event.data))
        }),
      never: () => new Promise<void>(() => {}),
      lie: () => 'seven' as unknown as number,
    },
    domPort(channel.port2),
  )
  const client = connect(contract, domPort(channel.port1))
  return { client, served, channel }
}

test('a call is answered with the value of its handler', async () => {
  const { client } = pair()
  expect(await client.call('add', { a: 2, b: 3 })).toBe(5)
  client.close()
})

test('calls under way at once get their own replies', async () => {
  const { client } = pair()
  const sums = await Promise.all(Array.from({ length: 50 }, (_, n) => client.call('add', { a: n, b: n })))
  expect(sums).toEqual(Array.from({ length: 50 }, (_, n) => 2 * n))
  client.close()
})

test('an expected failure keeps its code, a bug becomes `internal`', async () => {
  const { client } = pair()
  await expect(client.call('add', { a: -1, b: 0 })).rejects.toMatchObject({ code: 'negative' })
  await expect(client.call('add', { a: 1, b: -1 })).rejects.toMatchObject({ code: 'internal', message: 'a bug' })
  client.close()
})

test('a request or a reply of another shape is refused on the side that receives it', async () => {
  const { client, channel } = pair()
  await expect(client.call('add', { a: '1', b: 2 } as never)).rejects.toMatchObject({ code: 'invalid' })
  await expect(client.call('lie', {})).rejects.toMatchObject({ code: 'invalid' })
  await expect(client.call('toString' as never, {} as never)).rejects.toMatchObject({ code: 'unknown' })
  channel.port1.postMessage('noise')
  expect(await client.call('add', { a: 1, b: 1 })).toBe(2)
  client.close()
})

test('a port that comes with a call is handed to the handler', async () => {
  const { client } = pair()
  const lent = new MessageChannel()
  const reply = client.call('lend', {}, [lent.port2])
  lent.port1.postMessage('through the lent port')
  expect(await reply).toBe('through the lent port')
  lent.port1.close()
  client.close()
})

test('an event of the right shape reaches its listeners until they leave', async () => {
  const { client, served } = pair()
  const heard = vi.fn()
  const off = client.on('counted', heard)
  served.emit('counted', { total: 1 })
  served.emit('counted', { total: 'many' } as never)
  await client.call('add', { a: 0, b: 0 })
  expect(heard.mock.calls).toEqual([[{ total: 1 }]])
  off()
  served.emit('counted', { total: 2 })
  await client.call('add', { a: 0, b: 0 })
  expect(heard).toHaveBeenCalledTimes(1)
  client.close()
})

test('when the other side goes, waiting calls and later ones fail with `closed`', async () => {
  const { client, served } = pair()
  const waiting = client.call('never', {})
  served.close()
  await expect(waiting).rejects.toMatchObject({ code: 'closed' })
  await client.closed
  await expect(client.call('add', { a: 1, b: 1 })).rejects.toMatchObject({ code: 'closed' })
})
