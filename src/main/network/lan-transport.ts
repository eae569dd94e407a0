import type { DeviceKey } from '../../core/members/device.ts'
import type { Clock } from './clock.ts'
import type { Discovery } from './discovery.ts'
import type { Limits } from './limits.ts'
import { deviceKeyOf, type KeyPair } from './noise.ts'
import { createSwitchboard, type Switchboard } from './switchboard.ts'
import { type Refusal, tcpWires } from './tcp-wires.ts'

export type LanOptions = {
  readonly keyPair: KeyPair
  readonly clock: Clock
  readonly random: () => number
  readonly discovery: Discovery
  /** One's own names of a day: none, and nothing is announced. */
  readonly tags: (day: string) => readonly string[]
  readonly match: (tag: string) => DeviceKey | null
  readonly hosts?: readonly string[]
  readonly port?: number
  readonly limits?: Partial<Limits>
  readonly refused?: (why: Refusal, host: string) => void
}

/** The transport on a local network: TCP and Noise, with devices found by their tags while it runs. */
export function createLanTransport(options: LanOptions): Switchboard {
  const { keyPair, clock, random, discovery, tags, match, limits } = options
  const board = createSwitchboard({
    self: deviceKeyOf(keyPair.publicKey),
    wires: tcpWires(options),
    clock,
    random,
    ...(limits ? { limits } : {}),
  })
  const { start, stop } = board
  let leave: (() => void)[] = []
  return Object.assign(board, {
    async start() {
      await start()
      leave = [
        discovery.publish({ tags, port: () => board.port }),
        discovery.look({
          match,
          found: (key, address) => board.announced(key, address),
          wanted: () => board.missing().length > 0,
        }),
      ]
    },
    async stop() {
      for (const disposer of leave) disposer()
      leave = []
      await stop()
    },
  })
}
