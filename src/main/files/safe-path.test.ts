import path from 'node:path'
import { expect, test } from 'vitest'
import { collisionKey, targetSegments } from './safe-path.ts'

const ESCAPES = [
  '..',
  '../x.md',
  'a/../../x.md',
  'a/..',
  './x.md',
  'a/./b.md',
  '/etc/passwd',
  '//host/share',
  'a//b.md',
]
const HIDDEN = [
  '.md/x.md',
  '.x.md/y',
  '.git/hooks/post-checkout',
  '.obsidian/app.json',
  '.bashrc',
  'a/.ssh/config',
  '.throughline/ids.json',
]
const BROKEN = ['', '/', 'a/', 'a\0b.md', '\0', 'a/\0/b', `${'x'.repeat(256)}.md`, `${'ü'.repeat(128)}.md`, '\ud800.md']
const WINDOWS = [
  ...['C:\\x.md', 'C:x.md', '\\\\host\\share\\x.md', '..\\x.md', 'a\\..\\..\\x.md', 'a:stream.md', 'x.md::$DATA'],
  ...[
    'a<b.md',
    'a>b.md',
    'a"b.md',
    'a|b.md',
    'a?b.md',
    'a*b.md',
    'a\u0001b.md',
    'a\nb.md',
    'x.md.',
    'x.md ',
    'a./b.md',
  ],
  ...['con', 'CON.md', 'con.tar.gz', 'nul', 'NUL.md', 'aux.md', 'prn', 'CONIN$', 'conout$.md', 'com0.md', 'lpt0'],
  ...Array.from({ length: 9 }, (_, i) => [`com${i + 1}.md`, `a/LPT${i + 1}`, `COM${i + 1}/x.md`]).flat(),
  ...['com¹.md', 'com².md', 'lpt³.md', 'a /b.md'],
]
/** Odd, but plain names: they are kept as they are. */
const FINE = [
  ...['.md', '....md', '.a.markdown'],
  ...[
    'a.md',
    'Essays/Blast radius.md',
    'ü/é.md',
    'e\u0301.md',
    '文/書.md',
    '🙂.md',
    'a b  c.md',
    '-rf.md',
    '--help',
    '~',
  ],
  ...[
    '$HOME.md',
    '`id`.md',
    "';--.md",
    '%2e%2e%2fx.md',
    '..%2fx.md',
    'a..b.md',
    'a...md',
    '#tag.md',
    '[x].md',
    '{a}.md',
  ],
  ...['console.md', 'nullable.md', 'communism.md', 'com10.md', 'auxiliary/x.md', '\u202etxt.md', '\u200b.md', '！.md'],
]

/** Every combination with a folder before and a file behind, as an archive or a peer could send it. */
const around = (names: readonly string[]) => names.flatMap((name) => [name, `Notes/${name}`])

test('M6: more than 200 hostile names and paths: none leaves the folder', () => {
  const hostile = [...around([...ESCAPES, ...HIDDEN, ...BROKEN]), ...around(WINDOWS), ...around(FINE)]
  expect(hostile.length).toBeGreaterThan(200)
  for (const [platform, join] of [
    ['linux', path.posix],
    ['win32', path.win32],
  ] as const) {
    const root = platform === 'win32' ? 'C:\\target' : '/target'
    for (const name of hostile) {
      const found = targetSegments(name, platform)
      if (!found.ok) continue
      const full = join.resolve(root, ...found.value)
      expect([name, full.startsWith(root + join.sep)]).toEqual([name, true])
      expect([name, full]).toEqual([name, [root, ...found.value].join(join.sep)])
    }
  }
})

test('paths that escape, hide or are no names are refused everywhere, with a reason', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    for (const name of around([...ESCAPES, ...HIDDEN, ...BROKEN])) {
      // `Notes//etc/passwd` and the like hold an empty name
      expect([name, targetSegments(name, platform).ok]).toEqual([name, false])
    }
  }
})

test('what only Windows cannot hold is refused on Windows only', () => {
  for (const name of WINDOWS.filter((name) => !name.startsWith('..'))) {
    expect([name, targetSegments(name, 'win32').ok]).toEqual([name, false])
    expect([name, targetSegments(name, 'linux').ok]).toEqual([name, true])
  }
})

test('odd but plain names stay as they are', () => {
  for (const name of FINE.filter((name) => !name.startsWith('..'))) {
    const found = targetSegments(name, 'linux')
    expect(found.ok && found.value.join('/')).toBe(name)
  }
})

test('names that a disk folds together have one key there, and two elsewhere', () => {
  expect(collisionKey('A/É.md', true)).toBe(collisionKey('a/e\u0301.md', true))
  expect(collisionKey('A/É.md', false)).not.toBe(collisionKey('a/e\u0301.md', false))
})
