import { hkdfSync } from 'node:crypto'
import type { InviteCode } from '../../core/members/invite-code.ts'
import { type KeyPair, keyPairFrom, SEED_BYTES } from './keys.ts'

/** What an invite's code seeds. The two meet by these keys before either knows the other's own. */
export type InviteKeys = {
  /** The inviter listens on this one, */
  readonly inviter: KeyPair
  /** and lets in nobody but this one. */
  readonly joiner: KeyPair
  /** Names the invite in its entry and on the disk; tells nothing of the code. Hex, 32 characters. */
  readonly id: string
  /** Under which the inviter is found on the local network. Hex, 32 characters. */
  readonly tag: string
}

/** HKDF-SHA256 (RFC 5869) without salt: a code has 128 bits of chance in itself. */
export function inviteKeys(code: InviteCode): InviteKeys {
  const derive = (use: string, length: number) =>
    new Uint8Array(hkdfSync('sha256', code, new Uint8Array(0), `throughline invite 1 ${use}`, length))
  const hex = (use: string) => Buffer.from(derive(use, 16)).toString('hex')
  return {
    inviter: keyPairFrom(derive('inviter', SEED_BYTES)),
    joiner: keyPairFrom(derive('joiner', SEED_BYTES)),
    id: hex('id'),
    tag: hex('tag'),
  }
}

/** The keys of a recovery code, which has the same form: twelve words, kept on paper. */
export const recoveryKeys = (code: InviteCode): KeyPair =>
  keyPairFrom(new Uint8Array(hkdfSync('sha256', code, new Uint8Array(0), 'throughline recovery 1', SEED_BYTES)))
