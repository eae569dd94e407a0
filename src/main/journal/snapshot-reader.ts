import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import type { ReadFile } from './disk.ts'
import { FRAME_HEAD, FrameDecoder, frameAt, frameLength, HEADER_LENGTH, readHeader } from './frames.ts'
import { NewerFormat } from './segments.ts'
import {
  decodeIndex,
  decodePiece,
  type PackedDoc,
  SNAPSHOT,
  type SnapshotIndex,
  splitUpdates,
  TRAILER_LENGTH,
  type Trailer,
} from './snapshot-format.ts'

const CHUNK = 1 << 20
const inflate = promisify(inflateRaw)

/** The end of an intact file; null where it is damaged or something else. Throws NewerFormat. */
export async function readTrailer(file: ReadFile): Promise<Trailer | null> {
  const header = readHeader(await file.read(0, HEADER_LENGTH), SNAPSHOT)
  if (header === 'newer') throw new NewerFormat()
  const length = FRAME_HEAD + TRAILER_LENGTH
  if (header === 'other' || file.size < length) return null
  const payload = frameAt(await file.read(file.size - length, length), 0)
  const piece = payload && decodePiece(payload)
  return piece?.is === 'trailer' ? piece : null
}

/**
 * Which docs are in it and where. From the index at its end; where that is damaged, from every intact frame
 * (`isDamaged`, and docs whose frames are garbled are missing).
 */
export async function readSnapshotIndex(
  file: ReadFile,
  lastByName = 0,
): Promise<{ index: SnapshotIndex; isDamaged: boolean }> {
  const trailer = await readTrailer(file)
  if (trailer) {
    const payload = frameAt(await file.read(trailer.indexOffset, trailer.indexLength), 0)
    const piece = payload && decodePiece(payload)
    try {
      if (piece?.is === 'index') {
        return { index: decodeIndex(await inflate(piece.packed), trailer.last), isDamaged: false }
      }
    } catch {
      // it is read frame by frame then
    }
  }
  let last = lastByName
  const index: Omit<SnapshotIndex, 'last'> = { docs: new Map(), attachments: new Map(), purged: new Map() }
  await forEachFrame(file, (payload, offset) => {
    const piece = decodePiece(payload)
    if (piece?.is === 'meta') last = Math.max(last, piece.last)
    if (piece?.is === 'doc') {
      const { key, head, isLater } = piece
      const place = { head: head && Uint8Array.from(head), isLater, offset, length: frameLength(payload) }
      index.docs.set(key, place)
    }
    if (piece?.is === 'attachment') index.attachments.set(piece.key, Uint8Array.from(piece.bytes))
    if (piece?.is === 'purged') index.purged.set(piece.key, piece.number)
  })
  return { index: { ...index, last }, isDamaged: true }
}

/** A doc with its updates still packed; null where its frame is damaged. */
export async function readPackedDoc(
  file: ReadFile,
  place: { readonly offset: number; readonly length: number },
): Promise<PackedDoc | null> {
  const payload = frameAt(await file.read(place.offset, place.length), 0)
  const piece = payload && decodePiece(payload)
  return piece?.is === 'doc' ? piece : null
}

/** Throws where they are no updates. */
export const unpack = async (packed: Uint8Array): Promise<Uint8Array[]> => splitUpdates(await inflate(packed))

/**
 * Reads a snapshot whole: every frame checks out, as many as the trailer says, and all bytes have its sha256.
 * Throws NewerFormat, and what the disk throws.
 */
export async function isWhole(file: ReadFile): Promise<boolean> {
  const trailer = await readTrailer(file)
  if (!trailer) return false
  const counts = { doc: 0, attachment: 0, purged: 0, index: 0, meta: 0, trailer: 0 }
  let unknown = 0
  const hash = createHash('sha256')
  const hashed = file.size - FRAME_HEAD - TRAILER_LENGTH
  const { skipped, torn } = await forEachFrame(
    file,
    (payload) => {
      const piece = decodePiece(payload)
      if (piece) counts[piece.is]++
      else unknown++
    },
    (chunk, at) => hash.update(chunk.subarray(0, Math.max(0, hashed - at))),
  )
  return (
    skipped + torn + unknown === 0 &&
    counts.doc === trailer.docs &&
    counts.attachment === trailer.attachments &&
    counts.purged === trailer.purged &&
    hash.digest().equals(trailer.sha256)
  )
}

async function forEachFrame(
  file: ReadFile,
  onFrame: (payload: Uint8Array, offset: number) => void,
  onChunk: (chunk: Uint8Array, at: number) => void = () => {},
): Promise<{ skipped: number; torn: number }> {
  const decoder = new FrameDecoder(SNAPSHOT, file.size, ({ payload, offset }) => onFrame(payload, offset))
  for (let at = 0; at < file.size; at += CHUNK) {
    const chunk = await file.read(at, CHUNK)
    onChunk(chunk, at)
    decoder.push(chunk)
  }
  if (decoder.refused === 'newer') throw new NewerFormat()
  return decoder.end()
}
