import type { NoteId } from '../../../core/base/ids.ts'
import type { VaultClient } from '../../platform/clients.ts'

export type CountAt = {
  /** Notes that differ from what they were. */
  readonly changes: readonly NoteId[]
  /** Notes of which nothing was kept by then. */
  readonly without: number
}

type Calls = Pick<VaultClient, 'call'>

/** Calls under way at once: enough to keep the vault busy, few enough that a change of mind is heard. */
const AT_ONCE = 16

/**
 * Which of some notes would change if they were put back as they stood at `at` (ms since 1970). `docHashes`: of each
 * note as it is now; '' where that is not known, which counts as a change. Null when it was given up.
 */
export async function countAt(
  vault: Calls,
  docHashes: ReadonlyMap<NoteId, string>,
  at: number,
  onProgress: (done: number) => void,
  isGivenUp: () => boolean,
): Promise<CountAt | null> {
  const changes: NoteId[] = []
  const queue = docHashes.entries()
  let without = 0
  let done = 0
  const work = async () => {
    for (const [id, docHash] of queue) {
      if (isGivenUp()) return
      const version = await vault.call('versionAt', { id, at })
      if (!version) without++
      else if (version.docHash !== docHash) changes.push(id)
      onProgress(++done)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return isGivenUp() ? null : { changes, without }
}
