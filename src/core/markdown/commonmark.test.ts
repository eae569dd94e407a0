import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { sameBlocks } from './equal.ts'
import { normalizeTree } from './normalize.ts'
import { parseMarkdown } from './parse.ts'
import { printNote } from './print.ts'
import { comparableHtml, renderHtml } from './render-html.test-data.ts'

/** The 652 examples of CommonMark 0.31.2, from npm. */
const spec = readFileSync(createRequire(import.meta.url).resolve('commonmark-spec/spec.txt'), 'utf8')
const EXAMPLE = /^`{32} example\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$/gm
const examples = [...spec.matchAll(EXAMPLE)].map(([, markdown = '', html = ''], at) => ({
  number: at + 1,
  markdown: markdown.replaceAll('→', '\t'),
  html: html.replaceAll('→', '\t'),
}))

/**
 * Where the tree says less than the HTML: a heading's own line ends (81, 82, 95) are spaces, neighbouring lists of
 * one style (301, 302) are one, an address that ends in a backslash (603) has it encoded. The source keeps them all.
 */
const SAYS_LESS = new Set([81, 82, 95, 301, 302, 603])

test('there are 652 examples', () => {
  expect(examples).toHaveLength(652)
})

describe.each(examples)('CommonMark example $number', ({ number, markdown, html }) => {
  const { frontmatter, frontmatterSource, blocks } = parseMarkdown(markdown)

  test('M1: comes back to the byte', () => {
    expect(printNote({ frontmatter: frontmatterSource, blocks, source: markdown })).toBe(markdown)
  })

  test('M4: its canonical form reads as the same blocks', () => {
    const again = parseMarkdown(printNote({ frontmatter: frontmatterSource, blocks })).blocks
    expect(again).toEqual(blocks)
    expect(sameBlocks(normalizeTree(blocks), blocks)).toBe(true)
  })

  // Two examples begin as frontmatter does.
  const rendered = frontmatter || markdown.startsWith('---\n') || html === '' ? null : renderHtml(blocks)
  if (rendered !== null && !SAYS_LESS.has(number)) {
    test('M5: says the same HTML', () => {
      expect(comparableHtml(rendered)).toBe(comparableHtml(html))
    })
  }
})
