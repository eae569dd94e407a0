import { type NoteId, noteId } from '../../core/base/ids.ts'
import { decideIn, isTooMuch, type ReadIn, type VaultNow } from './decide.ts'
import type { Line, Lines } from './lines.ts'
import { type FileNow, type FolderNow, lookAtPaths } from './look.ts'
import type { MirrorParts } from './parts.ts'
import { vaultNow } from './vault-now.ts'

/** What both sides told of since the last round (F16). */
export type Known = {
  readonly notes: ReadonlySet<NoteId>
  /** Of files, below the folder. */
  readonly paths: ReadonlySet<string>
  /** Folders or attachments of the vault. */
  readonly hasMore: boolean
}

type PartNow = {
  readonly seen: FolderNow
  readonly before: VaultNow
  readonly decided: ReadIn
  /** Every note that this is about, there or not. */
  readonly ids: ReadonlySet<NoteId>
  readonly hasAttachments: boolean
}

type Parts = Pick<MirrorParts, 'lines' | 'vault' | 'now'> & { readonly root: string; readonly foldsCase: boolean }

/**
 * Looks at what is known to have changed, and at what stands beside it: the file of a note, the note of a file, and
 * the file that a new one may have been. Null where only a comparison of everything can decide (F16).
 */
export async function lookAtKnown(known: Known, parts: Parts): Promise<PartNow | null> {
  const { lines, vault, now, root } = parts
  const lineAt = (below: string) => lines.at(below)
  const paths = new Set(known.paths)
  for (const id of known.notes) addPath(paths, lines.ofNote(id))
  const first = await lookAtPaths(root, paths, lineAt, now)
  if (!first) return null
  const fresh = [...first.files.values()].filter((file) => file.isNote && !lines.at(file.path))
  // A disk that folds case answers for a file of another name.
  if (parts.foldsCase && (fresh.length > 0 || paths.size > first.files.size)) return null
  const twins = fresh.length === 0 ? [] : twinsOf(fresh, lines.all(), paths)
  const ids = new Set(known.notes)
  for (const at of [...paths, ...twins]) {
    const line = lines.at(at)
    if (line && line.id !== '') ids.add(noteId(line.id))
  }
  const graves = fresh.length === 0 ? [] : gravesOf(fresh, lines)
  for (const { id } of graves) ids.add(noteId(id))
  const isOther = [...first.files.values()].some((file) => !file.isNote)
  const hasAttachments = known.hasMore || isOther || [...paths].some((at) => lines.at(at)?.id === '')
  const before = await vaultNow(vault, {
    ids: [...ids],
    paths: fresh.map((file) => file.path),
    attachments: hasAttachments,
  })
  for (const id of before.notes.keys()) ids.add(noteId(id))
  const more = new Set(twins)
  for (const id of ids) addPath(more, lines.ofNote(id))
  for (const at of paths) more.delete(at)
  const second = await lookAtPaths(root, more, lineAt, now)
  if (!second) return null
  const seen: FolderNow = {
    ...first,
    files: new Map([...first.files, ...second.files]),
    odd: new Set([...first.odd, ...second.odd]),
  }
  const about = new Map<string, Line>()
  const add = (line: Line | undefined) => line && about.set(`${line.id}/${line.path}`, line)
  for (const at of [...paths, ...more]) add(lines.at(at))
  for (const id of ids) add(lines.ofNote(id))
  const gone = [...about.values()].filter(({ id, path }) => id !== '' && path !== '' && !before.notes.has(id))
  if (isTooMuch(gone.length, lines.counts().notes)) return null
  const decided = decideIn([...about.values()], graves, seen, before)
  // What is gone may stand elsewhere, and how many are gone says whether to ask (F6, F9).
  if (decided.gone.length + decided.back.length + decided.detach.length > 0) return null
  return { seen, before, decided, ids, hasAttachments }
}

function addPath(paths: Set<string>, line: Line | undefined): void {
  if (line && line.path !== '') paths.add(line.path)
}

/** Notes in the trash that a new file may be. One that came back since has a line again, or the vault says so. */
function gravesOf(fresh: readonly FileNow[], lines: Lines): Line[] {
  const keys = new Set(fresh.flatMap((file) => [file.path, file.sha256, file.ownId]))
  return [...lines.buried()].filter(
    ({ id, path, sha256 }) => id !== '' && !lines.ofNote(id) && (keys.has(path) || keys.has(sha256) || keys.has(id)),
  )
}

/** Files that a new one may have been a moment ago: the watcher may not have told yet that they are gone. */
function twinsOf(
  fresh: readonly { readonly sha256: string; readonly ownId: string }[],
  lines: readonly Line[],
  paths: ReadonlySet<string>,
): string[] {
  const hashes = new Set(fresh.map(({ sha256 }) => sha256))
  const own = new Set(fresh.map(({ ownId }) => ownId).filter((id) => id !== ''))
  return lines
    .filter(
      ({ id, path, sha256 }) => id !== '' && path !== '' && !paths.has(path) && (hashes.has(sha256) || own.has(id)),
    )
    .map(({ path }) => path)
}
