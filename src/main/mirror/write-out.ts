import { noteId } from '../../core/base/ids.ts'
import { CallError } from '../../ipc/rpc.ts'
import { diskProblem, isFull } from '../files/disk-problem.ts'
import { collisionKey } from '../files/safe-path.ts'
import { PlaceError, sha256Of } from '../files/target.ts'
import type { NoteNow, VaultNow } from './decide.ts'
import { Changed, type MirrorDisk } from './disk.ts'
import type { Line } from './lines.ts'
import { stampAt } from './look.ts'
import type { MirrorParts, Problem } from './parts.ts'

type Parts = MirrorParts & { readonly disk: MirrorDisk }
/** Of a round over what is known to have changed: `now` holds nothing else. */
type Part = {
  /** Every note that it is about: one that is not in `now` is gone. */
  readonly ids: Iterable<string>
  readonly hasAttachments: boolean
}
type Result = { hasWritten: boolean; isUnsettled: boolean; problems: Problem[] }

const NOTES_A_CALL = 150

/** The vault's part of a round (SPEC.md, F2 to F4): what changed here is written, moved or removed, and nothing else. */
export async function writeOut(now: VaultNow, parts: Parts, part: Part | null = null): Promise<Result> {
  const { lines, vault } = parts
  const result: Result = { hasWritten: false, isUnsettled: false, problems: [] }
  const notes = apart([...now.notes.values()], parts, result)
  const due = notes.filter((note) => {
    const line = lines.ofNote(note.id)
    return !line || note.docHash === '' || line.docHash !== note.docHash || line.path !== note.path
  })
  // Before new names come: on a disk that folds case the old one is in the way.
  const known = part ? [...part.ids].flatMap((id) => lines.ofNote(id) ?? []) : lines.all()
  for (const line of known) {
    if (line.id !== '' && !now.notes.has(line.id))
      await attempt(line.path, result, () => removeNote(line, parts, result))
  }
  for (let i = 0; i < due.length; i += NOTES_A_CALL) {
    const chunk = new Map(due.slice(i, i + NOTES_A_CALL).map((note) => [note.id, note]))
    const answers = await vault.call('exportNotes', { ids: [...chunk.keys()].map((id) => noteId(id)) })
    for (const { id, bytes, problem } of answers) {
      const note = chunk.get(id)
      if (!note) continue
      if (problem !== null) result.problems.push({ path: note.path, reason: problem })
      if (problem !== null && bytes.length === 0) continue
      await attempt(note.path, result, () => putNote(note, bytes, parts, result))
    }
  }
  if (!part || part.hasAttachments) await writeAttachments(now, parts, result)
  return result
}

async function putNote(note: NoteNow, bytes: Uint8Array, parts: Parts, result: Result): Promise<void> {
  const { disk, lines, texts, now, onHappened } = parts
  const line = lines.ofNote(note.id)
  const sha256 = sha256Of(bytes)
  const next: Line = { path: note.path, sha256, docHash: note.docHash, id: note.id, stamp: '', from: 'app' }
  if (line && line.path === note.path && line.sha256 === sha256) {
    lines.set({ ...line, docHash: note.docHash })
    return
  }
  await texts.keep(sha256, bytes)
  const isMove = line !== undefined && line.path !== '' && line.path !== note.path
  // A note whose file another one has taken over has none, however its text is.
  let here = line?.path === note.path ? line : undefined
  if (isMove && !lines.at(note.path)) {
    const moved = { ...line, path: note.path }
    await lines.announce(moved)
    if (await disk.move(line.path, note.path, line.sha256)) {
      lines.set({ ...moved, stamp: '' })
      here = moved
      result.hasWritten = true
      onHappened({ kind: 'renamed', path: note.path, id: noteId(note.id), from: line.path })
    }
  }
  if (here?.sha256 !== sha256) {
    const occupant = lines.at(note.path)
    // The same bytes are there where a kill came between the write and the line.
    const expected = [sha256, ...(occupant ? [occupant.sha256] : [])]
    await lines.announce(next)
    await disk.put(note.path, bytes, expected, occupant ? null : note.updated || null)
    result.hasWritten = true
    onHappened({ kind: 'written', path: note.path, id: noteId(note.id), from: '' })
  }
  const place = await disk.target.place(note.path, false)
  const left = isMove && here === undefined ? line : null
  // Before the line moves on: a kill in between leaves a file that is found again by its bytes.
  const isOurs = left !== null && lines.at(left.path)?.id === note.id
  lines.set({ ...next, stamp: await stampAt(place, now()) })
  if (left && isOurs) await disk.remove(left.path, left.sha256)
  await lines.flush()
}

async function removeNote(line: Line, { disk, lines }: Parts, result: Result): Promise<void> {
  if (line.path !== '') {
    await lines.announceDrop(line.path)
    await disk.remove(line.path, line.sha256)
    result.hasWritten = true
  }
  lines.bury(line)
  await lines.flush()
}

async function writeAttachments(now: VaultNow, parts: Parts, result: Result): Promise<void> {
  const { disk, lines, attachments, vaultId } = parts
  for (const line of lines.all()) {
    // One that came with the folder stays there: the vault forgets files that no note names, the folder does not (F12).
    if (line.id !== '' || now.attachments.has(line.path) || line.from === 'folder') continue
    await attempt(line.path, result, async () => {
      await lines.announceDrop(line.path)
      await disk.remove(line.path, line.sha256)
      lines.drop(line)
      result.hasWritten = true
    })
  }
  for (const file of apart([...now.attachments.values()], parts, result)) {
    const line = lines.at(file.path)
    if (line?.sha256 === file.sha256) continue
    await attempt(file.path, result, async () => {
      const found = await disk.hashAt(file.path)
      const next: Line = { path: file.path, sha256: file.sha256, docHash: '', id: '', stamp: '', from: 'app' }
      if (found !== file.sha256) {
        const source = await attachments.verified(vaultId, file.sha256)
        if (!source) throw new PlaceError('the vault does not hold this file any more')
        await lines.announce(next)
        await disk.copy(file.path, source.path, file.sha256, file.size, line ? [line.sha256] : [])
        result.hasWritten = true
      }
      lines.set(found === file.sha256 ? { ...next, from: line?.from ?? 'folder' } : next)
    })
  }
}

/** On a disk that folds case, the second of two paths that it cannot tell apart is listed and not written. */
function apart<F extends { readonly path: string }>(all: readonly F[], { disk }: Parts, result: Result): F[] {
  const seen = new Map<string, string>()
  return [...all]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .filter(({ path: at }) => {
      const key = collisionKey(at, disk.target.foldsCase)
      const other = seen.get(key)
      if (other === undefined) seen.set(key, at)
      else result.problems.push({ path: at, reason: `this disk cannot tell it from ${other}` })
      return other === undefined
    })
}

/** What cannot be written is listed, and everything else goes on; a full disk ends the round. */
async function attempt(at: string, result: Result, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Changed) {
      result.isUnsettled = true
      return
    }
    if (error instanceof PlaceError) return void result.problems.push({ path: at, reason: error.message })
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (isFull(error))
      throw diskProblem(error, at, 'The vault is whole; what is missing there is written once it can be.')
    if (error instanceof CallError || code === '') throw error
    result.problems.push({ path: at, reason: `it cannot be written (${code})` })
  }
}
