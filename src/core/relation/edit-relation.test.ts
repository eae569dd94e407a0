import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkKey } from '../link/wikilink.ts'
import { metaFromFrontmatter, printFrontmatter, readFrontmatter } from '../markdown/frontmatter.ts'
import { parseMarkdown } from '../markdown/parse.ts'
import { printBlocks } from '../markdown/print.ts'
import { propertyLinks } from '../note/property-links.ts'
import { editRelation, withLinks } from './edit-relation.ts'
import { relationWord } from './words.ts'

const edit = (markdown: string, word: string, to: string | null) => {
  const leads = (name: string) => linkKey(name) === 'a'
  const { tree, places } = editRelation(parseMarkdown(markdown).blocks, [], { readAs: relationWord, leads, word, to })
  return [printBlocks(tree).trim(), places]
}
const facts = (key: string, value: string | string[], to: string | null) =>
  editRelation(
    [],
    [
      { key, value },
      { key: 'b', value: 1 },
    ],
    {
      readAs: relationWord,
      leads: (name) => linkKey(name) === 'a',
      word: 'rests_on',
      to,
    },
  ).properties

test('a verb becomes another one, where it stands', () => {
  expect(edit('rests_on:: [[A]]', 'rests_on', 'tried_in')).toEqual(['tried_in:: [[A]]', 1])
  expect(edit('It [challenges:: [[A|it]]] now.', 'challenges', 'illustrates')).toEqual([
    'It [illustrates:: [[A|it]]] now.',
    1,
  ])
  expect(edit('- x (Challenges:: [[A]])', 'challenges', 'illustrates')).toEqual(['- x (illustrates:: [[A]])', 1])
  expect(edit('rests_on:: [[B]]', 'rests_on', 'tried_in')).toEqual(['rests_on:: [[B]]', 0])
})

test('without a verb the link stays', () => {
  expect(edit('illustrates:: [[A]]', 'illustrates', null)).toEqual(['[[A]]', 1])
  expect(edit('It [challenges:: [[A]]] now.', 'challenges', null)).toEqual(['It [[A]] now.', 1])
})

test('of several links under one verb only the one that leads there changes', () => {
  expect(edit('illustrates:: [[B]], [[A]], [[C]]', 'illustrates', 'challenges')).toEqual([
    'illustrates:: [[B]], [[C]]\nchallenges:: [[A]]',
    1,
  ])
  expect(edit('It [illustrates:: [[A]], [[B]]] now.', 'illustrates', 'challenges')).toEqual([
    'It [illustrates:: [[B]]] [challenges:: [[A]]] now.',
    1,
  ])
})

test('a plain link gets a verb', () => {
  expect(edit('So [[A]] it is, [[A]].', 'mentions', 'illustrates')).toEqual([
    'So [illustrates:: [[A]]] it is, [[A]].',
    1,
  ])
})

test('a property hands its link on, in its place, and goes when it is empty', () => {
  expect(facts('rests_on', '[[A]]', 'challenges')).toEqual([
    { key: 'challenges', value: '[[A]]' },
    { key: 'b', value: 1 },
  ])
  expect(facts('Rests on', ['[[A]]', '[[B]]'], null)).toEqual([
    { key: 'Rests on', value: ['[[B]]'] },
    { key: 'b', value: 1 },
  ])
  expect(facts('rests_on', ['[[A]]'], null)).toEqual([{ key: 'b', value: 1 }])
})

/** The frontmatter after `rests_on` to A became another word, or none. */
const inFile = (lines: string, to: string | null): string => {
  const original = `---\n${lines}---\n`
  const meta = metaFromFrontmatter(readFrontmatter(original))
  const leads = (name: string) => linkKey(name) === 'a'
  const { properties } = editRelation([], meta.properties, { readAs: relationWord, leads, word: 'rests_on', to })
  return printFrontmatter({ id: '', meta: { ...meta, properties }, original, asNew: false }).slice(4, -4)
}

test('M2: another word is written in place of the old one, and nothing beside it changes', () => {
  const around = (lines: string) => `# first\nb:  "x"  # c\n${lines}z:   'y'\n`
  const becomes = (before: string, after: string, none: string) => {
    expect(inFile(around(before), 'tried_in')).toBe(around(after))
    expect(inFile(around(before), null)).toBe(around(none))
  }
  becomes('rests_on: "[[A]]" # why\n', 'tried_in: "[[A]]" # why\n', '')
  becomes('rests_on: [[A]]\n', 'tried_in: [[A]]\n', '')
  becomes('"Rests on" :\n- \'[[A]]\'\n', "tried_in :\n- '[[A]]'\n", '')
  becomes('rests_on: >-\n  [[A]]\n', 'tried_in: >-\n  [[A]]\n', '')
  const list = 'rests_on:\n  # of B\n  - "[[B]]"   # b\n'
  becomes('rests_on:\n  - "[[A]]" # a\n  # of B\n  - "[[B]]"   # b\n', `${list}tried_in:\n  - "[[A]]"\n`, list)
  const unquoted = 'rests_on:\n- [[B]]\n'
  becomes('rests_on:\n- [[A]]\n- [[B]]\n', `${unquoted}tried_in:\n  - "[[A]]"\n`, unquoted)
  const flow = 'rests_on: [\n  "[[B]]", # b\n]\n'
  becomes('rests_on: [\n  "[[A]]", # a\n  "[[B]]", # b\n]\n', `${flow}tried_in:\n  - "[[A]]"\n`, flow)
  const text = 'rests_on: "[[B]]"\n'
  becomes('rests_on: "[[B]], [[A]]"\n', `${text}tried_in:\n  - "[[A]]"\n`, text)
  becomes(
    'rests_on: "[[A]]"\ntried_in: ["[[A]]", b] # t\n',
    'tried_in: ["[[A]]", b] # t\n',
    'tried_in: ["[[A]]", b] # t\n',
  )
  becomes('rests_on: "[[A]]"\nRests on: "[[A]]"\n', 'tried_in: "[[A]]"\n', '')
  becomes('rests_on: "[[A]]"\ntried_in:\n', 'tried_in:\n  - "[[A]]"\n', 'tried_in:\n')
})

