import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { noteId, type VaultId } from '../../core/base/ids.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import { writeAtomic } from '../store/atomic.ts'
import { sight, type TrashAges } from './trash-ages.ts'

const DAY = 86_400_000
/** Notes of one call. */
const BATCH = 100

const fileShape = z.record(
  z.string(),
  z.object({ trashedAt: z.number().nullable(), age: z.number(), at: z.number(), dueSince: z.number().nullable() }),
)

export type EmptyByAge = {
  readonly vaultId: VaultId
  /** Of the vault's own files. */
  readonly folder: string
  readonly vault: VaultCalls
  /** null: only by hand. */
  readonly days: number | null
  /** ms since 1970. */
  readonly now: number
  readonly isFirstOfRun: boolean
}

/**
 * One sighting of a vault's trash; what is old enough leaves for good (README.md). Answers how many did. A file that
 * cannot be read starts all ages again.
 */
export async function emptyByAge({ folder, vault, days, now, isFirstOfRun }: EmptyByAge): Promise<number> {
  if (days === null) return 0
  const file = path.join(folder, 'trash.json')
  const notes = await vault.call('trash', {})
  const before = await readAges(file)
  const { ages, due } = sight(before, { notes, now, limit: days * DAY, isFirstOfRun })
  await writeAtomic(file, `${JSON.stringify(ages)}\n`)
  let gone = 0
  for (let at = 0; at < due.length; at += BATCH) {
    const ids = due.slice(at, at + BATCH).map(noteId)
    gone += (await vault.call('purgeNotes', { ids })).notes
  }
  return gone
}

async function readAges(file: string): Promise<TrashAges> {
  try {
    return fileShape.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return {}
  }
}
