import path from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { Contents } from './contents.ts'
import type { JournalDisk } from './disk.ts'
import type { NumberedName } from './names.ts'
import { joinUpdates } from './snapshot-format.ts'
import { isWhole, readPackedDoc } from './snapshot-reader.ts'
import { SnapshotWriter } from './snapshot-writer.ts'

export type CompactJob = {
  readonly folder: string
  readonly snapshots: readonly NumberedName[]
  /** None of them is written to any more. */
  readonly segments: readonly NumberedName[]
  /** The number of the last record that is in them. */
  readonly last: number
  /** Keys whose records up to a number are left out. */
  readonly purge: readonly (readonly [string, number])[]
  /** Absolute; `to` appears when it is whole. */
  readonly temporary: string
  readonly to: string
}

export type Compacted = {
  readonly bytes: number
  readonly docs: number
  /** What was found damaged and could not be taken over, in words without text of notes; else null. */
  readonly damage: string | null
}

const LEVEL = 3

/**
 * Writes one snapshot of everything, reads it back from the disk and only then gives it its name (J14). What it
 * replaces is the caller's to delete. Throws what the disk throws, or that the disk gave back something else.
 */
export async function compact(disk: JournalDisk, job: CompactJob): Promise<Compacted> {
  const contents = await Contents.load(disk, job.folder, job.snapshots, job.segments)
  for (const [key, upTo] of job.purge) contents.purge(key, upTo)
  const writer = await SnapshotWriter.create(disk, job.temporary, Math.max(job.last, contents.last))
  let written: Pick<Compacted, 'bytes' | 'docs'>
  let lost = 0
  try {
    lost = await writeAll(contents, writer)
    written = await writer.end()
  } catch (error) {
    await writer.abandon().catch(() => {})
    throw error
  }
  const file = await disk.read(job.temporary)
  try {
    if (file.size !== written.bytes || !(await isWhole(file))) throw new NotAsWritten()
  } finally {
    await file.close()
  }
  await disk.rename(job.temporary, job.to)
  await disk.syncFolder(path.dirname(job.to))
  const damage = [contents.damage ?? [], lost > 0 ? `${lost} notes of a snapshot are damaged.` : []].flat()
  return { ...written, damage: damage.length === 0 ? null : damage.join(' ') }
}

export class NotAsWritten extends Error {
  override name = 'NotAsWritten'
  constructor() {
    super('The disk gave back something else than was written.')
  }
}

/** Answers of how many docs the former snapshot had a part that cannot be read any more. */
async function writeAll(contents: Contents, writer: SnapshotWriter): Promise<number> {
  const files = contents.files()
  let lost = 0
  try {
    for (const key of contents.keys()) {
      const facts = contents.facts(key)
      const as = contents.packedIn(key)
      if (as) {
        const doc = await readPackedDoc(await files.snapshot(as.name), as)
        if (doc) await writer.doc({ key, ...facts, packed: doc.packed })
        else lost++
        continue
      }
      const updates = mergeUpdates(await contents.updates(key, files))
      if (updates.length === 0) continue
      await writer.doc({ key, ...facts, packed: deflateRawSync(joinUpdates(updates), { level: LEVEL }) })
    }
    for (const [key, bytes] of contents.attachments()) await writer.attachment(key, bytes)
    for (const [key, number] of contents.purged()) await writer.purged(key, number)
    return lost
  } finally {
    await files.close()
  }
}

/**
 * The updates of a doc as one, without what was deleted. What waits for an update that is missing is kept: Yjs
 * encodes it too. Updates that cannot be applied stay as they are.
 */
export function mergeUpdates(updates: readonly Uint8Array[]): readonly Uint8Array[] {
  if (updates.length < 2) return updates
  const doc = new Doc()
  try {
    doc.transact(() => {
      for (const update of updates) applyUpdate(doc, update)
    })
    return [encodeStateAsUpdate(doc)]
  } catch {
    return updates
  } finally {
    doc.destroy()
  }
}
