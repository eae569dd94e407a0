import { randomBytes } from 'node:crypto'
import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import type { DeviceKey } from '../../core/members/device.ts'
import type { Clock } from './clock.ts'
import { type Hello, PROTOCOL } from './frames.ts'
import { LIMITS, type Limits } from './limits.ts'
import { Link } from './link.ts'
import { Seek } from './seek.ts'
import type { Address, CloseReason, Connection, Path, Transport, Trouble } from './transport.ts'
import type { Wire, Wires } from './wire.ts'

export type SwitchboardOptions = {
  readonly self: DeviceKey
  readonly wires: Wires
  readonly clock: Clock
  /** 0 <= n < 1, for the pauses between attempts. */
  readonly random: () => number
  readonly limits?: Partial<Limits>
  /** 32 hex characters, another for every start. */
  readonly life?: string
}

/** How many there are of what could grow. Bytes for `held`. */
export type Held = {
  readonly connections: number
  readonly greeting: number
  readonly dials: number
  readonly held: number
}

export interface Switchboard extends Transport {
  /** An announcement: dialled at once where the key is sought and not connected. */
  announced(key: DeviceKey, address: Address): void
  /** The port that others find this side at; 0 before it listens. */
  readonly port: number
  /** Keys that are sought and not connected: whom it is worth asking for. */
  missing(): DeviceKey[]
  counts(): Held
}

/** The transport over any kind of wires: whom to talk to, when to try again, and which of two connections is kept. */
export function createSwitchboard(options: SwitchboardOptions): Switchboard {
  const { self, wires, clock, random } = options
  const limits: Limits = { ...LIMITS, ...options.limits }
  const life = options.life ?? randomBytes(16).toString('hex')
  const connected = new Emitter<Connection>()
  const troubled = new Emitter<Trouble>()
  const links = new Set<Link>()
  const current = new Map<DeviceKey, Link>()
  const last = new Map<DeviceKey, string>()
  const seeks = new Map<DeviceKey, Seek>()
  let allowed: ReadonlySet<DeviceKey> = new Set()
  let running = false
  let port = 0

  const admits = (key: DeviceKey) => {
    if (!running || key === self || !allowed.has(key)) return false
    let greeting = 0
    for (const link of links) if (link.remote === key && !link.isOpen) greeting++
    return greeting < limits.greetings
  }

  const attach = (wire: Wire, known: string) => {
    if (!admits(wire.remote)) return wire.destroy()
    const hello: Hello = { version: PROTOCOL, life, last: known }
    const link: Link = new Link(wire, hello, { greeted, chosen, closed }, clock, limits)
    links.add(link)
  }

  // LN6: the side with the smaller key decides, the other follows. A connection that the other side dialled although
  // it had this one open is wanted: what is open here is dead there.
  const greeted = (link: Link, hello: Hello) => {
    if (hello.version !== PROTOCOL) {
      troubled.emit({ key: link.remote, code: 'version' })
      return link.close('version')
    }
    if (self > link.remote) return
    const open = current.get(link.remote)
    const wanted = !open || open.life !== hello.life || (!link.initiated && hello.last === open.id)
    if (!wanted) return link.close('duplicate')
    link.choose()
    chosen(link)
  }

  const chosen = (link: Link) => {
    const key = link.remote
    const before = current.get(key)
    current.set(key, link)
    last.set(key, link.id)
    before?.close('replaced')
    seeks.get(key)?.connected()
    if (link.isOpen) connected.emit(link)
  }

  const closed = (link: Link, why: CloseReason) => {
    links.delete(link)
    if (current.get(link.remote) !== link) {
      if (link.initiated && !current.has(link.remote)) seeks.get(link.remote)?.lost(why)
      return
    }
    current.delete(link.remote)
    seeks.get(link.remote)?.lost(why)
  }

  const startSeek = (key: DeviceKey): Seek => {
    const seek = new Seek({
      dial: async (address: Address, path: Path, signal: AbortSignal) => {
        const known = last.get(key) ?? ''
        const dialled = await wires.dial(key, address, path, signal)
        if (!dialled.ok) return dialled.error
        if (signal.aborted || current.has(key)) dialled.value.destroy()
        else attach(dialled.value, known)
        return null
      },
      trouble: (code, address) => troubled.emit(address ? { key, code, address } : { key, code }),
      clock,
      random,
      limits,
    })
    if (current.has(key)) seek.connected()
    return seek
  }

  return {
    async start() {
      running = true
      try {
        port = await wires.listen(admits, (wire) => attach(wire, ''))
      } catch (error) {
        running = false
        throw error
      }
      for (const seek of seeks.values()) seek.start()
    },
    async stop() {
      running = false
      for (const seek of seeks.values()) seek.stop()
      seeks.clear()
      for (const link of [...links]) {
        if (link.isOpen) link.close('stopped')
        else link.revoke()
      }
      await wires.close()
      port = 0
    },
    allow(keys) {
      allowed = new Set(keys)
      for (const [key, seek] of seeks) {
        if (allowed.has(key)) continue
        seek.stop()
        seeks.delete(key)
      }
      for (const key of last.keys()) if (!allowed.has(key)) last.delete(key)
      for (const link of [...links]) if (!allowed.has(link.remote)) link.revoke()
    },
    seek(key, hints = []) {
      if (key === self || !allowed.has(key)) return
      const seek = seeks.get(key) ?? startSeek(key)
      seeks.set(key, seek)
      for (const hint of hints) seek.know(hint)
      if (running) seek.start()
    },
    announced(key, address) {
      if (running) seeks.get(key)?.announced(address)
    },
    onConnection: (listener: (connection: Connection) => void): Disposer => connected.on(listener),
    onTrouble: (listener: (trouble: Trouble) => void): Disposer => troubled.on(listener),
    get port() {
      return port
    },
    missing: () => [...seeks.keys()].filter((key) => !current.has(key)),
    counts() {
      let held = 0
      for (const link of links) held += link.held
      let dials = 0
      for (const seek of seeks.values()) dials += seek.dials
      return { connections: current.size, greeting: links.size - current.size, dials, held }
    },
  }
}
