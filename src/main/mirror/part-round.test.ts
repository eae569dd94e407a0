import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { noteId } from '../../core/base/ids.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { sha256Of, Target } from '../files/target.ts'
import { Changed, MirrorDisk } from './disk.ts'
import type { Known } from './known.ts'
import { modelMirror } from './model-mirror.test-data.ts'

const folder = temporaryFolders()

const known = (paths: readonly string[], notes: readonly string[] = [], hasMore = false): Known => ({
  notes: new Set(notes.map((id) => noteId(id))),
  paths: new Set(paths),
  hasMore,
})

const begin = (names: readonly string[]) => modelMirror(folder, names)

test('F16: a round over what is known looks at nothing else, and asks the vault for nothing where nothing differs', async () => {
  const { mirror, vault, at, calls } = await begin(['a.md', 'b.md', 'c.md'])
  writeFileSync(at('a.md'), 'text of a.md\noutside\n')
  writeFileSync(at('b.md'), 'text of b.md\nnot told of yet\n')
  const [a, b, c] = vault.living()
  expect(await mirror.round('ask', known(['a.md']))).toMatchObject({ kind: 'done', wasRead: true, whole: null })
  expect(a?.rows).toEqual(['text of a.md', 'outside'])
  expect(b?.rows).toEqual(['text of b.md'])
  if (c) c.rows = ['typed']
  expect(await mirror.round('ask', known([], [c?.id ?? '']))).toMatchObject({ wasWritten: true })
  expect(readFileSync(at('c.md'), 'utf8')).toBe('typed\n')
  calls.length = 0
  await mirror.round('ask', known([]))
  expect(calls).toEqual([])
  await mirror.round('ask', known(['b.md']))
  expect(b?.rows).toEqual(['text of b.md', 'not told of yet'])
})

test('F16, F6: a new file that the watcher tells of before the old one is gone is a rename all the same', async () => {
  const { mirror, vault, at, paths } = await begin(['a.md', 'b.md', 'c.md'])
  renameSync(at('a.md'), at('z.md'))
  expect(await mirror.round('ask', known(['z.md']))).toMatchObject({ whole: null })
  expect(paths()).toEqual(['b.md', 'c.md', 'z.md'])
  expect(vault.notes.size).toBe(3)
})

test('F16, F8: a file like that of a note that came back from the trash elsewhere is a note of its own', async () => {
  const { mirror, vault, at, paths } = await begin(['a.md', 'b.md', 'c.md', 'd.md'])
  rmSync(at('a.md'))
  await mirror.round()
  const a = [...vault.notes.values()].find(({ trashed }) => trashed)
  vault.restore(a?.id ?? '')
  vault.move(a?.id ?? '', 'z.md')
  await mirror.round('ask', known([], [a?.id ?? '']))
  if (a) a.rows = ['typed since']
  await mirror.round('ask', known([], [a?.id ?? '']))
  writeFileSync(at('a.md'), 'text of a.md\n')
  expect(await mirror.round('ask', known(['a.md']))).toMatchObject({ whole: null })
  expect(paths()).toEqual(['a.md', 'b.md', 'c.md', 'd.md', 'z.md'])
  expect(a?.rows).toEqual(['typed since'])
})

test('F16, F8: a file that comes back brings its note out of the trash', async () => {
  const { mirror, vault, at, paths } = await begin(['a.md', 'b.md', 'c.md', 'd.md'])
  rmSync(at('a.md'))
  await mirror.round()
  writeFileSync(at('a.md'), 'text of a.md\n')
  expect(await mirror.round('ask', known(['a.md']))).toMatchObject({ whole: null })
  expect(paths()).toEqual(['a.md', 'b.md', 'c.md', 'd.md'])
  expect(vault.notes.size).toBe(4)
})

test('F16, F11: a new file where the vault has just made a note is that note', async () => {
  const { mirror, vault, at, paths } = await begin(['a.md', 'b.md', 'c.md'])
  vault.create('new.md', ['here'])
  writeFileSync(at('new.md'), 'there\n')
  await mirror.round('ask', known(['new.md']))
  expect(paths()).toEqual(['a.md', 'b.md', 'c.md', 'new.md'])
  expect(readFileSync(at('new.md'), 'utf8')).toBe('here\nthere\n')
})

test('F16, F9: what is gone is decided over the whole folder, and more than a third asks', async () => {
  const { mirror, at, paths } = await begin(['a.md', 'b.md', 'c.md', 'd.md'])
  rmSync(at('a.md'))
  mkdirSync(at('Sub'))
  renameSync(at('b.md'), at('Sub/b.md'))
  expect(await mirror.round('ask', known(['a.md']))).toMatchObject({ whole: { files: 3 } })
  expect(paths()).toEqual(['Sub/b.md', 'c.md', 'd.md'])
  rmSync(at('c.md'))
  rmSync(at('d.md'))
  expect(await mirror.round('ask', known(['c.md']))).toMatchObject({ kind: 'ask', gone: 2 })
})

