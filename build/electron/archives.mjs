import { promisify } from 'node:util'
import zlib from 'node:zlib'

const inflateRaw = promisify(zlib.inflateRaw)

/**
 * The content of one file of a tar archive (ustar with short names, as npm makes them).
 * @param {Buffer} tar
 * @param {string} wanted
 * @returns {Buffer}
 */
export function tarMember(tar, wanted) {
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const name = tar.toString('latin1', at, at + 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8)
    if (!Number.isSafeInteger(size)) throw new Error('not a tar archive')
    if (name === wanted) return tar.subarray(at + 512, at + 512 + size)
    at += 512 + Math.ceil(size / 512) * 512
  }
  throw new Error(`no ${wanted} in the archive`)
}

/**
 * The entries of a zip archive, read from its central directory (no zip64: 4 GiB, 65,535 entries at most).
 * @param {Buffer} zip
 * @returns {Generator<{ name: string, mode: number, read: () => Promise<Buffer> }>} mode: the Unix one, 0 where unknown
 */
export function* zipEntries(zip) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0) throw new Error('not a zip archive')
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const method = zip.readUInt16LE(at + 10)
    const size = zip.readUInt32LE(at + 20)
    const nameLength = zip.readUInt16LE(at + 28)
    const mode = zip.readUInt32LE(at + 38) >>> 16
    const local = zip.readUInt32LE(at + 42)
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const read = () => {
      // the local header may have other lengths than the one in the directory
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const data = zip.subarray(start, start + size)
      if (method === 0) return Promise.resolve(data)
      if (method === 8) return inflateRaw(data)
      throw new Error(`${name}: compression method ${method} is not supported`)
    }
    yield { name, mode, read }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
}

/**
 * An asar archive of some small files: two length-prefixed headers, then the contents end to end.
 * https://github.com/electron/asar#format
 * @param {Record<string, string>} files name to text, all in one folder
 * @returns {Buffer}
 */
export function asar(files) {
  const contents = Object.entries(files).map(([name, text]) => ({ name, content: Buffer.from(text) }))
  let offset = 0
  /** @type {Record<string, { size: number, offset: string }>} */
  const entries = {}
  for (const { name, content } of contents) {
    entries[name] = { size: content.length, offset: String(offset) }
    offset += content.length
  }
  const json = Buffer.from(JSON.stringify({ files: entries }))
  const padded = Buffer.alloc(Math.ceil(json.length / 4) * 4)
  json.copy(padded)
  const sizes = Buffer.alloc(16)
  sizes.writeUInt32LE(4, 0) // payload of the first header: the size of the second
  sizes.writeUInt32LE(8 + padded.length, 4)
  sizes.writeUInt32LE(4 + padded.length, 8) // payload of the second header
  sizes.writeUInt32LE(json.length, 12)
  return Buffer.concat([sizes, padded, ...contents.map(({ content }) => content)])
}
