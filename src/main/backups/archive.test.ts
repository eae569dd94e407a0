import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { type ArchiveDisk, archiveDisk } from './archive-disk.ts'
import { ArchiveReader } from './archive-reader.ts'
import { type EntrySource, writeArchive } from './archive-writer.ts'
import type { EntryFacts, Manifest } from './manifest.ts'

const folder = temporaryFolders()
const never = new AbortController().signal

async function* from(entries: readonly EntrySource[]): AsyncGenerator<EntrySource> {
  yield* entries
}
const manifestOf = (entries: Record<string, EntryFacts>): Manifest => ({
  format: 1,
  app: '0.0.0',
  vault: { id: 'vaultvault', name: 'Notes' },
  at: 1,
  journal: { last: 3 },
  counts: { notes: 1, trashed: 0, versions: 0, attachments: 0 },
  notes: [{ id: 'a', trashed: false, path: 'a.md', docHash: 'h' }],
  attachments: [],
  entries,
})
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function sources(base: string): { entries: EntrySource[]; contents: Map<string, Uint8Array> } {
  const contents = new Map<string, Uint8Array>()
  const picture = randomBytes(70_000)
  const snapshot = randomBytes(200_000)
  contents.set('markdown/a.md', Buffer.from('# Words\n'.repeat(400)))
  contents.set('markdown/Essays/Ünïcode ☃.md', Buffer.from('x'))
  contents.set('markdown/empty.md', new Uint8Array())
  contents.set('markdown/.throughline/ids.json', Buffer.from('{}'))
  contents.set('journal.snapshot', snapshot)
  contents.set('versions/abcdefghijklmnopqrstu.versions', randomBytes(50))
  contents.set(`files/${sha256(picture)}`, picture)
  const file = path.join(base, 'snapshot')
  writeFileSync(file, snapshot)
  const entries = [...contents].map(
    ([name, bytes]): EntrySource =>
      name === 'journal.snapshot' ? { name, file, size: bytes.length } : { name, bytes },
  )
  return { entries, contents }
}

const write = (file: string, entries: readonly EntrySource[], disk?: ArchiveDisk, signal = never) =>
  writeArchive({
    file,
    at: 1_700_000_000_000,
    entries: from(entries),
    manifest: manifestOf,
    signal,
    ...(disk ? { disk } : {}),
  })

async function verify(file: string): Promise<void> {
  const reader = await ArchiveReader.open(file)
  try {
    await reader.verify({ signal: never })
  } finally {
    await reader.close()
  }
}

test('what goes in comes out, and the file is this user’s alone', async () => {
  const base = folder()
  const file = path.join(base, 'out', 'a.throughline')
  const { entries, contents } = sources(base)
  const { bytes } = await write(file, entries)
  expect(statSync(file).size).toBe(bytes)
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(path.dirname(file))).toEqual(['a.throughline'])
  const reader = await ArchiveReader.open(file)
  expect(new Set(reader.names(''))).toEqual(new Set([...contents.keys(), 'manifest.json']))
  for (const [name, content] of contents)
    expect([name, sha256(await reader.read(name))]).toEqual([name, sha256(content)])
  await reader.unpack('journal.snapshot', path.join(base, 'unpacked'))
  expect(sha256(readFileSync(path.join(base, 'unpacked')))).toBe(
    sha256(contents.get('journal.snapshot') ?? Buffer.of()),
  )
  await expect(reader.unpack('journal.snapshot', path.join(base, 'unpacked'))).rejects.toMatchObject({ code: 'EEXIST' })
  await expect(reader.read('manifest.json')).rejects.toMatchObject({ code: 'not-found' })
  await reader.close()
})

test('thousands of entries, and entries larger than what is read whole', async () => {
  const base = folder()
  const file = path.join(base, 'a.throughline')
  const large = Buffer.alloc(17 << 20, 'some words that repeat, and ')
  const many = Array.from({ length: 3000 }, (_, i) => ({ name: `markdown/${i}.md`, bytes: Buffer.from(`note ${i}`) }))
  const kept = path.join(base, 'large')
  writeFileSync(kept, large)
  await write(file, [
    ...many,
    { name: 'markdown/large.md', bytes: large },
    { name: 'journal.snapshot', file: kept, size: large.length },
  ])
  const reader = await ArchiveReader.open(file)
  expect(sha256(await reader.read('markdown/large.md'))).toBe(sha256(large))
  await reader.unpack('journal.snapshot', path.join(base, 'out'))
  expect(sha256(readFileSync(path.join(base, 'out')))).toBe(sha256(large))
  await reader.close()
})

