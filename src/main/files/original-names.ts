import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { NAMES } from './export-plan.ts'
import { OWN_FOLDER } from './receipt.ts'
import { targetSegments } from './safe-path.ts'

const namesShape = z.object({ names: z.record(z.string(), z.string()) })

/**
 * What files of an export were called in the vault where the target could not hold their names (M6): by their paths
 * here. Anybody may have written the list, so it gives no file a path that a file could not have, nor one that
 * another file of the folder has.
 */
export async function originalNames(root: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = await readNames(root)
  const here = new Set(paths)
  const found = new Map<string, string>()
  const taken = new Set<string>()
  for (const [at, original] of Object.entries(names)) {
    // As any system may hold it: the one that could not is where the copy was made.
    if (!here.has(at) || here.has(original) || taken.has(original) || !targetSegments(original, 'linux').ok) continue
    // A note stays a note, and an attachment what it was.
    if (path.extname(at).toLowerCase() !== path.extname(original).toLowerCase()) continue
    taken.add(original)
    found.set(at, original)
  }
  return found
}

async function readNames(root: string): Promise<Readonly<Record<string, string>>> {
  try {
    const file = path.join(root, OWN_FOLDER, NAMES)
    if (!(await lstat(file)).isFile()) return {}
    const read = namesShape.safeParse(JSON.parse(await readFile(file, 'utf8')))
    return read.success ? read.data.names : {}
  } catch {
    return {} // the files keep the names that they have here
  }
}
