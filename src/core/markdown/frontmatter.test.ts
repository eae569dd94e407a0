import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metaFromFrontmatter, printFrontmatter, readFrontmatter } from './frontmatter.ts'
import { readYaml } from './frontmatter-read.ts'

const facts = (slice: string) => metaFromFrontmatter(readFrontmatter(slice))
const SLICE = '---\ntags: [a, b] # two\nrating: 007\n\n# a comment\ntitle: "It\'s"\ncreated: 2020-01-02\n---\n'

test('facts are read, other keys are properties in their order', () => {
  expect(facts(SLICE)).toEqual({
    id: '',
    kind: 'note',
    saysKind: false,
    created: '2020-01-02',
    tags: ['a', 'b'],
    aliases: [],
    properties: [
      { key: 'rating', value: '007' },
      { key: 'title', value: "It's" },
    ],
  })
})

test('singular keys, strings, `date`, a kind and an id of ours', () => {
  const read = facts('---\nid: abcdefgh1\nkind: essay\ntag: "#x, y"\nalias: Other name\ndate: 2019-05-06\n---\n')
  expect(read).toMatchObject({ id: 'abcdefgh1', kind: 'essay', tags: ['x', 'y'], aliases: ['Other name'] })
  expect(read).toMatchObject({ created: '2019-05-06', properties: [{ key: 'date', value: '2019-05-06' }] })
})

test('a value that is not understood stays a property', () => {
  const read = facts('---\nkind: recipe\nid: no\ntags:\n  - x: 1\n---\n')
  expect(read.properties.map(({ key }) => key)).toEqual(['kind', 'id', 'tags'])
})

test('M1: what did not change is printed to the letter', () => {
  expect(printFrontmatter({ id: 'abcdefgh1', meta: facts(SLICE), original: SLICE, asNew: false })).toBe(SLICE)
  expect(printFrontmatter({ id: 'abcdefgh1', meta: facts(''), original: '', asNew: false })).toBe('')
})

test('M2: a change touches the lines of its key only', () => {
  const meta = { ...facts(SLICE), kind: 'essay' as const, properties: [{ key: 'rating', value: '007' }] }
  const printed = printFrontmatter({ id: 'abcdefgh1', meta, original: SLICE, asNew: false })
  expect(printed).toContain('tags: [a, b] # two\nrating: 007\n')
  expect(printed).toContain('created: 2020-01-02\nkind: essay\n---\n')
  expect(printed).not.toContain('title')
  expect(facts(printed)).toEqual({ ...meta, saysKind: true })
})

test('M2: empty values, lists, flow maps and spellings of a key are changed in their place', () => {
  const change = (slice: string, patch: Partial<ReturnType<typeof facts>>) =>
    printFrontmatter({ id: '', meta: { ...facts(slice), ...patch }, original: slice, asNew: false })
  const due = { properties: [{ key: 'due', value: '2026-01-02' }] }
  expect(change('---\ndue:\ntag: x # why\n---\n', due)).toBe('---\ndue: 2026-01-02\ntag: x # why\n---\n')
  expect(change('---\ntag: x # why\nb: 1.10\n---\n', { tags: ['y'] })).toBe('---\ntag: y # why\nb: 1.10\n---\n')
  expect(change('---\na:\n  - 1\n\n  - 2\n# end\nb: 1\n---\n', { properties: [{ key: 'b', value: 1 }] })).toBe(
    '---\n# end\nb: 1\n---\n',
  )
  expect(change('---\n{a: 1, b: 2}\n---\n', { properties: [{ key: 'a', value: 1 }] })).toBe('---\n{a: 1}\n---\n')
  expect(change('---\na: 1\n---\n', { properties: [] })).toBe('')
})

test('a new note names its id and kind, and reads back the same', () => {
  const meta = {
    kind: 'commitment' as const,
    created: '2026-11-22',
    aliases: ['Short: name'],
    tags: ['a/b'],
    properties: [
      { key: 'due', value: '2026-12-01' },
      { key: 'rests_on', value: ['[[A]]'] },
    ],
  }
  const printed = printFrontmatter({ id: 'abcdefgh1', meta, original: '', asNew: true })
  expect(printed.startsWith('---\nid: abcdefgh1\nkind: commitment\ncreated: 2026-11-22\naliases:\n')).toBe(true)
  expect(facts(printed)).toEqual({ id: 'abcdefgh1', saysKind: true, ...meta })
})

test('the short cut for plain frontmatter reads as the YAML reader does', () => {
  const scalar = fc.oneof(
    fc.constantFrom(
      'word',
      'two words',
      'a/b',
      '2020-01-02',
      '007',
      '1.10',
      '1e3',
      '12',
      'true',
      'No',
      'null',
      '~',
      '',
    ),
    fc.constantFrom(
      "it's",
      '"quoted"',
      'a: b',
      'a #b',
      'a#b',
      '- a',
      '[a, b]',
      '{a: 1}',
      '*x',
      '&x y',
      '!t',
      '@a',
      'a,',
      ' a ',
      '0x1F',
      '1_000',
      '.5',
      '+1',
      '-1',
      'a:',
      '%a',
      '|',
      '2020-01-02T10:00',
    ),
    fc.string({ unit: fc.constantFrom(...'ab1 -:#.,[]"'), maxLength: 6 }),
  )
  const line = fc.oneof(
    fc
      .tuple(fc.constantFrom('a', 'b', 'tags', 'long-key', 'y', '1', 'a b'), scalar)
      .map(([key, value]) => `${key}: ${value}`),
    fc.constantFrom('a:', 'list:', '# comment', '', '  '),
    fc.tuple(fc.constantFrom('', '  ', '    '), scalar).map(([indent, value]) => `${indent}- ${value}`),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
      const body = lines.join('\n')
      expect(readFrontmatter(`---\n${body}\n---\n`)).toEqual(readYaml(body).frontmatter)
    }),
    { seed: 1, numRuns: Number(process.env.FC_RUNS ?? 500) },
  )
})

