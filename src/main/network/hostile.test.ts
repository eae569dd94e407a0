import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import Handshake from '@hyperswarm/secret-stream/lib/handshake.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRandom, type Random } from '../../testing/random.ts'
import { type Seen, watch } from '../../testing/transport-suite.ts'
import { systemClock } from './clock.ts'
import { goFrame, helloFrame, KIND, readFrame } from './frames.ts'
import { LIMITS, type Limits } from './limits.ts'
import { deviceKeyOf, keyPair, shakeFirst } from './noise.ts'
import { LengthGuard, NoiseWire } from './noise-wire.ts'
import { createSwitchboard, type Switchboard } from './switchboard.ts'
import { type Refusal, type TcpWires, tcpWires } from './tcp-wires.ts'
import { MAX_MESSAGE } from './transport.ts'

/** Generous where a test would otherwise be turned away by the count of its knocks. */
const OPEN: Partial<Limits> = {
  burst: 1e6,
  perSecond: 1e6,
  handshakes: 256,
  handshakesFrom: 256,
  socketsFrom: 1e4,
  sockets: 1e4,
}

const own = keyPair(Buffer.alloc(32, 1))
const friend = keyPair(Buffer.alloc(32, 2))
const stranger = keyPair(Buffer.alloc(32, 3))

type Victim = { board: Switchboard; wires: TcpWires; seen: Seen; refused: Map<Refusal, number>; port: number }

let victim: Victim
const sockets = new Set<Socket>()

async function start(limits: Partial<Limits> = {}): Promise<void> {
  const refused = new Map<Refusal, number>()
  const wires = tcpWires({
    keyPair: own,
    clock: systemClock,
    hosts: ['127.0.0.1'],
    limits: { ...OPEN, ...limits },
    refused: (why) => refused.set(why, (refused.get(why) ?? 0) + 1),
  })
  const board = createSwitchboard({
    self: deviceKeyOf(own.publicKey),
    wires,
    clock: systemClock,
    random: Math.random,
    limits: { ...OPEN, ...limits },
  })
  board.allow(new Set([deviceKeyOf(friend.publicKey)]))
  await board.start()
  victim = { board, wires, seen: watch(board), refused, port: board.port }
}

beforeEach(() => start())
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  await victim.board.stop()
})

