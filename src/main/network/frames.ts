import type { CloseReason } from './transport.ts'

/** A frame is a byte that says what it is, and what that says. SPEC LN3. */
export const KIND = { hello: 0, go: 1, message: 2, beat: 3, bye: 4 } as const

export const PROTOCOL = 1
const ID = 16
const LIFE = 32
const HELLO = 1 + 1 + (LIFE + ID) / 2

/** What a side may say when it ends a connection. Its number in this list is what travels. */
const SAID: readonly CloseReason[] = ['left', 'stopped', 'replaced', 'duplicate', 'refused', 'version']

/**
 * The first frame of each side.
 * - `life`: 32 hex characters, drawn when the transport starts
 * - `last`: id of the wire that was last opened with this device in this life, 16 hex characters; '' for none
 */
export type Hello = { readonly version: number; readonly life: string; readonly last: string }

export type Frame =
  | { readonly kind: 'hello'; readonly hello: Hello }
  | { readonly kind: 'go' }
  | { readonly kind: 'message'; readonly message: Uint8Array }
  | { readonly kind: 'beat' }
  | { readonly kind: 'bye'; readonly why: CloseReason }

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')

export function helloFrame({ version, life, last }: Hello): Uint8Array {
  const frame = new Uint8Array(HELLO)
  frame[0] = KIND.hello
  frame[1] = version
  frame.set(Buffer.from(life + last.padEnd(ID, '0'), 'hex'), 2)
  return frame
}

export const goFrame = (): Uint8Array => Uint8Array.of(KIND.go)
export const beatFrame = (): Uint8Array => Uint8Array.of(KIND.beat)
export const byeFrame = (why: CloseReason): Uint8Array => Uint8Array.of(KIND.bye, Math.max(0, SAID.indexOf(why)))

export function messageFrame(message: Uint8Array): Uint8Array {
  const frame = new Uint8Array(1 + message.length)
  frame[0] = KIND.message
  frame.set(message, 1)
  return frame
}

/** null: nobody may send this. A hello of another version is read as far as all versions agree: the first two bytes. */
export function readFrame(frame: Uint8Array): Frame | null {
  switch (frame[0]) {
    case KIND.hello: {
      const version = frame[1]
      if (version === undefined) return null
      if (version !== PROTOCOL) return { kind: 'hello', hello: { version, life: '', last: '' } }
      if (frame.length !== HELLO) return null
      const text = hexOf(frame.subarray(2))
      const last = text.slice(LIFE)
      return { kind: 'hello', hello: { version, life: text.slice(0, LIFE), last: /^0+$/.test(last) ? '' : last } }
    }
    case KIND.go:
      return frame.length === 1 ? { kind: 'go' } : null
    case KIND.beat:
      return frame.length === 1 ? { kind: 'beat' } : null
    case KIND.message:
      return { kind: 'message', message: frame.subarray(1) }
    case KIND.bye: {
      const why = frame.length === 2 ? SAID[frame[1] ?? SAID.length] : undefined
      return why ? { kind: 'bye', why } : null
    }
    default:
      return null
  }
}