test('M2: the items of a list that stay keep their source', () => {
  const lists = [
    'tags: [a]\ndown: # where to\n- "[[A]]" # first\n-   \'[[B|b]]\'\n# between\n- 1.10\nlast: 1\n',
    'tags: [a]\ndown: [ "[[A]]",\'[[B|b]]\' ,1.10 ] # end\nlast: 1\n',
  ]
  const wanted = [
    'tags: [a]\ndown: # where to\n- "[[C]]"\n-   \'[[B|b]]\'\n# between\n- 1.10\n- new\nlast: 1\n',
    'tags: [a]\ndown: [ "[[C]]",\'[[B|b]]\',1.10,new ] # end\nlast: 1\n',
  ]
  for (const [at, list] of lists.entries()) {
    const original = `---\n${list}---\n`
    const meta = metaFromFrontmatter(readFrontmatter(original))
    const properties = meta.properties.map(({ key, value }) =>
      key === 'down' ? { key, value: ['[[C]]', '[[B|b]]', '1.10', 'new'] } : { key, value },
    )
    const printed = printFrontmatter({ id: '', meta: { ...meta, properties }, original, asNew: false })
    expect(printed).toBe(`---\n${wanted[at]}---\n`)
  }
})

test('M2: lists of every style keep what did not change, and read as they were meant', () => {
  const item = fc.constantFrom('a', '"b c"', "'[[D|d]]'", '1.10', 'null', '- nested', '{x: 1}', '"a, b" # said')
  const block = fc
    .tuple(fc.array(item, { minLength: 1, maxLength: 5 }), fc.constantFrom('', '  ', '    '))
    .map(([items, indent]) => `k:\n${items.map((text) => `${indent}- ${text}\n`).join('')}`)
  const flow = fc
    .array(fc.constantFrom('a', '"b c"', "'[[D|d]]'", '1.10', '{x: 1}'), { minLength: 1, maxLength: 5 })
    .map((items) => `k: [${items.join(' , ')}]\n`)
  const value = fc.constantFrom('a', 'b c', '[[D|d]]', '1.10', 'new', 'a: b', '- x', '# y', 'two\nlines', 7, null)
  fc.assert(
    fc.property(fc.oneof(block, flow), fc.array(value, { maxLength: 5 }), (list, items) => {
      const original = `---\nz: 1\n${list}y: 2\n---\n`
      const meta = metaFromFrontmatter(readFrontmatter(original))
      const properties = meta.properties.map(({ key, value: had }) => ({ key, value: key === 'k' ? items : had }))
      const printed = printFrontmatter({ id: '', meta: { ...meta, properties }, original, asNew: false })
      expect(metaFromFrontmatter(readFrontmatter(printed)).properties).toEqual(properties)
    }),
    { seed: 3, numRuns: Number(process.env.FC_RUNS ?? 500) },
  )
})

test('M2: any change reads back as it was meant', () => {
  const value = fc.oneof(
    fc.constantFrom('x', 'a: b', '#c', '- d', '2020-01-01', 'true', "it's", 'two\nlines'),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.constantFrom('p', '[[X]]', 'a, b')),
  )
  const properties = fc.uniqueArray(
    fc.record({ key: fc.constantFrom('rating', 'title', 'new', 'with space', 'o: k'), value }),
    { selector: ({ key }) => key },
  )
  const names = fc.uniqueArray(fc.constantFrom('a', 'b/c', 'd e'), { maxLength: 3 })
  const facts = fc.record({
    kind: fc.constantFrom('essay' as const, 'note' as const),
    created: fc.constantFrom('2020-01-02', '2021-03-04', ''),
    aliases: names,
    tags: names,
    properties,
  })
  const sort = (list: readonly { key: string }[]) => [...list].sort((x, y) => (x.key < y.key ? -1 : 1))
  fc.assert(
    fc.property(
      facts,
      fc.constantFrom(
        SLICE,
        '',
        '---\n---\n',
        '---\na: [1,\n  2]\nb: |\n  x\n\n  y\nalias: z\n---\n',
        '---\r\nrating: 1\r\n# c\r\n---\r\n',
      ),
      fc.boolean(),
      (meta, original, asNew) => {
        const printed = printFrontmatter({ id: '', meta, original, asNew })
        const read = metaFromFrontmatter(printed === '' ? null : readFrontmatter(printed))
        expect({ ...read, properties: sort(read.properties) }).toMatchObject({
          ...meta,
          properties: sort(meta.properties),
        })
      },
    ),
    { seed: 2, numRuns: Number(process.env.FC_RUNS ?? 300) },
  )
})
