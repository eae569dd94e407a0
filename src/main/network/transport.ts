import type { Disposer } from '../../core/base/disposable.ts'
import type { DeviceKey } from '../../core/members/device.ts'

/** By which way a connection came about: a test's memory, an announcement, or an address that somebody typed. */
export type Path = 'memory' | 'lan' | 'manual'

export type Address = { readonly host: string; readonly port: number }

/** The longest message: a frame of 64 KB and what the layer above puts before it. */
export const MAX_MESSAGE = 64 * 1024 + 1024

/**
 * Why a connection ended. Those that the other side said itself arrive as it said them.
 * - `left`: one side closed it, nothing is wrong; `stopped`: its app ends
 * - `replaced`, `duplicate`: another connection with the same device is kept (LN6)
 * - `refused`: the layer above cut the peer off
 * - `not-allowed`: the key may no longer be talked to
 * - `silent`: nothing was heard for too long
 * - `broken`: the bytes ended without a word (a cable, a crash)
 * - `malformed`, `oversized`: frames that nobody may send
 * - `overflow`: our side wrote on and on without waiting for a drain
 * - `late`: the greeting was not finished in time; `version`: the other speaks another protocol
 */
export const CLOSE_REASONS = [
  'left',
  'stopped',
  'replaced',
  'duplicate',
  'refused',
  'not-allowed',
  'silent',
  'broken',
  'malformed',
  'oversized',
  'overflow',
  'late',
  'version',
] as const

export type CloseReason = (typeof CLOSE_REASONS)[number]

export const isCloseReason = (text: string): text is CloseReason => CLOSE_REASONS.some((reason) => reason === text)

/** Ordered, whole, authenticated messages to and from one device. */
export interface Connection {
  readonly remote: DeviceKey
  readonly path: Path
  /** Whether this side dialled. */
  readonly initiated: boolean
  /** Takes a message of at most MAX_MESSAGE bytes; the caller does not change it afterwards. False: wait for onDrain. */
  send(message: Uint8Array): boolean
  /**
   * One listener. What came before it was set is given to it. Where it returns a promise, the next message waits for
   * that, and the peer is slowed down when too much waits. The bytes are the listener's own for as long as it likes.
   */
  onMessage(listener: (message: Uint8Array) => void | Promise<void>): Disposer
  onDrain(listener: () => void): Disposer
  /** Called once, after the last message. */
  onClose(listener: (why: CloseReason) => void): Disposer
  /** What was sent before is still delivered, where the other side reads on; nothing is received any more. */
  close(why?: CloseReason): void
}

/**
 * Why a peer cannot be reached.
 * - `not-found`: it has not been announced here, and no address of it is known
 * - `port-closed`: its computer answers, nobody listens there (the app is not running)
 * - `unreachable`: its computer does not answer
 * - `turned-away`: somebody listens there and hung up: another device, or one that does not admit this one
 * - `wrong-key`: somebody listens there who has not the key; `late`: who does not finish the handshake
 * - `version`: it speaks another protocol
 */
export type TroubleCode = 'not-found' | 'port-closed' | 'unreachable' | 'turned-away' | 'wrong-key' | 'late' | 'version'

export type Trouble = { readonly key: DeviceKey; readonly code: TroubleCode; readonly address?: Address }

export interface Transport {
  /** Listens. Rejects where no port can be had. */
  start(): Promise<void>
  /** Closes everything; afterwards nothing is sent, heard or held. */
  stop(): Promise<void>
  /** Whom it may talk to; everyone else is closed on before a byte of ours. Changing it closes those who went. */
  allow(keys: ReadonlySet<DeviceKey>): void
  /** Tries until connected, and again when that ends, until the key is no longer allowed. Adds the hints. */
  seek(key: DeviceKey, hints?: readonly Address[]): void
  onConnection(listener: (connection: Connection) => void): Disposer
  /** Told when the reason changes, not for every attempt. */
  onTrouble(listener: (trouble: Trouble) => void): Disposer
}
