import type { DeviceKey } from '../../core/members/device.ts'
import type { InviteEnd, JoinFault } from './invite-channel.ts'
import type { KeyPair } from './noise.ts'
import type { Alias } from './tags.ts'
import type { Address, CloseReason, Path, Trouble } from './transport.ts'

/** Who this device is, and whom it knows: sent again whole when it changes. */
export type People = {
  readonly own: readonly Alias[]
  readonly others: readonly Alias[]
  readonly allowed: readonly DeviceKey[]
}

/**
 * From main to the network process. `carry` brings a port for the messages of a connection. Invites (LN15 to LN17)
 * have ids that main gives; `answer` with null declines. They do not need a transport that runs.
 */
export type ToNetwork =
  | {
      readonly do: 'start'
      readonly keyPair: KeyPair
      readonly people: People
      readonly port: number
      readonly reach: 'network' | 'computer'
    }
  | { readonly do: 'know'; readonly people: People }
  | { readonly do: 'seek'; readonly key: DeviceKey; readonly hints: readonly Address[] }
  | { readonly do: 'carry'; readonly id: number }
  | { readonly do: 'stop' }
  | {
      readonly do: 'invite'
      readonly id: number
      readonly code: Uint8Array
      readonly expires: number
      readonly reach: 'network' | 'computer'
    }
  | { readonly do: 'answer'; readonly id: number; readonly reply: Uint8Array | null }
  | {
      readonly do: 'join'
      readonly id: number
      readonly code: Uint8Array
      readonly expires: number
      readonly reach: 'network' | 'computer'
      readonly request: Uint8Array
      readonly hints: readonly Address[]
    }
  | { readonly do: 'cancel'; readonly id: number }

/** From the network process to main. `refused` counts those who were turned away, by why. */
export type FromNetwork =
  | { readonly tell: 'started'; readonly port: number }
  | { readonly tell: 'failed'; readonly code: string }
  | { readonly tell: 'stopped' }
  | {
      readonly tell: 'connection'
      readonly id: number
      readonly remote: DeviceKey
      readonly path: Path
      readonly initiated: boolean
    }
  | { readonly tell: 'closed'; readonly id: number; readonly why: CloseReason }
  | { readonly tell: 'trouble'; readonly trouble: Trouble }
  | { readonly tell: 'refused'; readonly counts: Readonly<Record<string, number>> }
  | { readonly tell: 'invite-open'; readonly id: number; readonly port: number }
  | { readonly tell: 'asked'; readonly id: number; readonly request: Uint8Array }
  | ({ readonly tell: 'invite-ended'; readonly id: number } & InviteEnd)
  | { readonly tell: 'joined'; readonly id: number; readonly reply: Uint8Array }
  | { readonly tell: 'join-trouble'; readonly id: number; readonly code: string }
  | { readonly tell: 'join-ended'; readonly id: number; readonly why: JoinFault }
