import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as S from '../../testing/arbitrary-source.ts'
import { arbitraryTree } from '../../testing/arbitrary-tree.ts'
import { changedLines, editWord } from '../../testing/edit-word.ts'
import { contentKey, sameBlocks } from '../markdown/equal.ts'
import { normalizeTree } from '../markdown/normalize.ts'
import { parseMarkdown } from '../markdown/parse.ts'
import { printNote, printNoteChecked } from '../markdown/print.ts'
import { randomSource, randomTree } from '../markdown/random-tree.test-data.ts'

const seed = Number(process.env.SEED ?? Date.now() % 100000),
  numRuns = Number(process.env.FC_RUNS ?? 3000)
const content = (b: any) => JSON.parse(contentKey(b))
const print = (blocks: any) => printNote({ frontmatter: '', blocks })
for (const [name, tree] of [['random', randomTree]] as const) {
  test('M4 ' + name, () => {
    fc.assert(
      fc.property(tree, (t) => {
        expect(content(parseMarkdown(print(t)).blocks)).toEqual(content(normalizeTree(t)))
      }),
      { seed, numRuns },
    )
  })
  test('over ' + name, () => {
    fc.assert(
      fc.property(tree, tree, (a, b) => {
        const printed = printNoteChecked({ frontmatter: '', blocks: b, source: print(a) })
        expect(printed.same).toBe(true)
      }),
      { seed, numRuns },
    )
  })
  test('idem ' + name, () => {
    fc.assert(
      fc.property(tree, (t) => {
        const n = normalizeTree(t)
        expect(content(normalizeTree(n))).toEqual(content(n))
      }),
      { seed, numRuns },
    )
  })
}
test('source', () => {
  const line = fc.string({ unit: fc.constantFrom(...'ab1 \n\n-*_>>>#`[]()|||=~$%<\t.:!&;\\^'), maxLength: 40 })
  fc.assert(
    fc.property(fc.oneof(line, randomSource), (source) => {
      const { blocks, frontmatterSource } = parseMarkdown(source)
      expect(normalizeTree(blocks)).toEqual(blocks)
      expect(printNote({ frontmatter: frontmatterSource, blocks, source })).toBe(source)
      const head = frontmatterSource === '' ? '' : '---\na: 1\n---\n'
      expect(parseMarkdown(printNote({ frontmatter: head, blocks })).blocks).toEqual(blocks)
    }),
    { seed, numRuns: numRuns * 5 },
  )
})
test('M2 canonical', () => {
  let n = 0
  fc.assert(
    fc.property(randomTree, fc.nat(50), (t, s) => {
      const source = print(t)
      const p = parseMarkdown(source)
      const e = editWord(p.blocks, s)
      if (!e) return
      n++
      const span = p.spans[e.block]!
      const printed = printNoteChecked({ frontmatter: p.frontmatterSource, blocks: e.tree, source })
      expect(printed.same).toBe(true)
      const most = e.lines || source.slice(p.bodyFrom).slice(span.from, span.to).split('\n').length
      if (changedLines(source, printed.text) > most)
        throw new Error(JSON.stringify(source) + ' -> ' + JSON.stringify(printed.text) + ' ' + most)
    }),
    { seed, numRuns },
  )
  console.log('edited', n)
})

test('people', () => {
  let n = 0
  fc.assert(
    fc.property(S.arbitrarySource, fc.nat(50), (raw, s) => {
      const source = typeof raw === 'string' ? raw : (raw as any).text
      const p = parseMarkdown(source)
      expect(printNote({ frontmatter: p.frontmatterSource, blocks: p.blocks, source })).toBe(source)
      const head = p.frontmatterSource === '' ? '' : '---\na: 1\n---\n'
      expect(parseMarkdown(printNote({ frontmatter: head, blocks: p.blocks })).blocks).toEqual(p.blocks)
      const e = editWord(p.blocks, s)
      if (!e) return
      n++
      const span = p.spans[e.block]!
      const printed = printNoteChecked({ frontmatter: p.frontmatterSource, blocks: e.tree, source })
      expect(printed.same).toBe(true)
      const most =
        e.lines || source.replace(/\r\n?/g, '\n').slice(p.bodyFrom).slice(span.from, span.to).split('\n').length
      if (changedLines(source.replace(/\r\n?/g, '\n'), printed.text.replace(/\r\n?/g, '\n')) > most)
        throw new Error(JSON.stringify(source) + ' -> ' + JSON.stringify(printed.text) + ' ' + most)
    }),
    { seed, numRuns },
  )
  console.log('edited', n)
})
