import type { NoteId } from '../../core/base/ids.ts'
import { CallError } from '../../ipc/rpc.ts'
import { Mentions, planFor } from './export-plan.ts'
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
  const texts: { path: string; text: string }[] = []
  let size = 0
  for await (const { path, bytes } of bytesOf(await notesOf(scope, vault), vault)) {
    size += bytes.length
    if (size > MAX_TEXT) throw new CallError('too-many', 'These notes are too much for the clipboard; take a copy out.')
    texts.push({ path, text: new TextDecoder().decode(bytes) })
  }
  const [first] = texts
  if (first && texts.length === 1) return { notes: 1, text: first.text }
  // A comment must not end in the name that it holds.
  const text = texts.map((note) => `<!-- ${note.path.replaceAll('--', '-')} -->\n\n${note.text.trimEnd()}\n`).join('\n')
  return { notes: texts.length, text }
}

/** `attachments`: null where there are too many notes to look through. */
export async function countExport(
  scope: Scope,
  vault: VaultCalls,
): Promise<{ notes: number; attachments: number | null }> {
  const plan = await vault.call('exportPlan', {})
  if (scope.ids === null) return { notes: plan.notes.length, attachments: plan.attachments.length }
  const { notes, files } = planFor(plan, scope, { foldsCase: false, platform: 'linux', portable: false })
  if (files.length === 0) return { notes: notes.length, attachments: 0 }
  if (notes.length > MAX_READ) return { notes: notes.length, attachments: null }
  const mentions = new Mentions(files)
  const ids = notes.map(({ id }) => id)
  for await (const { bytes } of bytesOf(ids, vault)) mentions.see(new TextDecoder().decode(bytes))
  return { notes: notes.length, attachments: mentions.files.length }
}

async function notesOf(scope: Scope, vault: VaultCalls): Promise<NoteId[]> {
  const plan = await vault.call('exportPlan', {})
  return planFor(plan, scope, { foldsCase: false, platform: 'linux', portable: false }).notes.map(({ id }) => id)
}

async function* bytesOf(ids: readonly NoteId[], vault: VaultCalls) {
  for (const chunk of chunks(ids, NOTES_A_CALL)) {
    const notes = await vault.call('exportNotes', { ids: [...chunk] })
    const order = new Map(chunk.map((id, at) => [id, at]))
    for (const note of notes.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))) {
      if (note.problem !== null && note.bytes.length === 0) {
        throw new CallError('unreadable', `The note at ${note.path} cannot be copied: ${note.problem}.`)
      }
      yield note
    }
  }
}
