import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { writeAtomic } from './atomic.ts'
import type { Profile } from './profile.ts'

/**
 * Which runtimes have used a profile. An older Chromium that opens the storage of a newer one deletes it
 * (facts/storage.md), so the profile is refused before Chromium has seen it.
 */
const shape = z.object({
  /** Major version. */
  chromium: z.number().int().positive(),
  throughline: z.string(),
})
export type RuntimeVersions = z.infer<typeof shape>

const fileOf = (profile: Profile): string => path.join(profile.folder, 'profile.json')

/** The runtime of this process. */
export const ownVersions = (throughline: string, chromium = process.versions.chrome ?? ''): RuntimeVersions => ({
  chromium: Number.parseInt(chromium, 10) || 1,
  throughline,
})

/** The newest ones that used the profile; null where it is new or nobody can tell. */
export function usedVersions(profile: Profile): RuntimeVersions | null {
  try {
    const read = shape.safeParse(JSON.parse(readFileSync(fileOf(profile), 'utf8')))
    return read.success ? read.data : null
  } catch {
    return null
  }
}

/** Why this runtime must not open a profile, as a sentence; null where it may. Reads one file and touches none. */
export function whyRefused(used: RuntimeVersions | null, own: RuntimeVersions): string | null {
  if (!used || used.chromium <= own.chromium) return null
  return (
    `This profile was last used by Throughline ${used.throughline} with Chromium ${used.chromium}. ` +
    `This is Throughline ${own.throughline} with Chromium ${own.chromium}, which could erase notes by opening it. ` +
    'Nothing was touched. Please use the newer Throughline.'
  )
}

/** Writes down that a runtime uses the profile. Settles with false where that changed nothing. */
export async function recordVersions(profile: Profile, own: RuntimeVersions): Promise<boolean> {
  const used = usedVersions(profile)
  const newest: RuntimeVersions = {
    chromium: Math.max(own.chromium, used?.chromium ?? 0),
    throughline: used && isNewer(used.throughline, own.throughline) ? used.throughline : own.throughline,
  }
  if (used?.chromium === newest.chromium && used.throughline === newest.throughline) return false
  await writeAtomic(fileOf(profile), `${JSON.stringify(newest)}\n`)
  return true
}

/** Whether `a` comes after `b`, by their numbers. */
export function isNewer(a: string, b: string): boolean {
  const [left, right] = [numbersOf(a), numbersOf(b)]
  for (let n = 0; n < Math.max(left.length, right.length); n++) {
    const difference = (left[n] ?? 0) - (right[n] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}

const numbersOf = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number)
