import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { VaultId } from '../../core/base/ids.ts'
import { CallError } from '../../ipc/rpc.ts'
import { isOfWholeVault, OWN_FOLDER, RECEIPT_LOG, readLog, readReceipt } from '../files/receipt.ts'
import { scanFolder } from '../files/scan.ts'
import { sha256Of } from '../files/target.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import type { Lines } from './lines.ts'
import { LARGEST_NOTE } from './look.ts'
import { adopt, originOf } from './round.ts'
import type { Texts } from './texts.ts'

/** Files that the system leaves in any folder; a folder with nothing else is empty. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])
const BATCH_FILES = 200
const BATCH_BYTES = 1 << 20

type Parts = { readonly vaultId: VaultId; readonly vault: VaultCalls; readonly lines: Lines; readonly texts: Texts }

/** How a folder may be kept in step; fails with `folder-not-empty` for one that this vault has nothing to do with. */
export async function whatFolderIs(
  root: string,
  parts: Pick<Parts, 'vault' | 'vaultId'>,
): Promise<'empty' | 'ours' | 'source'> {
  const entries = (await readdir(root)).filter((name) => !LITTER.has(name))
  if (entries.length === 0) return 'empty'
  const receipt = await readReceipt(root)
  if (receipt?.vault === parts.vaultId && isOfWholeVault(receipt)) return 'ours'
  const { files } = await scanFolder(root)
  const notes = files.filter(({ kind }) => kind === 'note').length
  const ours = await parts.vault.call('importedFrom', { origin: originOf(root) })
  if (ours > 0 && ours * 2 >= notes) return 'source'
  throw new CallError(
    'folder-not-empty',
    'The folder is not empty, and this vault neither came from it nor was written to it. Choose another, or copy it in first.',
  )
}

/** The base to begin with: what the receipt says, or the files as the vault has just taken them in. */
export async function beginWith(root: string, is: 'empty' | 'ours' | 'source', parts: Parts): Promise<void> {
  if (is === 'ours') await fromReceipt(root, parts)
  if (is === 'source') await fromSource(root, parts)
  await parts.lines.save()
}

async function fromReceipt(root: string, parts: Parts): Promise<void> {
  const receipt = await readReceipt(root)
  if (!receipt) return
  // A note's line of an old version without an id: what its file is, a look at its path says. It is no attachment.
  const notes = receipt.notes.filter(({ id }) => id !== undefined)
  const known = new Map([...notes, ...receipt.attachments].map((line) => [line.path, line]))
  const log = await readFile(path.join(root, OWN_FOLDER, RECEIPT_LOG), 'utf8').catch(() => '')
  // Announced and written before a kill; what was only announced is as the receipt says.
  for (const line of readLog(log)) {
    const bytes = await readFile(path.join(root, line.path)).catch(() => null)
    if (bytes && sha256Of(bytes) === line.sha256) known.set(line.path, line)
  }
  const lines = [...known.values()].map(({ path: at, sha256, docHash = '', id = '' }) => ({
    path: at,
    sha256,
    docHash,
    id,
  }))
  await adopt(parts, root, lines)
}

/** Taken in once more, which changes nothing where it was taken in before (M8), and says which note each file is. */
async function fromSource(root: string, { vault, lines, texts }: Parts): Promise<void> {
  const { files, ids } = await scanFolder(root)
  const notes = files.filter(({ kind, size }) => kind === 'note' && size <= LARGEST_NOTE)
  let batch: { path: string; bytes: Uint8Array; updated: number; id?: string }[] = []
  let bytesIn = 0
  const send = async () => {
    if (batch.length === 0) return
    const replies = await vault.call('importFiles', { files: batch, origin: originOf(root) })
    const byPath = new Map(batch.map((file) => [file.path, file]))
    for (const { path: at, id } of replies) {
      const bytes = byPath.get(at)?.bytes
      if (!bytes) continue
      const sha256 = sha256Of(bytes)
      lines.set({ path: at, sha256, docHash: '', id, stamp: '', from: 'folder' })
      await texts.keep(sha256, bytes)
    }
    await lines.flush()
    batch = []
    bytesIn = 0
  }
  for (const file of notes) {
    if (batch.length >= BATCH_FILES || bytesIn + file.size > BATCH_BYTES) await send()
    const bytes = new Uint8Array(await readFile(path.join(root, file.path)))
    const id = Object.hasOwn(ids, file.path) ? ids[file.path] : undefined
    batch.push({ path: file.path, bytes, updated: file.modified, ...(id === undefined ? {} : { id }) })
    bytesIn += bytes.length
  }
  await send()
  await vault.call('importEnd', {})
  const stored = await vault.call('attachments', {})
  const there = new Set(files.map(({ path: at }) => at))
  for (const { path: at, sha256 } of stored) {
    const bytes = there.has(at) ? await readFile(path.join(root, at)) : null
    if (bytes && createHash('sha256').update(bytes).digest('hex') === sha256) {
      lines.set({ path: at, sha256, docHash: '', id: '', stamp: '', from: 'folder' })
    }
  }
}
