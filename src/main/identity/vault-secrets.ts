import { createHash } from 'node:crypto'
import type { DeviceKey } from '../../core/members/device.ts'
import { type SecretRecord, secretBytes } from '../../core/members/secret-record.ts'
import { type KeyPair, openSealed, sealTo, signWith } from './keys.ts'

const SECRET_BYTES = 32

/** A secret of a vault: by it members are found on a network. It opens nothing that is written. */
export type VaultSecret = { readonly epoch: number; readonly id: string; readonly bytes: Uint8Array }

/** All that this device can open, newest first. None is ever dropped: somebody may know an old one only. */
export type Keyring = readonly VaultSecret[]

/** Tells two secrets apart without telling either. */
const idOf = (bytes: Uint8Array): string =>
  createHash('sha256').update('throughline secret id 1\n').update(bytes).digest('hex').slice(0, 32)

/** The next secret of a vault. `keyring` is empty where sharing begins. */
export function nextSecret(keyring: Keyring, random: (count: number) => Uint8Array): VaultSecret {
  const bytes = random(SECRET_BYTES)
  return { epoch: (keyring[0]?.epoch ?? 0) + 1, id: idOf(bytes), bytes }
}

/**
 * A record for each device that a secret is for. After a removal: the devices that remain, this one among them. For one
 * that was just admitted: that one, of the current secret. A device whose key is no key gets none, and is in `failed`.
 */
export function sealSecret(
  vault: string,
  secret: VaultSecret,
  devices: Iterable<DeviceKey>,
  author: KeyPair,
): { readonly records: readonly SecretRecord[]; readonly failed: readonly DeviceKey[] } {
  const records: SecretRecord[] = []
  const failed: DeviceKey[] = []
  for (const device of devices) {
    const sealed = sealTo(device, secret.bytes)
    if (!sealed) {
      failed.push(device)
      continue
    }
    const hex = Buffer.from(sealed).toString('hex')
    const body = { vault, epoch: secret.epoch, secret: secret.id, author: author.key, device, sealed: hex }
    records.push({ ...body, signature: signWith(author, secretBytes(body)) })
  }
  return { records, failed }
}

/**
 * What this device can open of records that were read (`readSecretRecord`). Of one epoch the smaller id is the newer,
 * the same on every device. A secret whose makers are no keepers now is kept, behind all others: it may be the only
 * one that somebody knows, and it is never the one that is made known.
 */
export function openSecrets(
  records: Iterable<SecretRecord>,
  own: KeyPair,
  isKeeper: (device: DeviceKey) => boolean,
): Keyring {
  const found = new Map<string, VaultSecret & { readonly isKeepers: boolean }>()
  for (const { epoch, secret, author, device, sealed } of records) {
    const known = found.get(`${epoch} ${secret}`)
    if (device !== own.key || known?.isKeepers) continue
    const bytes = known?.bytes ?? openSealed(own, Buffer.from(sealed, 'hex'))
    if (bytes?.length !== SECRET_BYTES || idOf(bytes) !== secret) continue
    found.set(`${epoch} ${secret}`, { epoch, id: secret, bytes, isKeepers: isKeeper(author) })
  }
  return [...found.values()]
    .sort((a, b) => Number(b.isKeepers) - Number(a.isKeepers) || b.epoch - a.epoch || (a.id < b.id ? -1 : 1))
    .map(({ epoch, id, bytes }) => ({ epoch, id, bytes }))
}
