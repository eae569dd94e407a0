import { randomBytes } from 'node:crypto'
import { folderCountsText } from '../../core/import/folder-counts.ts'
import type { FolderChange } from '../../ipc/file-shapes.ts'
import type { ReadIn } from './decide.ts'
import type { Counts } from './parts.ts'

export function countsOf({ edits, gone, moves }: ReadIn): Counts {
  return {
    edits: edits.filter(({ id, revive }) => id !== null && !revive).length,
    made: edits.filter(({ id }) => id === null).length,
    back: edits.filter(({ revive }) => revive).length,
    deletes: gone.length,
    renames: moves.filter(({ place }) => place).length,
    files: 0,
  }
}

/**
 * Everything that a round reads in is one big change. A single save, new file or delete is none: a version, or the
 * trash, has what was before (F17).
 */
export function changeOf(counts: Counts, folderName: string): FolderChange | undefined {
  const { edits, made, back, deletes, renames } = counts
  if (edits + made + back + deletes + renames < 2 && renames === 0) return undefined
  return {
    id: randomBytes(15).toString('base64url'),
    title: `Changes from the folder ${folderName}: ${folderCountsText(counts)}`,
  }
}
