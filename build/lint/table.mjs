// The import table of src/README.md, as data. A room may import itself, the rooms, and the packages named here.

/**
 * @typedef {object} Room
 * @property {string[]} rooms      other rooms; `NAME:types` where only `import type` may reach it
 * @property {string[]} packages   npm packages; `@scope/*` for all of a scope, `!name` for an exception to it
 * @property {boolean} [node]      whether node:* may be used
 */

const YJS = ['yjs', 'y-protocols', 'lib0']
const LEXICAL = ['lexical', '@lexical/*']

/** @type {Record<string, Room>} */
export const ROOMS = {
  // Pure TypeScript. The parsers of Markdown's blocks and of frontmatter are pure too: no ambient types, no state.
  core: { rooms: [], packages: ['@lezer/common', '@lezer/markdown', 'yaml', 'node-diff3'] },
  crdt: { rooms: ['core'], packages: YJS },
  // The binding stands between a Lexical editor and a Y.Doc, so it holds both.
  editor: { rooms: ['core', 'crdt'], packages: [...LEXICAL, '!@lexical/react', ...YJS] },
  ipc: { rooms: ['core'], packages: ['zod'] },
  vault: {
    rooms: ['core', 'crdt', 'editor', 'ipc'],
    packages: [
      'y-indexeddb',
      'fflate',
      'node-diff3',
      '@noble/hashes',
      'nanoid',
      'markdown-it',
      'markdown-it-footnote',
      ...YJS,
    ],
  },
  index: { rooms: ['core', 'crdt', 'editor', 'ipc'], packages: ['@sqlite.org/sqlite-wasm'] },
  // zod: what lies on disk (settings, the list of vaults) is checked as what comes over a port is
  // lib0: the numbers and strings in the journal's records
  // sodium-universal: signatures and sealed boxes of identity/, by the libsodium that the transport has too
  main: {
    rooms: ['core', 'ipc'],
    packages: ['electron', 'zod', 'yazl', 'yauzl', 'lib0', 'chokidar', 'sodium-universal'],
    node: true,
  },
  preload: { rooms: ['ipc'], packages: ['electron'] },
  renderer: {
    rooms: ['core', 'crdt', 'editor', 'ipc'],
    packages: [
      ...['react', 'react-dom', 'zustand', 'radix-ui', 'lucide-react', 'tinykeys'],
      ...['@floating-ui/react', '@tanstack/react-virtual', '@fontsource/*', '@fontsource-variable/*'],
      ...['d3-force', 'd3-force-reuse', 'katex', 'mermaid', 'lowlight', 'dompurify', 'zod', ...LEXICAL, ...YJS],
    ],
  },
  // Builders, seeded network, contract suites: for tests of every room, so it may import every room.
  testing: {
    rooms: ['core', 'crdt', 'editor', 'ipc', 'vault', 'index', 'main', 'renderer'],
    packages: ['*'],
    node: true,
  },
}

/** What one file may use beside what its room may. */
export const FOR_FILES = {
  // The journal's compaction merges updates, in a thread of its own; the rest of main moves bytes.
  'src/main/journal/compact.ts': ['yjs'],
  // What speaks to other computers on the local network, and nothing else of main does.
  'src/main/network/noise.ts': ['@hyperswarm/secret-stream'],
  'src/main/network/noise-wire.ts': ['@hyperswarm/secret-stream'],
  'src/main/network/hostile.test.ts': ['@hyperswarm/secret-stream'],
  'src/main/network/multicast.ts': ['multicast-dns'],
  // Days without times: months' ends and leap years, without a Date and its time zone.
  'src/core/base/calendar-day.ts': ['@internationalized/date'],
  // An entry's id is the hash of its bytes; core has no other crypto, and none of its own.
  'src/core/members/canonical.ts': ['@noble/hashes'],
  'src/core/members/entry.ts': ['@noble/hashes'],
  // Twelve words, with the checksum and the list that everybody has.
  'src/core/members/invite-code.ts': ['@scure/bip39'],
}

/** What every `*.test.ts`, and a `*.test-data.ts` that several of them share, may use beside what its room may. */
export const FOR_TESTS = {
  rooms: ['testing'],
  packages: [
    'vitest',
    'fast-check',
    'yjs',
    'fake-indexeddb',
    '@noble/hashes',
    'commonmark-spec',
    'micromark',
    'micromark-extension-gfm',
    '@lexical/headless',
  ],
}

/** Rooms whose `*-worker.ts` files another room may start by `new Worker(new URL(…, import.meta.url))`. */
export const STARTS = {
  renderer: ['renderer', 'vault', 'index'],
  vault: ['vault', 'index'],
  index: ['index'],
  main: ['main'],
}

/**
 * @param {string[]} allowed
 * @param {string} name a package's name
 */
export function allowsPackage(allowed, name) {
  if (allowed.includes(`!${name}`)) return false
  return allowed.some((entry) => {
    if (entry === '*' || entry === name) return true
    return entry.endsWith('/*') && name.startsWith(entry.slice(0, -1))
  })
}
