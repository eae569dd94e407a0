import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import type { Logger } from '../log.ts'
import { profileAt } from '../store/profile.ts'
import { VaultRegistry } from '../store/registry.ts'
import { ArchiveReader } from './archive-reader.ts'
import { factsOf, manifestFor, type RawEntry, rawArchive, rawZip } from './test-support.ts'
import { tidyRestores, UNPACK_STEPS, type UnpackStep, unpackArchive } from './unpack-archive.ts'

const folder = temporaryFolders()
const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} }
const SNAPSHOT: RawEntry = { name: 'journal.snapshot', bytes: Buffer.from('a snapshot') }
const text = (content: string) => Buffer.from(content)

async function withProfile() {
  const base = folder()
  const profile = profileAt(path.join(base, 'profile'))
  mkdirSync(profile.folder)
  const registry = await VaultRegistry.open(profile, silent)
  const archive = path.join(base, 'a.throughline')
  const unpack = (bytes: Uint8Array, at?: (step: UnpackStep) => void) => {
    writeFileSync(archive, bytes)
    return unpackArchive({
      file: archive,
      profile,
      registry,
      attachment: async () => null,
      signal: new AbortController().signal,
      onProgress: () => {},
      ...(at ? { at } : {}),
    })
  }
  /** Every file below the folder that holds profile and archive. */
  const everything = () =>
    readdirSync(base, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(base, path.join(entry.parentPath, entry.name)))
      .sort()
  return { base, profile, registry, archive, unpack, everything }
}

test('an archive becomes a vault of its own: journal, versions, files, and a name that is free', async () => {
  const { profile, registry, unpack } = await withProfile()
  const picture = text('a picture')
  const { sha256 } = factsOf(picture)
  const entries: RawEntry[] = [
    SNAPSHOT,
    { name: 'versions/abc_DEF-123456789012.versions', bytes: text('versions') },
    { name: 'versions/changes.log', bytes: text('changes') },
    { name: `files/${sha256}`, bytes: picture },
    { name: 'markdown/a.md', bytes: text('never unpacked'), deflate: true },
  ]
  const absent = 'f'.repeat(64)
  const attachments = [
    { ...factsOf(picture), held: true },
    { size: 3, sha256: absent, held: false },
  ]
  await registry.create('Notes')
  const { vault, missing } = await unpack(rawArchive(entries, { attachments }))
  expect(vault).toMatchObject({ name: 'Notes 2', notes: 0 })
  expect(missing).toEqual([absent])
  const at = profile.vaultFolder(vault.id)
  const found = readdirSync(at, { recursive: true }).map(String).sort()
  expect(found).toEqual(
    [
      ...['files', `files/${sha256}`, 'journal', 'journal/000000000007.snapshot', 'vault.json'],
      ...['versions', 'versions/abc_DEF-123456789012.versions', 'versions/changes.log'],
    ].sort(),
  )
  expect(readFileSync(path.join(at, 'journal/000000000007.snapshot'), 'utf8')).toBe('a snapshot')
  const again = await VaultRegistry.open(profile, silent)
  expect(again.list().map(({ name }) => name)).toEqual(['Notes', 'Notes 2'])
})

test('an attachment that is only named comes from this computer where it is here', async () => {
  const base = folder()
  const profile = profileAt(path.join(base, 'profile'))
  const registry = await VaultRegistry.open(profile, silent)
  const file = path.join(base, 'a.throughline')
  const picture = text('a picture')
  const { sha256, size } = factsOf(picture)
  writeFileSync(path.join(base, 'picture'), picture)
  writeFileSync(file, rawArchive([SNAPSHOT], { attachments: [{ sha256, size, held: false }] }))
  const { vault, missing } = await unpackArchive({
    ...{ file, profile, registry, signal: new AbortController().signal, onProgress: () => {} },
    attachment: async () => ({ path: path.join(base, 'picture'), size }),
  })
  expect(missing).toEqual([])
  expect(readFileSync(path.join(profile.attachments(vault.id), sha256), 'utf8')).toBe('a picture')
})

