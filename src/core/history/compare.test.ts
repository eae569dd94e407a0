import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arbitraryTree } from '../../testing/arbitrary-tree.ts'
import { cpuTime } from '../../testing/cpu-time.ts'
import { parseMarkdown } from '../markdown/parse.ts'
import type { Tree } from '../markdown/tree.ts'
import { compareTrees, type Side, takeBack } from './compare.ts'
import type { Change } from './difference.ts'
import { isBlank, textOf, treeOf, unitsOf } from './units.ts'

const side = (tree: Tree, rest: Partial<Side> = {}): Side => ({
  title: 'A note',
  aliases: [],
  tags: [],
  properties: [],
  ...rest,
  tree,
})
const read = (markdown: string) => side(parseMarkdown(markdown).blocks)
const spell = ({ blocks }: Change, as: 'added' | 'removed') =>
  blocks.map(({ pieces }) =>
    pieces
      .filter(({ change }) => change === 'same' || change === as)
      .map(({ text }) => text)
      .join(''),
  )
const texts = (tree: Tree) =>
  unitsOf(tree)
    .filter((unit) => !isBlank(unit))
    .map(textOf)
const isShown = (text: string) => text !== ''

/** A tree and another that came from it by a few steps. */
const edited = fc
  .tuple(arbitraryTree, arbitraryTree, fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.nat()), { maxLength: 4 }))
  .map(([before, other, steps]) => {
    const after = [...before]
    for (const [place, what, other_] of steps) {
      const at = place % (after.length + 1)
      if (what === 0) after.splice(at, 0, other[other_ % other.length] as Tree[number])
      if (what === 1) after.splice(at, 1)
      if (what === 2) after.splice(other_ % (after.length + 1), 0, ...after.splice(at, 1))
      if (what === 3) after.splice(at, 1, other[other_ % other.length] as Tree[number])
    }
    const apart = after.filter((block, at) => {
      const last = after[at - 1]
      return !(block.type === 'list' && last?.type === 'list' && block.style === last.style)
    })
    return [before, apart as Tree] as const
  })

