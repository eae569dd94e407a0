import { randomBytes } from 'node:crypto'
import { counted } from '../../core/base/counted.ts'
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

/** “12 edits, 3 deletes”. */
export function countsText({ edits = 0, made = 0, back = 0, deletes = 0, renames = 0 }: Partial<Counts>): string {
  const parts = [
    [edits, 'edit'],
    [made, 'new note'],
    [back, 'note back'],
    [deletes, 'delete'],
    [renames, 'rename'],
  ] as const
  return parts
    .flatMap(([n, word]) =>
      n === 0 ? [] : [word === 'note back' && n > 1 ? `${n.toLocaleString()} notes back` : counted(n, word)],
    )
    .join(', ')
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
    title: `Changes from the folder ${folderName}: ${countsText(counts)}`,
  }
}
