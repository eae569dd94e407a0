import { err, ok, type Result } from '../base/result.ts'
import type { DeviceKey } from './device.ts'
import { isMemberName } from './entry.ts'
import type { Role } from './fold.ts'

const DAY = 24 * 60 * 60 * 1000
/** Seven days, by the inviter's clock. */
export const INVITE_LASTS = 7 * DAY

/** An invite as the inviter keeps it, and nobody else. The code itself is beside it, in the secret store. */
export type Invite = {
  /** Follows from the code without telling it; the entry of the admission names it. */
  readonly id: string
  readonly role: 'keeper' | 'member'
  /** Whose other computer it is for; null for somebody new. */
  readonly person: string | null
  /** Milliseconds of the inviter's clock. */
  readonly made: number
  readonly expires: number
  /** The latest that the inviter's clock has shown: one that is set back does not make an invite young again. */
  readonly latest: number
  readonly state: 'waiting' | 'used' | 'cancelled' | 'expired'
  readonly usedBy: DeviceKey | null
}

export type InviteRefused = 'used' | 'cancelled' | 'expired'

export const makeInvite = (given: Pick<Invite, 'id' | 'role' | 'person'>, now: number): Invite => ({
  ...given,
  made: now,
  expires: now + INVITE_LASTS,
  latest: now,
  state: 'waiting',
  usedBy: null,
})

/** What has become of it by now; kept whenever it differs, so that what expired stays so (N21). */
export function inviteAt(invite: Invite, now: number): Invite {
  if (invite.state !== 'waiting') return invite
  const latest = Math.max(invite.latest, now)
  if (latest >= invite.expires) return { ...invite, latest, state: 'expired' }
  return latest === invite.latest ? invite : { ...invite, latest }
}

/**
 * A device came with the code. Kept before anything is answered, so that a kill between the two lets nobody in twice;
 * the device that used it may come again with it, for what it had not been told when the connection broke.
 */
export function useInvite(invite: Invite, device: DeviceKey, now: number): Result<Invite, InviteRefused> {
  const current = inviteAt(invite, now)
  if (current.state === 'waiting') return ok({ ...current, state: 'used', usedBy: device })
  if (current.state === 'used' && current.usedBy === device) return ok(current)
  return err(current.state)
}

/** What is used, or over, stays what it is. */
export function cancelInvite(invite: Invite, now: number): Result<Invite, InviteRefused> {
  const current = inviteAt(invite, now)
  return current.state === 'waiting' ? ok({ ...current, state: 'cancelled' }) : err(current.state)
}

/** What a joiner is told before they accept. It comes from the inviter's computer, which may say what it likes. */
export type Offer = {
  readonly vault: string
  readonly inviter: string
  readonly notes: number
  readonly people: readonly { readonly name: string; readonly role: Role }[]
  readonly role: 'keeper' | 'member'
}

export type OfferFact = { readonly label: string; readonly text: string }

const MAX_PEOPLE = 100

/** A value that came over an invite's connection; null where it is no offer. */
export function readOffer(value: unknown): Offer | null {
  if (typeof value !== 'object' || value === null) return null
  const { vault, inviter, notes, people, role } = value as Record<string, unknown>
  if (!isMemberName(vault) || !isMemberName(inviter) || (role !== 'keeper' && role !== 'member')) return null
  if (typeof notes !== 'number' || !Number.isSafeInteger(notes) || notes < 0) return null
  if (!Array.isArray(people) || people.length > MAX_PEOPLE) return null
  const read = people.flatMap((given: unknown) => {
    const { name, role: theirs } = (typeof given === 'object' && given ? given : {}) as Record<string, unknown>
    const isRole = theirs === 'founder' || theirs === 'keeper' || theirs === 'member'
    return isMemberName(name) && isRole ? [{ name, role: theirs as Role }] : []
  })
  return read.length === people.length ? { vault, inviter, notes, people: read, role } : null
}

/** The six facts of the page on which one joins (N22). */
export function offerFacts({ inviter, notes, people, role }: Offer): readonly OfferFact[] {
  const count = notes === 1 ? '1 note' : `${notes} notes`
  const roles: Readonly<Record<Role, string>> = { founder: ' (made it)', keeper: ' (keeper)', member: '' }
  const can =
    role === 'keeper'
      ? 'Read and write every note, invite and remove people'
      : 'Read and write every note. Keepers invite and remove people'
  return [
    { label: 'What you get', text: `All of the vault and its history. The computer of ${inviter} says ${count}` },
    { label: 'Who is in it', text: people.map((each) => each.name + roles[each.role]).join(', ') },
    { label: 'What you can do', text: can },
    { label: 'What they see', text: 'Your name, your computers, who is here and where their cursor is' },
    { label: 'What stays apart', text: 'Your other vaults. Nobody in this one learns that they exist' },
    { label: 'Where it goes', text: 'Into a new vault here, only inside Throughline until you pick a folder' },
  ]
}
