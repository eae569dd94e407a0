import { createDecoder, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarString, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import type { JournalRecord } from '../../ipc/journal-port.ts'
import type { FileFormat } from './frames.ts'

/** A file of numbered records. */
export const SEGMENT: FileFormat = { what: 'journal', version: 1 }

export type NumberedRecord = JournalRecord & { readonly number: number }

/** Their places are in the files: append only. */
const KINDS = ['update', 'head', 'attachment', 'purge'] as const

export function encodeRecord(number: number, record: JournalRecord): Uint8Array {
  const encoder = createEncoder()
  writeVarUint(encoder, number)
  writeVarUint(encoder, KINDS.indexOf(record.kind))
  writeVarString(encoder, record.key)
  writeVarUint8Array(encoder, record.bytes)
  return toUint8Array(encoder)
}

/** Null where it is none that this program knows. `bytes` is a view of `payload`. */
export function decodeRecord(payload: Uint8Array): NumberedRecord | null {
  try {
    const decoder = createDecoder(payload)
    const number = readVarUint(decoder)
    const kind = KINDS[readVarUint(decoder)]
    const key = readVarString(decoder)
    return kind ? { number, kind, key, bytes: readVarUint8Array(decoder) } : null
  } catch {
    return null
  }
}
