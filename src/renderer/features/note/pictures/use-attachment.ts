import type { NoteId } from '../../../../core/base/ids.ts'
import type { Output } from '../../../../ipc/rpc.ts'
import type { vaultContract } from '../../../../ipc/vault-contract.ts'
import { useVault, useVaultList } from '../../../platform/use-live.ts'
import { useSession } from '../../../state/session.ts'

export type Attachment = NonNullable<Output<typeof vaultContract, 'resolveAttachment'>>

/**
 * The file that a note means by a path. A file that is there is not asked for again while somebody types; one that
 * is missing may come with the next change. `isKnown` is false before the first answer.
 */
export function useAttachment(from: NoteId, path: string | null): { isKnown: boolean; data: Attachment | null } {
  const key = path && `attachment:${from}:${path}`
  const first = useVaultList(key, async (vault) => ({
    file: await vault.call('resolveAttachment', { noteId: from, target: path ?? '' }),
  }))
  const isMissing = first.data !== null && first.data.file === null
  const again = useVault(isMissing ? key : null, async (vault) => ({
    file: await vault.call('resolveAttachment', { noteId: from, target: path ?? '' }),
  }))
  return { isKnown: first.data !== null || first.failed !== null, data: again.data?.file ?? first.data?.file ?? null }
}

/** Where a window finds the bytes of a picture; null while no vault is open. */
export function useAttachmentUrl(sha256: string | null, type: string | null): string | null {
  const vault = useSession(({ vault }) => vault?.id ?? null)
  if (!vault || !sha256 || !type) return null
  return `attachment://${vault}/${sha256}?type=${encodeURIComponent(type)}`
}
