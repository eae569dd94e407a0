import type { NoteId } from '../../core/base/ids.ts'
import { CallError } from '../../ipc/rpc.ts'
import { Mentions } from './export-mentions.ts'
import type { Scope } from './export-scope.ts'
import { chunks } from './flow.ts'
import type { VaultCalls } from './vault-calls.ts'

const NOTES_A_CALL = 150
/** What programs take from a clipboard without trouble. */
const MAX_TEXT = 16 << 20
/** Beyond so many notes a count of their attachments takes longer than somebody looks at it. */
const MAX_READ = 400

/**
 * The Markdown of notes, in the order of their paths: of one note exactly its file; of several each behind a comment
 * that says which it is, which shows in no preview. Fails with `too-many`, `unreadable`.
 */
export async function markdownOf(scope: Scope, vault: VaultCalls): Promise<{ notes: number; text: string }> {
  const ids = scope.ids ?? new Set((await vault.call('notes', {})).map(({ id }) => id))
  const texts: { path: string; text: string }[] = []
  let size = 0
  for await (const { path, bytes } of bytesOf(ids, vault)) {
    size += bytes.length
    if (size > MAX_TEXT) {
      const most = `${MAX_TEXT >> 20} MB`
      throw new CallError('too-many', `These notes are more than the ${most} that a clipboard takes; take a copy out.`)
    }
    texts.push({ path, text: new TextDecoder().decode(bytes) })
  }
  const [first] = texts
  if (first && texts.length === 1) return { notes: 1, text: first.text }
  texts.sort((a, b) => (a.path < b.path ? -1 : 1))
  // A comment must not end in the name that it holds.
  const text = texts.map((note) => `<!-- ${note.path.replaceAll('--', '-')} -->\n\n${note.text.trimEnd()}\n`).join('\n')
  return { notes: texts.length, text }
}

/** `attachments`: null where there are too many notes to look through. */
export async function countExport(
  { ids }: Scope,
  vault: VaultCalls,
): Promise<{ notes: number; attachments: number | null }> {
  const all = await vault.call('attachments', {})
  if (ids === null) {
    const { essay, example, commitment, note } = (await vault.call('info', {})).counts
    return { notes: essay + example + commitment + note, attachments: all.length }
  }
  if (all.length === 0) return { notes: ids.size, attachments: 0 }
  if (ids.size > MAX_READ) return { notes: ids.size, attachments: null }
  const mentions = new Mentions(all.map((file) => ({ ...file, from: file.path })))
  for await (const { bytes, files } of bytesOf(ids, vault, true)) mentions.see(new TextDecoder().decode(bytes), files)
  return { notes: ids.size, attachments: mentions.files.length }
}

async function* bytesOf(ids: ReadonlySet<NoteId>, vault: VaultCalls, withFiles = false) {
  for (const chunk of chunks([...ids], NOTES_A_CALL)) {
    for (const note of await vault.call('exportNotes', { ids: [...chunk], withFiles })) {
      if (note.problem !== null && note.bytes.length === 0) {
        throw new CallError('unreadable', `The note at ${note.path} cannot be copied: ${note.problem}.`)
      }
      yield note
    }
  }
}
