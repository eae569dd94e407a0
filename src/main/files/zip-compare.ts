import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl'
import { BufferedReader } from '../backups/buffered-reader.ts'
import { OWN_FOLDER, RECEIPT, type Receipt, receiptShape } from './receipt.ts'

const RECEIPT_ENTRY = `${OWN_FOLDER}/${RECEIPT}`

export type CompareOptions = {
  readonly signal: AbortSignal
  readonly onProgress: (same: number, files: number) => void
}

/**
 * Reads a zip that was just written: its receipt, then every file that the receipt names, compared by hash. Files
 * of `.throughline/` are only asked for. `same` is smaller than `files` where anything is missing, different or
 * there without a line; null where it was stopped. Never throws for a zip that is broken: then nothing is the same.
 */
export async function compareZip(
  file: string,
  sidecar: readonly string[],
  { signal, onProgress }: CompareOptions,
): Promise<{ files: number; same: number } | null> {
  const handle = await open(file, 'r')
  try {
    const reader = new BufferedReader(handle)
    const zip = await fromRandomAccessReaderPromise(reader, (await handle.stat()).size, {
      autoClose: false,
      decodeStrings: true,
      strictFileNames: true,
      validateEntrySizes: true,
    })
    const entries = new Map<string, Entry>()
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
    const receipt = await readReceiptOf(zip, entries.get(RECEIPT_ENTRY))
    const lines = new Map([...receipt.notes, ...receipt.attachments].map((line) => [line.path, line]))
    const own = [RECEIPT_ENTRY, ...sidecar.map((name) => `${OWN_FOLDER}/${name}`)]
    const isWhole = own.every((name) => entries.has(name)) && entries.size === lines.size + own.length
    let same = 0
    // In the order in which they lie in the file.
    for (const [name, entry] of entries) {
      if (signal.aborted) return null
      const line = lines.get(name)
      if (!line) continue
      const hash = createHash('sha256')
      for await (const piece of await zip.openReadStreamPromise(entry)) hash.update(piece as Buffer)
      if (hash.digest('hex') === line.sha256) onProgress(++same, lines.size)
    }
    return { files: lines.size, same: isWhole ? same : Math.min(same, lines.size - 1) }
  } catch {
    return { files: 0, same: -1 }
  } finally {
    await handle.close()
  }
}

async function readReceiptOf(zip: ZipFile, entry: Entry | undefined): Promise<Receipt> {
  if (!entry) throw new Error('no receipt')
  const pieces: Buffer[] = []
  for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer)
  return receiptShape.parse(JSON.parse(Buffer.concat(pieces).toString('utf8')))
}
