import {
  createDecoder,
  hasContent,
  readUint8,
  readUint8Array,
  readVarString,
  readVarUint,
  readVarUint8Array,
} from 'lib0/decoding'
import {
  createEncoder,
  type Encoder,
  toUint8Array,
  writeUint8,
  writeUint8Array,
  writeVarString,
  writeVarUint,
  writeVarUint8Array,
} from 'lib0/encoding'
import type { FileFormat } from './frames.ts'

/** A compacted journal. Layout in SPEC.md, "Snapshot files". */
export const SNAPSHOT: FileFormat = { what: 'snapshot', version: 1 }

/** What a snapshot knows of one doc beside its updates. */
export type DocFacts = {
  /** NoteHead as JSON; null where none was written down. */
  readonly head: Uint8Array | null
  /** Updates came after the head. */
  readonly isLater: boolean
}
/** `packed`: the updates, each with its length before it, deflated. */
export type PackedDoc = DocFacts & { readonly key: string; readonly packed: Uint8Array }
export type DocPlace = DocFacts & { readonly offset: number; readonly length: number }

export type SnapshotIndex = {
  /** The last record that is in it. */
  readonly last: number
  readonly docs: Map<string, DocPlace>
  /** StoredAttachment as JSON, by path. */
  readonly attachments: Map<string, Uint8Array>
  /** Purged keys: everything of them up to this number has left the disk. */
  readonly purged: Map<string, number>
}

export type Trailer = {
  readonly last: number
  readonly docs: number
  readonly attachments: number
  readonly purged: number
  readonly indexOffset: number
  readonly indexLength: number
  /** Of every byte before the trailer's frame. */
  readonly sha256: Uint8Array
}

/** Bytes of a trailer's payload, so that it is found from the end of the file. */
export const TRAILER_LENGTH = 128

/** First byte of each frame's payload. */
const META = 1
const DOC = 2
const ATTACHMENT = 3
const PURGED = 4
const INDEX = 5
const TRAILER = 6

export type SnapshotPiece =
  | { readonly is: 'meta'; readonly last: number }
  | ({ readonly is: 'doc' } & PackedDoc)
  | { readonly is: 'attachment'; readonly key: string; readonly bytes: Uint8Array }
  | { readonly is: 'purged'; readonly key: string; readonly number: number }
  /** Deflated: `decodeIndex` reads what comes out. */
  | { readonly is: 'index'; readonly packed: Uint8Array }
  | ({ readonly is: 'trailer' } & Trailer)

export function encodePiece(piece: SnapshotPiece): Uint8Array {
  const to = createEncoder()
  switch (piece.is) {
    case 'meta':
      writeUint8(to, META)
      writeVarUint(to, piece.last)
      break
    case 'doc':
      writeUint8(to, DOC)
      writeVarString(to, piece.key)
      writeFacts(to, piece)
      writeVarUint8Array(to, piece.packed)
      break
    case 'attachment':
      writeUint8(to, ATTACHMENT)
      writeVarString(to, piece.key)
      writeVarUint8Array(to, piece.bytes)
      break
    case 'purged':
      writeUint8(to, PURGED)
      writeVarString(to, piece.key)
      writeVarUint(to, piece.number)
      break
    case 'index':
      writeUint8(to, INDEX)
      writeVarUint8Array(to, piece.packed)
      break
    case 'trailer':
      writeUint8(to, TRAILER)
      for (const field of TRAILER_NUMBERS) writeVarUint(to, piece[field])
      writeUint8Array(to, piece.sha256)
      writeUint8Array(to, new Uint8Array(TRAILER_LENGTH - toUint8Array(to).length))
      break
  }
  return toUint8Array(to)
}

/** Null where it is no piece that this program knows. Bytes are views of `payload`. */
export function decodePiece(payload: Uint8Array): SnapshotPiece | null {
  try {
    const from = createDecoder(payload)
    switch (readUint8(from)) {
      case META:
        return { is: 'meta', last: readVarUint(from) }
      case DOC:
        return { is: 'doc', key: readVarString(from), ...readFacts(from), packed: readVarUint8Array(from) }
      case ATTACHMENT:
        return { is: 'attachment', key: readVarString(from), bytes: readVarUint8Array(from) }
      case PURGED:
        return { is: 'purged', key: readVarString(from), number: readVarUint(from) }
      case INDEX:
        return { is: 'index', packed: readVarUint8Array(from) }
      case TRAILER: {
        const [last = 0, docs = 0, attachments = 0, purged = 0, indexOffset = 0, indexLength = 0] = TRAILER_NUMBERS.map(
          () => readVarUint(from),
        )
        const sha256 = readUint8Array(from, 32)
        return { is: 'trailer', last, docs, attachments, purged, indexOffset, indexLength, sha256 }
      }
      default:
        return null
    }
  } catch {
    return null
  }
}

const TRAILER_NUMBERS = ['last', 'docs', 'attachments', 'purged', 'indexOffset', 'indexLength'] as const

export function encodeIndex(index: SnapshotIndex): Uint8Array {
  const to = createEncoder()
  writeVarUint(to, index.docs.size)
  for (const [key, doc] of index.docs) {
    writeVarString(to, key)
    writeFacts(to, doc)
    writeVarUint(to, doc.offset)
    writeVarUint(to, doc.length)
  }
  writeVarUint(to, index.attachments.size)
  for (const [key, bytes] of index.attachments) {
    writeVarString(to, key)
    writeVarUint8Array(to, bytes)
  }
  writeVarUint(to, index.purged.size)
  for (const [key, number] of index.purged) {
    writeVarString(to, key)
    writeVarUint(to, number)
  }
  return toUint8Array(to)
}

/** Throws where the bytes are no index. */
export function decodeIndex(bytes: Uint8Array, last: number): SnapshotIndex {
  const from = createDecoder(bytes)
  const index: SnapshotIndex = { last, docs: new Map(), attachments: new Map(), purged: new Map() }
  for (let left = readVarUint(from); left > 0; left--) {
    const key = readVarString(from)
    index.docs.set(key, { ...readFacts(from), offset: readVarUint(from), length: readVarUint(from) })
  }
  for (let left = readVarUint(from); left > 0; left--)
    index.attachments.set(readVarString(from), readVarUint8Array(from))
  for (let left = readVarUint(from); left > 0; left--) index.purged.set(readVarString(from), readVarUint(from))
  return index
}

export function joinUpdates(updates: readonly Uint8Array[]): Uint8Array {
  const to = createEncoder()
  for (const update of updates) writeVarUint8Array(to, update)
  return toUint8Array(to)
}

/** Throws where the bytes are no joined updates. */
export function splitUpdates(bytes: Uint8Array): Uint8Array[] {
  const from = createDecoder(bytes)
  const updates: Uint8Array[] = []
  while (hasContent(from)) updates.push(readVarUint8Array(from))
  return updates
}

/** No head, a head of this state, a head of an older state. */
function writeFacts(to: Encoder, { head, isLater }: DocFacts): void {
  writeUint8(to, head === null ? 0 : isLater ? 2 : 1)
  if (head) writeVarUint8Array(to, head)
}

function readFacts(from: ReturnType<typeof createDecoder>): DocFacts {
  const state = readUint8(from)
  return { head: state === 0 ? null : readVarUint8Array(from), isLater: state !== 1 }
}
