import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { VaultId } from '../../core/base/ids.ts'
import { RECEIPT, RECEIPT_LOG, type Receipt } from '../files/receipt.ts'
import { Target } from '../files/target.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import { writeAtomic } from '../store/atomic.ts'
import type { Lines } from './lines.ts'
import { receiptLine } from './log-receipt.ts'
import { isThere } from './round.ts'

type Parts = {
  readonly folder: string
  readonly forbidden: string
  readonly vaultId: VaultId
  readonly version: string
  readonly vault: VaultCalls
  readonly lines: Lines
}

const SIDECAR_NAME = /^[a-z0-9][a-z0-9-]*\.json$/

/**
 * The receipt of the folder as a mirror left it, so that an export there goes on from it (M10), and the sidecar.
 * Answers the ids of all living notes; null where the folder is not there.
 */
export async function saveReceipt(parts: Parts): Promise<ReadonlySet<string> | null> {
  const { folder, forbidden, vaultId, version, vault, lines } = parts
  // Made anew, a folder that is away for a while would pass for one that was emptied (F9).
  if (!(await isThere(folder))) {
    await lines.save()
    return null
  }
  const target = await Target.open(folder, forbidden)
  const own = await target.ownFolder()
  const plan = await vault.call('exportPlan', {})
  const all = lines.all().filter((line) => line.path !== '')
  const receipt: Receipt = {
    format: 1,
    version,
    vault: vaultId,
    scope: 'vault',
    at: new Date().toISOString(),
    complete: true,
    renamed: [],
    notes: all.filter(({ id }) => id !== '').map(receiptLine),
    attachments: all.filter(({ id }) => id === '').map(receiptLine),
    leftAlone: [],
    problems: [],
  }
  for (const [name, content] of Object.entries(plan.sidecar)) {
    if (SIDECAR_NAME.test(name) && name !== RECEIPT) await writeAtomic(path.join(own, name), content, 0o644)
  }
  await writeAtomic(path.join(own, RECEIPT), `${JSON.stringify(receipt, null, 1)}\n`, 0o644)
  await rm(path.join(own, RECEIPT_LOG), { force: true })
  await lines.save()
  return new Set(plan.notes.map(({ id }) => id))
}