describe('difference', () => {
  it('H1: the pieces spell what was and what is', () => {
    fc.assert(
      fc.property(edited, ([before, after]) => {
        const { changes } = compareTrees(side(before), side(after))
        const now = changes.filter(({ change }) => change !== 'removed').flatMap((change) => spell(change, 'added'))
        expect(now.filter(isShown)).toEqual(texts(after).filter(isShown))
        const was = changes.filter(({ change }) => change !== 'added').flatMap((change) => spell(change, 'removed'))
        expect(was.filter(isShown).sort()).toEqual(texts(before).filter(isShown).sort())
      }),
      { numRuns: 300 },
    )
  })

  it('H1: equal states have no change', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        const { changes, wordsAdded, wordsRemoved, moved, title } = compareTrees(side(tree), side(tree))
        expect(changes.every(({ change }) => change === 'same')).toBe(true)
        expect([wordsAdded, wordsRemoved, moved, title]).toEqual([0, 0, 0, null])
      }),
    )
  })

  it('H1, H4, H5: a rewritten paragraph by its words', () => {
    const { changes, wordsAdded, wordsRemoved } = compareTrees(
      read('We always ask *how likely* a change is to fail.\n\nThe same.\n'),
      read('We tend to ask *how likely* a change is to fail.\n\nThe same.\n'),
    )
    expect(changes).toEqual([
      {
        change: 'rewritten',
        before: 0,
        after: 0,
        blocks: [
          {
            is: 'paragraph',
            level: 0,
            mark: '',
            pieces: [
              { text: 'We ', change: 'same' },
              { text: 'always', change: 'removed' },
              { text: 'tend to', change: 'added' },
              { text: ' ask ', change: 'same' },
              { text: 'how likely', change: 'same', italic: true },
              { text: ' a change is to fail.', change: 'same' },
            ],
          },
        ],
      },
      {
        change: 'same',
        before: 1,
        after: 1,
        blocks: [{ is: 'paragraph', level: 0, mark: '', pieces: [{ text: 'The same.', change: 'same' }] }],
      },
    ])
    expect([wordsAdded, wordsRemoved]).toEqual([2, 1])
  })

  it('H1: a wikilink by what is shown, its verb by itself', () => {
    const { changes } = compareTrees(read('Text.\n'), read('Text.\n\ntried_in:: [[Pair|Pair on every migration]]\n'))
    expect(changes[1]?.blocks[0]?.pieces).toEqual([
      { text: 'Pair on every migration', change: 'added', link: 'note', verb: 'tried_in' },
    ])
  })

  it('H1: another target with the same words is a change', () => {
    const { changes } = compareTrees(read('See the old word [[A|it]].\n'), read('See the old word [[B|it]].\n'))
    expect(changes[0]?.change).toBe('rewritten')
  })

  it('H2, H5: a passage that moved, with where it stood', () => {
    const before = read('# First\n\nOne two three.\n\nFour five.\n\n# Still open\n\nSo the idea left the page.\n')
    const after = read('# First\n\nSo the idea left the page.\n\nOne two three.\n\nFour five.\n\n# Still open\n')
    const { changes, moved, wordsAdded } = compareTrees(before, after)
    const found = changes.filter(({ change }) => change !== 'same')
    expect(found).toMatchObject([{ change: 'moved', before: 4, after: 1, movedFrom: 'Still open' }])
    expect([moved, wordsAdded]).toEqual([1, 0])
  })

  it('H2: items are passages, numbers are not', () => {
    const { changes } = compareTrees(read('1. one\n2. two\n'), read('1. zero\n2. one\n3. two\n'))
    expect(changes.map(({ change }) => change)).toEqual(['added', 'same'])
    expect(changes[1]?.blocks.map(({ mark }) => mark)).toEqual(['2.', '3.'])
  })

  it('H1: properties come first', () => {
    const before = side([], { tags: ['a'], properties: [{ key: 'size', value: 'a few days' }] })
    const after = side([], { tags: ['a'], properties: [{ key: 'size', value: 'a day' }], title: 'Other' })
    const { changes, title } = compareTrees(before, after)
    expect(changes).toMatchObject([{ change: 'rewritten', before: -1, blocks: [{ is: 'property', mark: 'size' }] }])
    expect(title).toEqual({ before: 'A note', after: 'Other' })
  })
})

describe('H3: hostile input', () => {
  const words = (count: number, word: (at: number) => string) =>
    side([
      {
        type: 'paragraph',
        children: [{ type: 'text', text: Array.from({ length: count }, (_, at) => word(at)).join(' '), marks: 0 }],
      },
    ])
  const paragraphs = (count: number, word: (at: number) => string) =>
    side(
      Array.from(
        { length: count },
        (_, at) => ({ type: 'paragraph', children: [{ type: 'text', text: word(at), marks: 0 }] }) as const,
      ),
    )
  const cases: [string, Side, Side][] = [
    [
      '100,000 words in one paragraph',
      words(100_000, (at) => `w${at}`),
      words(100_000, (at) => (at % 7 === 0 ? 'x' : `w${at}`)),
    ],
    ['one word a hundred thousand times', words(100_000, () => 'a'), words(90_000, (at) => (at % 3 === 0 ? 'b' : 'a'))],
    ['words in the opposite order', words(50_000, (at) => `w${at}`), words(50_000, (at) => `w${50_000 - at}`)],
    [
      '20,000 paragraphs in the opposite order',
      paragraphs(20_000, (at) => `p ${at}`),
      paragraphs(20_000, (at) => `p ${20_000 - at}`),
    ],
    [
      '5,000 paragraphs that are all alike',
      paragraphs(5_000, (at) => `a b c d ${at}`),
      paragraphs(5_000, (at) => `a b c d x${at}`),
    ],
    [
      '1,000 paragraphs of 100 words, each changed',
      paragraphs(1_000, (at) => Array.from({ length: 100 }, (_, i) => `w${at * i}`).join(' ')),
      paragraphs(1_000, (at) => Array.from({ length: 100 }, (_, i) => `w${at * i + (i === 50 ? 1 : 0)}`).join(' ')),
    ],
  ]
  for (const [name, before, after] of cases) {
    it(name, () => {
      const start = cpuTime()
      const { changes } = compareTrees(before, after)
      // Ten times what it takes; without a limit it would be minutes.
      expect(cpuTime() - start).toBeLessThan(10_000)
      expect(changes.filter(({ change }) => change !== 'removed').flatMap((change) => spell(change, 'added'))).toEqual(
        texts(after.tree),
      )
    })
  }
})