test('M2: what another key says by an alias stays said', () => {
  expect(inFile('rests_on: &g ["[[A]]", "[[B]]"]\nsame: *g # s\n', null)).toBe(
    'rests_on: &g ["[[B]]"]\nsame: ["[[A]]", "[[B]]"] # s\n',
  )
  expect(inFile('rests_on:\n  - &a "[[A]]"\nother: {deep: *a}\n', null)).toBe('other: {deep: "[[A]]"}\n')
  expect(inFile('o: &a "[[A]]"\nrests_on: *a\n', 'tried_in')).toBe('o: &a "[[A]]"\ntried_in: *a\n')
})

test('M2: in random frontmatter every line of another key stays, and so does every other link', () => {
  const link = fc.constantFrom('"[[A]]"', "'[[B]]'", '"[[A|a]]"', '[[C]]', '"[[A]], [[C]]"', 'words', '7')
  const mark = fc.constantFrom('', ' # said')
  const key = fc.constantFrom('rests_on', '"rests on"', 'Rests-On')
  const block = fc
    .tuple(key, fc.array(fc.tuple(link, mark, fc.constantFrom('', '  # between\n')), { minLength: 1, maxLength: 4 }))
    .map(([name, items]) => `${name}:\n${items.map(([own, said, above]) => `${above}  - ${own}${said}\n`).join('')}`)
  const flow = fc
    .tuple(key, fc.array(link, { minLength: 1, maxLength: 4 }), fc.constantFrom(', ', ',\n    ', ' , # x\n  '), mark)
    .map(([name, items, part, said]) => `${name}: [${items.join(part)}]${said}\n`)
  const single = fc.tuple(key, link, mark).map(([name, own, said]) => `${name}: ${own}${said}\n`)
  const other = fc.constantFrom('# alone\n', 'a:  1 # a\n', '\n', 'm:\n- x\n# in m\n- "[[A]]"\n')
  const file = fc
    .tuple(fc.uniqueArray(other), fc.oneof(block, flow, single), fc.uniqueArray(other))
    .map(([above, own, below]) => ({
      above: above.join(''),
      own,
      below: below.filter((each) => !above.includes(each)).join(''),
    }))
  const links = (lines: string) =>
    propertyLinks(metaFromFrontmatter(readFrontmatter(`---\n${lines}---\n`)).properties).map(
      ({ target, relation }) => `${relation} ${target}`,
    )
  let edited = 0
  fc.assert(
    fc.property(file, fc.constantFrom('tried_in', null), ({ above, own, below }, to) => {
      const before = `${above}${own}${below}`
      const after = inFile(before, to)
      expect(after.startsWith(above)).toBe(true)
      expect(after.endsWith(below)).toBe(true)
      const wanted = links(before).flatMap((each) => {
        if (each !== 'rests_on A') return [each]
        return to === null ? [] : ['tried_in A']
      })
      // the same twice is said once
      expect(new Set(links(after))).toEqual(new Set(wanted))
      for (const each of wanted.filter((said) => said !== 'tried_in A')) {
        expect(links(after).filter((said) => said === each).length).toBe(wanted.filter((said) => said === each).length)
      }
      if (after !== before) edited++
    }),
    { numRuns: 500 },
  )
  expect(edited).toBeGreaterThan(100)
})

test('a link joins those that a property has, however they were typed', () => {
  const linked = (value: Parameters<typeof withLinks>[0]) =>
    propertyLinks([{ key: 'rests_on', value: withLinks(value, ['[[B]]']) }]).map(({ target }) => target)
  for (const none of [null, '', []]) expect(linked(none)).toEqual(['B'])
  for (const one of ['[[A]]', ['[[A]]'], [['A']], [[['A']]], '[[A]], [[B]]']) expect(linked(one)).toEqual(['A', 'B'])
  expect(linked([[['A']], [['C']]])).toEqual(['A', 'C', 'B'])
  expect(withLinks(['[[A]]', 'words', 7], ['[[A]]'])).toEqual(['[[A]]', 'words', 7])
})
