import type { NoteId } from '../../core/base/ids.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import type { VaultNow } from './decide.ts'

type Of = { readonly ids: NoteId[]; readonly paths: string[]; readonly attachments: boolean }

/** The vault as it is; of some notes only where they are named. */
export async function vaultNow(vault: VaultCalls, of?: Of): Promise<VaultNow> {
  if (of && of.ids.length + of.paths.length === 0 && !of.attachments) {
    return { notes: new Map(), attachments: new Map() }
  }
  const plan = await vault.call('exportPlan', of ? { of } : {})
  return {
    notes: new Map(plan.notes.map((note) => [note.id, note])),
    attachments: new Map(plan.attachments.map((file) => [file.path, file])),
  }
}
