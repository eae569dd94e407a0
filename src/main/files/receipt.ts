import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { vaultIdShape } from '../../ipc/shapes.ts'

/** The folder of an export that holds what Markdown cannot say. */
export const OWN_FOLDER = '.throughline'
export const RECEIPT = 'receipt.json'
/** Lines of files that a running export is about to write; it becomes the receipt when the export is done. */
export const RECEIPT_LOG = 'receipt.log'

const problemShape = z.object({ path: z.string(), reason: z.string() })
const lineShape = z.object({
  path: z.string(),
  sha256: z.string(),
  /** Of a note: what it was written from. */
  docHash: z.string().optional(),
  id: z.string().optional(),
})
export type ReceiptLine = z.infer<typeof lineShape>

export const receiptShape = z.object({
  format: z.literal(1),
  /** The version that wrote it: another one may write other bytes for the same note. */
  version: z.string(),
  vault: vaultIdShape,
  at: z.string(),
  complete: z.boolean(),
  notes: z.array(lineShape),
  attachments: z.array(lineShape),
  leftAlone: z.array(problemShape),
  problems: z.array(problemShape),
})
export type Receipt = z.infer<typeof receiptShape>

/**
 * What we know to have written, by path: the newest line, and every hash that the file may have of us. A killed
 * export leaves two: of the file that it was about to replace, and of the one it had announced.
 */
export type Written = ReadonlyMap<string, { readonly line: ReceiptLine; readonly hashes: ReadonlySet<string> }>

export function writtenBefore(lines: readonly ReceiptLine[]): Written {
  const written = new Map<string, { line: ReceiptLine; hashes: Set<string> }>()
  for (const line of lines) {
    const hashes = written.get(line.path)?.hashes ?? new Set()
    written.set(line.path, { line, hashes: hashes.add(line.sha256) })
  }
  return written
}

/** Null where there is no receipt, or none that can be read: then nothing in the folder counts as ours. */
export async function readReceipt(root: string): Promise<Receipt | null> {
  try {
    return receiptShape.parse(JSON.parse(await readFile(path.join(root, OWN_FOLDER, RECEIPT), 'utf8')))
  } catch {
    return null
  }
}

/** The last line may be half written; it and anything else unreadable is dropped. */
export function readLog(text: string): ReceiptLine[] {
  const lines: ReceiptLine[] = []
  for (const line of text.split('\n')) {
    try {
      lines.push(lineShape.parse(JSON.parse(line)))
    } catch {
      // half a line, at the end of a log whose writer was killed
    }
  }
  return lines
}
