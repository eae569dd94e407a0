import { err, ok, type Result } from '../base/result.ts'
import type { DeviceKey } from './device.ts'
import { type Act, draftEntry, type MemberEntry } from './entry.ts'
import type { Membership } from './fold.ts'
import type { Root } from './member-log.ts'

/** Why somebody may not do something now. */
export type ActRefused =
  | 'not-a-member'
  | 'suspended'
  | 'not-a-keeper'
  | 'not-the-founder'
  | 'no-such-member'
  | 'own-role'
  | 'already-a-member'
  | 'no-conflict'
  | 'own-conflict'
  | 'wrong-recovery-code'
  | 'founded-already'

/**
 * Whether an act would count if it were done now (N6 to N12): asked before an entry is signed, and by whoever offers
 * it. What comes from others is judged by the fold alone.
 */
export function mayAct(membership: Membership, author: DeviceKey, act: Act): Result<null, ActRefused> {
  const { members, conflicts, recovery } = membership
  if (act.type === 'found') return err('founded-already')
  if (act.type === 'recover') return act.signedBy === recovery ? ok(null) : err('wrong-recovery-code')
  const self = members.get(author)
  if (!self) return err('not-a-member')
  if (act.type === 'remove' && act.device === author) return ok(null)
  if (self.isSuspended) return err('suspended')
  if (act.type === 'rename') return ok(null)
  if (self.role === 'member') return err('not-a-keeper')
  if (act.type === 'decide') {
    if (act.between.includes(author)) return err('own-conflict')
    const pair = [...act.between].sort().join()
    return conflicts.some(({ between }) => between.join() === pair) ? ok(null) : err('no-conflict')
  }
  const isFounders = act.type === 'keeper' || (act.type === 'admit' && act.role === 'keeper')
  if (isFounders && self.role !== 'founder') return err('not-the-founder')
  const isMember = members.has(act.device)
  if (act.type === 'admit') return isMember ? err('already-a-member') : ok(null)
  if (act.type === 'keeper' && act.device === author) return err('own-role')
  return isMember ? ok(null) : err('no-such-member')
}

/** What is to be signed for an act, naming everything that its author knows. */
export const draftAct = (
  root: Root,
  membership: Membership,
  author: DeviceKey,
  act: Act,
  at: string,
): ReturnType<typeof draftEntry> => draftEntry({ vault: root.vault, author, sees: membership.heads, at, act })

/** What is to be signed to begin sharing a vault. Its id is the vault's `Root.founding` from then on. */
export const draftFounding = (
  vault: Root['vault'],
  author: DeviceKey,
  act: Extract<MemberEntry['act'], { type: 'found' }>,
  at: string,
): ReturnType<typeof draftEntry> => draftEntry({ vault, author, sees: [], at, act })
