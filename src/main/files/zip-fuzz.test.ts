import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { CallError } from '../../ipc/rpc.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { openSource } from './import-source.ts'
import { scanFolder } from './scan.ts'

/** `FC_RUNS=20000` looks further. */
const numRuns = Number(process.env.FC_RUNS ?? 120)
const seed = Number(process.env.FUZZ_SEED ?? 7)

const folder = temporaryFolders()
const signal = new AbortController().signal

const FILES: readonly (readonly [name: string, content: string, compress: boolean])[] = [
  ['a.md', '# A\n\n[[b]] '.repeat(40), true],
  ['b.md', 'stored, not packed', false],
  ['sub/c.md', 'c', true],
  ['sub/deep/d.png', '\u0000\u0001'.repeat(300), true],
  ['.throughline/ids.json', '{}', false],
  ['empty.md', '', false],
]
const CONTENTS = new Set(FILES.map(([, content]) => content))

async function zipOf(files: typeof FILES): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content, compress] of files) zip.addBuffer(Buffer.from(content, 'latin1'), name, { compress })
  zip.end()
  const pieces: Buffer[] = []
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}
const base = await zipOf(FILES)

/** Where the lines of the list at the end begin. */
function listed(bytes: Buffer): number[] {
  const found: number[] = []
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 1, 'latin1'))
    found.push(at)
  return found
}

