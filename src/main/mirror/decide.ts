import type { Line } from './lines.ts'
import { type FileNow, type FolderNow, isBelowForeign } from './look.ts'

export type NoteNow = { readonly id: string; readonly path: string; readonly docHash: string; readonly updated: number }
export type StoredNow = { readonly path: string; readonly sha256: string; readonly size: number }
export type VaultNow = {
  readonly notes: ReadonlyMap<string, NoteNow>
  readonly attachments: ReadonlyMap<string, StoredNow>
}

/** What the folder has to tell the vault. Rules F… of SPEC.md. */
export type ReadIn = {
  /** Lines whose file stands elsewhere now; `place`: the note goes there too. */
  readonly moves: readonly { readonly line: Line; readonly file: FileNow; readonly place: boolean }[]
  /** Files to read: `id` null makes a note; `both`: the note was changed here as well. */
  readonly edits: readonly {
    readonly file: FileNow
    readonly line: Line | null
    readonly id: string | null
    readonly revive: boolean
    readonly both: boolean
  }[]
  /** Files that went, their notes untouched: to the trash. */
  readonly gone: readonly Line[]
  /** Files that went while their notes were written in: to be written again. */
  readonly back: readonly Line[]
  /** Gone on both sides. */
  readonly forget: readonly Line[]
  readonly attach: readonly FileNow[]
  readonly detach: readonly Line[]
  /** An attachment that both sides made under one name. */
  readonly clashes: readonly string[]
  /** Notes whose file vanished, of how many: more than a third stops and asks. */
  readonly vanished: number
  readonly total: number
}

export function decideIn(
  lines: readonly Line[],
  buried: Iterable<Line>,
  { files, odd }: FolderNow,
  vault: VaultNow,
): ReadIn {
  const notes = lines.filter(({ id, path }) => id !== '' && path !== '')
  const known = new Set(lines.map(({ path }) => path))
  const fresh = [...files.values()].filter((file) => file.isNote && !known.has(file.path))
  // Below a folder of another program nothing is looked at, and nothing is gone.
  const lost = notes.filter(({ path }) => !files.has(path) && !odd.has(path) && !isBelowForeign(path))
  const moved = pairs(lost, fresh)
  const movedFiles = new Set([...moved.values()].map(({ path }) => path))

  const moves: ReadIn['moves'][number][] = []
  const edits: ReadIn['edits'][number][] = []
  const gone: Line[] = []
  const back: Line[] = []
  const forget: Line[] = []
  for (const line of notes) {
    const note = vault.notes.get(line.id)
    const to = moved.get(line)
    const file = to ?? files.get(line.path)
    // Another name in the app goes before another name in the folder (F7).
    if (to) moves.push({ line, file: to, place: note !== undefined && note.path === line.path })
    if (file) {
      if (file.sha256 === line.sha256 || !file.isNote) continue
      const both = note !== undefined && note.docHash !== line.docHash && line.docHash !== ''
      edits.push({ file, line, id: line.id, revive: note === undefined, both })
      continue
    }
    if (odd.has(line.path) || isBelowForeign(line.path)) continue
    if (!note) forget.push(line)
    else if (note.docHash !== line.docHash || note.docHash === '') back.push(line)
    else gone.push(line)
  }

  const lined = new Set(notes.map(({ id }) => id))
  for (const { id } of lines) lined.add(id)
  const unlined = new Map([...vault.notes.values()].filter(({ id }) => !lined.has(id)).map((note) => [note.path, note]))
  const graves = [...buried].filter(({ id }) => id !== '' && !vault.notes.has(id) && !lined.has(id))
  const byPath = new Map(graves.map((line) => [line.path, line]))
  const byHash = new Map(graves.map((line) => [line.sha256, line]))
  const byId = new Map(graves.map((line) => [line.id, line]))
  const given = new Set<string>()
  for (const file of fresh) {
    if (movedFiles.has(file.path)) continue
    const here = unlined.get(file.path)
    const same = byPath.get(file.path)
    // By its name alone it may be another text, which would take the place of the one in the trash.
    const grave =
      byId.get(file.ownId) ??
      (same?.sha256 === file.sha256 ? same : file.size > 0 ? byHash.get(file.sha256) : undefined)
    if (here) edits.push({ file, line: null, id: here.id, revive: false, both: true })
    else if (grave && !given.has(grave.id)) {
      given.add(grave.id)
      edits.push({ file, line: grave, id: grave.id, revive: true, both: false })
    } else edits.push({ file, line: null, id: null, revive: false, both: false })
  }

  const attach: FileNow[] = []
  const clashes: string[] = []
  const own = new Map(lines.filter(({ id }) => id === '').map((line) => [line.path, line]))
  const noteFiles = new Set(notes.map(({ path }) => path))
  for (const file of files.values()) {
    if (file.isNote || noteFiles.has(file.path)) continue
    const line = own.get(file.path)
    const stored = vault.attachments.get(file.path)
    if (line ? line.sha256 !== file.sha256 : stored?.sha256 !== file.sha256) {
      if (line || !stored) attach.push(file)
      else clashes.push(file.path)
    } else if (!line) attach.push(file)
  }
  const detach = [...own.values()].filter(({ path }) => !files.has(path) && !odd.has(path) && !isBelowForeign(path))
  const vanished = gone.length + back.length
  return { moves, edits, gone, back, forget, attach, detach, clashes, vanished, total: notes.length }
}

/** Which new file a lost one is: of the same bytes, or with the note's own id in it (F6). */
function pairs(lost: readonly Line[], fresh: readonly FileNow[]): Map<Line, FileNow> {
  const found = new Map<Line, FileNow>()
  const taken = new Set<FileNow>()
  const pair = (
    isSame: (line: Line, file: FileNow) => boolean,
    index: (file: FileNow) => string,
    key: (line: Line) => string,
  ) => {
    const shelves = new Map<string, FileNow[]>()
    for (const file of fresh) {
      const shelf = shelves.get(index(file))
      if (shelf) shelf.push(file)
      else shelves.set(index(file), [file])
    }
    for (const line of lost) {
      if (found.has(line)) continue
      const file = shelves.get(key(line))?.find((each) => !taken.has(each) && isSame(line, each))
      if (!file) continue
      found.set(line, file)
      taken.add(file)
    }
  }
  const name = (below: string) => below.slice(below.lastIndexOf('/') + 1)
  const byHash = [(file: FileNow) => file.sha256, (line: Line) => line.sha256] as const
  pair((line, file) => name(line.path) === name(file.path), ...byHash)
  // Empty files are all alike.
  pair((_line, file) => file.size > 0, ...byHash)
  pair(
    (line) => line.id !== '',
    (file) => file.ownId || '-',
    (line) => line.id,
  )
  return found
}

/** More than a third of the notes at once is no deletion before somebody said so (F9). */
export const isTooMuch = (vanished: number, total: number): boolean => vanished * 3 > total
