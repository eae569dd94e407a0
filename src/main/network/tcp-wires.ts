import { createServer, connect as netConnect, type Server, type Socket } from 'node:net'
import { err, ok, type Result } from '../../core/base/result.ts'
import type { DeviceKey } from '../../core/members/device.ts'
import type { Clock } from './clock.ts'
import { Gate } from './gate.ts'
import { LIMITS, type Limits } from './limits.ts'
import { type HandshakeFault, type KeyPair, type Shaken, shakeFirst, shakeSecond } from './noise.ts'
import { NoiseWire } from './noise-wire.ts'
import type { Address, Path, TroubleCode } from './transport.ts'
import type { Wire, Wires } from './wire.ts'

/** Why somebody who knocked was not let in; `limit`: too many at once, or too fast. */
export type Refusal = HandshakeFault | 'late' | 'limit'

export type TcpOptions = {
  readonly keyPair: KeyPair
  readonly clock: Clock
  /** Where to listen: the first that can be had. Both families, where the system has them, when nothing is said. */
  readonly hosts?: readonly string[]
  /** The port that was listened at before: others may remember it. Another one where it is taken. */
  readonly port?: number
  readonly limits?: Partial<Limits>
  /** Told of everyone who was turned away. For counting; the address is not proved. */
  readonly refused?: (why: Refusal, host: string) => void
}

export interface TcpWires extends Wires {
  counts(): { readonly sockets: number; readonly handshakes: number; readonly addresses: number }
}

export function tcpWires(options: TcpOptions): TcpWires {
  const limits: Limits = { ...LIMITS, ...options.limits }
  const { keyPair, clock } = options
  const gate = new Gate(limits, clock)
  const sockets = new Set<Socket>()
  let server: Server | null = null

  const track = (socket: Socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.once('close', () => sockets.delete(socket))
    // What went wrong is told by `close` and by the stream; an error nobody listens to would end the process.
    socket.on('error', () => {})
  }

  const wireOf = (socket: Socket, shaken: Shaken, path: Path, initiated: boolean) =>
    new NoiseWire({ socket, keys: shaken.keys, remote: shaken.remote, path, initiated, low: limits.outgoing / 2 })

  const accept = async (
    socket: Socket,
    admits: (key: DeviceKey) => boolean,
    accepted: (wire: Wire) => void,
  ): Promise<void> => {
    const host = socket.remoteAddress ?? ''
    const pass = gate.enter(host)
    if (!pass) {
      socket.on('error', () => {})
      socket.destroy()
      options.refused?.('limit', host)
      return
    }
    track(socket)
    socket.once('close', () => pass.leave())
    let late = false
    const timer = clock.after(limits.handshake, () => {
      late = true
      socket.destroy()
    })
    const shaken = await shakeSecond(socket, keyPair, admits)
    timer()
    if (!shaken.ok || socket.destroyed) {
      socket.destroy()
      options.refused?.(late ? 'late' : shaken.ok ? 'ended' : shaken.error, host)
      return
    }
    pass.proved()
    accepted(wireOf(socket, shaken.value, 'lan', false))
  }

  return {
    async listen(admits, accepted) {
      const made = createServer((socket) => void accept(socket, admits, accepted))
      server = made
      made.on('error', () => {})
      const hosts = options.hosts ?? ['::', '0.0.0.0']
      const places = [options.port ?? 0, 0].flatMap((port) => hosts.map((host) => ({ host, port })))
      let last: unknown = null
      for (const place of places) {
        try {
          return await listenAt(made, place)
        } catch (error) {
          last = error
        }
      }
      throw last
    },

    async dial(key, address, path, signal): Promise<Result<Wire, TroubleCode>> {
      if (signal.aborted) return err('unreachable')
      const socket = netConnect({ host: address.host, port: address.port })
      track(socket)
      const abort = () => socket.destroy()
      signal.addEventListener('abort', abort)
      let late = false
      const timer = clock.after(limits.connect, abort)
      try {
        const connected = await connecting(socket)
        timer()
        if (connected) return err(connected)
        const shaking = clock.after(limits.handshake, () => {
          late = true
          socket.destroy()
        })
        const shaken = await shakeFirst(socket, keyPair, key)
        shaking()
        if (!shaken.ok) {
          socket.destroy()
          return err(late ? 'late' : shaken.error === 'ended' ? 'turned-away' : 'wrong-key')
        }
        if (socket.destroyed) return err('turned-away')
        return ok(wireOf(socket, shaken.value, path, true))
      } finally {
        timer()
        signal.removeEventListener('abort', abort)
      }
    },

    async close() {
      const closing = server
      server = null
      // Last words that are still on their way have a second; the rest goes now.
      const closed = closing && new Promise<void>((resolve) => closing.close(() => resolve()))
      const timer = clock.after(1_000, () => {
        for (const socket of sockets) socket.destroy()
      })
      await Promise.all(
        [...sockets].map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()))),
      )
      timer()
      await closed
    },

    counts: () => ({ sockets: sockets.size, handshakes: gate.handshakes, addresses: gate.addresses }),
  }
}

function listenAt(server: Server, { host, port }: Address): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(error)
    server.once('error', failed)
    server.listen({ host, port, backlog: 128 }, () => {
      server.off('error', failed)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

const CLOSED = new Set(['ECONNREFUSED', 'ECONNRESET'])

/** null once the socket is connected. */
function connecting(socket: Socket): Promise<TroubleCode | null> {
  return new Promise((resolve) => {
    let code = ''
    socket.once('error', (error: NodeJS.ErrnoException) => {
      code = error.code ?? ''
    })
    socket.once('connect', () => resolve(null))
    socket.once('close', () => resolve(CLOSED.has(code) ? 'port-closed' : 'unreachable'))
  })
}
