import type { NoteId } from '../../core/base/ids.ts'
import type { Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import { foresee, type Live, useVault, useVaultList } from './use-live.ts'

export type NoteDetails = Output<typeof vaultContract, 'note'>
export type VaultFacts = Output<typeof vaultContract, 'info'>
export type FolderRow = Output<typeof vaultContract, 'folders'>[number]

const MINUTE = 60_000

/**
 * One note's row and facts; `failed` is 'not-found' for a note that is gone. `updated` is that of the last whole
 * minute: it is shown as a day, and would draw all that stands around a text anew while somebody writes in it.
 */
export const useNote = (id: NoteId | null): Live<NoteDetails> =>
  useVault(id && `note:${id}`, async (vault) => {
    const note = await vault.call('note', { id: id as NoteId })
    return { ...note, updated: note.updated - (note.updated % MINUTE) }
  })

/** Asks for the row of a note that is about to be shown, so that its head does not come after its text. */
export const foreseeNote = (id: NoteId): void => foresee((vault) => vault.call('note', { id }))

export const useVaultFacts = (): Live<VaultFacts> => useVaultList('info', (vault) => vault.call('info', {}))

export const useFolders = (): Live<FolderRow[]> => useVaultList('folders', (vault) => vault.call('folders', {}))
