import { describe, expect, it } from 'vitest'
import { checkImports } from './check-imports.mjs'
import { ROOMS } from './table.mjs'

/** One file that breaks or keeps the table, with whatever it imports present and empty. */
function check(file: string, code: string, others: Record<string, string> = {}): string[] {
  const files = new Map(Object.entries({ [file]: code, ...others }))
  for (const [, specifier = ''] of code.matchAll(/['"](\.[^'"]*)['"]/g)) {
    const target = new URL(specifier, `file:///${file}`).pathname.slice(1)
    if (!files.has(target) && /\.tsx?$/.test(target)) files.set(target, '')
  }
  return checkImports(files)
}

/** What a room may not import: every other room of the table but those of its row. */
const forbidden = Object.entries(ROOMS).flatMap(([room, { rooms }]) =>
  Object.keys(ROOMS)
    .filter((other) => other !== room && !rooms.includes(other))
    .map((other): [string, string] => [room, other]),
)
const allowed = Object.entries(ROOMS).flatMap(([room, { rooms }]) =>
  rooms.map((other): [string, string] => [room, other]),
)

describe('the import table', () => {
  it('is the one of ARCHITECTURE.md', () => {
    expect(Object.fromEntries(Object.entries(ROOMS).map(([room, { rooms }]) => [room, rooms.join(' ')]))).toEqual({
      core: '',
      crdt: 'core',
      editor: 'core crdt',
      ipc: 'core',
      vault: 'core crdt editor ipc',
      index: 'core crdt editor ipc',
      main: 'core ipc',
      preload: 'ipc',
      renderer: 'core crdt editor ipc',
      testing: 'core crdt editor ipc vault index main renderer',
    })
  })

  it.each(forbidden)('%s may not import %s, by type or by value', (from, to) => {
    const file = `src/${from}/a.ts`
    const reason = to === 'testing' ? 'only tests may import testing' : `${from} may not import ${to}`
    for (const code of [
      `import { x } from '../${to}/b.ts'`,
      `import '../${to}/b.ts'`,
      `import type { X } from '../${to}/b.ts'`,
      `import { type X } from '../${to}/b.ts'`,
      `export { x } from '../${to}/b.ts'`,
      `export type { X } from '../${to}/b.ts'`,
      `export * from '../${to}/b.ts'`,
      `export const load = () => import('../${to}/b.ts')`,
      `export type X = import('../${to}/b.ts').X`,
      `import x = require('../${to}/b.ts')`,
      `/// <reference path="../${to}/b.ts" />`,
    ])
      expect(check(file, code), code).toEqual([`${file}:1: ${reason}`])
  })

  it.each(allowed)('%s may import %s', (from, to) => {
    expect(check(`src/${from}/a.ts`, `import type { X } from '../${to}/b.ts'`)).toEqual([])
  })

  it.each([
    ['core', 'yjs'],
    ['core', 'electron'],
    ['crdt', 'lexical'],
    ['crdt', 'y-indexeddb'],
    ['editor', '@lexical/react'],
    ['editor', '@lexical/react/LexicalComposer'],
    ['editor', 'react'],
    ['ipc', 'electron'],
    ['vault', '@sqlite.org/sqlite-wasm'],
    ['vault', 'react'],
    ['index', 'y-indexeddb'],
    ['main', 'yjs'],
    ['main', 'react'],
    ['preload', 'zod'],
    ['renderer', 'electron'],
    ['renderer', 'y-indexeddb'],
    ['renderer', 'vitest'],
  ])('%s may not use the package %s', (room, name) => {
    const found = check(`src/${room}/a.ts`, `import type { X } from '${name}'`)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(`${room} may not use the package`)
  })

  it.each(['core', 'crdt', 'editor', 'ipc', 'vault', 'index', 'preload', 'renderer'])(
    '%s may not use node:*',
    (room) => {
      const file = `src/${room}/a.ts`
      expect(check(file, `import { readFile } from 'node:fs/promises'`)).toEqual([
        `${file}:1: ${room} may not use node:fs/promises`,
      ])
    },
  )

  it('lets one file use what its room may not', () => {
    expect(check('src/main/journal/compact.ts', `import { Doc } from 'yjs'`)).toEqual([])
    expect(check('src/main/journal/journal.ts', `import { Doc } from 'yjs'`)).toHaveLength(1)
  })

  it('wants node: written out, and lets main use it', () => {
    expect(check('src/main/a.ts', `import fs from 'node:fs'`)).toEqual([])
    expect(check('src/main/a.ts', `import fs from 'fs'`)).toEqual(['src/main/a.ts:1: write node:fs'])
  })

  it('lets core use no ambient types', () => {
    expect(check('src/core/a.ts', '/// <reference types="vite/client" />')).toHaveLength(1)
  })

  it('opens a feature to the others only through its index.ts', () => {
    const file = 'src/renderer/features/a/view.tsx'
    expect(check(file, `import { b } from '../b/index.ts'`)).toEqual([])
    expect(check(file, `import { own } from './own.ts'`)).toEqual([])
    const reached = [`${file}:1: src/renderer/features/b is reached only through its index.ts`]
    expect(check(file, `import { b } from '../b/parts.ts'`)).toEqual(reached)
    expect(check(file, `import type { B } from '../b/deep/index.ts'`)).toEqual(reached)
    const app = 'src/renderer/app/App.tsx'
    expect(check(app, `import { b } from '../features/b/parts.ts'`)).toHaveLength(1)
  })

  it('gives a test its tools, and nobody the tests', () => {
    const test = 'src/crdt/a.test.ts'
    const code = `import { it } from 'vitest'\nimport fc from 'fast-check'\nimport fs from 'node:fs'\nimport '../testing/b.ts'`
    expect(check(test, code)).toEqual([])
    expect(check(test, `import '../vault/b.ts'`)).toEqual([`${test}:1: crdt may not import vault`])
    expect(check('src/crdt/a.ts', `import { it } from 'vitest'`)).toHaveLength(1)
    expect(check(test, `import './b.test-data.ts'`)).toEqual([])
    expect(check('src/crdt/b.test-data.ts', `import fc from 'fast-check'`)).toEqual([])
    expect(check('src/crdt/a.ts', `import './b.test-data.ts'`)).toHaveLength(1)
    expect(check('src/crdt/a.ts', `import './b.test.ts'`)).toEqual(['src/crdt/a.ts:1: a test may not be imported'])
  })

  it('lets workers be started across rooms, and nothing else reached by a URL', () => {
    const start = (to: string) => `new Worker(new URL('${to}', import.meta.url), { type: 'module' })`
    expect(check('src/renderer/host.ts', start('../vault/vault-worker.ts'))).toEqual([])
    expect(check('src/vault/vault-worker.ts', start('../index/index-worker.ts'))).toEqual([])
    expect(check('src/index/a.ts', start('../vault/vault-worker.ts'))).toHaveLength(1)
    expect(check('src/renderer/host.ts', start('../vault/store.ts'))).toHaveLength(1)
    expect(check('src/renderer/a.ts', `import.meta.glob('../main/*.ts')`)).toHaveLength(1)
  })

  it('finds cycles, type-only ones too', () => {
    const cycle = check('src/core/a.ts', `import type { B } from './b.ts'`, {
      'src/core/b.ts': `import { c } from './deep/c.ts'`,
      'src/core/deep/c.ts': `export type X = import('../a.ts').X`,
      'src/core/apart.ts': `import './a.ts'`,
    })
    expect(cycle).toEqual([
      'src/core/a.ts: import cycle: src/core/a.ts -> src/core/b.ts -> src/core/deep/c.ts -> src/core/a.ts',
    ])
    expect(check('src/core/a.ts', `import './a.ts'`)).toHaveLength(1)
  })

  it('names files that are not there, and files outside every room', () => {
    const lost = checkImports(new Map([['src/core/a.ts', `\n\nimport './gone.ts'`]]))
    expect(lost).toEqual(['src/core/a.ts:3: there is no src/core/gone.ts'])
    expect(check('src/stray.ts', `import './core/a.ts'`)).toHaveLength(1)
    expect(check('src/core/a.ts', `import '../../e2e/b.ts'`)).toHaveLength(1)
  })

  it('refuses a file that it cannot read', () => {
    expect(() => check('src/core/a.ts', 'import {')).toThrow('src/core/a.ts')
  })
})
