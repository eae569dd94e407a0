import { randomBytes } from 'node:crypto'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { type ByteLink, byteLink } from '../../ipc/byte-link.ts'
import { domPort } from '../../ipc/port.ts'
import { fakeLink } from '../../testing/fake-multicast.ts'
import { systemClock } from './clock.ts'
import type { FromNetwork, People } from './network-messages.ts'
import { networkService } from './network-service.ts'
import { deviceKeyOf, keyPair } from './noise.ts'

const until = async (condition: () => boolean, what: string) => {
  const end = Date.now() + 20_000
  while (!condition()) {
    if (Date.now() > end) throw new Error(`no sign of ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

const services: ReturnType<typeof networkService>[] = []
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.handle({ do: 'stop' }, null)))
})

/** Two network processes, as far as a process is its messages. */
async function pair() {
  const air = fakeLink(systemClock)
  const secret = Buffer.alloc(32, 4)
  const pairs = [keyPair(randomBytes(32)), keyPair(randomBytes(32))]
  const keys = pairs.map(({ publicKey }) => deviceKeyOf(publicKey))
  const sides = pairs.map((own, at) => {
    const told: FromNetwork[] = []
    const service = networkService({
      clock: systemClock,
      random: Math.random,
      tell: (message) => void told.push(message),
      multicast: air.at('127.0.0.1'),
    })
    services.push(service)
    const people: People = {
      own: keys.slice(at, at + 1).map((key) => ({ secret, key })),
      others: keys.slice(1 - at, 2 - at).map((key) => ({ secret, key })),
      allowed: keys,
    }
    const begin = async () => {
      await service.handle({ do: 'start', keyPair: own, people, port: 0, reach: 'computer' }, null)
      for (const { key } of people.others) await service.handle({ do: 'seek', key, hints: [] }, null)
    }
    const carry = async (): Promise<ByteLink> => {
      await until(() => told.some(({ tell }) => tell === 'connection'), 'a connection')
      const found = told.find((message) => message.tell === 'connection')
      const { port1, port2 } = new MessageChannel()
      await service.handle({ do: 'carry', id: found?.id ?? 0 }, domPort(port1 as unknown as MessagePort))
      return byteLink(domPort(port2 as unknown as MessagePort))
    }
    return { service, told, people, begin, carry }
  })
  const [near, far] = sides
  if (!near || !far) throw new Error('no sides')
  await Promise.all([near.begin(), far.begin()])
  const links = await Promise.all([near.carry(), far.carry()])
  return { near, far, at: links[0], from: links[1] }
}

test('LN4: from port to port, a slow reader holds the writer back through all that lies between', async () => {
  const { at, from } = await pair()
  const total = 4_000
  let sent = 0
  const write = () => {
    let more = true
    while (more && sent < total) more = at.send(new Uint8Array(16 * 1024).fill(sent++ % 251))
  }
  at.onDrain(write)
  let got = 0
  let wrong = 0
  let release: (() => void) | null = null
  let open = false
  from.onMessage((message) => {
    if (message[0] !== got++ % 251 || message.length !== 16 * 1024) wrong++
    if (open) return
    return new Promise((resolve) => {
      release = resolve
    })
  })
  write()
  await until(() => release !== null, 'a first message')
  let before = -1
  while (before !== sent) {
    before = sent
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  // Two ports' windows, the connection's queues and the system's buffers on loopback: never all of it.
  expect(sent).toBeLessThan(1_500)
  open = true
  ;(release as (() => void) | null)?.()
  await until(() => got === total, 'all of it')
  expect(wrong).toBe(0)
})

test('LN10: a port that closes closes the connection, and the other side hears why', async () => {
  const { near, far, at, from } = await pair()
  const ends: string[] = []
  from.onClose((why) => ends.push(why))
  at.close('refused')
  await until(() => ends.length > 0, 'the end')
  expect(ends).toEqual(['refused'])
  expect(near.told.filter(({ tell }) => tell === 'closed')).toMatchObject([{ why: 'refused' }])
  expect(far.told.filter(({ tell }) => tell === 'closed')).toMatchObject([{ why: 'refused' }])
})

test('LN9: who is no longer among the people is closed on', async () => {
  const { near, at } = await pair()
  const ends: string[] = []
  at.onClose((why) => ends.push(why))
  await near.service.handle({ do: 'know', people: { ...near.people, allowed: [] } }, null)
  await until(() => ends.length > 0, 'the end')
  expect(ends).toEqual(['not-allowed'])
})

test('LN15: an invite goes through the process, and needs no transport that runs', async () => {
  const air = fakeLink(systemClock)
  const [inviter, joiner] = [0, 1].map(() => {
    const told: FromNetwork[] = []
    const service = networkService({
      clock: systemClock,
      random: Math.random,
      tell: (message) => void told.push(message),
      multicast: air.at('127.0.0.1'),
    })
    services.push(service)
    return { told, service }
  })
  if (!inviter || !joiner) throw new Error('no sides')
  const invite = { id: 3, code: randomBytes(16), expires: Date.now() + 60_000, reach: 'computer' as const }
  const opened = inviter.service.handle({ do: 'invite', ...invite }, null)
  const request = Buffer.from('who I am')
  const joined = joiner.service.handle({ do: 'join', ...invite, request, hints: [] }, null)
  await until(() => inviter.told.some(({ tell }) => tell === 'asked'), 'a question')
  expect(inviter.told.find((message) => message.tell === 'asked')).toEqual({
    tell: 'asked',
    id: 3,
    request: new Uint8Array(request),
  })
  await inviter.service.handle({ do: 'answer', id: 3, reply: Buffer.from('the secret') }, null)
  await Promise.all([opened, joined])
  expect(joiner.told.at(-1)).toEqual({ tell: 'joined', id: 3, reply: new Uint8Array(Buffer.from('the secret')) })
  expect(inviter.told.at(-1)).toEqual({ tell: 'invite-ended', id: 3, how: 'joined', answered: true })
  expect(air.open()).toBe(0)
})

test('LN17: a cancelled invite is told as that', async () => {
  const told: FromNetwork[] = []
  const multicast = fakeLink(systemClock).at('127.0.0.1')
  const service = networkService({
    clock: systemClock,
    random: Math.random,
    tell: (message) => void told.push(message),
    multicast,
  })
  const invite = { id: 1, code: randomBytes(16), expires: Date.now() + 60_000, reach: 'computer' as const }
  const opened = service.handle({ do: 'invite', ...invite }, null)
  await until(() => told.some(({ tell }) => tell === 'invite-open'), 'an open invite')
  await service.handle({ do: 'cancel', id: 1 }, null)
  await opened
  expect(told.at(-1)).toEqual({ tell: 'invite-ended', id: 1, how: 'cancelled', answered: false })
})
