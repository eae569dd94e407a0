import { vaultClient } from '../../platform/clients.ts'
import { showToast } from '../../state/notices.ts'
import { IMPORT_WORDS } from './import-words.ts'

/** Kinds that are kept beside the files go into them; it can be taken back among the large changes. */
export async function writeKinds(): Promise<void> {
  const vault = vaultClient()
  const { change, notes } = await vault.call('writeKinds', {})
  const undo = change === null ? null : async () => void (await vault.call('undoBigChange', { id: change }))
  showToast(IMPORT_WORDS.wroteKinds(notes), undo)
}
