import type { NoteId } from '../../../core/base/ids.ts'
import { withLinks } from '../../../core/relation/edit-relation.ts'
import { relationWord } from '../../../core/relation/words.ts'
import { vaultClient } from '../../platform/clients.ts'
import { useSession } from '../../state/session.ts'
import { openPlace } from '../../state/tabs.ts'
import { createNote, type Linked, linkTo } from '../note-actions/index.ts'

/** A new example, which says of itself what it illustrates; its title is asked for first. */
export const tellOne = async (note: Linked): Promise<void> => {
  const link = await linkTo(note.id, note)
  await createNote({ kind: 'example', markdown: `illustrates:: ${link}\n`, linkIds: { [link.slice(2, -2)]: note.id } })
}

/** The places that name it, as a search that can be changed. */
export const seeMentions = ({ title }: Pick<Linked, 'title'>): void =>
  openPlace({ at: 'search', query: `"${title.replaceAll('"', ' ')}"` })

/** Adds a link to a note's property of that word, which is made where there is none. */
export async function relate(from: NoteId, word: string, to: Linked): Promise<void> {
  const vault = vaultClient()
  const { properties } = await vault.call('note', { id: from })
  const link = await linkTo(from, to)
  const known = properties.find(({ key }) => relationWord(key) === word)
  await vault.call('editFacts', {
    id: from,
    edit: known
      ? { is: 'set', key: known.key, value: withLinks(known.value, [link]) }
      : { is: 'add', key: word, value: [link] },
  })
}

/** The ground was read again and still carries it. */
export async function stillHolds(id: NoteId, pin: string): Promise<void> {
  const { personName } = useSession.getState().settings
  await vaultClient().call('reread', { id, pin, author: personName })
}
