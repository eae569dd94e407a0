import { hkdfSync } from 'node:crypto'
import type { Disposer } from '../../core/base/disposable.ts'
import { err, ok, type Result } from '../../core/base/result.ts'
import type { DeviceKey } from '../../core/members/device.ts'
import type { Clock } from './clock.ts'
import type { Discovery } from './discovery.ts'
import { createLanTransport } from './lan-transport.ts'
import type { Limits } from './limits.ts'
import { deviceKeyOf, type KeyPair, keyPair } from './noise.ts'
import type { Switchboard } from './switchboard.ts'
import { tagBook } from './tags.ts'
import type { Address, Connection, Trouble } from './transport.ts'

/** The two key pairs of an invite and the secret of its tags: for this one exchange, and for nothing else. */
export type InviteKeys = { readonly inviter: KeyPair; readonly joiner: KeyPair; readonly tags: Uint8Array }

/** What a code stands for. `code`: at least 16 bytes that nobody can guess. */
export function inviteKeys(code: Uint8Array): InviteKeys {
  const part = (name: string) => new Uint8Array(hkdfSync('sha256', code, 'throughline invite 1', name, 32))
  return { inviter: keyPair(part('inviter')), joiner: keyPair(part('joiner')), tags: part('tags') }
}

export type InviteOptions = {
  readonly own: KeyPair
  readonly other: DeviceKey
  /** Both sides have it of the code. */
  readonly tagSecret: Uint8Array
  /** Milliseconds since 1970. */
  readonly expires: number
  readonly clock: Clock
  readonly random: () => number
  readonly discovery: Discovery
  readonly hosts?: readonly string[]
  readonly limits?: Partial<Limits>
}

/**
 * How an invite ended. `declined`: by the inviter's own answer. `answered` says whether a reply has left this
 * computer: if so, and it is not `joined`, somebody with the code may have it.
 */
export type InviteEnd = { readonly how: 'joined' | 'declined' | 'expired' | 'cancelled'; readonly answered: boolean }

export type OpenInvite = {
  /** For who types an address. */
  readonly port: number
  readonly ended: Promise<InviteEnd>
  cancel(): void
}

export type JoinFault = 'declined' | 'expired' | 'cancelled'

const REQUEST = 0
const REPLY = 1
const TAKEN = 2
const DECLINED = 3

/** Who connects asks within so long. */
const ASK_WITHIN = 30_000

const framed = (kind: number, bytes: Uint8Array = new Uint8Array()): Uint8Array => {
  const message = new Uint8Array(1 + bytes.length)
  message[0] = kind
  message.set(bytes, 1)
  return message
}

/**
 * Waits for the one who has the code (LN15 to LN17). `answer` gets its request once; null declines. Whoever opens an
 * invite remembers that it was used: the same code is never opened again.
 */
export async function openInvite(
  options: InviteOptions & { answer(request: Uint8Array): Promise<Uint8Array | null> },
): Promise<Result<OpenInvite, 'expired'>> {
  const { clock, expires } = options
  if (clock.now() >= expires) return err('expired')
  const board = boardOf(options)
  let request: Buffer | null = null
  let reply: Promise<Uint8Array | null> | null = null
  let answered = false
  let settle: (end: InviteEnd) => void = () => {}
  const ended = new Promise<InviteEnd>((resolve) => {
    settle = resolve
  })
  let over = false
  const end = (how: InviteEnd['how']) => {
    if (over) return
    over = true
    expiry()
    void board.stop().then(() => settle({ how, answered }))
  }
  const expiry = clock.after(expires - clock.now(), () => end('expired'))

  const give = async (connection: Connection, asked: Uint8Array) => {
    // The first request is the one that is answered. Asked again after a broken line, it gets the same answer;
    // anything else is a second use.
    request ??= Buffer.from(asked)
    if (!request.equals(asked)) {
      connection.close('refused')
      return
    }
    reply ??= options.answer(asked).catch(() => null)
    const given = await reply
    if (over) return
    if (given) {
      answered = true
      connection.send(framed(REPLY, given))
      return
    }
    connection.send(framed(DECLINED))
    connection.close('left')
    end('declined')
  }

  board.onConnection((connection) => {
    const timer = clock.after(ASK_WITHIN, () => connection.close('late'))
    connection.onClose(timer)
    connection.onMessage((message) => {
      if (over) return
      const kind = message[0]
      if (kind === REQUEST) {
        timer()
        void give(connection, message.subarray(1))
      } else if (kind === TAKEN && answered) end('joined')
      else connection.close('refused')
    })
  })
  await board.start()
  if (over) await board.stop()
  return ok({ port: board.port, ended, cancel: () => end('cancelled') })
}

/** Looks for the inviter, asks, and brings the reply back. Settles when that is done, declined or out of time. */
export async function acceptInvite(
  options: InviteOptions & {
    readonly request: Uint8Array
    readonly hints?: readonly Address[]
    readonly signal?: AbortSignal
    readonly onTrouble?: (trouble: Trouble) => void
  },
): Promise<Result<Uint8Array, JoinFault>> {
  const { clock, expires, signal, request } = options
  if (clock.now() >= expires) return err('expired')
  if (signal?.aborted) return err('cancelled')
  const board = boardOf(options)
  const leave: Disposer[] = []
  const result = new Promise<Result<Uint8Array, JoinFault>>((resolve) => {
    leave.push(clock.after(expires - clock.now(), () => resolve(err('expired'))))
    const abort = () => resolve(err('cancelled'))
    signal?.addEventListener('abort', abort)
    leave.push(() => signal?.removeEventListener('abort', abort))
    board.onTrouble((trouble) => options.onTrouble?.(trouble))
    board.onConnection((connection) => {
      connection.send(framed(REQUEST, request))
      connection.onMessage((message) => {
        const kind = message[0]
        if (kind === REPLY) {
          connection.send(framed(TAKEN))
          connection.close('left')
          resolve(ok(message.slice(1)))
        } else if (kind === DECLINED) resolve(err('declined'))
        else connection.close('refused')
      })
    })
  })
  await board.start()
  board.seek(options.other, options.hints)
  const settled = await result
  for (const disposer of leave) disposer()
  await board.stop()
  return settled
}

function boardOf({ own, other, tagSecret, clock, ...rest }: InviteOptions): Switchboard {
  const self = deviceKeyOf(own.publicKey)
  const book = tagBook([{ secret: tagSecret, key: self }], [{ secret: tagSecret, key: other }], clock.now)
  const board = createLanTransport({ ...rest, ...book, keyPair: own, clock })
  board.allow(new Set([other]))
  // Whoever hears the other dials: multicast may get through one way only.
  board.seek(other)
  return board
}
