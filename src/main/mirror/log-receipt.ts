import { appendFile } from 'node:fs/promises'
import path from 'node:path'
import { RECEIPT_LOG, type ReceiptLine } from '../files/receipt.ts'
import type { Target } from '../files/target.ts'
import type { Line, Lines } from './lines.ts'

export const receiptLine = ({ path: at, sha256, docHash, id }: Line): ReceiptLine => ({
  path: at,
  sha256,
  ...(docHash === '' ? {} : { docHash }),
  ...(id === '' ? {} : { id }),
})

/** Beside the receipt, which names every file and is written seldom, the lines that are newer (F1). */
export async function logReceipt(target: Target, lines: Lines): Promise<void> {
  const fresh = lines.takeFresh().filter((line) => line.path !== '')
  if (fresh.length === 0) return
  const rows = fresh.map((line) => `${JSON.stringify(receiptLine(line))}\n`).join('')
  await appendFile(path.join(await target.ownFolder(), RECEIPT_LOG), rows)
}
