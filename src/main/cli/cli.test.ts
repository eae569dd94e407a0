import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import type { Jobs } from '../jobs.ts'
import type { Logger } from '../log.ts'
import type { Services } from '../services.ts'
import { profileAt } from '../store/profile.ts'
import { VaultRegistry } from '../store/registry.ts'
import { parseCommand } from './arguments.ts'
import { openDoor } from './door.ts'
import { lines, newAddress, readDoor } from './door-protocol.ts'
import { knock } from './knock.ts'
import { terminal } from './terminal.ts'
import { VERBS } from './verbs.ts'

const folder = temporaryFolders()
const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} }
const parse = (...argv: string[]) => parseCommand(argv, VERBS)

test('--help lists the verbs that exist, and each verb its options', () => {
  const help = parse('--help')
  expect(help.type).toBe('help')
  const listed =
    help.type === 'run' ? [] : [...help.text.matchAll(/^ {2}([a-z][a-z-]*)(?: |$)/gm)].map(([, name]) => name)
  const built = [
    'import',
    'export',
    'vaults',
    'list',
    'show',
    'new',
    'append',
    'search',
    'backlinks',
    'graph',
    'blast-radius',
    'commitments',
    'evidence',
    'log',
    'backup',
    'restore',
    'check',
  ]
  expect(listed).toEqual(built)
  expect(parse('list', '--help')).toMatchObject({ type: 'help', text: expect.stringContaining('--tag T') })
})

test('a command is a verb, its words and its options, the vault wherever it stands', () => {
  const expected = { type: 'run', positionals: ['a b'], values: { limit: '3' }, vault: 'My vault' }
  expect(parse('search', 'a b', '--limit', '3', '--vault', 'My vault')).toMatchObject(expected)
  expect(parse('--vault', 'My vault', 'search', '--limit=3', 'a b')).toMatchObject(expected)
  expect(parse('--vault=My vault', 'search', '--limit=3', 'a b')).toMatchObject(expected)
  expect(parse('search', '--', '-not this')).toMatchObject({ type: 'run', positionals: ['-not this'] })
  expect(parse('vaults')).toMatchObject({ type: 'run', vault: null })
  expect(parse('backup')).toMatchObject({ type: 'run', positionals: [] })
  expect(parse('backup', 'a b.throughline')).toMatchObject({ type: 'run', positionals: ['a b.throughline'] })
})

test('wrong usage is said before anything starts', () => {
  const wrong = [
    ...[[], ['frobnicate'], ['search'], ['search', 'a', 'b'], ['search', 'a', '--limit', 'many'], ['--vault', 'x']],
    ...[['list', '--kind', 'poem'], ['append', 'a'], ['vaults', 'x'], ['import'], ['list', '--unknown'], ['new', ' ']],
    ...[
      ['blast-radius'],
      ['commitments', 'x'],
      ['evidence', '--list', 'x'],
      ['evidence', '--limit', 'x'],
      ['log', 'x', '--type', 'saw', '--text', 'y', '--towards', 'z'],
      ['restore'],
      ['restore', 'a', 'b'],
      ['restore', ''],
      ['backup', 'a', 'b'],
      ['backup', ''],
      ['graph', '--at', '2020-01-01'],
      ['search', 'a', '--limit'],
    ],
  ]
  for (const argv of wrong) expect([argv, parse(...argv).type]).toEqual([argv, 'usage'])
  expect(parse('search')).toMatchObject({ text: expect.stringContaining('usage: throughline search QUERY') })
})

test('lines arrive whole however they are cut, and a flood is cut off', () => {
  const bytes = Buffer.from('{"a":"ü"}\n\n{"b":2}\nrest')
  for (let size = 1; size < bytes.length; size++) {
    const heard: string[] = []
    const push = lines(
      (line) => heard.push(line),
      () => {},
    )
    for (let i = 0; i < bytes.length; i += size) push(bytes.subarray(i, i + size))
    expect(heard).toEqual(['{"a":"ü"}', '', '{"b":2}'])
  }
  let floods = 0
  lines(
    () => {},
    () => floods++,
    10,
  )(Buffer.alloc(11, 65))
  expect(floods).toBe(1)
})

async function withDoor(profileFolder = folder()) {
  const profile = profileAt(profileFolder)
  const registry = await VaultRegistry.open(profile, silent)
  const services = { profile, registry, log: silent } as unknown as Services
  const jobs = { count: async () => 0 } as unknown as Jobs
  const door = await openDoor('app', services, jobs)
  return { profile, registry, door }
}
const here = () => ({
  cwd: '/',
  signal: new AbortController().signal,
  progress: () => {},
  say: () => {},
})

test('a second start has the first one answer; wrong usage and failures come back with their exit codes', async () => {
  const { profile, registry, door } = await withDoor()
  const vault = await registry.create('Mine')
  const known = await readDoor(profile)
  if (!known) throw new Error('no door')
  expect(await knock(known, ['vaults'], here())).toEqual({
    exit: 0,
    value: [{ name: 'Mine', id: vault.id, notes: 0 }],
  })
  expect(await knock(known, ['search'], here())).toMatchObject({ exit: 2 })
  expect(await knock(known, ['list', '--vault', 'none'], here())).toMatchObject({
    exit: 1,
    message: expect.stringContaining('“Mine”'),
  })
  await door.close()
  expect(await readDoor(profile)).toBeNull()
  expect(await knock(known, ['vaults'], here())).toBeNull()
})

test('without the secret nothing is answered', async () => {
  const { profile, door } = await withDoor()
  const known = await readDoor(profile)
  if (!known) throw new Error('no door')
  for (const secret of ['', 'x', known.secret.slice(1)]) {
    expect(await knock({ ...known, secret }, ['vaults'], here())).toMatchObject({ exit: 1 })
  }
  await door.close()
})

test.runIf(process.platform !== 'win32')('socket and secret are this user’s alone, at any length of path', async () => {
  const deep = path.join(folder(), 'd'.repeat(120))
  mkdirSync(deep)
  for (const where of [folder(), deep]) {
    const { profile, door } = await withDoor(where)
    const known = await readDoor(profile)
    expect(known?.address).toBe(newAddress(profile))
    expect(Buffer.byteLength(known?.address ?? '')).toBeLessThan(104)
    expect(statSync(known?.address ?? '').mode & 0o777).toBe(0o600)
    expect(statSync(profile.door).mode & 0o777).toBe(0o600)
    expect(await knock(known as never, ['vaults'], here())).toMatchObject({ exit: 0 })
    await door.close()
  }
})

test('progress is a bar on a terminal and lines now and then elsewhere', () => {
  const written: string[] = []
  let now = 0
  const log = terminal({ write: (text) => written.push(text) }, () => now)
  for (let done = 1; done <= 10; done++) {
    now += 100
    log.progress('read', done, 10)
  }
  log.progress('index', 0, 10)
  expect(written).toEqual(['reading 1/10\n', 'reading 4/10\n', 'reading 7/10\n', 'reading 10/10\n', 'indexing 0/10\n'])
  const screen: string[] = []
  const bar = terminal({ isTTY: true, write: (text) => screen.push(text) })
  bar.progress('read', 5, 10)
  bar.say('a word')
  expect(screen[0]).toContain('5/10')
  expect(screen.slice(1)).toEqual(['\r\u001b[K', 'a word\n'])
})
