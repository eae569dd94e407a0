import type { Result } from '../../core/base/result.ts'
import type { DeviceKey } from '../../core/members/device.ts'
import type { Address, CloseReason, Path, TroubleCode } from './transport.ts'

/** What a switchboard hears of a wire. */
export type WireEvents = {
  /** One frame, whole. The bytes may be kept. */
  frame(frame: Uint8Array): void
  /** Less than half of what `send` holds back is left. */
  drain(): void
  /** Once; nothing afterwards. */
  end(why: CloseReason): void
}

/** Ordered, whole frames to and from a device that has proved its key: what an adapter gives to the switchboard. */
export interface Wire {
  readonly remote: DeviceKey
  readonly path: Path
  readonly initiated: boolean
  /** 16 hex characters: the same on both sides, another for every wire. */
  readonly id: string
  /** Nothing arrives before this was called. */
  listen(events: WireEvents): void
  send(frame: Uint8Array): void
  /** Bytes that `send` was given and that are not on their way yet. */
  readonly waiting: number
  pause(): void
  resume(): void
  /** Ends when everything sent is on its way, a second later at the latest. `end` is not called any more. */
  finish(): void
  /** Ends at once, without a byte. `end` is not called any more. */
  destroy(): void
}

/** One way to make wires. */
export interface Wires {
  /** Takes wires of others from now on; resolves with the port. */
  listen(admits: (key: DeviceKey) => boolean, accepted: (wire: Wire) => void): Promise<number>
  /** Settles soon after `signal` at the latest; never rejects. */
  dial(key: DeviceKey, address: Address, path: Path, signal: AbortSignal): Promise<Result<Wire, TroubleCode>>
  close(): Promise<void>
}