const HOSTILE: readonly (string | Buffer)[] = [
  ...[
    '../evil',
    '..\\evil',
    '/etc/evil',
    '\\evil',
    'C:/evil',
    'C:\\evil',
    'c:evil',
    '//host/share/evil',
    '\\\\host\\evil',
  ],
  ...['versions/../../evil', 'versions/../evil.versions', 'versions//evil.versions', 'versions/./evil.versions'],
  ...[
    'versions/a/b.versions',
    'versions/..',
    'versions/',
    'versions/.versions',
    'versions/a.exe',
    'versions/a.versions/x',
  ],
  ...[
    'versions/a.versions ',
    'versions/a.versions.',
    'versions/a\0.versions',
    'versions/ü.versions',
    'versions/con.txt',
  ],
  ...[
    'versions/%2e%2e%2fevil.versions',
    'versions/a:b.versions',
    'versions/CON',
    `versions/${'a'.repeat(129)}.versions`,
  ],
  ...['files/evil', 'files/../evil', `files/${'A'.repeat(64)}`, `files/${'a'.repeat(63)}`, `files/${'a'.repeat(64)}/x`],
  ...[`files/${'a'.repeat(64)}.exe`, 'files/', `files/../files/${'a'.repeat(64)}`, `./files/${'a'.repeat(64)}`],
  ...[
    'journal/000000000001.snapshot',
    'journal.snapshot/',
    'journal.snapshot/x',
    'Journal.snapshot',
    'vault.json',
    'door.json',
  ],
  ...[
    'markdown/../evil',
    'markdown//evil',
    'markdown/a/../../evil',
    'markdown/C:/evil',
    'markdown/a\\..\\evil',
    'markdown/',
  ],
  ...['markdown/a\0.md', 'markdown/a\n.md', 'markdown/./a.md', 'markdown/..', `markdown/${'a/'.repeat(3000)}x`],
  ...['', '.', '..', '/', 'evil', '~/evil', '.throughline-1.tmp', 'settings.json', 'symlink'],
  Buffer.from([0x76, 0x65, 0x72, 0x73, 0x69, 0x6f, 0x6e, 0x73, 0x2f, 0xff, 0xfe]),
]

test(`F2: ${HOSTILE.length} names that lead elsewhere are refused, and nothing is written`, async () => {
  const { base, unpack, everything, registry } = await withProfile()
  expect(HOSTILE.length).toBeGreaterThanOrEqual(50)
  for (const name of HOSTILE) {
    for (const entries of [
      [SNAPSHOT, { name, bytes: text('evil') }],
      [{ name, bytes: text('evil') }, SNAPSHOT],
    ]) {
      await expect(unpack(rawArchive(entries)), String(name)).rejects.toMatchObject({ code: 'damaged' })
      expect(everything()).toEqual(['a.throughline'])
    }
  }
  expect(registry.list()).toEqual([])
  expect(existsSync(path.join(path.dirname(base), 'evil'))).toBe(false)
})

const a64 = 'a'.repeat(64)
const bomb = Buffer.alloc(64 << 20)
const HOSTILE_ARCHIVES: Readonly<Record<string, () => Buffer>> = {
  'two entries of one name': () =>
    rawArchive([
      SNAPSHOT,
      { name: 'versions/a.versions', bytes: text('1') },
      { name: 'versions/a.versions', bytes: text('2') },
    ]),
  'two names that one file would be': () =>
    rawArchive([
      SNAPSHOT,
      { name: 'versions/a.versions', bytes: text('1') },
      { name: 'versions/A.versions', bytes: text('2') },
    ]),
  'two snapshots': () => rawArchive([SNAPSHOT, { ...SNAPSHOT, bytes: text('other') }]),
  'two manifests': () => {
    const manifest = Buffer.from(JSON.stringify(manifestFor([SNAPSHOT])))
    return rawZip([SNAPSHOT, { name: 'manifest.json', bytes: manifest }, { name: 'manifest.json', bytes: manifest }])
  },
  'an unpacked entry that swells': () => rawArchive([{ ...SNAPSHOT, bytes: bomb, deflate: true }]),
  'a version that swells': () => rawArchive([SNAPSHOT, { name: 'versions/a.versions', bytes: bomb, deflate: true }]),
  'another size than listed': () => rawArchive([{ ...SNAPSHOT, claim: { size: 5 } }]),
  'entries that share bytes': () =>
    rawArchive([
      { name: 'markdown/x', bytes: Buffer.alloc(100_000, 1) },
      ...Array.from({ length: 50 }, (_, i) => ({
        name: `markdown/${i}`,
        bytes: Buffer.alloc(100_000, 1),
        claim: { offset: 0 },
      })),
    ]),
  encryption: () => rawArchive([{ ...SNAPSHOT, claim: { flags: 1 } }]),
  'an unknown packing': () => rawArchive([{ ...SNAPSHOT, claim: { method: 14 } }]),
  'another name before the content': () => rawArchive([{ ...SNAPSHOT, claim: { localName: 'journal.snapshoT' } }]),
  'content that is not what is listed': () => {
    const listed = JSON.stringify(manifestFor([SNAPSHOT]))
    return rawZip([
      { ...SNAPSHOT, bytes: text('a snapshoT') },
      { name: 'manifest.json', bytes: text(listed) },
    ])
  },
  'an entry that is not listed': () => {
    const listed = JSON.stringify(manifestFor([SNAPSHOT]))
    return rawZip([
      SNAPSHOT,
      { name: 'versions/a.versions', bytes: text('1') },
      { name: 'manifest.json', bytes: text(listed) },
    ])
  },
  'a listed entry that is missing': () => {
    const listed = JSON.stringify(manifestFor([SNAPSHOT, { name: 'versions/a.versions', bytes: text('1') }]))
    return rawZip([SNAPSHOT, { name: 'manifest.json', bytes: text(listed) }])
  },
  'a manifest with another checksum': () =>
    rawZip([
      SNAPSHOT,
      { name: 'manifest.json', bytes: text(JSON.stringify(manifestFor([SNAPSHOT]))), claim: { crc: 1 } },
    ]),
  'a manifest of another shape': () => rawArchive([SNAPSHOT], { notes: 'many' }),
  'a manifest with a hash that is none': () =>
    rawArchive([SNAPSHOT], { attachments: [{ size: 1, sha256: '../x', held: false }] }),
  'a negative number of records': () => rawArchive([SNAPSHOT], { journal: { last: -1 } }),
  'no snapshot': () => rawArchive([{ name: `files/${a64}`, bytes: text('x') }]),
}

