import { describe, expect, it } from 'vitest'
import { readFileFacts } from './file-facts.ts'
import { otherNames } from './file-names.ts'
import { type KindRule, kindByRules, parseMapping, readAs, rulesFrom } from './mapping.ts'
import { countRules, suggestMapping, survey } from './survey.ts'

const facts = (path: string, text: string) => readFileFacts(path, Buffer.from(text))
const rule = (by: KindRule['by'], key: string, kind: KindRule['kind'], value = ''): KindRule => ({
  by,
  key,
  value,
  kind,
})

const FILES = [
  facts(
    'Essays/Reach.md',
    '---\nsupports: "[[Outage]]"\n---\nSee [[Outage]], [[Nobody]] and [x](../Daily/Monday.md). #a/b\n',
  ),
  facts('Work/Outage.md', '---\ntype: decision\ntags: [case]\nrating: 3\n---\nbased-on:: [[Reach]] and [[reach]]\n'),
  facts('Daily/Monday.md', '```dataview\nLIST [[Reach]]\n```\n<% tp.date %>\n![[pic.png]] [[Standup]]\n'),
  facts('A/Standup.md', 'kind: no frontmatter\n'),
  facts('B/Standup.md', '---\nkind: essay\n---\n((63f1a0aa-1234-4123-8123-0123456789ab))\n'),
]

describe('rules', () => {
  it('I1: the first rule that matches wins, whatever the case of names', () => {
    const rules = [
      rule('folder', 'essays', 'essay'),
      rule('tag', 'Case', 'example'),
      rule('property', 'Type', 'commitment', 'Decision'),
    ]
    expect(FILES.map((file) => kindByRules(file, rules))).toEqual(['essay', 'example', null, null, null])
    expect(kindByRules({ path: 'Essays2/x.md', tags: [], properties: [] }, rules)).toBe(null)
    expect(kindByRules({ path: 'x.md', tags: ['case/legal'], properties: [] }, rules)).toBe('example')
    const link = { path: 'x.md', tags: [], properties: [{ key: 'type', value: ['[[Decision|d]]'] }] }
    expect(kindByRules(link, rules)).toBe('commitment')
  })

  it('I2: a kind that the file names goes before every rule, and is counted on its own', () => {
    const counted = countRules(FILES, [
      rule('folder', 'B', 'example'),
      rule('folder', 'Work', 'example'),
      rule('tag', 'case', 'essay'),
    ])
    expect(counted).toMatchObject({ rest: 3, said: 1, kinds: { essay: 1, example: 1, commitment: 0, note: 3 } })
    expect(counted.rules.map(({ notes }) => notes)).toEqual([0, 1, 0])
    expect(counted.twice).toEqual(['Work/Outage.md'])
  })

  it('reads anything as a mapping, and keeps what is one', () => {
    expect(parseMapping(null)).toEqual({ kinds: [], words: {} })
    const read = parseMapping({
      kinds: [{ by: 'tag', key: 'x', kind: 'essay' }, { by: 'tag', key: 'x', kind: 'poem' }, 3, null],
      words: { 'Based-On': 'rests on', rests_on: 'carries', other: 'nonsense', __proto__: 'carries' },
    })
    expect(read).toEqual({ kinds: [rule('tag', 'x', 'essay')], words: { based_on: 'rests_on' } })
    expect(readAs('based on', read.words)).toBe('rests_on')
    expect(readAs('toString', read.words)).toBe(null)
    expect(parseMapping(read)).toEqual(read)
  })

  it('takes kinds from names of folders anywhere, and from properties', () => {
    const rules = rulesFrom(['folder', 'frontmatter'])
    const of = (path: string, type = '') =>
      kindByRules({ path, tags: [], properties: [{ key: 'type', value: type }] }, rules)
    expect([of('Old/Essays/a.md'), of('a.md', 'example'), of('a/essays.md')]).toEqual(['essay', 'example', null])
  })
})

describe('survey', () => {
  it('I4: counts links, words, tags and what stays text, code left out', () => {
    const found = survey(FILES)
    expect(found).toMatchObject({ notes: 5, links: 7, unresolved: 1, tags: 2, plain: 2 })
    expect(found.words.map(({ key, links }) => [key, links])).toEqual([
      ['based_on', 2],
      ['supports', 1],
    ])
    expect(found.stays).toEqual({ dataview: 1, templates: 1, toml: 0, blockRefs: 1 })
    expect(found.ambiguous).toEqual([{ name: 'Standup', links: 1, paths: ['A/Standup.md', 'B/Standup.md'] }])
    expect(survey([facts('a.md', ''), facts('A.md', '\u0000')])).toMatchObject({
      sameButCase: ['a.md', 'A.md'],
      notText: ['A.md'],
    })
  })

  it('I5: suggests a kind only for what is called like one', () => {
    const { kinds, words } = suggestMapping(FILES)
    expect(kinds.map(({ key, value, kind }) => `${key}${value} ${kind}`)).toEqual([
      'Essays essay',
      'case example',
      'typedecision commitment',
      'A note',
      'B note',
      'Daily note',
      'Work note',
    ])
    expect(words).toEqual({ supports: 'illustrates', based_on: 'rests_on' })
  })

  it('M7: hostile text is read in no time', () => {
    const start = process.cpuUsage().user
    for (const text of [
      '['.repeat(1 << 20),
      '[['.repeat(1 << 19),
      'a:: '.repeat(1 << 18),
      '<%'.repeat(1 << 19),
      '((0'.repeat(1 << 18),
      `---\n${'a: [\n'.repeat(9000)}---\n`,
      '](a'.repeat(1 << 18),
    ]) {
      facts('a.md', text)
    }
    expect(process.cpuUsage().user - start).toBeLessThan(8_000_000)
  })
})

it('I3: names of Logseq pages and journals are names of the note', () => {
  expect(otherNames('pages/a___b%3F.md', '')).toEqual(['a/b?'])
  expect(otherNames('pages/100%.md', '')).toEqual([])
  expect(otherNames('journals/2024_01_05.md', '- x')).toEqual(['Jan 5th, 2024', '2024-01-05'])
  expect(otherNames('journals/2024_13_05.md', '')).toEqual([])
  expect(otherNames('pages/x.md', 'tags:: q\nalias:: One, [[Two]]\ntitle:: Three\n\nalias:: no\n')).toEqual([
    'One',
    'Two',
    'Three',
  ])
})

it('I4: TOML at the head is counted, and nothing of it is read', () => {
  const found = readFileFacts(
    'a.md',
    new TextEncoder().encode('+++\r\ntitle = "x"\ntags = ["t"]\ndraft = true\n+++\n\ntext\n'),
  )
  expect(found).toMatchObject({ stays: { toml: true }, tags: [], properties: [], names: [], kind: null })
})
