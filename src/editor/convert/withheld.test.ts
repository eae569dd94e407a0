import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { metaFromFrontmatter, printFrontmatter } from '../../core/markdown/frontmatter.ts'
import { treesEqual } from '../../core/markdown/normalize.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { printNote, printNoteChecked } from '../../core/markdown/print.ts'
import { decodeSource } from '../../core/markdown/source.ts'
import { MARK } from '../../core/markdown/tree.ts'
import { readMeta, rootOf } from '../../crdt/note-doc.ts'
import { arbitrarySource } from '../../testing/arbitrary-source.ts'
import { CORPORA, CORPUS_EVERY, hasCorpus, readCorpus } from '../../testing/corpora.ts'
import { commonmarkHtml, gfmHtmlOf } from '../../testing/html-of.ts'
import { GFM_EXAMPLES } from './gfm-examples.test-data.ts'
import { readTree } from './read-tree.ts'
import { seedNote } from './seed-note.ts'

/** `FC_RUNS=100000` looks further. */
const numRuns = Number(process.env.FC_RUNS ?? 200)

type Withheld = { readonly text: string; readonly same: boolean; readonly before: string; readonly after: string }

/**
 * A text through a note's doc and out again with its source withheld, so that every line is printed anew. `before`
 * and `after` are the two bodies, without frontmatter.
 */
function withheld(source: string): Withheld {
  const { frontmatter, bodyFrom, blocks } = parseMarkdown(source)
  const facts = metaFromFrontmatter(frontmatter)
  const doc = new Y.Doc()
  const meta = { ...facts, title: 'note', folderId: null, file: 'note.md', formerTitles: [], trashed: false }
  seedNote(doc, { meta, tree: blocks, clientId: 7 })
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  const head = frontmatter ? printFrontmatter({ id: '', meta: readMeta(other), asNew: true }) : ''
  const { text, same } = printNoteChecked({ frontmatter: head, blocks: readTree(rootOf(other)) })
  return { text, same, before: source.replace(/\r\n?/g, '\n').slice(bodyFrom), after: text.slice(head.length) }
}

const spec = readFileSync(createRequire(import.meta.url).resolve('commonmark-spec/spec.txt'), 'utf8')
const examples = [...spec.matchAll(/^`{32} example\n([\s\S]*?)^\.\n[\s\S]*?^`{32}$/gm)].map(([, markdown = '']) =>
  markdown.replaceAll('→', '\t'),
)
describe('M5: with the source withheld, HTML is the same', () => {
  test('of all 652 examples of CommonMark', () => {
    expect(examples).toHaveLength(652)
    const differing = examples.flatMap((markdown, at) => {
      const { before, after } = withheld(markdown)
      return commonmarkHtml(before).trimEnd() === commonmarkHtml(after).trimEnd() ? [] : [at + 1]
    })
    expect(differing).toEqual([])
  })

  test('of the same examples as GFM reads them', () => {
    const differing = examples.filter((markdown) => {
      const { before, after } = withheld(markdown)
      return gfmHtmlOf(before).trimEnd() !== gfmHtmlOf(after).trimEnd()
    })
    expect(differing).toEqual([])
  })

  test.each(GFM_EXAMPLES)('of GFM example %s', (_, markdown) => {
    const { before, after, same } = withheld(markdown)
    expect(same).toBe(true)
    expect(gfmHtmlOf(after).trimEnd()).toBe(gfmHtmlOf(before).trimEnd())
  })

  describe.each(CORPORA)('of %s', (name) => {
    test.skipIf(!hasCorpus(name))('M1, M4 and M5; a second export is the first', { timeout: 300_000 }, () => {
      const failing: string[] = []
      for (const [at, { file, bytes }] of readCorpus(name).entries()) {
        if (at % (CORPUS_EVERY === 1 ? 1 : CORPUS_EVERY * 5) !== 0) continue
        const { text } = decodeSource(bytes)
        const { before, after, same, text: first } = withheld(text)
        if (!same) failing.push(`M4 ${file}`)
        if (withheld(first).text !== first) failing.push(`second ${file}`)
        if (gfmHtmlOf(before).trimEnd() !== gfmHtmlOf(after).trimEnd()) failing.push(`M5 ${file}`)
      }
      expect(failing).toEqual([])
    })
  })
})

describe('N10: nesting and signs that flat marks do not say come back as they were', () => {
  test.each([
    '**_shared_**',
    '*foo *bar** ***a** b* **a *b***',
    '*foo [*bar*](/url)* [**a**](b)',
    '**a**\n**b**',
    '_a_*b* no, but *a*_b_ is',
    '_Y is $\\frac{P_\\infty(f)}{P_\\infty(0)}$ of it_ and $a_b c_d$',
    '__see [[a_b_]] c__',
    'https://a.b/c_d_ https://a.b/?x=y== [[[wp]] https://a.b/c',
    'foo\\+@bar.example.com https://a.b/c\\_d \\[ www.a.b',
    'from \\~1 to \\~2, ~there~',
  ])('%s', (markdown) => {
    expect(withheld(`${markdown}\n`)).toMatchObject({ same: true, after: `${markdown}\n` })
  })

  test('to equality it is nothing, and an edit of the marks makes it nothing', () => {
    const [nested] = parseMarkdown('*foo *bar**').blocks
    const [flat] = parseMarkdown('*foo bar*').blocks
    expect(nested).not.toEqual(flat)
    expect(treesEqual(nested ? [nested] : [], flat ? [flat] : [])).toBe(true)
    const text = { type: 'text', text: 'a', marks: MARK.bold, nest: 'BU' } as const
    expect(printNote({ frontmatter: '', blocks: [{ type: 'paragraph', children: [text] }] })).toBe('**a**\n')
  })
})

describe('of notes as people write them', () => {
  test('M1: each comes back to the letter, its frontmatter through its facts', () => {
    fc.assert(
      fc.property(arbitrarySource, (source) => {
        const { frontmatter, frontmatterSource, blocks } = parseMarkdown(source)
        const meta = metaFromFrontmatter(frontmatter)
        const head = printFrontmatter({ id: '', meta, original: frontmatterSource, asNew: false })
        expect(printNote({ frontmatter: head, blocks, source })).toBe(source)
      }),
      { seed: 51, numRuns: numRuns * 3 },
    )
  })

  test('M4: printed anew, each reads the same', () => {
    fc.assert(
      fc.property(arbitrarySource, (source) => {
        expect(withheld(source).same).toBe(true)
      }),
      { seed: 52, numRuns },
    )
  })
})
