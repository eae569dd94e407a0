import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { isId, type VaultId } from '../base/ids.ts'
import { canonicalBytes } from './canonical.ts'
import { type DeviceKey, isDeviceKey } from './device.ts'

/** What somebody did to who is in a vault. `person` is an id that the devices of one person share. */
export type Act =
  | {
      readonly type: 'found'
      readonly name: string
      readonly person: string
      readonly color: string
      /** Public key of the recovery code, hex. */
      readonly recovery: string
    }
  | {
      readonly type: 'admit'
      readonly device: DeviceKey
      readonly person: string
      readonly name: string
      readonly color: string
      readonly role: 'keeper' | 'member'
      /** The id of the invite that was used. */
      readonly invite: string
    }
  | { readonly type: 'remove'; readonly device: DeviceKey; readonly reason: string }
  | { readonly type: 'keeper'; readonly device: DeviceKey; readonly is: boolean }
  /** The author's own name and colour. */
  | { readonly type: 'rename'; readonly name: string; readonly color: string }
  /** A new device in the founder's place. The entry is signed with the recovery key, not with the device's. */
  | {
      readonly type: 'recover'
      readonly device: DeviceKey
      /** The public key of the recovery code that is used up by this. */
      readonly signedBy: string
      /** The public key of the next recovery code. */
      readonly recovery: string
    }
  /** A third keeper settles a mutual removal. */
  | { readonly type: 'decide'; readonly between: readonly [DeviceKey, DeviceKey]; readonly stays: DeviceKey }

export type ActType = Act['type']

/** Plain JSON, stored in the vault doc under its id. */
export type MemberEntry = {
  /** sha256 of the canonical bytes of everything but `signature` and `id`, hex. */
  readonly id: string
  readonly vault: VaultId
  /** Who signed. */
  readonly author: DeviceKey
  /** Ids of the heads that its author knew, sorted; [] only for the founding entry. */
  readonly sees: readonly string[]
  /** ISO 8601, for display only; never decides. */
  readonly at: string
  readonly act: Act
  /** Ed25519 over the canonical bytes, hex. */
  readonly signature: string
}

/** Injected: core has no crypto. Answers false, and never throws, for a key or a signature that is none. */
export type Verify = (key: string, bytes: Uint8Array, signature: string) => boolean

/** An entry as it was read: of its form, its id right, its signature not yet looked at. */
export type ReadEntry = {
  readonly id: string
  readonly vault: string
  readonly author: DeviceKey
  readonly sees: readonly string[]
  readonly at: string
  /** null: an act of a newer version, or one that says something impossible. It counts for nothing (N2). */
  readonly act: Act | null
  readonly bytes: Uint8Array
  readonly signature: string
}

const USE = 'throughline member entry 1'
const HASH = /^[0-9a-f]{64}$/
const SIGNATURE = /^[0-9a-f]{128}$/
const COLOR = /^[a-z0-9#-]{1,24}$/
const TIME = /^\d{4}-\d{2}-\d{2}T[0-9:.]{5,15}(?:Z|[+-]\d{2}:\d{2})$/
/** Letters and spaces as people write them: nothing that breaks a line or turns its direction. */
const UNFIT = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u

/** An honest author names fewer (heads.ts); more would make every reader pay. */
const MAX_SEES = 64
const MAX_BYTES = 16_384
export const MAX_NAME = 80
export const MAX_REASON = 300

export const isMemberName = (text: unknown): text is string =>
  typeof text === 'string' && text.trim() !== '' && text.length <= MAX_NAME && !UNFIT.test(text)
export const isMemberColor = (text: unknown): text is string => typeof text === 'string' && COLOR.test(text)

/** A value that a peer gave; null where it is no entry, or its id is not its hash (N2). */
export function readMemberEntry(value: unknown): ReadEntry | null {
  if (!isObject(value)) return null
  const { id, signature, ...body } = value
  const { vault, author, sees, at, act } = body
  if (typeof id !== 'string' || !HASH.test(id) || typeof signature !== 'string' || !SIGNATURE.test(signature))
    return null
  if (typeof vault !== 'string' || !isDeviceKey(author) || !isSees(sees) || !isObject(act)) return null
  const bytes = canonicalBytes(USE, body)
  if (bytes === null || bytes.length > MAX_BYTES || bytesToHex(sha256(bytes)) !== id) return null
  const time = typeof at === 'string' && TIME.test(at) ? at : ''
  return { id, vault, author, sees, at: time, act: readAct(act, author, sees), bytes, signature }
}

/** Who must have signed: the author, or the recovery key where that is what an entry is for. */
export const signerOf = ({ act, author }: Pick<ReadEntry, 'act' | 'author'>): string =>
  act?.type === 'recover' ? act.signedBy : author

/** An entry without its signature. `bytes` are what is to be signed. */
export function draftEntry(body: Omit<MemberEntry, 'id' | 'signature'>): {
  readonly bytes: Uint8Array
  signed(signature: string): MemberEntry
} {
  const plain = { ...body, sees: [...new Set(body.sees)].sort() }
  const bytes = canonicalBytes(USE, plain)
  if (bytes === null) throw new Error('an entry of members that JSON cannot say')
  return { bytes, signed: (signature) => ({ ...plain, id: bytesToHex(sha256(bytes)), signature }) }
}

function isSees(value: unknown): value is readonly string[] {
  if (!Array.isArray(value) || value.length > MAX_SEES) return false
  return value.every((id, at) => typeof id === 'string' && HASH.test(id) && (at === 0 || value[at - 1] < id))
}

function readAct(given: Readonly<Record<string, unknown>>, author: DeviceKey, sees: readonly string[]): Act | null {
  const { type, name, person, color, recovery, device, role, invite, reason, is, signedBy, between, stays } = given
  const named = isMemberName(name) && isMemberColor(color)
  const ofPerson = named && typeof person === 'string' && isId(person)
  if (type === 'found') {
    return ofPerson && sees.length === 0 && isDeviceKey(recovery) ? { type, name, person, color, recovery } : null
  }
  if (type === 'rename') return named ? { type, name, color } : null
  if (type === 'decide') {
    if (!Array.isArray(between) || between.length !== 2 || !between.every(isDeviceKey)) return null
    const [one, other] = between as [DeviceKey, DeviceKey]
    if (one === other || (stays !== one && stays !== other)) return null
    return { type, between: [one, other], stays: stays === one ? one : other }
  }
  if (!isDeviceKey(device)) return null
  if (type === 'admit') {
    if (!ofPerson || (role !== 'keeper' && role !== 'member') || !isShort(invite, 64)) return null
    return { type, device, person, name, color, role, invite }
  }
  if (type === 'remove') return isShort(reason, MAX_REASON) ? { type, device, reason } : null
  if (type === 'keeper') return typeof is === 'boolean' && device !== author ? { type, device, is } : null
  if (type !== 'recover' || device !== author || !isDeviceKey(signedBy) || !isDeviceKey(recovery)) return null
  return recovery === signedBy ? null : { type, device, signedBy, recovery }
}

const isShort = (text: unknown, length: number): text is string => typeof text === 'string' && text.length <= length

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
