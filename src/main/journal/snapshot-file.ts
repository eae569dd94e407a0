import path from 'node:path'
import { temporaryBeside } from '../store/atomic.ts'
import { compact } from './compact.ts'
import { Contents } from './contents.ts'
import { nodeDisk } from './disk.ts'
import type { DocFacts } from './snapshot-format.ts'
import { isWhole, readTrailer } from './snapshot-reader.ts'

/** A snapshot as archives carry it: a file that stands for itself. Close it when done. */
export type SnapshotFile = {
  /** The number of the last record that is in it. */
  readonly last: number
  /** Every doc by its key (VAULT_KEY among them), with its last head. */
  readonly docs: ReadonlyMap<string, DocFacts>
  /** StoredAttachment as JSON, by path. */
  readonly attachments: ReadonlyMap<string, Uint8Array>
  readonly purged: ReadonlySet<string>
  /** What is damaged, in words without text of notes; else null. The rest can be read. */
  readonly damage: string | null
  /** The updates of a doc; none where there is no such doc or its part of the file is damaged. */
  read(key: string): Promise<Uint8Array[]>
  close(): Promise<void>
}

const nameIn = (file: string) => ({ name: path.basename(file), number: 0, again: 0 })

/** Throws NewerFormat, and what the file system throws. */
export async function readSnapshot(file: string): Promise<SnapshotFile> {
  const contents = await Contents.load(nodeDisk, path.dirname(file), [nameIn(file)], [])
  const files = contents.files()
  return {
    last: contents.last,
    docs: new Map(contents.keys().map((key) => [key, contents.facts(key)])),
    attachments: contents.attachments(),
    purged: new Set(contents.purged().keys()),
    damage: contents.damage,
    read: (key) => contents.updates(key, files),
    close: () => files.close(),
  }
}

/** Whether every byte is as it was written. Throws NewerFormat, and what the file system throws. */
export async function isSnapshotWhole(file: string): Promise<boolean> {
  const open = await nodeDisk.read(file)
  try {
    return await isWhole(open)
  } finally {
    await open.close()
  }
}

/**
 * Writes a snapshot anew without some docs, verified by reading back; they are listed as purged in it. `to` appears
 * when it is whole. Throws NewerFormat, and what the file system throws.
 */
export async function rewriteSnapshot(from: string, to: string, withoutKeys: ReadonlySet<string>): Promise<void> {
  const last = await lastOf(from)
  const temporary = temporaryBeside(to)
  try {
    await compact(nodeDisk, {
      folder: path.dirname(from),
      snapshots: [nameIn(from)],
      segments: [],
      last,
      purge: [...withoutKeys].map((key) => [key, last] as const),
      temporary,
      to,
    })
  } finally {
    await nodeDisk.remove(temporary)
  }
}

async function lastOf(file: string): Promise<number> {
  const open = await nodeDisk.read(file)
  try {
    return (await readTrailer(open))?.last ?? 0
  } finally {
    await open.close()
  }
}
