import { crc32 } from 'node:zlib'
import { err, ok, type Result } from '../../core/base/result.ts'

/**
 * Files of checksummed frames: the journal and the versions of notes. Layout in SPEC.md ("Files of frames", J1 to J5).
 * Numbers are little-endian. A file starts with a header, frames follow without gaps.
 */

/** Bytes before the payload of a frame: marker, length, checksum. */
export const FRAME_HEAD = 12
export const HEADER_LENGTH = 24
/** No frame is larger: a length beyond it is damage. */
export const MAX_PAYLOAD = 512 * 1024 * 1024

/** 0xf5 and 0xff are in no UTF-8 text, so words never look like the beginning of a frame. */
const MARKER = [0xf5, 0x54, 0x4c, 0xff] as const
const MAGIC = 'THRLINE\n'
const WHAT_LENGTH = 8

/** What a file holds, at most 8 characters of ASCII, and the newest format of it that this program knows. */
export type FileFormat = { readonly what: string; readonly version: number }

export type HeaderState = 'ok' | 'damaged' | 'newer' | 'other'

export type Frame = {
  /** Where the frame begins in its file. */
  readonly offset: number
  readonly payload: Uint8Array
}

export type DecodedFrames = {
  readonly frames: readonly Frame[]
  /** Bytes that belong to no intact frame and stand before one: damage. */
  readonly skipped: number
  /** Bytes after the last intact frame: what a kill in the middle of a write leaves. */
  readonly torn: number
}

export function encodeHeader({ what, version }: FileFormat): Uint8Array {
  const header = Buffer.alloc(HEADER_LENGTH)
  header.write(MAGIC, 0, 'latin1')
  header.write(what.slice(0, WHAT_LENGTH), MAGIC.length, 'latin1')
  header.writeUInt32LE(version, 16)
  header.writeUInt32LE(crc32(header.subarray(0, 20)), 20)
  return header
}

/** `newer` and `other` are to be refused, untouched; behind a damaged header the frames are still good. */
export function readHeader(bytes: Uint8Array, { what, version }: FileFormat): HeaderState {
  if (bytes.length < HEADER_LENGTH) return 'damaged'
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, HEADER_LENGTH)
  if (header.readUInt32LE(20) !== crc32(header.subarray(0, 20))) return 'damaged'
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) return 'damaged'
  if (header.toString('latin1', MAGIC.length, 16).replace(/\0+$/, '') !== what) return 'other'
  return header.readUInt32LE(16) > version ? 'newer' : 'ok'
}

export const frameLength = (payload: Uint8Array): number => FRAME_HEAD + payload.length

/** One buffer with the frames of all payloads, in order. */
export function encodeFrames(payloads: readonly Uint8Array[]): Uint8Array {
  const out = Buffer.allocUnsafe(payloads.reduce((sum, payload) => sum + frameLength(payload), 0))
  let at = 0
  for (const payload of payloads) {
    out.set(MARKER, at)
    out.writeUInt32LE(payload.length, at + 4)
    out.set(payload, at + FRAME_HEAD)
    out.writeUInt32LE(checksum(out, at, payload.length), at + 8)
    at += frameLength(payload)
  }
  return out
}

export const encodeFrame = (payload: Uint8Array): Uint8Array => encodeFrames([payload])

/** All intact frames of a file. Payloads are views of `bytes`. */
export function decodeFrames(bytes: Uint8Array, format: FileFormat): Result<DecodedFrames, 'newer' | 'other'> {
  const frames: Frame[] = []
  const decoder = new FrameDecoder(format, bytes.length, (frame) => frames.push(frame))
  decoder.push(bytes)
  if (decoder.refused) return err(decoder.refused)
  return ok({ frames, ...decoder.end() })
}