test('F5: damage in any entry, one after the other, is found', async () => {
  const base = folder()
  const file = path.join(base, 'a.throughline')
  const { entries } = sources(base)
  await write(file, entries)
  const whole = readFileSync(file)
  // Every local header starts like this; its content follows behind the name.
  const starts: number[] = []
  for (
    let at = whole.indexOf('PK\u0003\u0004', 0, 'latin1');
    at >= 0;
    at = whole.indexOf('PK\u0003\u0004', at + 4, 'latin1')
  ) {
    starts.push(at)
  }
  expect(starts.length).toBe(entries.length + 1)
  let damages = 0
  for (const start of starts) {
    const content = start + 30 + whole.readUInt16LE(start + 26) + whole.readUInt16LE(start + 28)
    const nameEnd = start + 30
    for (const at of [nameEnd, content, content + 1]) {
      const next = starts.find((other) => other > start) ?? whole.length
      if (at >= next) continue
      const bytes = Buffer.from(whole)
      // Names and content; an entry without content has its sizes here instead, which nobody reads.
      if (at >= content && bytes.readUInt32LE(at - (at - content)) === 0x08074b50) continue
      bytes[at] = (bytes[at] ?? 0) ^ 0x55
      writeFileSync(file, bytes)
      await expect(verify(file), `byte ${at} of the entry at ${start}`).rejects.toMatchObject({ code: 'damaged' })
      damages++
    }
  }
  expect(damages).toBeGreaterThan(18)
})

test('F1: wherever a file was cut off, it is damaged or no archive, and never read in part', async () => {
  const base = folder()
  const file = path.join(base, 'a.throughline')
  await write(file, sources(base).entries)
  const whole = readFileSync(file)
  for (let i = 0; i < 60; i++) {
    writeFileSync(file, whole.subarray(0, Math.floor((whole.length * i) / 60)))
    await expect(verify(file)).rejects.toMatchObject({ code: i === 0 ? 'not-an-archive' : 'damaged' })
  }
  for (let cut = 1; cut < 100; cut++) {
    writeFileSync(file, whole.subarray(0, whole.length - cut))
    await expect(verify(file)).rejects.toMatchObject({ code: 'damaged' })
  }
})

test('F6: an abort leaves nothing, and the former archive as it was', async () => {
  const base = folder()
  const file = path.join(base, 'b', 'a.throughline')
  const { entries } = sources(base)
  await write(file, entries)
  const former = sha256(readFileSync(file))
  for (let after = 0; after <= entries.length; after++) {
    const abort = new AbortController()
    async function* stopping() {
      for (const [i, entry] of entries.entries()) {
        if (i === after) abort.abort()
        yield entry
      }
      abort.abort()
    }
    const running = writeArchive({ file, at: 1, entries: stopping(), manifest: manifestOf, signal: abort.signal })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(path.dirname(file))).toEqual(['a.throughline'])
    expect(sha256(readFileSync(file))).toBe(former)
  }
})

/** Takes `room` bytes, then fails as a full disk does. */
function filling(file: string, room: number, code: string): Writable {
  const real = createWriteStream(file, { flags: 'wx' })
  let left = room
  const limited = new Writable({
    write(chunk: Buffer, _encoding, done) {
      left -= chunk.length
      if (left < 0) done(Object.assign(new Error(code), { code }))
      else real.write(chunk, done)
    },
    final: (done) => void real.end(done),
    destroy: (error, done) => {
      real.destroy()
      done(error)
    },
  })
  return limited
}

