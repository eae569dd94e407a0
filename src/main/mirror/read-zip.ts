import { createHash } from 'node:crypto'
import { open as openZip, type ZipFile } from 'yauzl'

/** sha256 of every file of a zip, by name, read whole. Rejects where any of it cannot be read. */
export async function readZip(file: string): Promise<Map<string, string>> {
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    openZip(file, { lazyEntries: true, autoClose: false }, (error, opened) =>
      opened ? resolve(opened) : reject(error),
    ),
  )
  const hashes = new Map<string, string>()
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('error', reject)
      zip.on('end', resolve)
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, (error, stream) => {
          if (!stream) return reject(error)
          const hash = createHash('sha256')
          stream.on('data', (chunk: Buffer) => hash.update(chunk))
          stream.on('error', reject)
          stream.on('end', () => {
            hashes.set(entry.fileName, hash.digest('hex'))
            zip.readEntry()
          })
        })
      })
      zip.readEntry()
    })
  } finally {
    zip.close()
  }
  return hashes
}
