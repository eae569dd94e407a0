import path from 'node:path'
import type { JournalDisk } from './disk.ts'
import { decodeFrames, frameLength } from './frames.ts'
import { decodeRecord, type NumberedRecord, SEGMENT } from './records.ts'

/** One record and where its frame lies. */
export type PlacedRecord = NumberedRecord & { readonly offset: number; readonly length: number }

export type SegmentContent = {
  readonly records: readonly PlacedRecord[]
  readonly bytes: Uint8Array
  /** Bytes of damage between frames. */
  readonly skipped: number
  /** Bytes after the last frame. */
  readonly torn: number
}

/** Thrown where a file says that a newer program wrote it: nothing is touched then. */
export class NewerFormat extends Error {
  override name = 'NewerFormat'
  readonly code = 'newer'
  constructor() {
    super('The journal of this vault was written by a newer Throughline. Nothing was changed; use the newer one.')
  }
}

/** Reads a segment whole (8 MB and one record at most). A file of something else counts as damaged from end to end. */
export async function readSegment(disk: JournalDisk, folder: string, name: string): Promise<SegmentContent> {
  const file = await disk.read(path.join(folder, name))
  let bytes: Uint8Array
  try {
    bytes = await file.read(0, file.size)
  } finally {
    await file.close()
  }
  const decoded = decodeFrames(bytes, SEGMENT)
  if (!decoded.ok && decoded.error === 'newer') throw new NewerFormat()
  if (!decoded.ok) return { records: [], bytes, skipped: bytes.length, torn: 0 }
  let unknown = 0
  const records = decoded.value.frames.flatMap(({ offset, payload }) => {
    const record = decodeRecord(payload)
    const length = frameLength(payload)
    if (!record) unknown += length
    return record ? [{ ...record, offset, length }] : []
  })
  return { records, bytes, skipped: decoded.value.skipped + unknown, torn: decoded.value.torn }
}
