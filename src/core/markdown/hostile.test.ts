import { describe, expect, test } from 'vitest'
import { metaFromFrontmatter, printFrontmatter } from './frontmatter.ts'
import { GROWING, HOSTILE } from './hostile.test-data.ts'
import { normalizeTree } from './normalize.ts'
import { parseMarkdown } from './parse.ts'
import { printNote, printNoteChecked } from './print.ts'
import { decodeSource } from './source.ts'

test.each(HOSTILE)('M7: %s', { timeout: 20_000 }, (_, source, degraded) => {
  const parsed = parseMarkdown(source)
  expect(parsed.degraded).toBe(degraded)
  const meta = metaFromFrontmatter(parsed.frontmatter)
  const frontmatter = printFrontmatter({ id: '', meta, original: parsed.frontmatterSource, asNew: false })
  expect(printNote({ frontmatter, blocks: parsed.blocks, source })).toBe(source)
})

test('M7: a degraded note keeps every character, and stays as it is when read again', () => {
  const source = `\n\n  ${'> '.repeat(200)}a\n\nb  \n\n`
  const { blocks } = parseMarkdown(source)
  expect(blocks).toEqual([{ type: 'verbatim', source: source.trim().length > 0 ? source.slice(2).trimEnd() : '' }])
  expect(parseMarkdown(printNote({ frontmatter: '', blocks: normalizeTree(blocks) })).blocks).toMatchObject([
    { type: 'verbatim' },
  ])
})

test('M7: a paragraph whose marks are nested too deep is kept as written', () => {
  const source = `${'**a '.repeat(40)}${'b** '.repeat(40).trimEnd()}`
  expect(parseMarkdown(source).blocks).toEqual([{ type: 'verbatim', source }])
  expect(printNoteChecked({ frontmatter: '', blocks: parseMarkdown(source).blocks })).toEqual({
    text: `${source}\n`,
    same: true,
  })
})

describe('M7: what UTF-8 or Markdown cannot hold does not throw, and is the same once it was read', () => {
  test.each([
    ['NUL', 'a\0b **\0** `\0`\n'],
    ['lone surrogates', 'a\ud800b [[\udc00]] *\ud83d*\udc00\n'],
    ['a byte order mark in the middle', '\ufeffa\n\ufeff# b\n'],
  ])('%s', (_, source) => {
    const { text } = decodeSource(new TextEncoder().encode(source))
    expect(printNote({ frontmatter: '', blocks: parseMarkdown(text).blocks, source: text })).toBe(text)
    const printed = printNoteChecked({ frontmatter: '', blocks: parseMarkdown(source).blocks })
    expect(printed.same).toBe(true)
    expect(printNote({ frontmatter: '', blocks: parseMarkdown(printed.text).blocks })).toBe(printed.text)
  })
})

/** Processor time in ms, so that a busy machine does not count. */
function work(source: string): number {
  const before = process.cpuUsage()
  const { blocks } = parseMarkdown(source)
  printNoteChecked({ frontmatter: '', blocks })
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

describe('M7: four times as much is no more than twelve times the work (sixteen would be its square)', () => {
  test.each(GROWING)('%s', { timeout: 60_000 }, (_, source) => {
    const [small, large] = [source(2_000), source(8_000)]
    work(small)
    let isLinear = false
    // What is done in a moment says nothing, and a collection of garbage falls on either: the best of several.
    for (let attempt = 0; attempt < 4 && !isLinear; attempt += 1) {
      const least = Math.max(work(small), 10)
      isLinear = work(large) <= 12 * least
    }
    expect(isLinear).toBe(true)
  })
})
