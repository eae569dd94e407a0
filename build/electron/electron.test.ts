import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { asar, tarMember, zipEntries } from './archives.mjs'
import { ensureElectron } from './ensure.mjs'
import { checkPinned } from './fallback.mjs'
import { executableName } from './find.mjs'
import { FUSE_NAMES, readFuses, setFuses } from './fuses.mjs'

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const binary = (states: string, count = states.length) =>
  Buffer.concat([Buffer.from(`code${SENTINEL}`), Buffer.from([1, count]), Buffer.from(`${states}more`)])

/** A zip of one deflated and one stored file, by the book (APPNOTE 4.3). */
function zipOf(files: { name: string; text: string; deflate: boolean; mode: number }[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text, deflate, mode } of files) {
    const data = deflate ? zlib.deflateRawSync(text) : Buffer.from(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    local.writeUInt16LE(5, 28) // an extra field that only the local header has
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(deflate ? 8 : 0, 10)
    central.writeUInt32LE(data.length, 20)
    central.writeUInt16LE(Buffer.byteLength(name), 28)
    central.writeUInt32LE((mode << 16) >>> 0, 38)
    central.writeUInt32LE(offset, 42)
    directory.push(central, Buffer.from(name))
    const entry = Buffer.concat([local, Buffer.from(name), Buffer.alloc(5), data])
    parts.push(entry)
    offset += entry.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, ...directory, end])
}

describe('archives', () => {
  it('reads a file out of a tar', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tar-'))
    try {
      writeFileSync(path.join(folder, 'a.txt'), 'a'.repeat(700))
      writeFileSync(path.join(folder, 'b.txt'), 'second')
      const tar = execFileSync('tar', ['--format=ustar', '-cf', '-', 'a.txt', 'b.txt'], { cwd: folder })
      expect(tarMember(tar, 'b.txt').toString()).toBe('second')
      expect(() => tarMember(tar, 'c.txt')).toThrow('no c.txt')
    } finally {
      rmSync(folder, { recursive: true })
    }
    expect(() => tarMember(Buffer.alloc(1024, 'x'), 'a')).toThrow('not a tar')
  })

  it('reads a zip: deflated, stored, with their modes', async () => {
    const zip = zipOf([
      { name: 'bin/run', text: 'x'.repeat(1000), deflate: true, mode: 0o100755 },
      { name: 'näme', text: 'plain', deflate: false, mode: 0o100644 },
    ])
    const found = []
    for (const { name, mode, read } of zipEntries(zip)) found.push([name, mode, (await read()).toString()])
    expect(found).toEqual([
      ['bin/run', 0o100755, 'x'.repeat(1000)],
      ['näme', 0o100644, 'plain'],
    ])
    expect(() => [...zipEntries(Buffer.from('nothing'))]).toThrow('not a zip')
  })

  it('writes an asar whose header says where each file lies', () => {
    const archive = asar({ 'a.js': 'let a', 'ü.json': '{}' })
    const length = archive.readUInt32LE(12)
    const { files } = JSON.parse(archive.toString('utf8', 16, 16 + length))
    const start = 8 + archive.readUInt32LE(4)
    for (const [name, text] of [
      ['a.js', 'let a'],
      ['ü.json', '{}'],
    ] as const) {
      const { size, offset } = files[name]
      expect(archive.toString('utf8', start + Number(offset), start + Number(offset) + size)).toBe(text)
    }
  })
})

describe('fuses', () => {
  const all = (on: boolean) => Object.fromEntries(FUSE_NAMES.map((name) => [name, on])) as Record<string, boolean>

  it('sets and reads them where they lie', () => {
    const buffer = binary('01010101')
    expect(readFuses(buffer)).toMatchObject({ RunAsNode: false, EnableCookieEncryption: true })
    setFuses(buffer, { ...readFuses(buffer), RunAsNode: true, GrantFileProtocolExtraPrivileges: false })
    expect(buffer.toString()).toBe(`code${SENTINEL}\x01\x0811010100more`)
    setFuses(buffer, all(true) as ReturnType<typeof readFuses>)
    expect(readFuses(buffer)).toEqual(all(true))
  })

  it('touches nothing that it does not know', () => {
    expect(() => readFuses(Buffer.from('no sentinel'))).toThrow('no fuses')
    expect(() => readFuses(Buffer.concat([binary('01010101'), binary('01010101')]))).toThrow('two sets')
    expect(() => readFuses(binary('0101', 4))).toThrow('not known')
  })
})

describe('the fallback', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('is refused unless it is the pinned file', () => {
    expect(() => checkPinned(Buffer.from('another'))).toThrow('is not the file that was pinned')
  })

  it('is refused for a release, also where somebody names its folder', async () => {
    const cache = mkdtempSync(path.join(os.tmpdir(), 'cache-'))
    try {
      vi.stubEnv('XDG_CACHE_HOME', cache)
      vi.resetModules()
      const { fallbackDist } = await import('./fallback.mjs')
      const { ensureElectron } = await import('./ensure.mjs')
      mkdirSync(fallbackDist, { recursive: true })
      writeFileSync(path.join(fallbackDist, executableName()), '', { mode: 0o755 })
      vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', fallbackDist)
      expect((await ensureElectron()).source).toBe('fallback')
      vi.stubEnv('ELECTRON_FALLBACK', '0')
      await expect(ensureElectron()).rejects.toThrow('a release is never built with the fallback')
    } finally {
      rmSync(cache, { recursive: true })
    }
  })

  it('is not reached for where somebody names a folder without a runtime', async () => {
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', os.tmpdir())
    await expect(ensureElectron()).rejects.toThrow('ELECTRON_OVERRIDE_DIST_PATH')
  })
})