const until = async (condition: () => boolean, what: string) => {
  const end = Date.now() + 20_000
  while (!condition()) {
    if (Date.now() > end) throw new Error(`no sign of ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

type Knock = { socket: Socket; got: () => number; closed: Promise<void> }

/** A raw socket to the victim; counts what comes back. */
function knock(): Promise<Knock> {
  const socket = connect({ host: '127.0.0.1', port: victim.port })
  sockets.add(socket)
  let got = 0
  socket.on('data', (chunk) => {
    got += chunk.length
  })
  socket.on('error', () => {})
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  return new Promise((resolve) => socket.once('connect', () => resolve({ socket, got: () => got, closed })))
}

const firstMessage = (pair = friend, to = own): Buffer => {
  const data = new Handshake(true, pair, to.publicKey, 'IK').send()?.data
  if (!data) throw new Error('no handshake')
  return Buffer.from(data)
}

/** A friend's own wire, with everything in its hands: what it may send is up to the test. */
async function friendly(): Promise<{ socket: Socket; wire: NoiseWire; frames: Uint8Array[]; ended: () => boolean }> {
  const socket = connect({ host: '127.0.0.1', port: victim.port })
  sockets.add(socket)
  socket.on('error', () => {})
  await new Promise((resolve) => socket.once('connect', resolve))
  const shaken = await shakeFirst(socket, friend, deviceKeyOf(own.publicKey))
  if (!shaken.ok) throw new Error(shaken.error)
  const { keys, remote } = shaken.value
  const wire = new NoiseWire({ socket, keys, remote, path: 'lan', initiated: true, low: 1024 })
  const frames: Uint8Array[] = []
  let over = false
  wire.listen({
    frame: (frame) => frames.push(frame),
    drain: () => {},
    end: () => {
      over = true
    },
  })
  return { socket, wire, frames, ended: () => over }
}

const hello = (life = randomBytes(16).toString('hex')) => helloFrame({ version: 1, life, last: '' })

/** A friend's wire that has greeted. Friend or victim decides, whoever has the smaller key. */
async function greeted() {
  const made = await friendly()
  made.wire.send(hello())
  if (deviceKeyOf(friend.publicKey) < deviceKeyOf(own.publicKey)) made.wire.send(goFrame())
  await until(() => victim.board.counts().connections === 1, 'a connection')
  return made
}

const nothingHeld = { connections: 0, greeting: 0, dials: 0, held: 0 }

function mutated(bytes: Buffer, random: Random): Buffer {
  const copy = Buffer.from(bytes)
  switch (random.below(5)) {
    case 0:
      return copy.subarray(0, random.below(copy.length))
    case 1:
      return Buffer.concat([copy, randomBytes(1 + random.below(64))])
    case 2: {
      const at = random.below(copy.length)
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8))
      return copy
    }
    case 3:
      copy.fill(random.below(256), random.below(copy.length))
      return copy
    default:
      copy.writeUIntLE(random.below(2 ** 24), 0, 3)
      return copy
  }
}

describe('strangers', () => {
  test('LN1: an unknown key, and a handshake for somebody else, get not one byte', async () => {
    for (const data of [firstMessage(stranger), firstMessage(friend, stranger), Buffer.alloc(99), randomBytes(99)]) {
      const { socket, got, closed } = await knock()
      socket.write(data)
      await closed
      expect(got()).toBe(0)
    }
    await until(() => [...victim.refused.values()].reduce((a, b) => a + b, 0) === 4, 'four refusals')
    expect(victim.refused.get('not-allowed')).toBe(1)
    expect(victim.board.counts()).toEqual(nothingHeld)
  })

  test('LN2: a first message of any other length is cut off at its header, whatever memory it asks for', async () => {
    for (const length of [0, 1, 48, 95, 97, 98, 255, 65_535, 2 ** 24 - 1]) {
      const { socket, got, closed } = await knock()
      const header = Buffer.alloc(3)
      header.writeUIntLE(length, 0, 3)
      socket.write(header)
      await closed
      expect(got()).toBe(0)
    }
    expect(victim.refused.get('malformed')).toBe(9)
  })

  test('LN1: a handshake that was recorded and is played again opens nothing', async () => {
    const recorded = firstMessage()
    const { socket, got } = await knock()
    socket.write(Buffer.concat([recorded, Buffer.from([56, 0, 0]), randomBytes(56), randomBytes(200)]))
    await until(() => socket.destroyed, 'the end')
    // It is answered, for it is the friend’s; who cannot read the answer comes no further.
    expect(got()).toBeLessThan(300)
    expect(victim.seen.connections).toEqual([])
    await until(() => victim.board.counts().greeting === 0, 'nothing left')
  })

  test('LN2: 5,000 seeded mutations of a good handshake: nobody gets in, nothing is kept', async () => {
    const seed = Number(process.env.FUZZ_SEED ?? 7)
    const random = createRandom(seed)
    let rounds = 0
    const one = async () => {
      while (rounds < 5_000) {
        rounds++
        const data = mutated(firstMessage(), random)
        const whole = data.length >= 99 && data.subarray(0, 99).equals(firstMessage().subarray(0, 99))
        const { socket, closed } = await knock()
        socket.end(data)
        await closed
        sockets.delete(socket)
        expect(whole).toBe(false)
      }
    }
    await Promise.all(Array.from({ length: 16 }, one))
    expect(victim.seen.connections, `seed ${seed}`).toEqual([])
    await until(() => victim.wires.counts().sockets === 0, 'no socket left')
    expect(victim.board.counts(), `seed ${seed}`).toEqual(nothingHeld)
    const refused = [...victim.refused.values()].reduce((sum, count) => sum + count, 0)
    // The mutation that only adds bytes leaves a good first message; its sender goes before it has greeted.
    expect(refused).toBeGreaterThan(3_000)
    expect([...victim.refused.keys()].sort()).toEqual(['ended', 'failed', 'malformed'])
  })

  test('LN2: who dawdles over a handshake is cut off when its time is up, byte by byte or silent', async () => {
    await victim.board.stop()
    await start({ handshake: 150 })
    const slow = await knock()
    const silent = await knock()
    const data = firstMessage()
    let at = 0
    const drip = setInterval(() => slow.socket.write(data.subarray(at, ++at)), 10)
    await Promise.all([slow.closed, silent.closed])
    clearInterval(drip)
    expect(at).toBeLessThan(99)
    await until(() => victim.refused.get('late') === 2, 'the reason')
    expect([slow.got(), silent.got()]).toEqual([0, 0])
  })

  test('LN8: of half-open sockets only so many are held, and a friend gets in when they are gone', async () => {
    await victim.board.stop()
    await start({ handshake: 300, handshakes: LIMITS.handshakes, handshakesFrom: LIMITS.handshakesFrom })
    const knocks = await Promise.all(Array.from({ length: 100 }, knock))
    await until(() => (victim.refused.get('limit') ?? 0) === 92, 'the refusals')
    expect(victim.wires.counts()).toMatchObject({ sockets: 8, handshakes: 8, addresses: 1 })
    await Promise.all(knocks.map(({ closed }) => closed))
    await until(() => victim.wires.counts().sockets === 0, 'the end of them')
    await greeted()
  })

  test('LN8: one address may not knock for ever', async () => {
    await victim.board.stop()
    await start({ burst: 32, perSecond: 0.001 })
    for (let at = 0; at < 40; at++) {
      const { socket, closed } = await knock()
      socket.end()
      await closed
    }
    await until(() => (victim.refused.get('limit') ?? 0) >= 8, 'the refusals')
    expect(victim.refused.get('limit')).toBe(8)
  })
})

describe('friends gone bad', () => {
  test('LN3: before the greeting nothing else may be said, and it has a time', async () => {
    for (const frame of [
      goFrame(),
      Uint8Array.of(KIND.message, 1),
      Uint8Array.of(KIND.beat),
      Uint8Array.of(9),
      new Uint8Array(1),
    ]) {
      const { wire, ended } = await friendly()
      wire.send(frame)
      await until(ended, 'the end')
    }
    expect(victim.seen.connections).toEqual([])
    await victim.board.stop()
    await start({ greeting: 100 })
    const { ended } = await friendly()
    await until(ended, 'the end')
    expect(victim.board.counts()).toEqual(nothingHeld)
  })

  test('LN3: frames that nobody may send cut it off, and the reason is told', async () => {
    const bad: [Uint8Array, string][] = [
      [hello(), 'malformed'],
      [goFrame(), 'malformed'],
      [Uint8Array.of(KIND.beat, 1), 'malformed'],
      [Uint8Array.of(KIND.bye), 'malformed'],
      [Uint8Array.of(KIND.bye, 200), 'malformed'],
      [Uint8Array.of(200, 1, 2), 'malformed'],
      [new Uint8Array(MAX_MESSAGE + 2).fill(KIND.message), 'oversized'],
      [new Uint8Array(2 ** 24 - 18).fill(KIND.message), 'oversized'],
    ]
    for (const [frame, why] of bad) {
      const { wire } = await greeted()
      const before = victim.seen.closed.length
      wire.send(frame)
      await until(() => victim.seen.closed.length > before, why)
      expect(victim.seen.closed.at(-1)).toBe(why)
      await until(() => victim.wires.counts().sockets === 0, 'no socket left')
    }
  })

  test('LN3: bytes that were not encrypted for us, or changed on the way, end the connection', async () => {
    const random = createRandom(5)
    for (let round = 0; round < 40; round++) {
      const { socket } = await greeted()
      const before = victim.seen.closed.length
      const length = random.pick([0, 1, 17, 18, 100, MAX_MESSAGE + 18, MAX_MESSAGE + 19, 2 ** 24 - 1])
      const header = Buffer.alloc(3)
      header.writeUIntLE(length, 0, 3)
      socket.write(Buffer.concat([header, randomBytes(Math.min(length, 200_000))]))
      await until(() => victim.seen.closed.length > before, 'the end')
      expect(victim.seen.closed.at(-1)).toBe(length > MAX_MESSAGE + 18 ? 'oversized' : 'malformed')
      await until(() => victim.wires.counts().sockets === 0, 'no socket left')
    }
  })

  test('LN4: a flood at a reader that does not read stays under the bound', async () => {
    const { wire, socket } = await greeted()
    victim.seen.connections[0]?.onMessage(() => new Promise(() => {}))
    let most = 0
    for (let at = 0; at < 600; at++) {
      for (let many = 0; many < 10; many++) wire.send(new Uint8Array(1 + (at % 3) * 30_000).fill(KIND.message))
      await new Promise((resolve) => setImmediate(resolve))
      most = Math.max(most, victim.board.counts().held)
    }
    // What is held up stays in the system's buffers and with who sends it.
    expect(wire.waiting + socket.bytesWritten).toBeGreaterThan(100e6)
    expect(most).toBeGreaterThan(LIMITS.incoming / 2)
    expect(most).toBeLessThan(LIMITS.incoming + 256 * 1024)
    expect(victim.seen.closed).toEqual([])
  })

  test('LN6: a friend that dials over and over has one connection, and a bounded number of greetings', async () => {
    await victim.board.stop()
    await start({ greeting: 60_000 })
    const made = await Promise.allSettled(Array.from({ length: 40 }, friendly))
    await until(() => victim.board.counts().greeting <= LIMITS.greetings, 'the bound')
    expect(victim.board.counts().greeting).toBeLessThanOrEqual(LIMITS.greetings)
    expect(made.length).toBe(40)
  })

  test('LN9: a key that is taken back while it is connected is closed on at once, without a word', async () => {
    const { frames, ended } = await greeted()
    const before = frames.length
    victim.board.allow(new Set())
    expect(victim.seen.closed).toEqual(['not-allowed'])
    await until(ended, 'the end')
    expect(frames.length).toBe(before)
    const { socket, got, closed } = await knock()
    socket.write(firstMessage())
    await closed
    expect(got()).toBe(0)
  })

  test('LN3: 5,000 seeded frames, mutated or of chance: read as one of five kinds or refused', () => {
    const random = createRandom(Number(process.env.FUZZ_SEED ?? 9))
    const seeds = [hello(), goFrame(), Uint8Array.of(KIND.bye, 1), Uint8Array.of(KIND.message, 1, 2, 3)]
    const kinds = new Map<string, number>()
    for (let round = 0; round < 5_000; round++) {
      const frame = random.chance(0.5)
        ? mutated(Buffer.concat([random.pick(seeds), Buffer.alloc(3)]), random)
        : randomBytes(random.below(60))
      const read = readFrame(frame)?.kind ?? 'refused'
      kinds.set(read, (kinds.get(read) ?? 0) + 1)
    }
    expect(kinds.get('refused')).toBeGreaterThan(2_000)
    expect(kinds.get('message')).toBeGreaterThan(10)
  })

  test('LN3: the guard of lengths says the same however the bytes are cut up', () => {
    const random = createRandom(21)
    for (let round = 0; round < 2_000; round++) {
      const lengths = [
        56,
        ...Array.from({ length: random.below(6) }, () =>
          random.pick([18, 30, 500, 17, 0, MAX_MESSAGE + 18, MAX_MESSAGE + 19]),
        ),
      ]
      const bytes = Buffer.concat(
        lengths.map((length) => {
          const frame = Buffer.alloc(3 + length, 1)
          frame.writeUIntLE(length, 0, 3)
          return frame
        }),
      )
      const whole = new LengthGuard().check(bytes)
      const guard = new LengthGuard()
      let parts: ReturnType<LengthGuard['check']> = null
      for (let at = 0; at < bytes.length && !parts; ) {
        const step = 1 + random.below(random.chance(0.5) ? 5 : 70_000)
        parts = guard.check(bytes.subarray(at, at + step))
        at += step
      }
      expect(parts).toBe(whole)
      const first = lengths.slice(1).find((length) => length <= 17 || length > MAX_MESSAGE + 18)
      expect(whole).toBe(first === undefined ? null : first <= 17 ? 'malformed' : 'oversized')
    }
  })
})
