import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { FakeVault } from '../../testing/fake-vault-calls.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import { ArchiveReader } from './archive-reader.ts'
import { type ArchiveSource, type MakeOptions, makeArchive } from './make-archive.ts'
import { purgeArchive } from './purge-archive.ts'
import { factsOf } from './test-support.ts'

const folder = temporaryFolders()
const text = (content: string) => Buffer.from(content)

function setUp() {
  const base = folder()
  const fake = new FakeVault()
  const calls: VaultCalls = {
    call: (name, input) => (name === 'flush' ? (Promise.resolve() as never) : fake.port.call(name, input)),
  }
  const trash = new Set<string>()
  const late = new Set<string>()
  const versionsFolder = path.join(base, 'versions')
  const files = new Map<string, { path: string; size: number }>()
  const addFile = (content: string) => {
    const { sha256, size } = factsOf(text(content))
    writeFileSync(path.join(base, sha256), content)
    files.set(sha256, { path: path.join(base, sha256), size })
    return sha256
  }
  const versionFiles: string[] = []
  const idOf = (at: string) => fake.notes.get(at)?.id ?? ''
  const source: ArchiveSource = {
    id: 'vaultvault',
    name: 'Notes',
    calls,
    // As the journal's: it names the notes that it holds, here as lines.
    snapshot: async () => {
      const ids = [...fake.notes.values()].map(({ id }) => id).concat([...trash])
      const file = path.join(base, 'snapshot')
      const held = ids.filter((id) => !late.has(id))
      const lines = [...fake.notes.values()].map(({ id, bytes }) => `${id} ${Buffer.from(bytes).toString()}`)
      writeFileSync(file, [...lines, ...trash].join('\n'))
      return { file, size: readFileSync(file).length, last: 9, ids: new Set(held) }
    },
    versionsFolder,
    versionAttachments: async () => versionFiles,
    attachment: async (sha256) => files.get(sha256) ?? null,
  }
  let n = 0
  const make = async (options: Partial<MakeOptions> = {}) => {
    const file = path.join(base, 'archives', `${++n}.throughline`)
    const made = await makeArchive({
      ...{ source, file, at: 5, app: '1', holdFiles: false, previous: null, onProgress: () => {} },
      signal: new AbortController().signal,
      ...options,
    })
    return { ...made, file }
  }
  const contents = async (file: string) => {
    const reader = await ArchiveReader.open(file)
    const all = new Map<string, string>()
    for (const name of reader.names('')) {
      if (name !== 'manifest.json') all.set(name, Buffer.from(await reader.read(name)).toString())
    }
    await reader.close()
    return all
  }
  return { base, fake, trash, late, versionsFolder, versionFiles, addFile, idOf, make, contents }
}

test('an archive holds notes, versions, Markdown, and names or holds attachments', async () => {
  const { fake, trash, versionsFolder, versionFiles, addFile, idOf, make, contents } = setUp()
  fake.write('Essays/a.md', 'one')
  fake.write('b.md', 'two')
  fake.sidecar = { 'ids.json': '{"version":1}' }
  trash.add('note-in-the-trash')
  mkdirSync(versionsFolder)
  writeFileSync(path.join(versionsFolder, `${idOf('b.md')}.versions`), 'versions of b')
  writeFileSync(path.join(versionsFolder, '.throughline-1-1.tmp'), 'left by a kill')
  const picture = addFile('a picture')
  const former = addFile('only a version names it')
  versionFiles.push(former, picture)
  fake.files.set('p.png', { path: 'p.png', sha256: picture, size: 9 })
  fake.files.set('q.png', { path: 'q.png', sha256: 'f'.repeat(64), size: 4 })

  const named = await make()
  expect(named.manifest).toMatchObject({ app: '1', at: 5, journal: { last: 9 }, vault: { name: 'Notes' } })
  expect(named.manifest.counts).toEqual({ notes: 2, trashed: 1, versions: 1, attachments: 3 })
  expect(named.missing).toEqual(['f'.repeat(64)])
  expect(named.manifest.attachments.every(({ held }) => !held)).toBe(true)
  expect(new Set((await contents(named.file)).keys())).toEqual(
    new Set([
      ...['journal.snapshot', `versions/${idOf('b.md')}.versions`, 'markdown/Essays/a.md', 'markdown/b.md'],
      'markdown/.throughline/ids.json',
    ]),
  )
  const holding = await make({ holdFiles: true })
  const held = await contents(holding.file)
  expect(held.get(`files/${picture}`)).toBe('a picture')
  expect(held.get(`files/${former}`)).toBe('only a version names it')
  expect(holding.manifest.attachments.filter((file) => file.held).length).toBe(2)
})

