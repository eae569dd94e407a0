import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** Lower-case hexadecimal. */
export const sha256Hex = (bytes: Uint8Array): string => bytesToHex(sha256(bytes))

const encoder = new TextEncoder()

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const ID_LENGTH = 21

/**
 * An id of 21 characters (126 bits) from its parts, the same on every device: notes and folders that two
 * devices import from one place are one (MARKDOWN.md, M9). Parts are told apart by their lengths.
 */
export function idFrom(...parts: readonly string[]): string {
  const lengths = parts.map((part) => encoder.encode(part).length)
  const hash = sha256(encoder.encode(`${lengths.join(',')}:${parts.join('')}`))
  let id = ''
  for (let i = 0; i < ID_LENGTH; i++) id += ALPHABET[(hash[i] ?? 0) & 63]
  return id
}
