import { counted } from '../../core/base/counted.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import type { Manifest } from './manifest.ts'

export type Compared = {
  /** Living notes that the vault has. */
  readonly notes: number
  /** Every note, trashed note and attachment of the archive is there, and as it was. */
  readonly verified: boolean
  /** Notes that did not come back, or came back as something else. */
  readonly different: number
  /** Attachments that notes may name and that neither the archive nor this computer has. */
  readonly missing: number
  /** The same in sentences without text of notes. */
  readonly problems: readonly string[]
}

/** Compares an opened vault with the archive that it was restored from, note by note by docHash. */
export async function compareRestored(
  vault: VaultCalls,
  { notes, attachments }: Manifest,
  missingFiles: readonly string[],
  signal: AbortSignal,
): Promise<Compared> {
  // Heads come out of the journal with hashes that nobody trusts before they were computed again.
  await vault.call('whenIndexed', {})
  signal.throwIfAborted()
  const plan = await vault.call('exportPlan', {})
  const trash = await vault.call('notes', { trashed: true })
  const living = new Map(plan.notes.map((note) => [note.id as string, note.docHash]))
  const trashed = new Set(trash.map((note) => note.id as string))
  let lost = 0
  let other = 0
  for (const { id, trashed: wasTrashed, docHash } of notes) {
    const isThere = wasTrashed ? trashed.has(id) : living.has(id)
    if (!isThere) lost++
    else if (!wasTrashed && docHash !== '' && living.get(id) !== docHash) other++
  }
  const known = new Set(plan.attachments.map(({ sha256 }) => sha256))
  const isMissing = new Set(missingFiles)
  const missing = attachments.filter(({ sha256 }) => isMissing.has(sha256) && known.has(sha256)).length
  const problems = [
    ...(lost > 0 ? [`${counted(lost, 'note')} of the archive did not come back.`] : []),
    ...(other > 0 ? [`${counted(other, 'note')} came back different from what the archive says.`] : []),
    ...(missing > 0 ? [`Neither the archive nor this computer has ${counted(missing, 'attachment')}.`] : []),
  ]
  return { notes: plan.notes.length, verified: problems.length === 0, different: lost + other, missing, problems }
}
