import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

const MAX_DEPTH = 6
const LONE_SURROGATE = /\p{Cs}/u

/**
 * The one text of a JSON value: keys by code unit, no spaces. null for what would not have one text, or not the same
 * in every language: numbers that are not safe integers, halves of characters, what lies deeper than six levels.
 */
export function canonicalJson(value: unknown, depth = 0): string | null {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(Object.is(value, -0) ? 0 : value) : null
  if (typeof value === 'string') return LONE_SURROGATE.test(value) ? null : JSON.stringify(value)
  if (typeof value !== 'object' || depth === MAX_DEPTH) return null
  const parts = Array.isArray(value)
    ? value.map((item) => canonicalJson(item, depth + 1))
    : Object.keys(value)
        .sort()
        .map((key) => {
          const item = canonicalJson((value as Record<string, unknown>)[key], depth + 1)
          return item === null || LONE_SURROGATE.test(key) ? null : `${JSON.stringify(key)}:${item}`
        })
  if (parts.includes(null)) return null
  return Array.isArray(value) ? `[${parts.join(',')}]` : `{${parts.join(',')}}`
}

/**
 * Bytes to hash and to sign. `use` keeps a signature for one use from being shown as one for another.
 * null where the value has no canonical text.
 */
export function canonicalBytes(use: string, value: unknown): Uint8Array | null {
  const text = canonicalJson(value)
  return text === null ? null : utf8ToBytes(`${use}\n${text}`)
}

/**
 * The name of a value that is kept among others that anybody may write: the hash of all of it. Whether what stands under
 * a name is what was put there can be seen without a key. null where the value has no canonical text.
 */
export function nameOfValue(value: unknown): string | null {
  const bytes = canonicalBytes('throughline kept value 1', value)
  return bytes === null ? null : bytesToHex(sha256(bytes))
}
