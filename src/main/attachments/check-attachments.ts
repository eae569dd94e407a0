import type { VaultId } from '../../core/base/ids.ts'
import { eachOf } from '../files/flow.ts'
import type { AttachmentStore, StoredFile } from './attachment-store.ts'

type Problem = { readonly code: string; readonly id: string; readonly text: string }

/** Compares every attachment of the catalog with its bytes on disk. `id` of a problem is the attachment's path. */
export async function checkAttachments(
  vault: VaultId,
  catalog: readonly (StoredFile & { readonly path: string })[],
  store: Pick<AttachmentStore, 'has' | 'verified'>,
): Promise<Problem[]> {
  const problems: Problem[] = []
  await eachOf(catalog, 4, async (file) => {
    const found = await store.verified(vault, file.sha256)
    if (found?.size === file.size) return
    const isThere = await store.has(vault, file)
    problems.push(
      isThere
        ? { code: 'attachment-changed', id: file.path, text: 'The file is not what it was when it was kept.' }
        : { code: 'attachment-missing', id: file.path, text: 'The file is missing from the vault.' },
    )
  })
  return problems
}
