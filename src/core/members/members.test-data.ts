import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { vaultId } from '../base/ids.ts'
import { draftAct, draftFounding } from './acts.ts'
import { type DeviceKey, deviceKey } from './device.ts'
import { type Act, draftEntry, type MemberEntry, signerOf, type Verify } from './entry.ts'
import { foldMembers, type Membership } from './fold.ts'
import { MemberLog, type Root } from './member-log.ts'

export const VAULT = vaultId('vault-of-the-tests')
const AT = '2026-11-23T10:00:00Z'

/** A device of a name; the same name is the same key. */
export const key = (name: string): DeviceKey => deviceKey(bytesToHex(sha256(utf8ToBytes(`key ${name}`))))

/** No crypto: whoever knows a key can sign with it, and no test signs for somebody else without saying so. */
export function sign(signer: string, bytes: Uint8Array): string {
  const once = sha256(concatBytes(hexToBytes(signer), bytes))
  return bytesToHex(concatBytes(once, sha256(once)))
}

export const verify: Verify = (signer, bytes, signature) => sign(signer, bytes) === signature

export const admit = (name: string, role: 'keeper' | 'member' = 'member'): Act => ({
  type: 'admit',
  device: key(name),
  person: `person-${name}`,
  name,
  color: 'plum',
  role,
  invite: 'invite',
})
export const remove = (name: string, reason = ''): Act => ({ type: 'remove', device: key(name), reason })
export const keeper = (name: string, is = true): Act => ({ type: 'keeper', device: key(name), is })
export const rename = (name: string): Act => ({ type: 'rename', name, color: 'moss' })
export const decide = (one: string, other: string, stays = one): Act => ({
  type: 'decide',
  between: [key(one), key(other)],
  stays: key(stays),
})
export const recover = (name: string, code = 'code', next = `${code}-next`): Act => ({
  type: 'recover',
  device: key(name),
  signedBy: key(code),
  recovery: key(next),
})

/** An entry as its author would sign it. */
export function entry(author: string, act: Act, sees: readonly MemberEntry[], more: Partial<MemberEntry> = {}) {
  const body = { vault: VAULT, author: key(author), sees: sees.map(({ id }) => id), at: AT, act, ...more }
  const draft = draftEntry(body)
  return draft.signed(sign(signerOf(body), draft.bytes))
}

/** A vault that `ana` founded, with the recovery code `code`. */
export const FOUNDING: MemberEntry = (() => {
  const act = { type: 'found', name: 'ana', person: 'person-ana', color: 'ink', recovery: key('code') } as const
  const draft = draftFounding(VAULT, key('ana'), act, AT)
  return draft.signed(sign(key('ana'), draft.bytes))
})()
export const ROOT: Root = { vault: VAULT, founding: FOUNDING.id }

/** One device's copy of the entries, and what it does with it. */
export class Copy {
  readonly log = new MemberLog(ROOT, verify)
  readonly all = new Map<string, MemberEntry>()
  #now: Membership | null = null

  constructor(entries: Iterable<MemberEntry> = [FOUNDING]) {
    this.take(entries)
  }

  take(entries: Iterable<MemberEntry>): this {
    const list = [...entries]
    for (const each of list) this.all.set(each.id, each)
    if (this.log.add(list) > 0) this.#now = null
    return this
  }

  get now(): Membership {
    this.#now ??= foldMembers(this.log)
    return this.#now
  }

  /** The author does something, knowing what this copy knows. */
  act(author: string, act: Act): MemberEntry {
    const draft = draftAct(ROOT, this.now, key(author), act, AT)
    const made = draft.signed(sign(signerOf({ act, author: key(author) }), draft.bytes))
    this.take([made])
    return made
  }

  copy(): Copy {
    return new Copy(this.all.values())
  }

  /** Everybody in one line of words: `ana:founder bo:keeper? cy`; `?` is suspended. */
  said(): string {
    return said(this.now)
  }
}

export const membersOf = (entries: Iterable<MemberEntry>): string => new Copy(entries).said()

export const said = ({ members }: Membership): string =>
  [...members.values()]
    .map(({ name, role, isSuspended }) => `${name}${role === 'member' ? '' : `:${role}`}${isSuspended ? '?' : ''}`)
    .sort()
    .join(' ')

export const shuffled = <T>(items: readonly T[], below: (limit: number) => number): T[] => {
  const list = [...items]
  for (let at = list.length - 1; at > 0; at--) {
    const other = below(at + 1)
    const [a, b] = [list[at], list[other]]
    if (a !== undefined && b !== undefined) [list[at], list[other]] = [b, a]
  }
  return list
}
