import { type VaultClient, vaultClient } from '../../platform/clients.ts'
import { showToast } from '../../state/notices.ts'
import { WORDS } from './words.ts'

type Calls = Pick<VaultClient, 'call'>

/** Takes a big change back, says what became of it, and offers to take that back too. */
export async function takeBack(id: string): Promise<void> {
  const vault = vaultClient()
  const made = await watchChanges(vault)
  const answer = await vault.call('undoBigChange', { id })
  showToast(WORDS.tookBack(answer), undoOf(await made()))
}

/**
 * Asked before something that touches many notes: what it answers is called afterwards, and gives the id of the big
 * change that was made meanwhile, or null. A list that cannot be read costs the undo, never the action.
 */
export async function watchChanges(vault: Calls): Promise<() => Promise<string | null>> {
  const list = () => vault.call('bigChanges', {}).catch(() => null)
  const before = await list()
  const known = new Set(before?.map(({ id }) => id))
  return async () => {
    const after = before && (await list())
    return after?.find(({ id, undone }) => !known.has(id) && !undone)?.id ?? null
  }
}

/** The undo of a toast. */
export const undoOf = (change: string | null): (() => Promise<void>) | null =>
  change === null ? null : () => takeBack(change)
