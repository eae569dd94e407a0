import { canonicalBytes } from './canonical.ts'
import { type DeviceKey, isDeviceKey } from './device.ts'
import type { Verify } from './entry.ts'

/**
 * A secret of the vault as one device gets it: sealed to its key, signed by the keeper who made it. Plain JSON, in the
 * vault doc under its `nameOfValue`.
 */
export type SecretRecord = {
  readonly vault: string
  /** Counts from 1; a removal makes the next. */
  readonly epoch: number
  /** Follows from the secret, so that two of one epoch are told apart. Hex, 32 characters. */
  readonly secret: string
  readonly author: DeviceKey
  /** Whom it is sealed to. */
  readonly device: DeviceKey
  /** Hex. */
  readonly sealed: string
  /** By the author, over everything else. Hex. */
  readonly signature: string
}

const USE = 'throughline vault secret 1'
const MAX_EPOCH = 1_000_000_000

/** What is signed. */
export const secretBytes = (record: Omit<SecretRecord, 'signature'>): Uint8Array => {
  const { vault, epoch, secret, author, device, sealed } = record
  const bytes = canonicalBytes(USE, { vault, epoch, secret, author, device, sealed })
  if (bytes === null) throw new Error('a secret’s record that JSON cannot say')
  return bytes
}

/** A value that a peer gave; null where it is no record of this vault. Its signature is not looked at. */
export function readSecretForm(value: unknown, vault: string): SecretRecord | null {
  if (typeof value !== 'object' || value === null) return null
  const { vault: of, epoch, secret, author, device, sealed, signature } = value as Record<string, unknown>
  if (of !== vault || typeof epoch !== 'number' || !Number.isInteger(epoch)) return null
  if (epoch < 1 || epoch > MAX_EPOCH || !isDeviceKey(author) || !isDeviceKey(device)) return null
  if (!isHex(secret, 32, 32) || !isHex(sealed, 64, 512) || !isHex(signature, 128, 128)) return null
  return { vault, epoch, secret, author, device, sealed, signature }
}

/** The same, and null where it is not signed by its author (N18). */
export function readSecretRecord(value: unknown, vault: string, verify: Verify): SecretRecord | null {
  const record = readSecretForm(value, vault)
  return record && verify(record.author, secretBytes(record), record.signature) ? record : null
}

const isHex = (value: unknown, least: number, most: number): value is string =>
  typeof value === 'string' && value.length >= least && value.length <= most && /^[0-9a-f]*$/.test(value)
