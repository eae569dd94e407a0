import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { sha256Of, Target } from '../files/target.ts'
import { decideIn } from './decide.ts'
import { Changed, MirrorDisk } from './disk.ts'
import { isForeign } from './look.ts'
import { modelMirror } from './model-mirror.test-data.ts'
import { saveReceipt } from './save-receipt.ts'
import { zipFolder } from './zip-folder.ts'

const folder = temporaryFolders()

const begin = (names: readonly string[]) => modelMirror(folder, names)

test('F5: a passage typed here and one written outside at the same time are both there, on both sides', async () => {
  const { vault, mirror, at, happened } = await begin(['a.md', 'b.md'])
  const [note] = vault.living()
  if (note) note.rows = [...note.rows, 'typed here']
  writeFileSync(at('a.md'), 'text of a.md\nwritten outside\n')
  await mirror.round()
  expect(readFileSync(at('a.md'), 'utf8')).toBe('text of a.md\ntyped here\nwritten outside\n')
  expect(note?.rows).toEqual(['text of a.md', 'typed here', 'written outside'])
  expect(happened.map(({ kind }) => kind)).toEqual(['both', 'written'])
})

test('F6, F8: a file that moves takes its note along; one that goes puts it in the trash, and the same file brings it back', async () => {
  const { vault, mirror, at, paths, happened } = await begin(['a.md', 'b.md', 'c.md', 'd.md'])
  mkdirSync(at('Sub'))
  renameSync(at('a.md'), at('Sub/z.md'))
  rmSync(at('b.md'))
  await mirror.round()
  expect(paths()).toEqual(['Sub/z.md', 'c.md', 'd.md'])
  expect(happened.map(({ kind, path: to, from }) => [kind, to, from])).toEqual([
    ['renamed', 'Sub/z.md', 'a.md'],
    ['trashed', 'b.md', ''],
    ['changes', '', ''],
  ])
  writeFileSync(at('b.md'), 'text of b.md\n')
  await mirror.round()
  expect(paths()).toEqual(['Sub/z.md', 'b.md', 'c.md', 'd.md'])
  expect(vault.notes.size).toBe(4)
})

test('F9: more than a third at once stops and asks; either answer is carried out; a missing folder is no delete', async () => {
  const { root, mirror, at, paths, vault } = await begin(['a.md', 'b.md', 'c.md', 'd.md', 'e.md', 'f.md'])
  for (const name of ['a.md', 'b.md', 'c.md']) rmSync(at(name))
  expect(await mirror.round()).toEqual({ kind: 'ask', gone: 3, total: 6 })
  expect(paths()).toHaveLength(6)
  await mirror.round('put-back')
  expect(readFileSync(at('b.md'), 'utf8')).toBe('text of b.md\n')
  for (const name of ['a.md', 'b.md', 'c.md']) rmSync(at(name))
  await mirror.round('trash')
  expect(paths()).toEqual(['d.md', 'e.md', 'f.md'])
  renameSync(root, `${root} elsewhere`)
  expect(await mirror.round()).toEqual({ kind: 'missing' })
  expect(vault.living()).toHaveLength(3)
  mkdirSync(root)
  expect(await mirror.round()).toMatchObject({ kind: 'ask' })
})

test('F9: a folder that is emptied file by file within a minute asks as well', async () => {
  const { mirror, at } = await begin(['a.md', 'b.md', 'c.md', 'd.md', 'e.md', 'f.md'])
  rmSync(at('a.md'))
  rmSync(at('b.md'))
  expect(await mirror.round()).toMatchObject({ kind: 'done' })
  rmSync(at('c.md'))
  expect(await mirror.round()).toMatchObject({ kind: 'ask' })
})

test('F12: a new picture comes in, a deleted one that a note names is put back', async () => {
  const { mirror, at, vault } = await begin(['a.md'])
  writeFileSync(at('p.png'), 'picture')
  writeFileSync(at('sheet.xlsx'), 'table')
  expect(await mirror.round()).toMatchObject({ whole: { leftAlone: 1 }, attachments: 1 })
  vault.named.add('p.png')
  rmSync(at('p.png'))
  await mirror.round()
  expect(readFileSync(at('p.png'), 'utf8')).toBe('picture')
  vault.named.clear()
  rmSync(at('p.png'))
  await mirror.round()
  expect(vault.attachments.size).toBe(0)
})

