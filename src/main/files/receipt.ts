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
  links: z.number().optional(),
  blockIds: z.number().optional(),
  /** Bytes, and the file's time in ms, as they were when the file was last compared with `sha256`. */
  size: z.number().optional(),
  modified: z.number().optional(),
})
export type ReceiptLine = z.infer<typeof lineShape>

const totalsShape = z.object({
  notes: z.number(),
  attachments: z.number(),
  links: z.number(),
  /** Links to notes that are not written yet; null where that was not known. */
  unresolved: z.number().nullable(),
  blockIds: z.number(),
  bytes: z.number(),
  /** Files that were compared with their lines, and those that were the same. */
  compared: z.object({ files: z.number(), same: z.number() }),
})
const hiddenShape = z.object({ versions: z.number(), pins: z.number(), trails: z.number() })

export const receiptShape = z.object({
  format: z.literal(1),
  /** The version that wrote it: another one may write other bytes for the same note. */
  version: z.string(),
  vault: vaultIdShape,
  /** What of the vault is here: `vault` (all of it), `folder:ID`, `note:ID`, `linked:ID`, `search:QUERY`. */
  scope: z.string().default('vault'),
  at: z.string(),
  /** Every file below was read from the disk again and is as its line says. */
  complete: z.boolean(),
  totals: totalsShape.optional(),
  /** What no file here holds (versions), and what other tools do not show (pins and trails, in this folder). */
  hidden: hiddenShape.optional(),
  /** Paths of the vault that are called otherwise here, because the target could not hold them or `portable` was asked. */
  renamed: z.array(z.object({ path: z.string(), name: z.string() })).default([]),
  notes: z.array(lineShape),
  attachments: z.array(lineShape),
  leftAlone: z.array(problemShape),
  problems: z.array(problemShape),
})
export type Receipt = z.infer<typeof receiptShape>

/** Whether the folder is a copy of a whole vault, not of some of its notes. */
export const isOfWholeVault = ({ scope }: Receipt): boolean => scope === 'vault'

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
