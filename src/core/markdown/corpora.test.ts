import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changedLines, editWord } from '../../testing/edit-word.ts'
import { extractNote, propertyText } from '../note/extract.ts'
import { sameBlocks } from './equal.ts'
import { metaFromFrontmatter, printFrontmatter } from './frontmatter.ts'
import { parseMarkdown } from './parse.ts'
import { printNote, printNoteChecked } from './print.ts'
import { decodeSource } from './source.ts'

/** Real vaults, unpacked into a temporary folder (../shared/corpora); skipped where they are not. */
const SHARED = process.env.THROUGHLINE_SHARED ?? path.join(import.meta.dirname, '../../../../shared')
/** Edits and canonical forms are looked at in every n-th note. */
const EVERY = Number(process.env.CORPUS_EVERY ?? 10)

describe.each([
  ['garden', 7_772],
  ['jz', 749],
  ['kepano', 103],
])('%s', (name, count) => {
  const archive = path.join(SHARED, 'corpora', `${name}.tar.gz`)
  if (!existsSync(archive)) {
    test.skip(`skipped: ${name}.tar.gz is not here`)
    return
  }
  let folder = ''
  let sources: { file: string; text: string }[] = []

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'corpus-'))
    execFileSync('tar', ['xzf', archive, '-C', folder])
    sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .sort()
      .map((file) => ({ file, text: decodeSource(readFileSync(path.join(folder, file))).text }))
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000)

  test('M1: every note comes back to the byte, its frontmatter through its facts', { timeout: 120_000 }, () => {
    expect(sources).toHaveLength(count)
    const changed = sources.filter(({ text }) => {
      const { frontmatter, frontmatterSource, blocks } = parseMarkdown(text)
      const meta = metaFromFrontmatter(frontmatter)
      const head = printFrontmatter({ id: '', meta, original: frontmatterSource, asNew: false })
      return printNote({ frontmatter: head, blocks, source: text }) !== text
    })
    expect(changed.map(({ file }) => file)).toEqual([])
  })

  test('M4: canonical forms read as the same blocks', { timeout: 120_000 }, () => {
    const changed = sources.filter(({ text }, at) => {
      if (at % EVERY !== 0) return false
      const { frontmatter, blocks } = parseMarkdown(text)
      const head = frontmatter ? '---\na: 1\n---\n' : ''
      return !sameBlocks(parseMarkdown(printNote({ frontmatter: head, blocks })).blocks, blocks)
    })
    expect(changed.map(({ file }) => file)).toEqual([])
  })

  test('M2: one edited word changes only the lines of its block or item', { timeout: 120_000 }, () => {
    const changed = sources.filter(({ text }, at) => at % EVERY === 0 && !editStays(text, at))
    expect(changed.map(({ file }) => file)).toEqual([])
  })

  test('every word is in the searchable text', { timeout: 120_000 }, () => {
    const missing = new Set<string>()
    for (const [at, { text }] of sources.entries()) {
      if (at % EVERY !== 0) continue
      const { frontmatter, blocks } = parseMarkdown(text)
      const meta = metaFromFrontmatter(frontmatter)
      const facts = { ...meta, title: '', folderId: null, file: '', formerTitles: [], trashed: false }
      const found = new Set(wordsOf(`${extractNote(blocks, meta).text}\n${propertyText(facts)}`))
      for (const word of wordsOf(text)) if (!found.has(word)) missing.add(word)
    }
    // Boxes of tasks, numbers of items, names of facts and of character references are not words of the note;
    // one note of garden has a comment in its frontmatter, which is no part of the note's properties.
    const signs = /^(?:x|\d{1,2}|mdash|s|aliases|alias|tags|tag|created|kind|id)$/
    const comment = ['show', 'all', 'the', 'way', 'at', 'journal', 'day', 'forprefix']
    expect([...missing].filter((word) => !signs.test(word) && !comment.includes(word))).toEqual([])
  })
})

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? []

/** Changes a word of one block, item, cell or title, prints over the source and counts the lines that changed. */
function editStays(source: string, seed: number): boolean {
  const { frontmatterSource, bodyFrom, blocks, spans, degraded } = parseMarkdown(source)
  const edit = degraded ? null : editWord(blocks, seed)
  const span = edit && spans[edit.block]
  if (!span) return true
  const printed = printNoteChecked({ frontmatter: frontmatterSource, blocks: edit.tree, source })
  const body = source.slice(bodyFrom).replace(/\r\n?/g, '\n')
  const most = edit.lines || body.slice(span.from, span.to).split('\n').length
  return printed.same && changedLines(source, printed.text) <= most
}
