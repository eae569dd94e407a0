import path from 'node:path'
import type { JournalDisk } from './disk.ts'
import { HEADER_LENGTH } from './frames.ts'
import { type NumberedName, numbered, TEMPORARY } from './names.ts'
import { readSegment } from './segments.ts'
import { readTrailer } from './snapshot-reader.ts'

/** A segment with less than this may be written on. */
const ROOM_UNTIL = 7 * 1024 * 1024
/** Those that a program that was killed may have left written and not synced. */
const MAYBE_UNSYNCED = 4

export type JournalFolder = {
  readonly snapshots: readonly NumberedName[]
  readonly snapshotBytes: number
  /** The newest snapshot ends as one that was written to its end. */
  readonly isSnapshotWhole: boolean
  readonly segments: readonly NumberedName[]
  readonly segmentBytes: number
  readonly last: number
  readonly mayContinue: boolean
}

/**
 * Looks at the files of a journal: the ends of the snapshot and of the last segment are read, nothing else (J12).
 * Removes what a finished compaction had not removed yet. Throws NewerFormat and what the disk throws.
 */
export async function openFolder(disk: JournalDisk, folder: string): Promise<JournalFolder> {
  const names = await disk.list(folder)
  const allSnapshots = numbered(names, 'snapshot')
  const newest = await wholeSnapshot(disk, folder, allSnapshots)
  // Where the newest is damaged, the ones before it are worth reading too.
  const snapshots = newest ? [newest.name] : allSnapshots
  const base = newest?.last ?? Math.max(0, ...snapshots.map(({ number }) => number))
  const allSegments = numbered(names, 'log')
  const covered = newest ? await coveredBy(disk, folder, allSegments, base) : new Set<NumberedName>()
  const segments = allSegments.filter((segment) => !covered.has(segment))
  const end = await readEnd(disk, folder, segments)

  const leftovers = [
    ...names.filter((name) => TEMPORARY.test(name)),
    ...allSnapshots.filter((name) => !snapshots.includes(name)).map(({ name }) => name),
    ...[...covered].map(({ name }) => name),
  ]
  // On a disk that may not be written to they stay, which harms nobody: numbers tell what is in the snapshot.
  for (const name of leftovers) await disk.remove(path.join(folder, name)).catch(() => {})
  for (const { name } of segments.slice(-MAYBE_UNSYNCED)) await syncSegment(disk, path.join(folder, name))
  // the names too: what is told as the end of the journal has to outlive the power
  if (segments.length > 0) await disk.syncFolder(folder).catch(() => {})
  return {
    snapshots,
    snapshotBytes: newest?.bytes ?? 0,
    isSnapshotWhole: newest !== null || snapshots.length === 0,
    segments,
    segmentBytes: await sizes(disk, folder, segments),
    last: Math.max(base, end.last),
    mayContinue: end.mayContinue,
  }
}

async function wholeSnapshot(disk: JournalDisk, folder: string, snapshots: readonly NumberedName[]) {
  const name = snapshots.at(-1)
  if (!name) return null
  const file = await disk.read(path.join(folder, name.name))
  try {
    const trailer = await readTrailer(file)
    return trailer && { name, last: trailer.last, bytes: file.size }
  } finally {
    await file.close()
  }
}

/** Segments of which the snapshot has every record: a kill came before they were removed. */
async function coveredBy(disk: JournalDisk, folder: string, segments: readonly NumberedName[], base: number) {
  const covered = new Set<NumberedName>()
  for (const [at, segment] of segments.entries()) {
    const next = segments[at + 1]?.number ?? Number.POSITIVE_INFINITY
    if (segment.number > base || next > base + 1) continue
    const { records } = await readSegment(disk, folder, segment.name)
    if (records.every(({ number }) => number <= base)) covered.add(segment)
  }
  return covered
}

/** The last record of the segments, from the end: the last segments may be empty or torn. */
async function readEnd(disk: JournalDisk, folder: string, segments: readonly NumberedName[]) {
  let mayContinue = false
  let last = 0
  for (const [back, { name, number, again }] of segments.toReversed().entries()) {
    const { records, bytes, torn } = await readSegment(disk, folder, name)
    if (back === 0) mayContinue = torn === 0 && bytes.length >= HEADER_LENGTH && bytes.length < ROOM_UNTIL
    // Its name says that the ones before it were given.
    last = records.reduce((most, record) => Math.max(most, record.number), Math.max(last, number - 1))
    // One that writes a given-up one again may have been cut off before it came as far as that one had.
    if (records.length > 0 && again === 0) break
  }
  return { last, mayContinue }
}

async function syncSegment(disk: JournalDisk, path: string): Promise<void> {
  try {
    const file = await disk.append(path)
    await file.sync().finally(() => file.close())
  } catch {
    // Where nothing can be written, the first record that cannot be written will say so.
  }
}

async function sizes(disk: JournalDisk, folder: string, segments: readonly NumberedName[]): Promise<number> {
  let sum = 0
  for (const { name } of segments) {
    const file = await disk.read(path.join(folder, name))
    sum += file.size
    await file.close()
  }
  return sum
}
