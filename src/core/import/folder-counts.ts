import { counted } from '../base/counted.ts'

/** What came in at once from a folder that is kept in step. */
export type FolderCounts = {
  readonly edits: number
  readonly made: number
  /** Notes that came out of the trash. */
  readonly back: number
  readonly deletes: number
  readonly renames: number
}

/** “12 edits, 3 deletes”; '' for nothing. */
export function folderCountsText({
  edits = 0,
  made = 0,
  back = 0,
  deletes = 0,
  renames = 0,
}: Partial<FolderCounts>): string {
  const parts = [
    [edits, counted(edits, 'edit')],
    [made, counted(made, 'new note')],
    [back, `${counted(back, 'note')} back`],
    [deletes, counted(deletes, 'delete')],
    [renames, counted(renames, 'rename')],
  ] as const
  return parts.flatMap(([number, words]) => (number === 0 ? [] : [words])).join(', ')
}
