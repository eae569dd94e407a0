import sodium from 'sodium-universal'
import { type DeviceKey, deviceKey } from '../../core/members/device.ts'
import type { Verify } from '../../core/members/entry.ts'

/**
 * A pair of Ed25519 keys. libsodium everywhere, not Node's crypto: OpenSSL and Electron's BoringSSL differ about keys
 * and signatures that are made to be odd, and two devices that differ about one entry would differ about who is in.
 */
export type KeyPair = {
  readonly key: DeviceKey
  /** 32 bytes, as the transport wants it. */
  readonly publicKey: Uint8Array
  /** 64 bytes: seed and public key, as libsodium and the transport have it. */
  readonly secretKey: Uint8Array
}

export const SEED_BYTES = 32

/** @param seed 32 bytes that nobody else has; the same seed is the same pair */
export function keyPairFrom(seed: Uint8Array): KeyPair {
  const publicKey = new Uint8Array(sodium.crypto_sign_PUBLICKEYBYTES)
  const secretKey = new Uint8Array(sodium.crypto_sign_SECRETKEYBYTES)
  sodium.crypto_sign_seed_keypair(publicKey, secretKey, seed)
  return { key: deviceKey(Buffer.from(publicKey).toString('hex')), publicKey, secretKey }
}

/** Hex, 128 characters. */
export function signWith({ secretKey }: KeyPair, bytes: Uint8Array): string {
  const signature = new Uint8Array(sodium.crypto_sign_BYTES)
  sodium.crypto_sign_detached(signature, bytes, secretKey)
  return Buffer.from(signature).toString('hex')
}

const KEY = /^[0-9a-f]{64}$/
const SIGNATURE = /^[0-9a-f]{128}$/

/** As `core/members` wants it: false for everything that is no key or no signature. */
export const verify: Verify = (key, bytes, signature) =>
  KEY.test(key) &&
  SIGNATURE.test(signature) &&
  sodium.crypto_sign_verify_detached(Buffer.from(signature, 'hex'), bytes, Buffer.from(key, 'hex'))

/** Bytes that only the holder of a device's key can open; null where the key is none that anybody can hold. */
export function sealTo(key: DeviceKey, message: Uint8Array): Uint8Array | null {
  const to = new Uint8Array(32)
  try {
    sodium.crypto_sign_ed25519_pk_to_curve25519(to, Buffer.from(key, 'hex'))
  } catch {
    return null
  }
  const sealed = new Uint8Array(message.length + sodium.crypto_box_SEALBYTES)
  sodium.crypto_box_seal(sealed, message, to)
  return sealed
}

/** null where it was sealed to somebody else, or changed. */
export function openSealed({ publicKey, secretKey }: KeyPair, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < sodium.crypto_box_SEALBYTES) return null
  const [own, secret] = [new Uint8Array(32), new Uint8Array(32)]
  sodium.crypto_sign_ed25519_pk_to_curve25519(own, publicKey)
  sodium.crypto_sign_ed25519_sk_to_curve25519(secret, secretKey)
  const message = new Uint8Array(sealed.length - sodium.crypto_box_SEALBYTES)
  return sodium.crypto_box_seal_open(message, sealed, own, secret) ? message : null
}
