import type { Clock } from './clock.ts'
import type { Discovery } from './discovery.ts'
import { acceptInvite, type InviteOptions, inviteKeys, openInvite } from './invite-channel.ts'
import type { FromNetwork, ToNetwork } from './network-messages.ts'
import { deviceKeyOf } from './noise.ts'

export type InviteServiceOptions = {
  readonly clock: Clock
  readonly random: () => number
  readonly tell: (message: FromNetwork) => void
  readonly discovery: (reach: 'network' | 'computer') => Discovery
}

type Invite = Extract<ToNetwork, { do: 'invite' }>
type Join = Extract<ToNetwork, { do: 'join' }>

/** Invites as main asks for them: several at a time, each by the id that main gave it. */
export function inviteService({ clock, random, tell, discovery }: InviteServiceOptions) {
  const answers = new Map<number, (reply: Uint8Array | null) => void>()
  const cancels = new Map<number, () => void>()

  const optionsOf = (asked: Invite | Join): InviteOptions => {
    const { inviter, joiner, tags } = inviteKeys(asked.code)
    const [own, other] = asked.do === 'invite' ? [inviter, joiner] : [joiner, inviter]
    return {
      own,
      other: deviceKeyOf(other.publicKey),
      tagSecret: tags,
      expires: asked.expires,
      clock,
      random,
      discovery: discovery(asked.reach),
      ...(asked.reach === 'computer' ? { hosts: ['127.0.0.1'] } : {}),
    }
  }

  return {
    /** Opens one and tells where, what is asked, and how it ended. */
    async invite(asked: Invite): Promise<void> {
      const { id } = asked
      const answer = (request: Uint8Array) =>
        new Promise<Uint8Array | null>((resolve) => {
          answers.set(id, resolve)
          tell({ tell: 'asked', id, request: new Uint8Array(request) })
        })
      const opened = await openInvite({ ...optionsOf(asked), answer })
      if (!opened.ok) {
        tell({ tell: 'invite-ended', id, how: opened.error, answered: false })
        return
      }
      cancels.set(id, opened.value.cancel)
      tell({ tell: 'invite-open', id, port: opened.value.port })
      const { how, answered } = await opened.value.ended
      cancels.delete(id)
      answers.delete(id)
      tell({ tell: 'invite-ended', id, how, answered })
    },
    /** Uses one; tells troubles meanwhile, and the reply or why there is none. */
    async join(asked: Join): Promise<void> {
      const { id, request, hints } = asked
      const abort = new AbortController()
      cancels.set(id, () => abort.abort())
      const onTrouble = ({ code }: { code: string }) => tell({ tell: 'join-trouble', id, code })
      const joined = await acceptInvite({ ...optionsOf(asked), request, hints, signal: abort.signal, onTrouble })
      cancels.delete(id)
      tell(joined.ok ? { tell: 'joined', id, reply: joined.value } : { tell: 'join-ended', id, why: joined.error })
    },
    /** null declines. Nothing, where nobody has asked. */
    answer(id: number, reply: Uint8Array | null): void {
      answers.get(id)?.(reply)
    },
    cancel(id: number): void {
      cancels.get(id)?.()
    },
    cancelAll(): void {
      for (const cancel of [...cancels.values()]) cancel()
    },
  }
}