/** The payload of the frame that begins at `offset` of `bytes`; null where no intact frame does. */
export function frameAt(bytes: Uint8Array, offset: number): Uint8Array | null {
  const file = asBuffer(bytes)
  if (offset + FRAME_HEAD > file.length || !isMarker(file, offset)) return null
  const length = file.readUInt32LE(offset + 4)
  if (length > MAX_PAYLOAD || offset + FRAME_HEAD + length > file.length) return null
  if (file.readUInt32LE(offset + 8) !== checksum(file, offset, length)) return null
  return file.subarray(offset + FRAME_HEAD, offset + FRAME_HEAD + length)
}

/** Reads a file as its chunks come: `push` them in order, then call `end`. A payload is only a view of its chunk. */
export class FrameDecoder {
  readonly #format: FileFormat
  readonly #size: number
  readonly #onFrame: (frame: Frame) => void
  #pending: Buffer = Buffer.alloc(0)
  /** Where `#pending` begins in the file. */
  #start = 0
  #needed = HEADER_LENGTH
  #headerRead = false
  #refused: 'newer' | 'other' | null = null
  #good = 0
  #goodEnd = 0

  /** @param size of the whole file in bytes: a frame that claims more is damage, and nobody waits for its end. */
  constructor(format: FileFormat, size: number, onFrame: (frame: Frame) => void) {
    this.#format = format
    this.#size = size
    this.#onFrame = onFrame
  }

  /** Set where the file is of a newer format, or holds something else: no frame of it is read. */
  get refused(): 'newer' | 'other' | null {
    return this.#refused
  }

  push(chunk: Uint8Array): void {
    if (this.#refused) return
    this.#pending = this.#pending.length === 0 ? asBuffer(chunk) : Buffer.concat([this.#pending, chunk])
    if (this.#pending.length >= this.#needed) this.#decode()
  }

  end(): { skipped: number; torn: number } {
    const read = this.#start + this.#pending.length
    return { skipped: this.#goodEnd - this.#good, torn: read - this.#goodEnd }
  }

  #decode(): void {
    let at = 0
    if (!this.#headerRead) {
      const state = readHeader(this.#pending, this.#format)
      this.#headerRead = true
      if (state === 'newer' || state === 'other') {
        this.#refused = state
        return
      }
      if (state === 'ok') {
        at = HEADER_LENGTH
        this.#good = at
        this.#goodEnd = at
      }
    }
    const bytes = this.#pending
    this.#needed = FRAME_HEAD
    for (;;) {
      at = nextMarker(bytes, at)
      if (at + FRAME_HEAD > bytes.length) break
      const length = FRAME_HEAD + bytes.readUInt32LE(at + 4)
      const isPossible = length - FRAME_HEAD <= MAX_PAYLOAD && this.#start + at + length <= this.#size
      if (isPossible && at + length > bytes.length) {
        this.#needed = length
        break
      }
      const payload = isPossible ? frameAt(bytes, at) : null
      if (!payload) {
        at++
        continue
      }
      const offset = this.#start + at
      this.#good += length
      this.#goodEnd = offset + length
      at += length
      this.#onFrame({ offset, payload })
    }
    this.#pending = bytes.subarray(at)
    this.#start += at
  }
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Over length and payload, so that zeros, and a frame cut short, never check out. */
const checksum = (file: Buffer, offset: number, length: number): number =>
  crc32(file.subarray(offset + FRAME_HEAD, offset + FRAME_HEAD + length), crc32(file.subarray(offset + 4, offset + 8)))

const isMarker = (bytes: Buffer, at: number): boolean => MARKER.every((byte, n) => bytes[at + n] === byte)

/** The next place where a frame may begin: a whole marker, or the start of one at the end of what is there. */
function nextMarker(bytes: Buffer, from: number): number {
  for (let at = from; ; at++) {
    at = bytes.indexOf(MARKER[0], at)
    if (at < 0) return bytes.length
    if (MARKER.every((byte, n) => at + n >= bytes.length || bytes[at + n] === byte)) return at
  }
}
