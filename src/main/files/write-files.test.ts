import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { sha256Of } from './target.ts'
import { FilePut, type PutItem } from './write-files.ts'

const folder = temporaryFolders()
const hash = (text: string) => sha256Of(Buffer.from(text))
const item = (at: string, text: string, ...ours: string[]): PutItem => ({
  path: at,
  bytes: Buffer.from(text),
  sha256: hash(text),
  modified: 1_700_000_000_000,
  ours: ours.map(hash),
})

test('M10: only what is ours is written over; what is the same is left as it is', () => {
  const root = folder()
  const files = new FilePut(root)
  const text = () => readFileSync(path.join(root, 'A', 'a.md'), 'utf8')
  expect(files.put(item('A/a.md', 'one'))).toBe('written')
  expect(statSync(path.join(root, 'A', 'a.md')).mtimeMs).toBe(1_700_000_000_000)
  expect(files.put(item('A/a.md', 'one'))).toBe('same')
  expect(files.put(item('A/a.md', 'two'))).toBe('foreign')
  expect(text()).toBe('one')
  expect(files.put(item('A/a.md', 'two', 'zero', 'one'))).toBe('written')
  expect(text()).toBe('two')
  mkdirSync(path.join(root, 'b.md'))
  expect(files.put(item('b.md', 'b'))).toBe('other')
  expect(readdirSync(root).sort()).toEqual(['A', 'b.md'])
  expect(readdirSync(path.join(root, 'A'))).toEqual(['a.md'])
})

test('a folder that was removed in between is made again; left-overs of a killed run go', () => {
  const root = folder()
  const files = new FilePut(root)
  files.put(item('A/B/a.md', 'a'))
  rmSync(path.join(root, 'A'), { recursive: true })
  expect(files.put(item('A/B/b.md', 'b'))).toBe('written')
  writeFileSync(path.join(root, 'A', '.throughline-99999999-1.tmp'), 'half')
  expect(new FilePut(root).put(item('A/c.md', 'c'))).toBe('written')
  expect(readdirSync(path.join(root, 'A')).sort()).toEqual(['B', 'c.md'])
})

test.runIf(process.platform !== 'win32')('nothing is written outside the folder, and what cannot be is said', () => {
  const root = folder()
  const outside = folder()
  symlinkSync(outside, path.join(root, 'linked'))
  symlinkSync(path.join(outside, 'x.md'), path.join(root, 'link.md'))
  writeFileSync(path.join(root, 'file'), '')
  const files = new FilePut(root)
  for (const at of ['../x.md', '/x.md', 'a/../../x.md', '.git/config', 'linked/x.md', 'file/x.md', '']) {
    expect([at, files.put(item(at, 'x'))]).toEqual([at, { problem: expect.any(String) }])
  }
  expect(files.put(item('link.md', 'x'))).toBe('other')
  expect(readdirSync(outside)).toEqual([])
  expect(existsSync(path.join(path.dirname(root), 'x.md'))).toBe(false)
})
