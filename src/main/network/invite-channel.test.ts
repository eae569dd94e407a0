import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fakeLink } from '../../testing/fake-multicast.ts'
import { systemClock } from './clock.ts'
import { createDiscovery } from './discovery.ts'
import { acceptInvite, type InviteOptions, inviteKeys, openInvite } from './invite-channel.ts'
import { deviceKeyOf } from './noise.ts'
import type { Trouble } from './transport.ts'

const code = Buffer.from('a code of 16 byt')
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()
const HOUR = 3_600_000

function bed(inviterCode: Uint8Array = code, joinerCode: Uint8Array = code) {
  const link = fakeLink(systemClock)
  const side = (from: Uint8Array, role: 'inviter' | 'joiner', expires = systemClock.now() + HOUR): InviteOptions => {
    const keys = inviteKeys(from)
    return {
      own: keys[role],
      other: deviceKeyOf(keys[role === 'inviter' ? 'joiner' : 'inviter'].publicKey),
      tagSecret: keys.tags,
      expires,
      clock: systemClock,
      random: Math.random,
      discovery: createDiscovery(link.at('127.0.0.1'), systemClock),
      hosts: ['127.0.0.1'],
      limits: { firstPause: 20, longestPause: 100 },
    }
  }
  return {
    link,
    inviter: (expires?: number) => side(inviterCode, 'inviter', expires),
    joiner: (expires?: number) => side(joinerCode, 'joiner', expires),
  }
}

const opened = async (made: ReturnType<typeof openInvite>) => {
  const result = await made
  if (!result.ok) throw new Error(result.error)
  return result.value
}

describe('invite channel', () => {
  test('LN15: who has the code is found, asks once, gets the answer; then nothing listens any more', async () => {
    const { link, inviter, joiner } = bed()
    const asked: string[] = []
    const answer = async (request: Uint8Array) => {
      asked.push(text(request))
      return Buffer.from('the vault')
    }
    const invite = await opened(openInvite({ ...inviter(), answer }))
    const joined = await acceptInvite({ ...joiner(), request: Buffer.from('my key') })
    expect(joined.ok && text(joined.value)).toBe('the vault')
    expect(await invite.ended).toEqual({ how: 'joined', answered: true })
    expect(asked).toEqual(['my key'])
    expect(link.open()).toBe(0)
  })

  test('LN15: an address that somebody types does without announcements', async () => {
    const { inviter, joiner } = bed()
    const invite = await opened(openInvite({ ...inviter(), answer: async () => Buffer.from('yes') }))
    const apart = bed().joiner()
    const hints = [{ host: '127.0.0.1', port: invite.port }]
    const joined = await acceptInvite({ ...apart, request: Buffer.alloc(0), hints })
    expect(joined.ok && text(joined.value)).toBe('yes')
    expect(joiner().other).toBe(apart.other)
    await invite.ended
  })

  test('LN16: a second use finds a closed port', async () => {
    const { inviter, joiner } = bed()
    const invite = await opened(openInvite({ ...inviter(), answer: async () => Buffer.from('yes') }))
    const hints = [{ host: '127.0.0.1', port: invite.port }]
    await acceptInvite({ ...joiner(), request: Buffer.from('one'), hints })
    await invite.ended
    const troubles: Trouble[] = []
    const stop = new AbortController()
    const again = await acceptInvite({
      ...joiner(),
      request: Buffer.from('one'),
      hints,
      signal: stop.signal,
      onTrouble: (trouble) => {
        troubles.push(trouble)
        stop.abort()
      },
    })
    expect(again).toEqual({ ok: false, error: 'cancelled' })
    expect(troubles.map(({ code }) => code)).toEqual(['port-closed'])
  })

  test('LN16: while the answer is thought about, somebody else with the code is refused, and not asked about', async () => {
    const { inviter, joiner } = bed()
    const asked: string[] = []
    let decide: (reply: Uint8Array) => void = () => {}
    let hear: () => void = () => {}
    const heard = new Promise<void>((resolve) => {
      hear = resolve
    })
    const answer = (request: Uint8Array) => {
      asked.push(text(request))
      hear()
      return new Promise<Uint8Array>((resolve) => {
        decide = resolve
      })
    }
    const invite = await opened(openInvite({ ...inviter(), answer }))
    const hints = [{ host: '127.0.0.1', port: invite.port }]
    const first = acceptInvite({ ...joiner(), request: Buffer.from('first'), hints })
    await heard
    const stop = new AbortController()
    const second = acceptInvite({ ...joiner(), request: Buffer.from('second'), hints, signal: stop.signal })
    setTimeout(() => stop.abort(), 300)
    expect(await second).toEqual({ ok: false, error: 'cancelled' })
    decide(Buffer.from('for the first'))
    const joined = await first
    expect(joined.ok && text(joined.value)).toBe('for the first')
    expect(asked).toEqual(['first'])
    expect((await invite.ended).how).toBe('joined')
  })

  test('LN15: a wrong code finds nothing; at the right port it is hung up on', async () => {
    const wrong = randomBytes(16)
    const { inviter, joiner } = bed(code, wrong)
    const invite = await opened(openInvite({ ...inviter(), answer: async () => Buffer.from('secret') }))
    const codes: string[] = []
    const hints = [{ host: '127.0.0.1', port: invite.port }]
    const stop = new AbortController()
    const onTrouble = ({ code }: Trouble) => {
      codes.push(code)
      if (code === 'turned-away') stop.abort()
    }
    const joined = await acceptInvite({
      ...joiner(),
      request: Buffer.from('me'),
      hints,
      signal: stop.signal,
      onTrouble,
    })
    expect(joined).toEqual({ ok: false, error: 'cancelled' })
    expect(codes).toContain('turned-away')
    invite.cancel()
    expect(await invite.ended).toEqual({ how: 'cancelled', answered: false })
  })

  test('LN17: declined, cancelled and expired are said as what they are', async () => {
    const declining = bed()
    const declined = await opened(openInvite({ ...declining.inviter(), answer: async () => null }))
    expect(await acceptInvite({ ...declining.joiner(), request: Buffer.from('me') })).toEqual({
      ok: false,
      error: 'declined',
    })
    expect(await declined.ended).toEqual({ how: 'declined', answered: false })

    const expiring = bed()
    const soon = systemClock.now() + 150
    const expired = await opened(openInvite({ ...expiring.inviter(soon), answer: async () => Buffer.from('no') }))
    expect(await expired.ended).toEqual({ how: 'expired', answered: false })
    expect(await acceptInvite({ ...expiring.joiner(soon), request: Buffer.from('me') })).toEqual({
      ok: false,
      error: 'expired',
    })
    const late = await openInvite({ ...expiring.inviter(soon), answer: async () => null })
    expect(late).toEqual({ ok: false, error: 'expired' })
    expect(expiring.link.open()).toBe(0)
  })
})
