import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type DeviceKey, isDeviceKey } from '../../core/members/device.ts'
import { fakeLink } from '../../testing/fake-multicast.ts'
import { createRandom } from '../../testing/random.ts'
import { virtualClock } from '../../testing/virtual-clock.ts'
import { createDiscovery } from './discovery.ts'
import { PacketBudget } from './packet-budget.ts'
import { tagBook, tagDay, tagOf } from './tags.ts'
import type { Address } from './transport.ts'

const keyOf = (name: string): DeviceKey => {
  const key = createHash('sha256').update(name).digest('hex')
  if (!isDeviceKey(key)) throw new Error('no key')
  return key
}
const secret = Buffer.alloc(32, 7)
const ana = keyOf('Ana')
const jonas = keyOf('Jonas')

function bed() {
  const clock = virtualClock(Date.UTC(2026, 10, 23, 23, 50))
  const link = fakeLink(clock)
  const device = (host: string, own: DeviceKey, other: DeviceKey) => {
    const discovery = createDiscovery(link.at(host), clock)
    const book = tagBook([{ secret, key: own }], [{ secret, key: other }], clock.now)
    const found: Address[] = []
    const start = () => {
      const publish = discovery.publish({ tags: book.tags, port: () => 4000 })
      const look = discovery.look({ match: book.match, found: (_, address) => found.push(address), wanted: () => true })
      return () => {
        publish()
        look()
      }
    }
    return { found, start, book }
  }
  return { clock, link, near: device('near', ana, jonas), far: device('far', jonas, ana) }
}

describe('discovery', () => {
  test('LN11: nothing is open or said before somebody shares, and nothing after the last one stopped', async () => {
    const { clock, link, near } = bed()
    await clock.run(60_000)
    expect([link.open(), link.said]).toEqual([0, []])
    const stop = near.start()
    await clock.run(1_000)
    expect(link.said.length).toBeGreaterThan(0)
    stop()
    const said = link.said.length
    link.forge({ kind: 'question' })
    await clock.run(600_000)
    expect([link.open(), link.said.length]).toEqual([0, said])
  })

  test('LN11: two find each other at once, whichever comes first', async () => {
    const { clock, near, far } = bed()
    near.start()
    await clock.run(45_000)
    far.start()
    await clock.run(10)
    expect([near.found.length > 0, far.found.length > 0]).toEqual([true, true])
    expect(near.found[0]).toEqual({ host: 'far', port: 4000 })
  })

  test('LN11: questions are answered at once, but a flood of them makes nobody loud', async () => {
    const { clock, link, near } = bed()
    near.start()
    await clock.run(120_000)
    const before = link.said.filter(({ what }) => what !== '?').length
    for (let at = 0; at < 10_000; at++) link.forge({ kind: 'question' })
    await clock.run(1_000)
    expect(link.said.filter(({ what }) => what !== '?').length - before).toBeLessThanOrEqual(6)
  })

  test('LN12: the tag of a day says nothing of the key, and is another one the next day', () => {
    const tags = ['2026-11-23', '2026-11-24'].map((day) => tagOf(secret, ana, day))
    expect(
      new Set([...tags, tagOf(Buffer.alloc(32, 8), ana, '2026-11-23'), tagOf(secret, jonas, '2026-11-23')]).size,
    ).toBe(4)
    for (const tag of tags) expect(tag).toMatch(/^[0-9a-f]{32}$/)
    expect(ana).not.toContain(tags[0]?.slice(0, 8))
  })

  test('LN12: when the day changes, the new tag is announced without being asked for, and known', async () => {
    const { clock, link, near, far } = bed()
    near.start()
    far.start()
    await clock.run(5 * 60_000)
    const found = far.found.length
    await clock.run(6 * 60_000)
    const tomorrow = tagOf(secret, ana, '2026-11-24')
    expect(tagDay(clock.now())).toBe('2026-11-24')
    expect(link.said.some(({ what }) => what === tomorrow)).toBe(true)
    expect(far.found.length).toBeGreaterThan(found)
    // A clock that is a day behind or ahead is still understood.
    expect(['2026-11-23', '2026-11-24', '2026-11-25'].map((day) => far.book.match(tagOf(secret, ana, day)))).toEqual([
      ana,
      ana,
      ana,
    ])
    expect(far.book.match(tagOf(secret, ana, '2026-11-21'))).toBe(null)
  })

  test('LN13: other interfaces are a reason to say and ask again at once', async () => {
    const { clock, link, near } = bed()
    near.start()
    await clock.run(60_000)
    const said = link.said.length
    link.change()
    expect(link.said.length).toBe(said + 2)
  })

  test('LN12: a secret that was rotated away is still understood from who knows no newer one', () => {
    const old = Buffer.alloc(32, 1)
    const book = tagBook(
      [],
      [
        { secret, key: ana },
        { secret: old, key: ana },
      ],
      () => Date.UTC(2026, 10, 23),
    )
    expect([secret, old].map((each) => book.match(tagOf(each, ana, '2026-11-23')))).toEqual([ana, ana])
  })
})

describe('packets of anybody', () => {
  const ours = (length = 60, records = 1) => {
    const packet = Buffer.alloc(length)
    packet.writeUInt16BE(records, 6)
    packet.write('\x0c_throughline\x04_tcp\x05local', 12, 'latin1')
    return packet
  }

  test('LN14: what is not ours, too long, too short or full of records is not read', () => {
    const budget = new PacketBudget(virtualClock())
    expect(budget.admits(ours(), 'a')).toBe(true)
    expect(budget.admits(Buffer.alloc(60), 'a')).toBe(false)
    expect(budget.admits(ours().subarray(0, 11), 'a')).toBe(false)
    expect(budget.admits(ours(1_501), 'a')).toBe(false)
    expect(budget.admits(ours(60, 65), 'a')).toBe(false)
    expect(budget.admits(new Uint8Array(0), 'a')).toBe(false)
  })

  test('LN14: a flood from one source is held down and leaves others their share', async () => {
    const clock = virtualClock()
    const budget = new PacketBudget(clock)
    let read = 0
    for (let at = 0; at < 100_000; at++) if (budget.admits(ours(), 'flood')) read++
    expect(read).toBe(40)
    expect(budget.admits(ours(), 'other')).toBe(true)
    await clock.run(1_000)
    expect(budget.admits(ours(), 'flood')).toBe(true)
  })

  test('LN14: forged sources cost a bounded number of reads, and bounded memory', () => {
    const budget = new PacketBudget(virtualClock())
    let read = 0
    for (let at = 0; at < 100_000; at++) if (budget.admits(ours(), `10.0.${at >> 8}.${at & 255}`)) read++
    expect(read).toBe(400)
    expect(budget.sources).toBeLessThanOrEqual(256)
  })

  test('LN14: thousands of tags of strangers bring nothing about and are kept nowhere', async () => {
    const { clock, link, near } = bed()
    near.start()
    const random = createRandom(3)
    for (let at = 0; at < 5_000; at++) {
      const tag = createHash('md5').update(`${random.next()}`).digest('hex')
      link.forge({ kind: 'tags', found: [{ tag, address: { host: '10.0.0.9', port: 1 + at } }] })
    }
    await clock.run(1_000)
    expect(near.found).toEqual([])
  })
})
