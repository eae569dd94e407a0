import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NoteId } from '../../core/base/ids.ts'
import { contentKey } from '../../core/markdown/equal.ts'
import { safeStem } from '../../core/note/file-name.ts'
import { readMeta, rootOf } from '../../crdt/note-doc.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { arbitrarySource } from '../../testing/arbitrary-source.ts'
import { MemoryStore } from '../../testing/memory-store.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'
import { sha256Hex } from '../convert/hash.ts'

/** `FC_RUNS=2000` looks further. */
const numRuns = Math.ceil(Number(process.env.FC_RUNS ?? 60) / 20)
const utf8 = new TextEncoder()

const title = fc.oneof(
  fc.constantFrom(
    'Blast radius',
    'Über',
    '記憶',
    'a/b: c?',
    'CON',
    '..',
    '.hidden',
    'x [draft] #1',
    'שלום',
    '🎉',
    'a'.repeat(260),
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) => `t${text}`),
)
const folder = fc.constantFrom('', 'Folder', 'Folder/Deeper', 'Ünï', '日記', 'a b (c)')
const name = fc.constantFrom(
  'note',
  'Note',
  'README',
  '2024-01-05',
  'a.b.c',
  'it’s',
  '記憶',
  'x%20y',
  'e\u0301',
  '🎉',
  '#1 [x]',
)
const born = fc.record({
  title,
  kind: fc.constantFrom('note' as const, 'essay' as const, 'example' as const, 'commitment' as const),
  markdown: arbitrarySource.map((source) => source.replace(/^---[\s\S]*?^(?:---|\.\.\.)[^\n]*\n/m, '').slice(0, 400)),
})
const vault = fc.record({
  files: fc.dictionary(
    fc
      .tuple(folder, name, fc.constantFrom('.md', '.markdown'))
      .map(([at, stem, end]) => `${at === '' ? '' : `${at}/`}${stem}${end}`),
    arbitrarySource,
    { maxKeys: 6 },
  ),
  born: fc.array(born, { maxLength: 4 }),
})

async function take(
  harness: VaultHarness,
  files: Readonly<Record<string, Uint8Array>>,
  ids: Record<string, string> = {},
  titles: Record<string, string> = {},
  isExport = false,
) {
  const input = Object.entries(files).map(([path, bytes]) => ({
    path,
    bytes,
    updated: 5,
    ...(ids[path] === undefined ? {} : { id: ids[path] }),
    ...(isExport ? { exported: sha256Hex(bytes) } : {}),
    ...(titles[path] === undefined ? {} : { beside: JSON.stringify({ title: titles[path] }) }),
  }))
  const replies = input.length === 0 ? [] : await harness.vault.call('importFiles', { files: input })
  await harness.vault.call('importEnd', {})
  return replies
}

async function out(harness: VaultHarness) {
  const plan = await harness.vault.call('exportPlan', {})
  const notes = await harness.vault.call('exportNotes', { ids: plan.notes.map(({ id }) => id) })
  const { notes: ids } = JSON.parse(plan.sidecar['ids.json'] ?? '{"notes":{}}') as { notes: Record<string, string> }
  const titled = JSON.parse(plan.sidecar['titles.json'] ?? '{"notes":{}}') as { notes: Record<string, string> }
  const titles = Object.fromEntries(
    Object.entries(ids).flatMap(([path, id]) => (Object.hasOwn(titled.notes, id) ? [[path, titled.notes[id]]] : [])),
  ) as Record<string, string>
  return { notes, ids, titles, files: Object.fromEntries(notes.map(({ path, bytes }) => [path, bytes])) }
}

/** What makes a vault the same: every note by its id, with its facts and text; layout is none of it (N10). */
async function content(harness: VaultHarness, ids: readonly NoteId[]) {
  const notes: Record<string, unknown> = {}
  for (const id of ids) {
    const { doc, close } = await harness.openNote(id)
    const { kind, created, aliases, tags, properties, title } = readMeta(doc)
    notes[id] = { kind, created, aliases, tags, properties, title, tree: contentKey(readTree(rootOf(doc))) }
    close()
  }
  return notes
}