test('F13: hidden names, links and temporary files are left alone', async () => {
  for (const name of ['.git/HEAD', '.obsidian/app.json', 'a.md~', '.a.md.swp', 'x.crdownload', '.#a.md', 'b.tmp']) {
    expect(isForeign(name), name).toBe(true)
  }
  expect(isForeign('Notes/a.md')).toBe(false)
  const { mirror, at, paths } = await begin(['a.md'])
  const outside = path.join(folder(), 'secret.md')
  writeFileSync(outside, 'secret')
  symlinkSync(outside, at('link.md'))
  writeFileSync(at('b.md~'), 'x')
  await mirror.round()
  expect(paths()).toEqual(['a.md'])
})

test('F3: a thousand files that change at once are taken in one round', async () => {
  const { mirror, at, paths, vault } = await begin(['a.md'])
  mkdirSync(at('many'))
  for (let i = 0; i < 1000; i++) writeFileSync(at(`many/n${i}.md`), `row ${i}\n`)
  await mirror.round()
  expect(paths()).toHaveLength(1001)
  const before = vault.notes.size
  expect(await mirror.round()).toMatchObject({ wasRead: false, wasWritten: false })
  expect(vault.notes.size).toBe(before)
}, 60_000)

test('F14: the zip of a folder as it is holds its files, empty ones too, and nothing is made of an empty folder', async () => {
  const root = folder()
  expect(await zipFolder(root, path.join(folder(), 'z.zip'), 1_700_000_000_000)).toBeNull()
  writeFileSync(path.join(root, 'a.md'), 'a')
  writeFileSync(path.join(root, '.hidden'), 'h')
  writeFileSync(path.join(root, 'empty.md'), '')
  expect(await zipFolder(root, path.join(folder(), 'z.zip'), 1_700_000_000_000)).toBeGreaterThan(100)
})

test('F4: an attachment is not written over a file that came to its place while it was copied', async () => {
  const root = folder()
  const source = path.join(folder(), 'source')
  writeFileSync(source, 'of the vault')
  const place = path.join(root, 'a.png')
  const target = await Target.open(root, folder())
  const disk = new MirrorDisk(target, (what) => {
    if (what === 'rename' || what === 'copy') writeFileSync(place, 'of another program')
  })
  const sha256 = sha256Of(readFileSync(source))
  await expect(disk.copy('a.png', source, sha256, 12, [])).rejects.toBeInstanceOf(Changed)
  expect(readFileSync(place, 'utf8')).toBe('of another program')
})

test('F8: an attachment that went is no note that a new file could be', () => {
  const gone = { path: 'a.png', sha256: 'a', docHash: '', id: '', stamp: '', from: 'app' } as const
  const fresh = { path: 'b.md', isNote: true, sha256: 'b', size: 1, modified: 1, stamp: '', ownId: '' }
  const seen = {
    files: new Map([['b.md', fresh]]),
    odd: new Set<string>(),
    folders: new Set<string>(),
    empty: new Set<string>(),
    leftAlone: 0,
  }
  const { edits } = decideIn([], [gone], seen, { notes: new Map(), attachments: new Map() })
  expect(edits).toMatchObject([{ id: null, revive: false }])
})

test('F9: notes that the vault lost leave their files, and come back from them; thrown away they take them along', async () => {
  const { vault, mirror, at, paths } = await begin(['a.md', 'b.md', 'c.md'])
  vault.notes.clear()
  await mirror.round()
  expect(readFileSync(at('a.md'), 'utf8')).toBe('text of a.md\n')
  expect(paths()).toEqual(['a.md', 'b.md', 'c.md'])
  for (const note of vault.living()) note.trashed = true
  await mirror.round()
  expect(() => readFileSync(at('a.md'))).toThrow()
})

test('F9: the receipt of a folder that is not there does not make it', async () => {
  const { root, vault, lines, mirror } = await begin(['a.md'])
  rmSync(root, { recursive: true })
  await saveReceipt({
    folder: root,
    forbidden: folder(),
    vaultId: vaultId('vaultvault'),
    version: '1',
    vault: vault.port,
    lines,
  })
  expect(await mirror.round()).toEqual({ kind: 'missing' })
})