test('F3, F4, F5: hostile archives are refused whole, and nothing is left of them', async () => {
  const { unpack, everything, registry } = await withProfile()
  for (const [what, make] of Object.entries(HOSTILE_ARCHIVES)) {
    await expect(unpack(make()), what).rejects.toMatchObject({ name: 'CallError', code: 'damaged' })
    expect([what, everything()]).toEqual([what, ['a.throughline']])
  }
  expect(registry.list()).toEqual([])
}, 60_000)

test('F1: a newer format is refused in words, a zip of somebody else’s is no archive', async () => {
  const { unpack, everything } = await withProfile()
  await expect(unpack(rawArchive([SNAPSHOT], { format: 2 }))).rejects.toMatchObject({
    code: 'newer',
    message: expect.stringContaining('newer Throughline'),
  })
  // its fields may be others by then
  const other = text('{"format":3,"all":"different"}')
  await expect(unpack(rawZip([{ name: 'manifest.json', bytes: other }]))).rejects.toMatchObject({ code: 'newer' })
  await expect(unpack(rawZip([{ name: 'manifest.json', bytes: text('{}') }]))).rejects.toMatchObject({
    code: 'not-an-archive',
  })
  await expect(unpack(rawZip([SNAPSHOT]))).rejects.toMatchObject({ code: 'not-an-archive' })
  await expect(unpack(text('# Markdown'))).rejects.toMatchObject({ code: 'not-an-archive' })
  await expect(unpack(text(''))).rejects.toMatchObject({ code: 'not-an-archive' })
  expect(everything()).toEqual(['a.throughline'])
})

test('a Markdown bomb is found while it is read, in bounded memory', async () => {
  const { archive } = await withProfile()
  writeFileSync(archive, rawArchive([{ name: 'markdown/a.md', bytes: bomb, deflate: true, claim: { size: 1000 } }]))
  const reader = await ArchiveReader.open(archive)
  await expect(reader.verify({ signal: new AbortController().signal })).rejects.toMatchObject({ code: 'damaged' })
  await reader.close()
})

test('killed at any step: no half vault, the next start takes away what lies about, a second try succeeds', async () => {
  const entries = [SNAPSHOT, { name: 'versions/a.versions', bytes: text('1') }]
  for (const step of UNPACK_STEPS) {
    const { profile, unpack } = await withProfile()
    // A kill: nothing after it runs, the tidying of the failed call included; so the folder is put back as it was.
    let atKill: Map<string, Buffer> = new Map()
    await expect(
      unpack(rawArchive(entries), (now) => {
        if (now !== step) return
        atKill = snapshotOf(profile.folder)
        throw new Error('killed')
      }),
    ).rejects.toThrow('killed')
    for (const [name, bytes] of atKill) {
      mkdirSync(path.dirname(path.join(profile.folder, name)), { recursive: true })
      writeFileSync(path.join(profile.folder, name), bytes)
    }
    const next = await VaultRegistry.open(profile, silent)
    expect([step, next.list().length]).toEqual([step, step === 'adopted' ? 1 : 0])
    await tidyRestores(profile, next)
    const vaults = path.join(profile.folder, 'vaults')
    const left = existsSync(vaults) ? readdirSync(vaults) : []
    expect([step, left]).toEqual([step, next.list().map(({ id }) => id)])
    for (const id of left) expect(existsSync(path.join(vaults, id, 'restoring'))).toBe(false)
  }
})

function snapshotOf(base: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  for (const entry of readdirSync(base, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    found.set(path.relative(base, file), readFileSync(file))
  }
  return found
}
