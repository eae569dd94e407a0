import { err, ok } from '../core/base/result.ts'
import type { DeviceKey } from '../core/members/device.ts'
import type { Clock } from '../main/network/clock.ts'
import type { Address, Path } from '../main/network/transport.ts'
import type { Wire, WireEvents, Wires } from '../main/network/wire.ts'
import type { Random } from './random.ts'

type Listener = { readonly admits: (key: DeviceKey) => boolean; readonly accepted: (wire: Wire) => void }
type Host = { readonly key: DeviceKey; readonly name: string; listener: Listener | null; ends: Set<End> }

/** A network in memory: hosts by name, cables between them, delays that a seed decides. */
export type MemoryNetwork = {
  host(key: DeviceKey, name: string): Wires & { readonly address: Address; crash(): void }
  /** Nothing arrives, without a word to either side. What is on the way arrives after the healing, as TCP has it. */
  cut(a: string, b: string): void
  heal(a: string, b: string): void
  /** Every wire between the two ends, as by a reset. */
  reset(a: string, b: string): void
  /** The same for `a` alone: `b` takes its side for open. */
  lose(a: string, b: string): void
}

/** Bytes that one direction of a wire takes before they wait in the sender. */
const WINDOW = 256 * 1024

export function memoryNetwork(clock: Clock, random: Random): MemoryNetwork {
  const hosts = new Map<string, Host>()
  const cables = new Set<string>()
  let made = 0

  const cable = (a: string, b: string) => [a, b].sort().join(' ')
  const isCut = (a: string, b: string) => cables.has(cable(a, b))
  const delay = () => 1 + random.below(random.chance(0.1) ? 200 : 10)

  const connect = (from: Host, to: Host, path: Path): Wire => {
    made++
    const id = `${made.toString(16).padStart(8, '0')}${random
      .below(2 ** 32)
      .toString(16)
      .padStart(8, '0')}`
    const near = new End(clock, delay, from.name, to.name, to.key, path, true, id, isCut)
    const far = new End(clock, delay, to.name, from.name, from.key, path, false, id, isCut)
    near.other = far
    far.other = near
    from.ends.add(near)
    to.ends.add(far)
    near.gone = () => from.ends.delete(near)
    far.gone = () => to.ends.delete(far)
    to.listener?.accepted(far)
    return near
  }

  const between = (a: string, b: string) =>
    [a, b].flatMap((name) => [...(hosts.get(name)?.ends ?? [])].filter((end) => end.to === a || end.to === b))

  return {
    host(key, name) {
      const host: Host = { key, name, listener: null, ends: new Set() }
      hosts.set(name, host)
      const crash = () => {
        host.listener = null
        for (const end of [...host.ends]) end.destroy()
      }
      return {
        address: { host: name, port: 1 },
        listen: async (admits, accepted) => {
          host.listener = { admits, accepted }
          return 1
        },
        dial: (remote, address, path, signal) =>
          new Promise((resolve) => {
            clock.after(delay() + delay(), () => {
              const to = hosts.get(address.host)
              if (signal.aborted) resolve(err('unreachable'))
              else if (!to || isCut(name, address.host)) clock.after(3000, () => resolve(err('unreachable')))
              else if (!to.listener) resolve(err('port-closed'))
              else if (to.key !== remote) resolve(err('turned-away'))
              else if (!to.listener.admits(key)) resolve(err('turned-away'))
              else resolve(ok(connect(host, to, path === 'lan' ? 'lan' : path)))
            })
          }),
        close: async () => crash(),
        crash,
      }
    },
    cut: (a, b) => cables.add(cable(a, b)),
    heal: (a, b) => {
      cables.delete(cable(a, b))
      for (const end of between(a, b)) end.healed()
    },
    lose: (a, b) => {
      for (const end of [...(hosts.get(a)?.ends ?? [])]) if (end.to === b) end.reset()
    },
    reset: (a, b) => {
      for (const end of between(a, b)) end.reset()
    },
  }
}

class End implements Wire {
  other: End | null = null
  gone: () => void = () => {}
  readonly remote: DeviceKey
  readonly path: Path
  readonly initiated: boolean
  readonly id: string
  readonly to: string
  readonly #from: string
  readonly #clock: Clock
  readonly #delay: () => number
  readonly #isCut: (a: string, b: string) => boolean
  #events: WireEvents | null = null
  #early: Uint8Array[] = []
  #queue: Uint8Array[] = []
  #queued = 0
  #flying = 0
  #arrives = 0
  #stuck: (() => void)[] = []
  #paused = false
  #closed = false
  #ended = false

  constructor(
    clock: Clock,
    delay: () => number,
    from: string,
    to: string,
    remote: DeviceKey,
    path: Path,
    initiated: boolean,
    id: string,
    isCut: (a: string, b: string) => boolean,
  ) {
    this.#clock = clock
    this.#delay = delay
    this.#from = from
    this.to = to
    this.remote = remote
    this.path = path
    this.initiated = initiated
    this.id = id
    this.#isCut = isCut
  }

  get waiting(): number {
    return this.#queued
  }

  listen(events: WireEvents): void {
    this.#events = events
    this.#flush()
  }

  send(frame: Uint8Array): void {
    if (this.#closed) return
    this.#queue.push(frame.slice())
    this.#queued += frame.length
    this.#pump()
  }

  #pump(): void {
    while (this.#flying < WINDOW) {
      const frame = this.#queue.shift()
      if (!frame) break
      const before = this.#queued
      this.#queued -= frame.length
      this.#flying += frame.length
      this.#later(() => this.other?.arrive(frame))
      if (before > 0 && this.#queued === 0) this.#clock.after(0, () => this.#drained())
    }
  }

  #drained(): void {
    if (!this.#closed) this.#events?.drain()
  }

  /** In order within one direction, whatever the delays. */
  #later(run: () => void): void {
    this.#arrives = Math.max(this.#arrives, this.#clock.now() + this.#delay())
    this.#clock.after(this.#arrives - this.#clock.now(), () => {
      if (this.#isCut(this.#from, this.to) || this.#stuck.length > 0) this.#stuck.push(run)
      else run()
    })
  }

  healed(): void {
    for (const run of this.#stuck.splice(0)) run()
  }

  arrive(frame: Uint8Array): void {
    if (this.#closed) return
    this.#early.push(frame)
    this.#flush()
  }

  #flush(): void {
    while (this.#events && !this.#paused && !this.#closed) {
      const frame = this.#early.shift()
      if (!frame) break
      this.other?.taken(frame.length)
      this.#events.frame(frame)
    }
    if (this.#ended && this.#early.length === 0) this.reset()
  }

  taken(bytes: number): void {
    this.#flying -= bytes
    this.#pump()
  }

  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
    this.#clock.after(0, () => this.#flush())
  }

  finish(): void {
    this.#closed = true
    this.gone()
    // What was sent goes out, whatever the window; then the end.
    for (const frame of this.#queue.splice(0)) this.#later(() => this.other?.arrive(frame))
    this.#later(() => this.other?.closes())
  }

  destroy(): void {
    if (this.#closed) return
    this.#closed = true
    this.gone()
    this.#later(() => this.other?.closes())
  }

  closes(): void {
    if (this.#closed) return
    this.#ended = true
    this.#flush()
  }

  reset(): void {
    if (this.#closed) return
    this.#closed = true
    this.gone()
    this.#events?.end('broken')
  }
}
