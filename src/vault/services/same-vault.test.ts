import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FolderId, NoteId } from '../../core/base/ids.ts'
import { contentKey } from '../../core/markdown/equal.ts'
import type { Property } from '../../core/note/note.ts'
import { readMeta, rootOf, updateMeta } from '../../crdt/note-doc.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { arbitrarySource } from '../../testing/arbitrary-source.ts'
import { actOn, arbitraryActs } from '../../testing/commitment-acts.ts'
import { MemoryStore } from '../../testing/memory-store.ts'
import { type Attached, type Mapping, out, take } from '../../testing/out-and-in.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

/** `FC_RUNS=2000` looks further. */
const numRuns = Math.ceil(Number(process.env.FC_RUNS ?? 80) / 20)
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
/** Every form of a relation, and links to attachments in each of theirs; names of notes and files as made above. */
const LINES = [
  'rests_on:: [[note]]',
  'It holds, and this [challenges:: [[README|that]]] does not.',
  '- [ ] do it (Illustrates:: [[Folder/note]])',
  'tried_in:: [[2024-01-05]], [[a.b.c#Part]]',
  'supports:: [[記憶]]',
  '![[pic.png|20]]',
  '![alt](Files/two%20words.png) [[Files/talk.mp3]]',
  '> [!note] x\n> ![[../Files/pic.png]] [[Nobody]]',
] as const
const lines = fc.uniqueArray(fc.constantFrom(...LINES), { maxLength: 3 })
const HEADS = [
  '',
  '---\naliases: [Ay, "b: c"]\ntags: [t/u, 日]\n---\n',
  '---\nkind: commitment\nstatus: in progress\ndue: 2026-12-04\nrests_on:\n  - "[[note]]"\n  - "[[Nobody]]"\n---\n',
  '---\nsupports: "[[README]]" # why\nalias: Früher\ntag: x\n---\n',
] as const
const source = fc
  .tuple(fc.constantFrom(...HEADS), arbitrarySource, lines)
  .map(
    ([head, text, more]) =>
      (head === '' ? text : head + withoutHead(text)) + more.map((line) => `\n\n${line}\n`).join(''),
  )
const withoutHead = (text: string) => text.replace(/^---[\s\S]*?^(?:---|\.\.\.)[^\n]*\n/m, '')

const born = fc.record({
  title,
  kind: fc.constantFrom('note' as const, 'essay' as const, 'example' as const, 'commitment' as const),
  markdown: fc
    .tuple(arbitrarySource, lines)
    .map(([text, more]) => [withoutHead(text).slice(0, 400), ...more].join('\n\n')),
  aliases: fc.uniqueArray(fc.constantFrom('Ay', 'b: c', 'Früher', '#1'), { maxLength: 2 }),
  tags: fc.uniqueArray(fc.constantFrom('t', 't/u', '日', 'x-y'), { maxLength: 2 }),
  properties: fc.uniqueArray(
    fc.constantFrom(
      { key: 'rests_on', value: ['[[note]]', '[[Nobody]]'] },
      { key: 'supports', value: '[[README]]' },
      { key: 'due', value: '2026-12-04' },
      { key: 'review_every', value: '2w' },
      { key: 'next_review', value: '2026-12-01' },
      { key: 'a b', value: { deep: [1, null, 'x: y'] } },
    ),
    { maxLength: 3 },
  ),
  acts: arbitraryActs,
  log: fc.array(fc.constantFrom('Seven hours, cited [[note]].', 'a\nb', '*x* ^id #t'), { maxLength: 3 }),
  folder: fc.constantFrom(null, 'Made', 'Made/Deeper'),
  isRenamed: fc.boolean(),
})
const paths = fc
  .tuple(folder, name, fc.constantFrom('.md', '.markdown'))
  .map(([at, stem, end]) => `${at === '' ? '' : `${at}/`}${stem}${end}`)
const files = fc.dictionary(
  fc.constantFrom('pic.png', 'Files/pic.png', 'Files/two words.png', 'Files/talk.mp3', 'Ünï/pic.png'),
  fc.constantFrom('a', 'b', 'c'),
  { maxKeys: 4 },
)
/** Notes and attachments of two folders, notes that are born here, a mapping, a walk through some of them. */
const vault = fc.record({
  files: fc.dictionary(paths, source, { maxKeys: 5 }),
  others: fc.dictionary(
    paths.map((path) => `Other/${path}`),
    source,
    { maxKeys: 2 },
  ),
  attachments: fc.tuple(files, files),
  born: fc.array(born, { maxLength: 3 }),
  mapping: fc.constantFrom<Mapping[]>(
    { kinds: [], words: {} },
    {
      kinds: [{ by: 'folder', key: 'Folder', value: '', kind: 'essay' }],
      words: { supports: 'illustrates' },
    },
  ),
  words: fc.constantFrom(null, { word: 'Feeds on', inverse: 'feeds', reading: '', inverseReading: 'Feeds' }),
  stops: fc.array(fc.nat(8), { maxLength: 3 }),
})

