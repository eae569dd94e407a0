import type { NoteId } from '../../../../core/base/ids.ts'
import type { PropertyValue } from '../../../../core/note/note.ts'
import { vaultClient } from '../../../platform/clients.ts'
import { showToast } from '../../../state/notices.ts'
import { useSession } from '../../../state/session.ts'
import { attempt } from '../../note-actions/index.ts'
import { WORDS } from './words.ts'

/** Of the entry that the log of a commitment gets. */
const author = (): string => useSession.getState().settings.personName

/** Takes a property away, to be put back where it was. `at`: its place; null for tags and other names. */
export const removeFact = (id: NoteId, key: string, value: PropertyValue, at: number | null): void =>
  attempt(async () => {
    const vault = vaultClient()
    await vault.call('editFacts', { id, edit: { is: 'remove', key }, author: author() })
    showToast(WORDS.removed(key), async () => {
      await vaultClient().call('editFacts', { id, edit: { is: 'add', key, value }, author: author() })
      if (at !== null) await vaultClient().call('editFacts', { id, edit: { is: 'place', key, at } })
    })
  })
