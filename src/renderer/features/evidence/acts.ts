import type { NoteId } from '../../../core/base/ids.ts'
import type { PropertyValue } from '../../../core/note/note.ts'
import { relationWord } from '../../../core/relation/words.ts'
import { vaultClient } from '../../platform/clients.ts'
import { useSession } from '../../state/session.ts'
import { openPlace } from '../../state/tabs.ts'
import { createNote } from '../note-actions/index.ts'

type Named = { readonly id: NoteId; readonly title: string }

/** A new example, which says of itself what it illustrates; its title is asked for first. */
export const tellOne = async ({ id, title }: Named): Promise<void> => {
  await createNote({ kind: 'example', markdown: `illustrates:: [[${title}]]\n`, linkIds: { [title]: id } })
}

/** The places that name it, as a search that can be changed. */
export const seeMentions = ({ title }: Named): void =>
  openPlace({ at: 'search', query: `"${title.replaceAll('"', ' ')}"` })

/** Adds a link to a note's property of that word, which is made where there is none. */
export async function relate(from: NoteId, word: string, { title }: Named): Promise<void> {
  const vault = vaultClient()
  const { properties } = await vault.call('note', { id: from })
  const link = `[[${title}]]`
  const known = properties.find(({ key }) => relationWord(key) === word)
  await vault.call('editFacts', {
    id: from,
    edit: known
      ? { is: 'set', key: known.key, value: [...listOf(known.value), link] }
      : { is: 'add', key: word, value: [link] },
  })
}

const listOf = (value: PropertyValue): readonly PropertyValue[] =>
  Array.isArray(value) ? value : value === null || value === '' ? [] : [value]

/** The ground was read again and still carries it. */
export async function stillHolds(id: NoteId, pin: string): Promise<void> {
  const { personName } = useSession.getState().settings
  await vaultClient().call('reread', { id, pin, author: personName })
}
