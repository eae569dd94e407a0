import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteId } from '../core/base/ids.ts'
import { metaFromFrontmatter } from '../core/markdown/frontmatter.ts'
import { parseMarkdown } from '../core/markdown/parse.ts'
import { extractNote, propertyText } from '../core/note/extract.ts'
import type { NoteMeta } from '../core/note/note.ts'
import type { NoteIndex } from './note-index.ts'
import { memoryIndex, noteAt } from './test-support.ts'

const GENERATOR = path.resolve(import.meta.dirname, '../../../shared/tools/gen-corpus.mjs')
const NOTES = 1000

type Truth = { titles: string[]; tags: string[][]; backlinks: number[][]; queries: { q: string; hits: number }[] }

// The generator is no part of this project: where it is absent, these tests say so and are skipped.
describe.skipIf(!existsSync(GENERATOR))('the generated corpus (needs shared/tools/gen-corpus.mjs)', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'throughline-corpus-'))
  const corpus = path.join(folder, 'vault')
  let truth: Truth
  let index: NoteIndex

  beforeAll(() => {
    execFileSync(process.execPath, [realpathSync(GENERATOR), '--notes', String(NOTES), '--out', corpus])
    truth = JSON.parse(readFileSync(`${corpus}.truth.json`, 'utf8')) as Truth
    const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'))
    const notes = files.map((file) => {
      const { frontmatter, blocks } = parseMarkdown(readFileSync(path.join(corpus, file), 'utf8'))
      const note = noteAt(file)
      const meta: NoteMeta = {
        ...metaFromFrontmatter(frontmatter),
        title: note.title,
        file: path.basename(file),
        folderId: null,
        formerTitles: [],
        trashed: false,
      }
      const { text, tags, links } = extractNote(blocks, meta)
      return {
        ...note,
        id: noteId(`id${note.title.slice(-5)}-file`),
        aliases: [...meta.aliases],
        tags: [...tags],
        propertyText: propertyText(meta),
        text,
        links: links.map((link) => ({ ...link, targetId: '' })),
      }
    })
    index = memoryIndex()
    for (let at = 0; at < notes.length; at += 300) index.writes.put({ notes: notes.slice(at, at + 300) })
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const idAt = (at: number) => noteId(`id${String(at).padStart(5, '0')}-file`)

  test('I7: the totals of its 50 queries', () => {
    expect(truth.queries).toHaveLength(50)
    const totals = truth.queries.map(({ q }) => index.reads.search({ query: q, limit: 3 }).total)
    expect(totals).toEqual(truth.queries.map(({ hits }) => hits))
  })

  test('I12: every tag', () => {
    const wanted = new Map<string, number>()
    for (const tag of truth.tags.flat()) wanted.set(tag, (wanted.get(tag) ?? 0) + 1)
    expect(new Map(index.reads.tags().map(({ tag, notes }) => [tag, notes]))).toEqual(wanted)
  })

  test('I6: every backlink', () => {
    expect(index.reads.status()).toEqual({ notes: NOTES, links: NOTES * 5, unresolved: 0 })
    for (const [at, sources] of truth.backlinks.entries()) {
      const found = index.reads.backlinks({ id: idAt(at) }).items.map(({ id }) => id)
      expect(found.toSorted()).toEqual(sources.map(idAt).toSorted())
    }
  })
})
