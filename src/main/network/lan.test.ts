import { randomBytes, randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { afterEach, describe, expect, test } from 'vitest'
import { createRandom } from '../../testing/random.ts'
import { watch } from '../../testing/transport-suite.ts'
import { systemClock } from './clock.ts'
import { createDiscovery } from './discovery.ts'
import { createLanTransport } from './lan-transport.ts'
import { mdnsMulticast, systemInterfaces } from './multicast.ts'
import { deviceKeyOf, keyPair } from './noise.ts'
import { tagBook } from './tags.ts'

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
