import { randomUUID } from 'node:crypto'
import type { Disposer } from '../core/base/disposable.ts'
import type { VaultId } from '../core/base/ids.ts'
import { collectAttachments } from './attachments/collect.ts'
import { errorCode } from './log.ts'
import type { Services } from './services.ts'
import { emptyByAge } from './trash/empty-by-age.ts'

/** After the start, when nobody waits for anything any more, ms. */
const FIRST = 10 * 60_000
const EACH = 60 * 60_000
/** Every note is looked through for the names of files: a second or two of work, in the vault's host. */
const FILES_EACH = 24 * EACH

type Parts = Pick<
  Services,
  'registry' | 'hosts' | 'settings' | 'keepers' | 'backups' | 'attachments' | 'profile' | 'log'
>

/**
 * What is done every hour for the vaults that are open: the trash by age, files that nothing names. The rules stand
 * in trash/README.md and attachments/README.md.
 */
export function startUpkeep(parts: Parts): Disposer {
  const { registry, hosts, log } = parts
  const run = randomUUID()
  const seenTrash = new Set<VaultId>()
  const sawFiles = new Map<VaultId, number>()
  let isBusy = false

  const keepUp = async (id: VaultId) => {
    const host = hosts.get(id)
    if (!host) return
    const folder = parts.profile.vaultFolder(id)
    const vault = host.repeatable
    const now = Date.now()
    const days = parts.settings.settings.emptyTrashAfter
    const isFirstOfRun = !seenTrash.has(id)
    const gone = await emptyByAge({ vaultId: id, folder, vault, days, now, isFirstOfRun })
    if (days !== null) seenTrash.add(id)
    if (gone > 0) log.info('trash.emptied', { vault: id, notes: gone })

    if (performance.now() - (sawFiles.get(id) ?? Number.NEGATIVE_INFINITY) < FILES_EACH) return
    sawFiles.set(id, performance.now())
    const files = await collectAttachments({
      vaultId: id,
      folder,
      vault,
      store: parts.attachments,
      namedElsewhere: async () => [
        ...(await parts.keepers.open(id).versions.attachmentsNamed()),
        ...(await parts.backups.attachmentsNamed(id)),
      ],
      now,
      run,
    })
    if (files.length > 0) log.info('attachments.collected', { vault: id, files: files.length })
  }
  const keepAllUp = async () => {
    if (isBusy) return
    isBusy = true
    for (const { id } of registry.list()) {
      // What fails is tried again in an hour: nothing was lost by it.
      await keepUp(id).catch((error: unknown) => log.warn('upkeep.failed', { vault: id, code: errorCode(error) }))
    }
    isBusy = false
  }
  const first = setTimeout(() => void keepAllUp(), FIRST)
  const each = setInterval(() => void keepAllUp(), EACH)
  return () => {
    clearTimeout(first)
    clearInterval(each)
  }
}