describe('H6: taking a change back', () => {
  it('units make the tree again', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        expect(treeOf(unitsOf(tree))).toEqual(tree)
      }),
    )
  })

  it('a passage of a callout, or its title, is changed and taken back by itself', () => {
    const read = (source: string) => side(parseMarkdown(source).blocks)
    const before = read('> [!note] Title\n> one two three\n>\n> > deep words here\n')
    const after = read('> [!note] Title new\n> one two four\n>\n> > deep words here\n>\n> more\n')
    const { changes } = compareTrees(before, after)
    expect(changes.map(({ change, blocks }) => [change, blocks[0]?.is, blocks[0]?.level])).toEqual([
      ['rewritten', 'quote', 0],
      ['rewritten', 'quote', 0],
      ['same', 'quote', 1],
      ['added', 'quote', 0],
    ])
    const back = takeBack(before, after, 1) as Side
    expect(back.tree).toEqual(
      parseMarkdown('> [!note] Title new\n> one two three\n>\n> > deep words here\n>\n> more\n').blocks,
    )
  })

  it('every change, one after another, gives the older state', () => {
    fc.assert(
      fc.property(edited, ([before, after]) => {
        let now = side(after)
        const old = side(before)
        for (let rounds = 0; rounds < 200; rounds++) {
          const { changes } = compareTrees(old, now)
          const change = changes.findIndex((each) => each.change !== 'same')
          if (change < 0) break
          now = takeBack(old, now, change) as Side
        }
        expect(texts(now.tree)).toEqual(texts(before))
      }),
      { numRuns: 200 },
    )
  })

  it('leaves everything else', () => {
    const before = read('One.\n\nTwo is here.\n\nThree.\n')
    const after = read('One, changed a lot by now.\n\nThree.\n\nFour.\n')
    const { changes } = compareTrees(before, after)
    const removed = changes.findIndex(
      ({ blocks, change }) => change === 'removed' && blocks[0]?.pieces[0]?.text === 'Two is here.',
    )
    const left = texts(takeBack(before, after, removed)?.tree ?? [])
    expect(left.toSorted()).toEqual(['Four.', 'One, changed a lot by now.', 'Three.', 'Two is here.'])
    expect(left.filter((text) => text !== 'Two is here.')).toEqual(texts(after.tree))
    expect(takeBack(before, after, 99)).toBe(null)
    expect(takeBack(before, before, 0)).toBe(null)
  })

  it('a property', () => {
    const before = side([], {
      properties: [
        { key: 'a', value: 1 },
        { key: 'b', value: 2 },
      ],
      tags: ['x'],
    })
    const after = side([], {
      properties: [
        { key: 'b', value: 3 },
        { key: 'c', value: 4 },
      ],
    })
    let now = after
    for (let rounds = 0; rounds < 4; rounds++) now = takeBack(before, now, 0) ?? now
    expect(now.properties.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual(before.properties)
    expect(now.tags).toEqual(['x'])
  })
})