test('M1, M3, M8: any vault, exported and imported into another, is the same vault', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(vault, async ({ files, born }) => {
      const one = await vaultHarness(new MemoryStore())
      const two = await vaultHarness(new MemoryStore(), { id: 'another-vault' })
      try {
        const bytes = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, utf8.encode(text)]))
        await take(one, bytes)
        for (const note of born) await one.vault.call('createNote', note)
        const first = await out(one)
        for (const [path, source] of Object.entries(bytes)) expect(first.files[path], path).toEqual(source)
        expect(first.notes.filter(({ problem }) => problem !== null)).toEqual([])
        await take(two, first.files, first.ids, first.titles)
        const second = await out(two)
        expect(second.ids).toEqual(first.ids)
        expect(second.files).toEqual(first.files)
        const ids = Object.values(first.ids) as NoteId[]
        expect(JSON.stringify(await content(two, ids))).toBe(JSON.stringify(await content(one, ids)))
        expect(await two.vault.call('check', { repair: false })).toMatchObject({ ok: true })
        const again = await take(one, first.files, first.ids, first.titles, true)
        expect(again.filter(({ status }) => status !== 'unchanged')).toEqual([])
      } finally {
        await one.close()
        await two.close()
      }
    }),
    { seed: 71, numRuns, endOnFailure: true },
  )
})

const PARTS = [
  'a',
  'A',
  '..',
  '.',
  '/',
  '\\',
  ':',
  '?',
  '*',
  '"',
  '<',
  '|',
  '\0',
  '\n',
  '\t',
  ' ',
  '. ',
  'con',
  'NUL',
  'aux.txt',
  'LPT1',
  '\u202e',
  '\u200b',
  '\ufeff',
  'e\u0301',
  'é',
  'ß',
  'ẞ',
  'İ',
  '記',
  '🎉',
  '\ud800',
  '%2e%2e',
  '~',
  '$HOME',
  '-rf',
  'x'.repeat(120),
  '字'.repeat(90),
  '#',
  '^',
  '[[',
  ']]',
  '|s',
  '%%',
  '`',
  "'",
  ';',
  '&&',
  'COM¹',
  '.git',
  '.obsidian',
  '.throughline',
  'Thumbs.db',
]
/** 300 titles that want to break something: single parts, pairs, and the same in another case. */
const TITLES = [
  ...PARTS,
  ...PARTS.flatMap((a, at) => [
    a + PARTS[(at * 7 + 3) % PARTS.length],
    `${PARTS[(at * 5 + 1) % PARTS.length]}/${a}`,
    `${a}${a}`,
    a.toUpperCase(),
    `x ${a} y`,
  ]),
].slice(0, 300)

test('M6: 300 hostile titles have file names that every system holds, unique without case, and keep all their characters', {
  timeout: 120_000,
}, async () => {
  expect(TITLES).toHaveLength(300)
  const one = await vaultHarness(new MemoryStore())
  const two = await vaultHarness(new MemoryStore(), { id: 'another-vault' })
  try {
    const titles: Record<string, string> = {}
    for (const wanted of TITLES) {
      if (wanted.trim() === '') continue
      const made = await one.vault.call('createNote', { title: wanted, kind: 'note', markdown: 'Text.' })
      titles[made.id] = made.title
    }
    const { notes, files, ids, titles: sidecar } = await out(one)
    expect(notes.length).toBeGreaterThan(280)
    const seen = new Set<string>()
    for (const { path, problem } of notes) {
      expect(problem, path).toBeNull()
      expect(path).toMatch(/^Notes\/[^/]+\.md$/)
      const file = path.slice('Notes/'.length)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
      expect(file, file).not.toMatch(/[\u0000-\u001f<>:"/\\|?*]|^[. ]|[. ]\.md$/)
      expect(file, file).not.toMatch(/^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i)
      expect(utf8.encode(file).length, file).toBeLessThan(230)
      const key = file.normalize('NFC').toLowerCase().normalize('NFC')
      expect(seen.has(key), file).toBe(false)
      seen.add(key)
    }
    // Reversible: through the folder into another vault, each title is what it was.
    await take(two, files, ids, sidecar)
    const back = new Map((await two.vault.call('notes', {})).map((note) => [String(note.id), note.title]))
    const lost = Object.entries(titles).filter(([id, wanted]) => back.get(id) !== wanted)
    expect(lost.map(([id, wanted]) => [wanted, back.get(id)])).toEqual([])
  } finally {
    await one.close()
    await two.close()
  }
})

test('M6: a stem is safe and never another', () => {
  for (const wanted of TITLES) expect(safeStem(safeStem(wanted))).toBe(safeStem(wanted))
})