test('F16, F13: a path that leads over a link is looked at by nobody', async () => {
  const { mirror, root, at, paths } = await begin(['a.md', 'b.md'])
  const outside = folder()
  writeFileSync(path.join(outside, 'secret.md'), 'secret')
  symlinkSync(outside, path.join(root, 'Linked'))
  await mirror.round('ask', known(['Linked/secret.md']))
  expect(paths()).toEqual(['a.md', 'b.md'])
  rmSync(at('Linked'))
})

test('F15: empty folders go out and come in, and leave on both sides when they are empty', async () => {
  const { mirror, vault, at, root } = await begin(['a.md', 'Sub/b.md'])
  vault.makeFolder('Made/Here')
  mkdirSync(at('Outside/Deep'), { recursive: true })
  mkdirSync(at('Pictures'))
  writeFileSync(at('Pictures/sheet.xlsx'), 'x')
  await mirror.round()
  expect(existsSync(at('Made/Here'))).toBe(true)
  // A folder of files that the vault does not know is no folder of notes.
  expect([...vault.folders].sort()).toEqual(['Made', 'Made/Here', 'Outside', 'Outside/Deep', 'Sub'])

  vault.removeFolder('Made/Here')
  rmdirSync(at('Outside/Deep'))
  await mirror.round()
  expect(existsSync(at('Made/Here'))).toBe(false)
  expect([...vault.folders].sort()).toEqual(['Made', 'Outside', 'Sub'])

  // Removed there while a note is in it here: it is made again with the note.
  vault.create('Outside/new.md', ['new'])
  rmdirSync(at('Outside'))
  await mirror.round()
  expect(readFileSync(at('Outside/new.md'), 'utf8')).toBe('new\n')

  // The last file of a folder went in the app: the folder stays, as it does there.
  const b = vault.living().find((note) => note.path === 'Sub/b.md')
  if (b) b.trashed = true
  await mirror.round()
  expect(readdirSync(at('Sub'))).toEqual([])
  // Removed in the app, but another program has something in it: it stays, and does not come back.
  writeFileSync(at('Made/other.xyz'), 'x')
  vault.removeFolder('Made')
  await mirror.round()
  await mirror.round()
  expect(readdirSync(path.join(root, 'Made'))).toEqual(['other.xyz'])
  expect(vault.folders.has('Made')).toBe(false)
})

test('F15, F16: a folder that was made in the app goes out with what is known', async () => {
  const { mirror, vault, at } = await begin(['a.md'])
  vault.makeFolder('Made')
  expect(await mirror.round('ask', known([], [], true))).toMatchObject({ whole: null })
  expect(existsSync(at('Made'))).toBe(true)
})

test('F17: a round that reads in more than one thing tells of one change; a single save is none', async () => {
  const { mirror, at, happened } = await begin(['a.md', 'b.md', 'c.md', 'd.md', 'e.md', 'f.md'])
  writeFileSync(at('a.md'), 'text of a.md\nmore\n')
  await mirror.round()
  expect(happened.map(({ kind, change }) => [kind, change])).toEqual([['read', undefined]])
  happened.length = 0
  writeFileSync(at('a.md'), 'text of a.md\nmore\nand more\n')
  writeFileSync(at('new.md'), 'new\n')
  rmSync(at('b.md'))
  await mirror.round()
  const changes = happened.filter(({ kind }) => kind === 'changes')
  expect(changes).toMatchObject([{ counts: { edits: 1, made: 1, deletes: 1, renames: 0 } }])
  expect(changes[0]?.change).toMatch(/^[\w-]{20}$/)
  happened.length = 0
  renameSync(at('c.md'), at('c2.md'))
  await mirror.round()
  expect(happened).toMatchObject([{ kind: 'renamed', change: expect.any(String) }])
})

test('F18: a move writes over nothing that comes to its place in the same moment', async () => {
  const root = folder()
  writeFileSync(path.join(root, 'a.md'), 'of the vault')
  const target = await Target.open(root, folder())
  const disk = new MirrorDisk(target, (what) => {
    if (what === 'move') writeFileSync(path.join(root, 'b.md'), 'of another program')
  })
  const sha256 = sha256Of(readFileSync(path.join(root, 'a.md')))
  await expect(disk.move('a.md', 'b.md', sha256)).rejects.toBeInstanceOf(Changed)
  expect(readFileSync(path.join(root, 'b.md'), 'utf8')).toBe('of another program')
  expect(readFileSync(path.join(root, 'a.md'), 'utf8')).toBe('of the vault')
})

test('F18: a kill in the middle of a move leaves one note and, after the next round, one file', async () => {
  const { vault, open, root } = await begin(['a.md', 'b.md', 'c.md'])
  const [a] = vault.living()
  vault.move(a?.id ?? '', 'z.md')
  const killed = await open((what) => {
    if (what === 'unlink') throw new Error('killed')
  })
  await expect(killed.round()).rejects.toThrow('killed')
  expect(
    readdirSync(root)
      .filter((name) => name.endsWith('.md'))
      .sort(),
  ).toEqual(['a.md', 'b.md', 'c.md', 'z.md'])
  const next = await open()
  await next.round()
  await next.round()
  expect(
    readdirSync(root)
      .filter((name) => name.endsWith('.md'))
      .sort(),
  ).toEqual(['b.md', 'c.md', 'z.md'])
  expect(vault.living()).toHaveLength(3)
})