test('F6: a disk that fills up, or fails: said in words, the temporary file is gone, the former archive whole', async () => {
  const base = folder()
  const file = path.join(base, 'b', 'a.throughline')
  const { entries } = sources(base)
  const { bytes } = await write(file, entries)
  const former = sha256(readFileSync(file))
  const check = async (disk: ArchiveDisk, code: string) => {
    await expect(write(file, entries, disk)).rejects.toMatchObject({ name: 'CallError', code })
    expect(readdirSync(path.dirname(file))).toEqual(['a.throughline'])
    expect(sha256(readFileSync(file))).toBe(former)
  }
  const fail = (code: string) => async () => {
    throw Object.assign(new Error(code), { code })
  }
  for (const room of [0, 1, 100, 1000, 100_000, bytes - 1]) {
    await check({ ...archiveDisk, write: (temporary) => filling(temporary, room, 'ENOSPC') }, 'disk-full')
  }
  await check({ ...archiveDisk, write: (temporary) => filling(temporary, 5000, 'EIO') }, 'disk-broken')
  await check({ ...archiveDisk, write: (temporary) => filling(temporary, 0, 'EROFS') }, 'read-only')
  await check({ ...archiveDisk, sync: fail('ENOSPC') }, 'disk-full')
  await check({ ...archiveDisk, rename: fail('EACCES') }, 'read-only')
})

test('F6: a disk that keeps something else than it was given is found before the former archive is replaced', async () => {
  const base = folder()
  const file = path.join(base, 'b', 'a.throughline')
  const { entries } = sources(base)
  await write(file, entries)
  const former = sha256(readFileSync(file))
  const lying: ArchiveDisk = {
    ...archiveDisk,
    sync: async (temporary) => {
      const bytes = readFileSync(temporary)
      const at = Math.floor(bytes.length / 2)
      bytes[at] = (bytes[at] ?? 0) ^ 1
      writeFileSync(temporary, bytes)
    },
  }
  await expect(write(file, entries, lying)).rejects.toMatchObject({ code: 'damaged' })
  expect(sha256(readFileSync(file))).toBe(former)
})

test('F6: killed at any step: what lies under the name is the former archive or the new one, both whole', async () => {
  const base = folder()
  const { entries } = sources(base)
  const steps = ['write', 'sync', 'before-rename', 'after-rename', 'sync-folder'] as const
  for (const step of steps) {
    const file = path.join(base, step, 'a.throughline')
    await write(file, entries)
    const former = sha256(readFileSync(file))
    let isDead = false
    const die = () => {
      isDead = true
      throw new Error('killed')
    }
    const at = (now: (typeof steps)[number]) => {
      if (isDead || now === step) die()
    }
    const disk: ArchiveDisk = {
      write: (temporary) => {
        const stream = archiveDisk.write(temporary)
        if (step !== 'write') return stream
        const dying = new PassThrough()
        let seen = 0
        dying.on('data', (chunk: Buffer) => {
          seen += chunk.length
          if (seen < 2000) stream.write(chunk)
          else if (!isDead) {
            isDead = true
            dying.destroy(new Error('killed'))
          }
        })
        return dying
      },
      sync: async (temporary) => {
        at('sync')
        await archiveDisk.sync(temporary)
      },
      rename: async (a, b) => {
        at('before-rename')
        await archiveDisk.rename(a, b)
        at('after-rename')
      },
      syncFolder: async () => at('sync-folder'),
      // nobody tidies up after a kill
      remove: async (temporary) => (isDead ? undefined : archiveDisk.remove(temporary)),
    }
    const other = [...entries, { name: 'markdown/new.md', bytes: Buffer.from('new') }]
    await expect(write(file, other, disk)).rejects.toThrow()
    expect(isDead).toBe(true)
    await verify(file)
    const isNew = step === 'after-rename' || step === 'sync-folder'
    expect([step, sha256(readFileSync(file)) !== former]).toEqual([step, isNew])
  }
})

test('what is no file, or not there, is said', async () => {
  const base = folder()
  mkdirSync(path.join(base, 'dir'))
  writeFileSync(path.join(base, 'text'), 'some text that is longer than four bytes')
  await expect(ArchiveReader.open(path.join(base, 'none'))).rejects.toMatchObject({ code: 'no-file' })
  await expect(ArchiveReader.open(path.join(base, 'dir'))).rejects.toMatchObject({ code: 'not-an-archive' })
  await expect(ArchiveReader.open(path.join(base, 'text'))).rejects.toMatchObject({ code: 'not-an-archive' })
  expect(existsSync(path.join(base, 'none'))).toBe(false)
})
