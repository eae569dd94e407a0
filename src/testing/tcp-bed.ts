import { randomBytes } from 'node:crypto'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { systemClock } from '../main/network/clock.ts'
import { deviceKeyOf, type KeyPair, keyPair } from '../main/network/noise.ts'
import { createSwitchboard } from '../main/network/switchboard.ts'
import { tcpWires } from '../main/network/tcp-wires.ts'
import { type Member, SUITE_LIMITS, type TransportBed } from './transport-suite.ts'

/** Transports over TCP on loopback, each behind a relay that can be cut and that stays when its device restarts. */
export async function tcpBed({ host }: { host: string }): Promise<TransportBed> {
  const members: Member[] = []
  const relays: Relay[] = []
  const isCut = { now: false }

  const member = async (pair: KeyPair, relay: Relay, started: boolean): Promise<Member> => {
    const wires = tcpWires({ keyPair: pair, clock: systemClock, hosts: [host], limits: SUITE_LIMITS })
    const transport = createSwitchboard({
      self: deviceKeyOf(pair.publicKey),
      wires,
      clock: systemClock,
      random: Math.random,
      limits: SUITE_LIMITS,
    })
    const start = transport.start.bind(transport)
    transport.start = async () => {
      await start()
      relay.port = transport.port
    }
    if (started) await transport.start()
    const restart = async () => {
      transport.allow(new Set())
      await transport.stop()
      const made = await member(pair, relay, true)
      members.push(made)
      return made
    }
    return { key: deviceKeyOf(pair.publicKey), address: { host, port: relay.at }, transport, restart }
  }

  return {
    async add({ started = true } = {}) {
      const relay = await startRelay(host, isCut)
      relays.push(relay)
      const made = await member(keyPair(randomBytes(32)), relay, started)
      members.push(made)
      return made
    },
    async until(condition, what) {
      const end = Date.now() + 20_000
      while (!condition()) {
        if (Date.now() > end) throw new Error(`no sign of ${what}`)
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    },
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    cut: () => {
      isCut.now = true
      for (const relay of relays) relay.freeze()
    },
    heal: () => {
      isCut.now = false
      for (const relay of relays) relay.thaw()
    },
    async end() {
      isCut.now = false
      await Promise.all(members.map(({ transport }) => transport.stop()))
      await Promise.all(relays.map((relay) => relay.end()))
    },
  }
}

type Relay = {
  readonly at: number
  /** Where it leads; 0: nowhere, and who dials is refused. */
  port: number
  freeze(): void
  thaw(): void
  end(): Promise<void>
}

async function startRelay(host: string, isCut: { now: boolean }): Promise<Relay> {
  const sockets = new Set<Socket>()
  const track = (socket: Socket, other: () => Socket | undefined) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      // A cable that is cut carries no end either.
      if (!isCut.now) other()?.destroy()
    })
  }
  const relay = { port: 0 }
  const server: Server = createServer({ pauseOnConnect: true }, (near) => {
    if (relay.port === 0) {
      near.resetAndDestroy()
      return
    }
    const far = connect({ host, port: relay.port })
    track(near, () => far)
    track(far, () => near)
    if (isCut.now) return
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return {
    at: address.port,
    get port() {
      return relay.port
    },
    set port(port) {
      relay.port = port
    },
    freeze: () => {
      for (const socket of sockets) socket.unpipe().pause()
    },
    // What was under way when the cable was cut has long been given up by both sides.
    thaw: () => {
      for (const socket of sockets) socket.destroy()
    },
    end: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
