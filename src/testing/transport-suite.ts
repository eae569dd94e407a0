import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DeviceKey } from '../core/members/device.ts'
import type { Limits } from '../main/network/limits.ts'
import type { Switchboard } from '../main/network/switchboard.ts'
import {
  type Address,
  type CloseReason,
  type Connection,
  MAX_MESSAGE,
  type Trouble,
} from '../main/network/transport.ts'

/** A device of a bed: its transport, and where others find it. */
export type Member = {
  readonly key: DeviceKey
  readonly address: Address
  readonly transport: Switchboard
  /** Ends as a killed process does, and comes back with the same key at the same address. */
  restart(): Promise<Member>
}

/** What an adapter brings to the suite. Times are the bed's own: real ones, or a simulation's. */
export type TransportBed = {
  /** A device that has started unless it is told not to. */
  add(options?: { started?: boolean }): Promise<Member>
  /** Resolves when the condition holds; rejects with `what` when it does not come to that. */
  until(condition: () => boolean, what: string): Promise<void>
  /** Lets time pass in which something must not happen. */
  pass(ms: number): Promise<void>
  /** Silence between all members: nothing arrives, nobody is told. */
  cut(): void
  heal(): void
  end(): Promise<void>
}

/** Bounds of the suite: small, so that a bed on real time is done soon. */
export const SUITE_LIMITS: Partial<Limits> = {
  beat: 100,
  missed: 4,
  firstPause: 20,
  longestPause: 1_000,
  connect: 1_000,
  outgoing: 128 * 1024,
  outgoingMost: 1024 * 1024,
  incoming: 64 * 1024,
}

export type Seen = { readonly connections: Connection[]; readonly closed: CloseReason[]; readonly troubles: Trouble[] }

/** Writes down what a transport tells. */
export function watch(transport: Switchboard): Seen {
  const seen: Seen = { connections: [], closed: [], troubles: [] }
  transport.onConnection((connection) => {
    seen.connections.push(connection)
    connection.onClose((why) => seen.closed.push(why))
  })
  transport.onTrouble((trouble) => seen.troubles.push(trouble))
  return seen
}

export const introduce = (members: readonly Member[]): void => {
  const keys = new Set(members.map(({ key }) => key))
  for (const { transport } of members) transport.allow(keys)
}

const numbered = (number: number, length = 4): Uint8Array => {
  const message = new Uint8Array(length)
  new DataView(message.buffer).setUint32(0, number)
  return message
}
const numberOf = (message: Uint8Array): number => new DataView(message.buffer, message.byteOffset).getUint32(0)

