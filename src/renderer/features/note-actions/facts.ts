import type { NoteId } from '../../../core/base/ids.ts'
import type { FactEdit } from '../../../core/note/edit-facts.ts'
import { vaultClient } from '../../platform/clients.ts'
import { useSession } from '../../state/session.ts'
import { attempt } from './attempt.ts'

/** Edits that the vault has not answered yet: a window that closes waits for them. */
const giving = new Set<Promise<unknown>>()

/** Settles when every edit of frontmatter that was made in this window is in its note, or was refused. */
export async function factsGiven(): Promise<void> {
  while (giving.size > 0) await Promise.allSettled(giving)
}

function give(id: NoteId, edit: FactEdit): Promise<unknown> {
  const given = vaultClient()
    .call('editFacts', { id, edit, author: useSession.getState().settings.personName })
    .finally(() => giving.delete(given))
  giving.add(given)
  return given
}

/** One edit of a note's frontmatter; what goes wrong is said in the strip, and told to `onRefused`. */
export const editFact = (id: NoteId, edit: FactEdit, onRefused: () => void = () => {}): void =>
  attempt(() =>
    give(id, edit).catch((error: unknown) => {
      onRefused()
      throw error
    }),
  )