test('Markdown is taken over where note, path and hash are the same, and made anew otherwise', async () => {
  const { fake, make, contents } = setUp()
  for (const name of ['same', 'edited', 'moved']) fake.write(`${name}.md`, name)
  const first = await make()
  expect(first.copied).toBe(0)
  fake.write('edited.md', 'edited since')
  const moved = fake.notes.get('moved.md')
  fake.notes.delete('moved.md')
  if (moved) fake.notes.set('x/moved.md', { ...moved, path: 'x/moved.md' })
  const previous = await ArchiveReader.open(first.file)
  const second = await make({ previous })
  expect(second.copied).toBe(1)
  expect(Object.fromEntries(await contents(second.file))).toMatchObject({
    'markdown/same.md': 'same',
    'markdown/edited.md': 'edited since',
    'markdown/x/moved.md': 'moved',
  })
  // what another version of the app wrote may be other Markdown
  expect((await make({ previous, app: '2' })).copied).toBe(0)
  await previous.close()
})

test('an edit while it is made: the hash says nothing, and the next archive takes nothing over', async () => {
  const { fake, make } = setUp()
  fake.write('a.md', 'one')
  fake.write('b.md', 'two')
  fake.before = (name) => {
    if (name === 'exportNotes') fake.write('a.md', 'edited')
  }
  const first = await make()
  const hashes = Object.fromEntries(first.manifest.notes.map(({ path: at, docHash }) => [at, docHash !== '']))
  expect(hashes).toEqual({ 'a.md': false, 'b.md': true })
  fake.before = () => {}
  const previous = await ArchiveReader.open(first.file)
  expect((await make({ previous })).copied).toBe(1)
  await previous.close()
})

test('while the journal lacks a note, no archive is made: it would be short', async () => {
  const { base, fake, late, idOf, make } = setUp()
  fake.write('a.md', 'one')
  late.add(idOf('a.md'))
  await expect(make()).rejects.toMatchObject({ code: 'not-ready' })
  expect(readdirSync(path.join(base, 'archives'))).toEqual([])
})

test('a vault that does not answer holds an abort up no longer', async () => {
  const { base, fake, make } = setUp()
  fake.write('a.md', 'one')
  const abort = new AbortController()
  fake.before = (name) => {
    if (name !== 'exportNotes') return
    setImmediate(() => abort.abort())
    return new Promise(() => {})
  }
  await expect(make({ signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' })
  expect(readdirSync(path.join(base, 'archives'))).toEqual([])
})

test('F7: purged notes are in no entry any more, and everything else is as it was', async () => {
  const { base, fake, versionsFolder, addFile, idOf, make, contents } = setUp()
  fake.write('Secret plan.md', 'the word MARKER')
  fake.write('b.md', 'two')
  const ids = { [idOf('Secret plan.md')]: true, [idOf('b.md')]: true }
  const secret = idOf('Secret plan.md')
  fake.sidecar = {
    'ids.json': JSON.stringify({ version: 1, notes: { 'Secret plan.md': secret, 'b.md': idOf('b.md') } }),
  }
  mkdirSync(versionsFolder)
  for (const id of Object.keys(ids)) writeFileSync(path.join(versionsFolder, `${id}.versions`), `MARKER of ${id}`)
  writeFileSync(path.join(versionsFolder, 'changes.log'), `import of ${secret} MARKER`)
  const picture = addFile('a picture')
  fake.files.set('p.png', { path: 'p.png', sha256: picture, size: 9 })
  const { file, manifest } = await make({ holdFiles: true })
  const before = await contents(file)

  const tools = {
    rewriteSnapshot: async (from: string, to: string, without: ReadonlySet<string>) => {
      const lines = readFileSync(from, 'utf8').split('\n')
      writeFileSync(to, lines.filter((line) => ![...without].some((id) => line.startsWith(id))).join('\n'))
    },
    rewriteChanges: async () => null,
  }
  const never = new AbortController().signal
  expect(await purgeArchive(file, new Set(['another-note']), tools, never)).toBeNull()
  expect(await purgeArchive(file, new Set([secret]), tools, never)).toMatchObject({ notes: 1 })
  const after = await contents(file)
  expect([...after.values()].join().replaceAll(`MARKER of ${idOf('b.md')}`, '')).not.toContain('MARKER')
  expect([...after.values(), ...after.keys()].join()).not.toContain('Secret')
  for (const name of ['markdown/b.md', `versions/${idOf('b.md')}.versions`, `files/${picture}`]) {
    expect([name, after.get(name)]).toEqual([name, before.get(name)])
  }
  const reader = await ArchiveReader.open(file)
  expect(reader.manifest.notes.map(({ id }) => id)).toEqual([idOf('b.md')])
  expect(reader.manifest).toMatchObject({ at: manifest.at, counts: { notes: 1, versions: 1 } })
  await reader.verify({ signal: never })
  await reader.close()
  expect(readdirSync(path.dirname(file))).toEqual([path.basename(file)])
  expect(existsSync(path.join(base, 'archives'))).toBe(true)

  // where it cannot be written anew, the former one stays as it is
  const failing = { ...tools, rewriteSnapshot: async () => Promise.reject(new Error('no')) }
  await expect(purgeArchive(file, new Set([idOf('b.md')]), failing, never)).rejects.toThrow('no')
  expect(await contents(file)).toEqual(after)
})
