import { expect, test } from 'vitest'
import { safeStem } from '../../core/note/file-name.ts'
import { MemoryStore } from '../../testing/memory-store.ts'
import { out, take } from '../../testing/out-and-in.ts'
import { vaultHarness } from '../../testing/vault-harness.ts'

const utf8 = new TextEncoder()

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
    const { notes, files, said } = await out(one)
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
    await take(two, files, [], { said })
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
