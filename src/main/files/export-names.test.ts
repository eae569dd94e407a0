import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileKey } from '../../core/note/file-name.ts'
import { targetNames } from './export-names.ts'
import { targetSegments } from './safe-path.ts'

const linux = { foldsCase: false, platform: 'linux', portable: false } as const
const renamed = (paths: string[], rules: Parameters<typeof targetNames>[1]) =>
  Object.fromEntries([...targetNames(paths, rules)].filter(([from, to]) => from !== to))

test('M6: a path stays wherever the target can hold it', () => {
  const paths = ['What now?.md', 'a.md', 'A.md', 'con.md', 'Ärger. /x .md', 'x/y:z/"q".md', '..md', '....md', 'a']
  expect(renamed(paths, linux)).toEqual({})
})

test('M6: what one system cannot hold is renamed there, and with `portable` everywhere', () => {
  const paths = ['What now?.md', 'con.md', 'dot./x.md', 'a:b/c.md', 'Fine.md', 'pic*.png']
  const made = {
    'What now?.md': 'What now.md',
    'con.md': '_con.md',
    'dot./x.md': 'dot/x.md',
    'a:b/c.md': 'a-b/c.md',
    'pic*.png': 'pic.png',
  }
  expect(renamed(paths, { ...linux, portable: true })).toEqual(made)
  expect(renamed(paths, { ...linux, platform: 'win32' })).toEqual(made)
})

test('M6: names that differ in case only are told apart, notes and folders alike', () => {
  const paths = ['a.md', 'A.md', 'A 2.md', 'Notes/x.md', 'notes/x.md', 'NOTES/y.md']
  expect(renamed(paths, { ...linux, foldsCase: true })).toEqual({
    'a.md': 'a 3.md',
    'Notes/x.md': 'Notes 2/x.md',
    'notes/x.md': 'notes 3/x.md',
  })
})

test('names too long or without valid Unicode are made to fit on every system', () => {
  const long = `${'ß'.repeat(200)}.md`
  const names = targetNames([long, 'x\ud800.md', 'n\0ul.md'], linux)
  expect(Buffer.byteLength(names.get(long) ?? '')).toBeLessThan(255)
  expect([names.get('x\ud800.md'), names.get('n\0ul.md')]).toEqual(['x.md', 'n-ul.md'])
})

test('refused names are not made harmless: they are listed where they would be written', () => {
  const paths = ['../out.md', '.git/config', 'a/../b.md', '/etc/passwd', '.obsidian/x.md']
  expect(renamed(paths, { ...linux, portable: true })).toEqual({})
})

const nasty = fc
  .array(fc.constantFrom(...'aAbäÄ?:. *<con\\|"^#1', 'a\u0301', 'á'), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''))
const somePath = fc.array(nasty, { minLength: 1, maxLength: 3 }).map((parts) => `${parts.join('/')}.md`)

test('M6: portable names are safe on every system, unique without case, and the same whatever the order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(somePath, { maxLength: 40 }), (paths) => {
      const names = targetNames(paths, { ...linux, portable: true })
      const kept = paths.filter(
        (path) => !path.split('/').some((name, at, all) => at < all.length - 1 && /^\./.test(name)),
      )
      const made = kept.map((path) => names.get(path) ?? '')
      expect(new Set(made.map(fileKey)).size).toBe(kept.length)
      for (const name of made) expect([name, targetSegments(name, 'win32').ok]).toEqual([name, true])
      const folders = new Set(
        made.flatMap((name) =>
          name
            .split('/')
            .slice(0, -1)
            .map((_, at, all) => fileKey(all.slice(0, at + 1).join('/'))),
        ),
      )
      for (const name of made) expect(folders.has(fileKey(name))).toBe(false)
      expect(targetNames([...paths].reverse(), { ...linux, portable: true })).toEqual(names)
    }),
  )
})