/** The rules of SPEC.md that hold for every transport. Call once per adapter. */
export function transportSuite(name: string, makeBed: () => Promise<TransportBed>): void {
  describe(`${name}: transport`, () => {
    let bed: TransportBed
    beforeEach(async () => {
      bed = await makeBed()
    })
    afterEach(() => bed.end())

    const pair = async () => {
      const near = await bed.add()
      const far = await bed.add()
      introduce([near, far])
      const seen = { near: watch(near.transport), far: watch(far.transport) }
      near.transport.seek(far.key, [far.address])
      await bed.until(() => seen.near.connections.length > 0 && seen.far.connections.length > 0, 'a connection')
      const [at, from] = [seen.near.connections[0], seen.far.connections[0]]
      if (!at || !from) throw new Error('no connection')
      return { near, far, at, from, seen }
    }

    test('LN1: each side knows the other by its key, and who dialled', async () => {
      const { near, far, at, from } = await pair()
      expect([at.remote, from.remote]).toEqual([far.key, near.key])
      expect([at.initiated, from.initiated]).toEqual([true, false])
    })

    test('LN3: messages arrive whole, once and in order, from none to the most bytes, both ways', async () => {
      const { at, from } = await pair()
      const lengths = [0, 1, 2, 1000, MAX_MESSAGE - 1, MAX_MESSAGE, 0, 3]
      const got: Record<'near' | 'far', Uint8Array[]> = { near: [], far: [] }
      at.onMessage((message) => void got.near.push(message))
      from.onMessage((message) => void got.far.push(message))
      const sent = lengths.map((length, at) => new Uint8Array(length).fill(at + 1))
      for (const message of sent) {
        at.send(message)
        from.send(message)
      }
      await bed.until(() => got.near.length === sent.length && got.far.length === sent.length, 'all messages')
      const same = (messages: Uint8Array[]) =>
        messages.every((message, at) => Buffer.from(message).equals(sent[at] ?? new Uint8Array(1)))
      expect([same(got.near), same(got.far)]).toEqual([true, true])
      // A message keeps no more memory than its own, and shows none of its neighbours where it is posted on.
      expect(got.far.every((message) => message.buffer.byteLength <= message.length + 1)).toBe(true)
    })

    test('LN3: a longer message is a bug of the sender', async () => {
      const { at } = await pair()
      expect(() => at.send(new Uint8Array(MAX_MESSAGE + 1))).toThrow('longer')
    })

    test('LN4: what comes before there is a reader is kept for it', async () => {
      const { at, from } = await pair()
      for (let number = 0; number < 100; number++) at.send(numbered(number))
      await bed.pass(50)
      const got: number[] = []
      from.onMessage((message) => void got.push(numberOf(message)))
      await bed.until(() => got.length === 100, 'what was sent before')
      expect(got).toEqual(Array.from({ length: 100 }, (_, number) => number))
    })

    test('LN4: a slow reader stops a writer that listens; neither side holds more than its bound', async () => {
      const { near, far, at, from } = await pair()
      const total = 2_000
      const got: number[] = []
      let release: (() => void) | null = null
      let open = false
      from.onMessage((message) => {
        got.push(numberOf(message))
        if (open) return
        return new Promise((resolve) => {
          release = resolve
        })
      })
      let next = 0
      let most = 0
      const write = () => {
        let more = true
        while (more && next < total) more = at.send(numbered(next++, 8 * 1024))
        most = Math.max(most, near.transport.counts().held)
      }
      at.onDrain(write)
      write()
      await bed.pass(300)
      const held = far.transport.counts().held
      expect(next).toBeLessThan(total)
      expect(got.length).toBe(1)
      expect(most).toBeLessThan((SUITE_LIMITS.outgoing ?? 0) + 32 * 1024)
      expect(held).toBeLessThan((SUITE_LIMITS.incoming ?? 0) + 192 * 1024)
      open = true
      ;(release as (() => void) | null)?.()
      await bed.until(() => got.length === total, 'everything, once the reader reads')
      expect(got).toEqual(Array.from({ length: total }, (_, number) => number))
      expect(far.transport.counts().held).toBe(0)
    })

    test('LN4: a writer that does not listen is cut off at the bound', async () => {
      const { near, at, from, seen } = await pair()
      from.onMessage(() => new Promise(() => {}))
      let written = 0
      while (seen.near.closed.length === 0 && written < 4_096) {
        at.send(new Uint8Array(64 * 1024))
        written++
      }
      expect(seen.near.closed).toEqual(['overflow'])
      expect(written * 64 * 1024).toBeLessThan(3 * 1024 * 1024)
      expect(near.transport.counts().held).toBe(0)
    })

    test('LN5: a side with nothing to say is not taken for a dead one', async () => {
      const { seen } = await pair()
      await bed.pass(1_500)
      expect([seen.near.closed, seen.far.closed]).toEqual([[], []])
    })

    test('LN5: silence is noticed by both sides; after the healing they are connected again', async () => {
      const { seen } = await pair()
      bed.cut()
      await bed.until(() => seen.near.closed.length === 1 && seen.far.closed.length === 1, 'the silence')
      expect([seen.near.closed, seen.far.closed]).toEqual([['silent'], ['silent']])
      bed.heal()
      await bed.until(() => seen.near.connections.length === 2 && seen.far.connections.length === 2, 'the way back')
    })

    test('LN6: two that seek each other at once keep the same one connection', async () => {
      for (let round = 0; round < 8; round++) {
        const near = await bed.add()
        const far = await bed.add()
        introduce([near, far])
        const seen = { near: watch(near.transport), far: watch(far.transport) }
        near.transport.seek(far.key, [far.address])
        far.transport.seek(near.key, [near.address])
        await bed.until(() => seen.near.connections.length > 0 && seen.far.connections.length > 0, 'a connection')
        const settled = () => [near, far].every(({ transport }) => transport.counts().greeting === 0)
        await bed.pass(50)
        await bed.until(settled, 'the end of the others')
        const counts = [near.transport.counts(), far.transport.counts()]
        expect(counts.map(({ connections, greeting }) => [connections, greeting])).toEqual([
          [1, 0],
          [1, 0],
        ])
        const [at, from] = [seen.near.connections.at(-1), seen.far.connections.at(-1)]
        expect([at?.remote, from?.remote, at?.initiated]).toEqual([far.key, near.key, !from?.initiated])
        const got: number[] = []
        from?.onMessage((message) => void got.push(numberOf(message)))
        at?.send(numbered(round))
        await bed.until(() => got.length === 1, 'a message over the one that is kept')
      }
    })

    test('LN6: who comes back with a new life replaces what is still taken for open', async () => {
      const { near, far, seen } = await pair()
      bed.cut()
      const back = await far.restart()
      bed.heal()
      introduce([near, back])
      const again = watch(back.transport)
      back.transport.seek(near.key, [near.address])
      await bed.until(() => again.connections.length === 1 && seen.near.connections.length === 2, 'the new connection')
      expect(seen.near.closed.length).toBe(1)
      expect(near.transport.counts().connections).toBe(1)
    })

    test('LN7: who is sought before it is there is found when it comes; why not is told once', async () => {
      const near = await bed.add()
      const far = await bed.add({ started: false })
      introduce([near, far])
      const seen = watch(near.transport)
      near.transport.seek(far.key, [far.address])
      await bed.until(() => seen.troubles.length > 0, 'a reason')
      await bed.pass(300)
      expect(seen.troubles).toEqual([{ key: far.key, code: 'port-closed', address: far.address }])
      await far.transport.start()
      await bed.until(() => seen.connections.length === 1, 'the connection')
    })

    test('LN7: a key without an address is said to be not found, and dialled as soon as it is announced', async () => {
      const near = await bed.add()
      const far = await bed.add()
      introduce([near, far])
      const seen = watch(near.transport)
      near.transport.seek(far.key)
      await bed.until(() => seen.troubles.length > 0, 'a reason')
      expect(seen.troubles).toEqual([{ key: far.key, code: 'not-found' }])
      near.transport.announced(far.key, far.address)
      await bed.until(() => seen.connections.length === 1, 'the connection')
      expect(near.transport.missing()).toEqual([])
    })

    test('LN9: who is not allowed is turned away, and nobody is told of a connection', async () => {
      const near = await bed.add()
      const far = await bed.add()
      near.transport.allow(new Set([far.key]))
      const seen = { near: watch(near.transport), far: watch(far.transport) }
      near.transport.seek(far.key, [far.address])
      await bed.until(() => seen.near.troubles.length > 0, 'a reason')
      await bed.pass(200)
      expect(seen.near.troubles.map(({ code }) => code)).toEqual(['turned-away'])
      expect([seen.near.connections, seen.far.connections]).toEqual([[], []])
      expect(far.transport.counts()).toEqual({ connections: 0, greeting: 0, dials: 0, held: 0 })
    })

    test('LN9: a key that is taken back is closed on at once, and not let in again', async () => {
      const { near, at, seen } = await pair()
      const before = seen.near.connections.length
      near.transport.allow(new Set())
      expect(seen.near.closed).toEqual(['not-allowed'])
      expect(at.send(new Uint8Array(1))).toBe(false)
      await bed.until(() => seen.far.closed.length === 1, 'the end on the other side')
      expect(seen.far.closed).toEqual(['broken'])
      await bed.pass(300)
      expect(seen.near.connections.length).toBe(before)
      expect(near.transport.counts()).toEqual({ connections: 0, greeting: 0, dials: 0, held: 0 })
    })

    test('LN9: a key that was never allowed, and one’s own, are not sought', async () => {
      const near = await bed.add()
      const far = await bed.add()
      const seen = watch(near.transport)
      near.transport.seek(far.key, [far.address])
      near.transport.allow(new Set([near.key]))
      near.transport.seek(near.key, [near.address])
      await bed.pass(200)
      expect(seen).toEqual({ connections: [], closed: [], troubles: [] })
      expect(near.transport.missing()).toEqual([])
    })

    test('LN10: what was sent before a close arrives, and then the reason', async () => {
      const { at, from, seen } = await pair()
      const got: number[] = []
      from.onMessage((message) => void got.push(numberOf(message)))
      for (let number = 0; number < 20; number++) at.send(numbered(number, 2_000))
      at.close('refused')
      expect(at.send(numbered(20))).toBe(false)
      await bed.until(() => seen.far.closed.length > 0, 'the reason')
      expect(seen.far.closed[0]).toBe('refused')
      expect(seen.near.closed[0]).toBe('refused')
      expect(got.length).toBe(20)
    })

    test('LN10: a transport that stops says so, and holds nothing afterwards', async () => {
      const { near, seen } = await pair()
      await Promise.all([near.transport.stop(), bed.until(() => seen.far.closed.length > 0, 'the end')])
      expect([seen.near.closed, seen.far.closed]).toEqual([['stopped'], ['stopped']])
      expect(near.transport.counts()).toEqual({ connections: 0, greeting: 0, dials: 0, held: 0 })
    })
  })
}