type Change = (bytes: Buffer) => Buffer
const at = fc.nat({ max: base.length - 1 })
const flip = fc.tuple(at, fc.integer({ min: 1, max: 255 })).map(
  ([place, bits]): Change =>
    (bytes) => {
      if (place < bytes.length) bytes[place] = (bytes[place] ?? 0) ^ bits
      return bytes
    },
)
const cut = at.map(
  (end): Change =>
    (bytes) =>
      bytes.subarray(0, end),
)
const gap = fc.tuple(at, fc.nat({ max: 40 })).map(
  ([from, many]): Change =>
    (bytes) =>
      Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + many)]),
)
const twice = fc.tuple(at, at).map(
  ([from, to]): Change =>
    (bytes) =>
      Buffer.concat([bytes, bytes.subarray(from, to)]),
)
/** Fields of a line: versions, flags, method, sum, sizes, lengths, attributes, place. */
const FIELDS = [4, 6, 8, 10, 16, 20, 24, 28, 30, 32, 34, 36, 38, 42] as const
const ODD = [0, 1, 2, 8, 99, 0x7fff, 0xffff, 0xa1ff_0000, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff] as const
const field = fc.tuple(fc.nat({ max: FILES.length - 1 }), fc.constantFrom(...FIELDS), fc.constantFrom(...ODD)).map(
  ([line, offset, value]): Change =>
    (bytes) => {
      const start = listed(bytes)[line]
      if (start === undefined || start + offset + 4 > bytes.length) return bytes
      if ([16, 20, 24, 38, 42].includes(offset)) bytes.writeUInt32LE(value, start + offset)
      else bytes.writeUInt16LE(value & 0xffff, start + offset)
      return bytes
    },
)
/** As long as the names in the zip that they take the place of. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'a.md': ['b.md', '/.md', '..//', 'C:\\x', 'A.MD', '\0.md', 'con\0', '~/.x', '....'],
  'sub/c.md': [
    '../../ev',
    '..\\..\\ev',
    '/etc/pwn',
    'C:/x.mdd',
    '\\\\h\\s\\ev',
    'sub/../e',
    'sub/deep',
    'b.md/c.m',
    './././cc',
    'a.md/c/d',
  ],
  'sub/deep/d.png': [
    '../../../evil!',
    '/tmp/evil.pngg',
    'C:\\Windows\\evl',
    'sub/deep/../..',
    'sub//deep/d.pn',
    '.git/hooks/pre',
    '.throughline/x',
  ],
}
const rename = fc
  .constantFrom(...Object.entries(NAMES).flatMap(([from, names]) => names.map((to) => [from, to] as const)))
  .map(
    ([from, to]): Change =>
      (bytes) =>
        from.length === to.length ? Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1') : bytes,
  )

function below(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()
}

test('M6, M7: whatever became of a zip, it is refused by name or read in part; nothing is written outside', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.oneof(flip, flip, cut, gap, twice, field, field, rename, rename), { minLength: 1, maxLength: 4 }),
    async (changes) => {
      const around = folder()
      const scratch = path.join(around, 'in', 'scratch')
      mkdirSync(scratch, { recursive: true })
      const file = path.join(around, 'in', 'some.zip')
      writeFileSync(
        file,
        changes.reduce<Buffer>((bytes, change) => change(bytes), Buffer.from(base)),
      )
      const before = below(around)
      let source: Awaited<ReturnType<typeof openSource>> | null = null
      try {
        source = await openSource(file, scratch, signal)
      } catch (error) {
        if (!(error instanceof CallError)) throw error
        expect(['not-a-zip', 'zip-bomb']).toContain(error.code)
        expect(error.message).toContain(file)
        expect(below(around)).toEqual(before)
        return
      }
      // What lies there is in the scratch folder, is no link, and is whole.
      expect(below(around).filter((each) => !each.startsWith(path.join('in', 'scratch')))).toEqual(
        before.filter((each) => !each.startsWith(path.join('in', 'scratch'))),
      )
      for (const name of below(scratch)) {
        const found = lstatSync(path.join(scratch, name))
        if (found.isDirectory()) continue
        expect(found.isFile()).toBe(true)
        expect(CONTENTS.has(readFileSync(path.join(scratch, name), 'latin1'))).toBe(true)
      }
      const scan = await scanFolder(source.folder)
      expect(scan.skipped.every(({ reason }) => reason !== '')).toBe(true)
      for (const { path: name, reason } of source.skipped) expect([typeof name, reason]).not.toContain('')
      await source.close()
      expect(below(around)).toEqual(before)
    },
  )
  await fc.assert(property, { numRuns, seed })
})

test('M7: many files that are one packed file over and over are refused before they fill the disk', async () => {
  const one = await zipOf([['x0000.md', '\0'.repeat(8 << 20), true]])
  const [start = 0] = listed(one)
  const end = one.lastIndexOf('PK\x05\x06', undefined, 'latin1')
  const line = one.subarray(start, end)
  const lines = Array.from({ length: 2000 }, (_, n) =>
    Buffer.from(line.toString('latin1').replace('x0000', `x${String(n).padStart(4, '0')}`), 'latin1'),
  )
  const tail = Buffer.from(one.subarray(end))
  tail.writeUInt16LE(lines.length, 8)
  tail.writeUInt16LE(lines.length, 10)
  tail.writeUInt32LE(line.length * lines.length, 12)
  const around = folder()
  const file = path.join(around, 'bomb.zip')
  writeFileSync(file, Buffer.concat([one.subarray(0, start), ...lines, tail]))
  const scratch = path.join(around, 'scratch')
  const held = process.memoryUsage().arrayBuffers
  const started = process.cpuUsage().user
  await expect(openSource(file, scratch, signal)).rejects.toMatchObject({ code: 'zip-bomb' })
  expect(process.cpuUsage().user - started).toBeLessThan(20_000_000)
  expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(256 << 20)
  expect(readdirSync(scratch)).toEqual([])
})

test('M7: a zip inside a zip is a file, and an import that is stopped leaves nothing', async () => {
  const file = path.join(folder(), 'outer.zip')
  writeFileSync(file, await zipOf([['inner.zip', base.toString('latin1'), true]]))
  const scratch = folder()
  const source = await openSource(file, scratch, signal)
  expect((await scanFolder(source.folder)).files).toMatchObject([{ path: 'inner.zip', kind: 'attachment' }])
  await source.close()
  const abort = new AbortController()
  abort.abort()
  await expect(openSource(file, scratch, abort.signal)).rejects.toThrow()
  expect(readdirSync(scratch)).toEqual([])
})
