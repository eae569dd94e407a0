import { describe, expect, test } from 'vitest'
import { virtualClock } from '../../testing/virtual-clock.ts'
import { Gate, group } from './gate.ts'
import { LIMITS } from './limits.ts'

describe('gate', () => {
  test('LN8: IPv6 is counted by its /64, IPv4 in IPv6 as itself', () => {
    expect(group('::ffff:10.0.0.7')).toBe('10.0.0.7')
    expect(group('10.0.0.7')).toBe('10.0.0.7')
    expect(group('fe80::1%eth0')).toBe(group('fe80::ffff:1:2:3%eth1'))
    expect(group('2001:db8:1:2:3:4:5:6')).toBe(group('2001:db8:1:2::9'))
    expect(group('2001:db8:1:3::9')).not.toBe(group('2001:db8:1:2::9'))
    expect(group('::1')).toBe('0:0:0:0')
  })

  test('LN8: sockets and unproved sockets have limits of their own, from one address and in all', () => {
    const limits = { ...LIMITS, sockets: 6, socketsFrom: 4, handshakes: 3, handshakesFrom: 2 }
    const gate = new Gate(limits, virtualClock())
    const one = gate.enter('a')
    gate.enter('a')
    expect(gate.enter('a')).toBe(null)
    expect(gate.enter('b')).not.toBe(null)
    expect(gate.enter('c')).toBe(null)
    one?.proved()
    one?.proved()
    expect([gate.handshakes, gate.sockets]).toEqual([2, 3])
    expect(gate.enter('a')).not.toBe(null)
    one?.leave()
    one?.leave()
    expect([gate.handshakes, gate.sockets]).toEqual([3, 3])
  })

  test('LN8: an address that knocks too fast waits; those that are counted are forgotten in time', async () => {
    const clock = virtualClock()
    const gate = new Gate({ ...LIMITS, burst: 3, perSecond: 1, counted: 10 }, clock)
    const knock = (address: string) => {
      const pass = gate.enter(address)
      pass?.leave()
      return pass !== null
    }
    expect([1, 2, 3, 4].map(() => knock('a'))).toEqual([true, true, true, false])
    await clock.run(1_000)
    expect([knock('a'), knock('a')]).toEqual([true, false])
    for (let at = 0; at < 100; at++) knock(`address ${at}`)
    expect(gate.addresses).toBe(10)
    await clock.run(10_000)
    expect(knock('new')).toBe(true)
    expect(gate.addresses).toBe(1)
  })
})