const listOf = (files: Readonly<Record<string, string>>): Attached[] =>
  Object.entries(files).map(([path, digit]) => ({ path, sha256: digit.repeat(64), size: 1 }))

async function make(harness: VaultHarness, note: typeof born extends fc.Arbitrary<infer T> ? T : never) {
  let folderId: FolderId | null = null
  for (const part of note.folder?.split('/') ?? []) {
    const all: readonly { id: FolderId; parentId: FolderId | null; name: string }[] = await harness.vault.call(
      'folders',
      {},
    )
    const parentId: FolderId | null = folderId
    const known: { id: FolderId } | undefined = all.find((each) => each.name === part && each.parentId === parentId)
    folderId = known?.id ?? (await harness.vault.call('createFolder', { parentId, name: part })).id
  }
  const { title: called, kind, markdown, isRenamed } = note
  const made = await harness.vault.call('createNote', {
    title: isRenamed ? 'Called so before' : called,
    kind,
    markdown,
    ...(folderId === null ? {} : { folderId }),
  })
  const opened = await harness.openNote(made.id)
  updateMeta(opened.doc, { aliases: note.aliases, tags: note.tags, properties: note.properties as Property[] }, LOCAL)
  await opened.stored()
  opened.close()
  if (isRenamed) await harness.vault.call('renameNote', { id: made.id, title: called })
  if (kind !== 'commitment') return
  for (const text of note.log) await harness.vault.call('appendLog', { id: made.id, type: 'saw', text, author: 'Mara' })
  await actOn(harness, made.id, note.acts)
}

/** What makes a vault the same: every note by its id, with its facts and text; layout is none of it (N10). */
async function content(harness: VaultHarness, ids: readonly NoteId[]) {
  const notes: Record<string, unknown> = {}
  for (const id of ids) {
    const { doc, close } = await harness.openNote(id)
    const { kind, created, aliases, tags, properties, title, formerTitles } = readMeta(doc)
    const facts = {
      kind,
      created,
      aliases,
      tags,
      properties,
      title,
      formerTitles,
      tree: contentKey(readTree(rootOf(doc))),
    }
    close()
    const { entries } = await harness.vault.call('noteLog', { id })
    const links = await harness.index.call('outlinks', { id })
    const shown = ['pic.png', 'Files/pic.png', 'Files/two%20words.png', '../Files/pic.png', 'Files/talk.mp3'].map(
      async (target) => (await harness.vault.call('resolveAttachment', { noteId: id, target }))?.path ?? null,
    )
    notes[id] = { ...facts, entries, links, shown: await Promise.all(shown) }
  }
  return notes
}

test('M1, M3, M8: any vault, exported and imported into another, is the same vault', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(vault, async ({ files, others, attachments, born, mapping, words, stops }) => {
      const one = await vaultHarness(new MemoryStore())
      const two = await vaultHarness(new MemoryStore(), { id: 'another-vault' })
      try {
        const bytesOf = (each: Record<string, string>) =>
          Object.fromEntries(Object.entries(each).map(([path, text]) => [path, utf8.encode(text)]))
        const bytes = bytesOf(files)
        await one.vault.call('setImportMapping', mapping)
        if (words) await one.vault.call('setRelationWord', words)
        await take(one, bytes, listOf(attachments[0]))
        await take(one, bytesOf(others), listOf(attachments[1]), { origin: 'two' })
        for (const note of born) await make(one, note)
        const living = await one.vault.call('notes', {})
        const walk = stops.flatMap((at, place) => {
          const note = living[at % Math.max(1, living.length)]
          return note ? [{ id: `stop-${place}`, note: note.id, seen: '', words: 'why', place }] : []
        })
        const trails = JSON.stringify({ version: 1, trails: [{ id: 'trail-1', name: 'Walk', stops: walk }] })
        if (walk.length > 0) await one.vault.call('importTrails', { trails })
        const first = await out(one)
        for (const [path, text] of Object.entries(bytes)) expect(first.files[path], path).toEqual(text)
        const problems = first.notes.flatMap(({ path, problem }) => (problem === null ? [] : [[path, problem]]))
        expect(problems).toEqual([])
        await take(two, first.files, first.attachments, { origin: 'out', said: first.said })
        const second = await out(two)
        expect(second.ids).toEqual(first.ids)
        expect(second.files).toEqual(first.files)
        expect(second.attachments).toEqual(first.attachments)
        expect(second.sidecar).toEqual(first.sidecar)
        await Promise.all([one, two].map(({ vault: each }) => each.call('whenIndexed', {})))
        const ids = Object.values(first.ids) as NoteId[]
        expect(JSON.stringify(await content(two, ids))).toBe(JSON.stringify(await content(one, ids)))
        expect(await two.vault.call('check', { repair: false })).toMatchObject({ ok: true })
        const again = await take(one, first.files, first.attachments, {
          origin: 'out',
          said: first.said,
          isExport: true,
        })
        expect(again.filter(({ status }) => status !== 'unchanged')).toEqual([])
      } finally {
        await one.close()
        await two.close()
      }
    }),
    { seed: Number(process.env.FUZZ_SEED ?? 71), numRuns, endOnFailure: true },
  )
})
