import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { scanFolder } from './scan.ts'

const folder = temporaryFolders()
const isUnix = process.platform !== 'win32'

function fill(root: string, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
  return root
}

test('every file is a note, an attachment or a reason; tools and hidden things have one line each', async () => {
  const root = fill(folder(), {
    'a.md': 'a',
    'Sub/B.MARKDOWN': 'bb',
    'Sub/pic.png': 'ccc',
    'Sub/no-ending': 'd',
    '.hidden': 'x',
    '....md': 'note',
    '.git/config': 'x',
    '.git/objects/1': 'x',
    '.obsidian/app.json': 'x',
    '.secret/y': 'x',
    'Sub/node_modules/p/readme.md': 'x',
    '.trash/old.md': 'x',
  })
  const scan = await scanFolder(root)
  expect(scan.files.map(({ path, kind, size }) => [path, kind, size])).toEqual([
    ['....md', 'note', 4],
    ['Sub/B.MARKDOWN', 'note', 2],
    ['Sub/no-ending', 'attachment', 1],
    ['Sub/pic.png', 'attachment', 3],
    ['a.md', 'note', 1],
  ])
  expect(scan.bytes).toBe(11)
  expect(scan.skipped.map(({ path }) => path)).toEqual([
    ...['.git', '.hidden', '.obsidian', '.secret', '.trash', 'Sub/node_modules'],
  ])
  for (const { reason } of scan.skipped) expect(reason.length).toBeGreaterThan(10)
})

test.runIf(isUnix)('M7: a symbolic link is listed, never followed, wherever it leads', async () => {
  const outside = fill(folder(), { 'secret.md': 's' })
  const root = fill(folder(), { 'a.md': 'a', 'Sub/b.md': 'b' })
  symlinkSync(path.join(outside, 'secret.md'), path.join(root, 'out.md'))
  symlinkSync(outside, path.join(root, 'out'))
  symlinkSync('a.md', path.join(root, 'in.md'))
  symlinkSync('..', path.join(root, 'Sub', 'loop'))
  symlinkSync('nowhere', path.join(root, 'broken.md'))
  const { files, skipped } = await scanFolder(root)
  expect(files.map(({ path }) => path)).toEqual(['Sub/b.md', 'a.md'])
  const reasons = Object.fromEntries(skipped.map(({ path, reason }) => [path, reason]))
  expect(Object.keys(reasons)).toEqual(['Sub/loop', 'broken.md', 'in.md', 'out', 'out.md'])
  expect(reasons['out.md']).toContain('out of the folder')
  expect(reasons.out).toContain('out of the folder')
  expect(reasons['in.md']).toContain('in this folder')
  expect(reasons['broken.md']).toContain('nowhere')
})

test.runIf(isUnix)('M7: what is no file, and a name that is not UTF-8, are listed with a reason', async () => {
  const root = fill(folder(), { 'a.md': 'a' })
  execFileSync('mkfifo', [path.join(root, 'pipe.md')])
  writeFileSync(Buffer.concat([Buffer.from(`${root}/bad`), Buffer.from([0xff]), Buffer.from('.md')]), 'x')
  const { files, skipped } = await scanFolder(root)
  expect(files.map(({ path }) => path)).toEqual(['a.md'])
  expect(skipped.map(({ reason }) => reason).sort()).toEqual([
    'it cannot be found: it has gone, or its name is not valid UTF-8',
    'it is not a file with content (a pipe, a socket or a device)',
  ])
})

test('ids of an export are read; broken ones cost nothing', async () => {
  const ids = (text: string) => scanFolder(fill(folder(), { 'a.md': 'a', '.throughline/ids.json': text }))
  expect((await ids('{"a.md":"abcdefgh"}')).ids).toEqual({ 'a.md': 'abcdefgh' })
  expect((await ids('{"a.md":')).ids).toEqual({})
  expect((await ids('[1]')).ids).toEqual({})
})

test('a folder that is not there, or is a file, is said by name', async () => {
  const root = fill(folder(), { 'a.md': 'a' })
  await expect(scanFolder(path.join(root, 'none'))).rejects.toMatchObject({ code: 'no-folder' })
  await expect(scanFolder(path.join(root, 'a.md'))).rejects.toThrow('a.md')
})
