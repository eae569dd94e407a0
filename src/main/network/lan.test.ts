import { randomBytes, randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { afterEach, describe, expect, test } from 'vitest'
import { createRandom } from '../../testing/random.ts'
import { watch } from '../../testing/transport-suite.ts'
import { virtualClock } from '../../testing/virtual-clock.ts'
import { systemClock } from './clock.ts'
import { createDiscovery, type Heard } from './discovery.ts'
import { createLanTransport } from './lan-transport.ts'
import { type Interface, mdnsMulticast, systemInterfaces } from './multicast.ts'
import { deviceKeyOf, keyPair } from './noise.ts'
import { tagBook, tagDay, tagOf } from './tags.ts'

const secret = Buffer.alloc(32, 5)
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

const until = async (condition: () => boolean) => {
  const end = Date.now() + 20_000
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not come to that')
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

function devices(count: number, port: number) {
  const pairs = Array.from({ length: count }, () => keyPair(randomBytes(32)))
  const keys = pairs.map(({ publicKey }) => deviceKeyOf(publicKey))
  const dropped = { count: 0 }
  const made = pairs.map((pair, at) => {
    const own = keys.filter((_, index) => index === at).map((key) => ({ secret, key }))
    const others = keys.filter((_, index) => index !== at).map((key) => ({ secret, key }))
    const book = tagBook(own, others, systemClock.now)
    const drop = () => void dropped.count++
    const multicast = mdnsMulticast({ clock: systemClock, reach: 'computer', port, dropped: drop })
    const transport = createLanTransport({
      keyPair: pair,
      clock: systemClock,
      random: Math.random,
      discovery: createDiscovery(multicast, systemClock),
      ...book,
      hosts: ['127.0.0.1'],
    })
    transport.allow(new Set(keys))
    for (const { key } of others) transport.seek(key)
    stops.push(() => transport.stop())
    return { transport, seen: watch(transport) }
  })
  return { made, dropped, keys }
}

const hasLoopback = systemInterfaces().some(({ internal, family }) => internal && family === 4)

describe.skipIf(!hasLoopback)('LAN transport on this computer', () => {
  test('LN11: devices that know each other’s keys find each other by multicast and connect', async () => {
    const { made } = devices(3, randomInt(20_000, 60_000))
    for (const { transport } of made) await transport.start()
    await until(() => made.every(({ transport }) => transport.counts().connections === 2))
    expect(made.flatMap(({ seen }) => seen.connections.map(({ path }) => path)).every((path) => path === 'lan')).toBe(
      true,
    )
  })

  test('LN13: interfaces that come are used and told of, those that go are let go; a source from elsewhere is not heard', async () => {
    const clock = virtualClock()
    const loopback = systemInterfaces().filter(({ internal, family }) => internal && family === 4)
    let interfaces: readonly Interface[] = []
    let changes = 0
    const heard: Heard[] = []
    const port = randomInt(20_000, 60_000)
    const air = mdnsMulticast({ clock, reach: 'computer', port, interfaces: () => interfaces }).open({
      heard: (event) => heard.push(event),
      changed: () => void changes++,
    })
    const tag = 'ab'.repeat(16)
    air.say([tag], 4000)
    interfaces = loopback
    await clock.run(2_000)
    await until(() => changes === 1)
    expect(heard).toEqual([])
    air.say([tag], 4000)
    await until(() => heard.length === 1)
    expect(heard).toEqual([{ kind: 'tags', found: [{ tag, address: { host: '127.0.0.1', port: 4000 } }] }])
    // The same packet, where 127.0.0.1 lies in no network of ours.
    interfaces = loopback.map((one) => ({ ...one, networks: ['10.9.9.9/24'] }))
    await clock.run(2_000)
    air.say([tag], 4000)
    air.ask()
    await until(() => heard.some(({ kind }) => kind === 'question'))
    expect(heard.filter(({ kind }) => kind === 'tags').length).toBe(1)
    interfaces = []
    await clock.run(2_000)
    air.say([tag], 4000)
    air.ask()
    interfaces = loopback
    await clock.run(2_000)
    await until(() => changes === 2)
    expect(heard.length).toBe(2)
    air.close()
  })

  test('LN12: what goes over the air is the service, tags and a port', async () => {
    const port = randomInt(20_000, 60_000)
    const ear = createSocket({ type: 'udp4', reuseAddr: true })
    const heard: Buffer[] = []
    ear.on('message', (message) => heard.push(message))
    await new Promise<void>((resolve) => ear.bind(port, '0.0.0.0', resolve))
    ear.addMembership('224.0.0.251', '127.0.0.1')
    const { made, keys } = devices(1, port)
    const [only] = made
    const [self] = keys
    if (!self) throw new Error('no device')
    await only?.transport.start()
    const said = () => heard.find((message) => message.readUInt16BE(6) > 0)
    await until(() => said() !== undefined)
    ear.close()
    const tag = tagOf(secret, self, tagDay(systemClock.now()))
    const service = '\x0c_throughline\x04_tcp\x05local\x00'
    const record = (type: number, data: Buffer) => {
      const head = Buffer.from([0, type, 0, 1, 0, 0, 0, 120, 0, data.length])
      return Buffer.concat([head, data])
    }
    const named = Buffer.from(`\x20${tag}${service}`, 'latin1')
    const at = only?.transport.port ?? 0
    const target = Buffer.from(`\0\0\0\0\0\0\x20${tag}\x05local\0`, 'latin1')
    target.writeUInt16BE(at, 4)
    const whole = Buffer.concat([
      Buffer.from([0, 0, 0x84, 0, 0, 0, 0, 2, 0, 0, 0, 0]),
      Buffer.from(service, 'latin1'),
      record(12, named),
      named,
      record(33, target),
    ])
    expect(said()?.toString('latin1')).toBe(whole.toString('latin1'))
  })

  test('LN14: garbage, floods and broken packets of ours change nothing of that', async () => {
    const port = randomInt(20_000, 60_000)
    const { made, dropped } = devices(2, port)
    const [near, far] = made
    if (!near || !far) throw new Error('no devices')
    await near.transport.start()
    const enemy = createSocket({ type: 'udp4', reuseAddr: true })
    await new Promise<void>((resolve) => enemy.bind(0, '127.0.0.1', resolve))
    enemy.setMulticastInterface('127.0.0.1')
    const random = createRandom(11)
    const name = Buffer.from('\x0c_throughline\x04_tcp\x05local', 'latin1')
    for (let at = 0; at < 5_000; at++) {
      const packet = Buffer.from(Array.from({ length: 12 + random.below(120) }, () => random.below(256)))
      if (random.chance(0.7)) {
        packet.writeUInt16BE(random.below(40), 6)
        for (const place of [4, 8, 10]) packet.writeUInt16BE(0, place)
        packet.writeUInt16BE(0x8400, 2)
      }
      const sent = random.chance(0.8) ? Buffer.concat([packet.subarray(0, 12), name, packet.subarray(12)]) : packet
      await new Promise<void>((resolve) => enemy.send(sent, port, '224.0.0.251', () => resolve()))
    }
    enemy.close()
    await far.transport.start()
    await until(() => near.seen.connections.length === 1 && far.seen.connections.length === 1)
    expect(dropped.count).toBeGreaterThan(0)
  })
})
