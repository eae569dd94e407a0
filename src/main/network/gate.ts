import { isIPv6 } from 'node:net'
import type { Clock } from './clock.ts'
import type { Limits } from './limits.ts'

type Counted = { sockets: number; handshakes: number; tokens: number; at: number }

/** What one socket takes of the limits, until it is let go. */
export type Pass = {
  /** It has proved its key. */
  proved(): void
  leave(): void
}

/** How many sockets there may be, in all and from one address, and how fast they may come (LN8). */
export class Gate {
  readonly #limits: Limits
  readonly #clock: Clock
  readonly #from = new Map<string, Counted>()
  #sockets = 0
  #handshakes = 0

  constructor(limits: Limits, clock: Clock) {
    this.#limits = limits
    this.#clock = clock
  }

  get sockets() {
    return this.#sockets
  }
  get handshakes() {
    return this.#handshakes
  }
  get addresses() {
    return this.#from.size
  }

  /** null: one more than may be. */
  enter(address: string): Pass | null {
    const limits = this.#limits
    const counted = this.#count(group(address))
    if (!counted || counted.tokens < 1) return null
    counted.tokens--
    if (this.#sockets >= limits.sockets || counted.sockets >= limits.socketsFrom) return null
    if (this.#handshakes >= limits.handshakes || counted.handshakes >= limits.handshakesFrom) return null
    this.#sockets++
    this.#handshakes++
    counted.sockets++
    counted.handshakes++
    let shaking = true
    let here = true
    const proved = () => {
      if (!shaking) return
      shaking = false
      this.#handshakes--
      counted.handshakes--
    }
    const leave = () => {
      if (!here) return
      here = false
      proved()
      this.#sockets--
      counted.sockets--
    }
    return { proved, leave }
  }

  #count(name: string): Counted | null {
    const now = this.#clock.now()
    const { burst, perSecond, counted: most } = this.#limits
    const known = this.#from.get(name)
    if (known) {
      known.tokens = Math.min(burst, known.tokens + (Math.max(0, now - known.at) / 1000) * perSecond)
      known.at = now
      return known
    }
    if (this.#from.size >= most) {
      for (const [other, { sockets, at }] of this.#from) {
        if (sockets === 0 && now - at > (burst / perSecond) * 1000) this.#from.delete(other)
      }
      if (this.#from.size >= most) return null
    }
    const fresh = { sockets: 0, handshakes: 0, tokens: burst, at: now }
    this.#from.set(name, fresh)
    return fresh
  }
}

/** A computer may take any address of its /64, so IPv6 is counted by that; IPv4 in IPv6 as what it is. */
export function group(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.replace(/%.*$/, '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}
