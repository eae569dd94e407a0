import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editFacts, type FactEdit, type Facts } from './edit-facts.ts'
import { convertProperty, isDay, PROPERTY_TYPES, propertyType } from './property-type.ts'
import { valueText } from './value-text.ts'

const TODAY = '2026-03-19'
const FACTS: Facts = {
  tags: ['a'],
  aliases: [],
  properties: [
    { key: 'due', value: '2026-03-19' },
    { key: 'count', value: 3 },
  ],
}

describe('the type of a property is what its value says', () => {
  test.each([
    ['words', 'text'],
    ['', 'text'],
    [null, 'text'],
    [3, 'number'],
    [false, 'checkbox'],
    [['a', 1], 'list'],
    [[], 'list'],
    ['2026-02-28', 'date'],
    ['2026-02-30', 'text'],
    ['2026-02-28T10:00', 'text'],
    ['[[Title|shown]]', 'link'],
    ['see [[Title]]', 'text'],
    [{ a: 1 }, 'other'],
    [[['a']], 'other'],
  ] as const)('%j is %s', (value, type) => expect(propertyType(value as never)).toBe(type))

  test('a day is one that the calendar has', () => {
    expect(['2024-02-29', '2023-02-29', '2023-13-01', '23-01-01'].map(isDay)).toEqual([true, false, false, false])
  })
})

describe('a value becomes another type', () => {
  test.each([
    ['3', 'number', 3],
    ['007', 'number', undefined],
    ['soon', 'date', undefined],
    ['', 'date', TODAY],
    ['yes', 'checkbox', true],
    ['maybe', 'checkbox', undefined],
    ['Blast radius', 'link', '[[Blast radius]]'],
    ['[[Blast radius]]', 'text', 'Blast radius'],
    [['a', 'b'], 'text', 'a, b'],
    ['a, b', 'list', ['a, b']],
    [3, 'list', [3]],
    [{ a: 1 }, 'text', undefined],
  ] as const)('%j as %s is %j', (value, to, wanted) =>
    expect(convertProperty(value as never, to, TODAY)).toEqual(wanted),
  )

  test('no word is lost, and the type is what was asked for, or text again where the words say so', () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string()), fc.constant(null))
    fc.assert(
      fc.property(value, fc.constantFrom(...PROPERTY_TYPES), (value, to) => {
        const next = convertProperty(value, to, TODAY)
        if (next === undefined || valueText(value) === '') return
        const plain = (text: string) => text.replace(/^\[\[|\]\]$/g, '')
        if (to === 'checkbox') expect(typeof next).toBe('boolean')
        else expect(plain(valueText(next)).trim()).toBe(plain(valueText(value)).trim())
      }),
    )
  })
})

describe('an edit of the facts', () => {
  const edited = (edit: FactEdit, facts = FACTS) => {
    const result = editFacts(facts, edit)
    return result.ok ? result.value : result.error
  }

  test('adds at the end, sets, renames and places in order', () => {
    expect(edited({ is: 'add', key: ' who ', value: 'me' })).toMatchObject({
      properties: [{ key: 'due' }, { key: 'count' }, { key: 'who', value: 'me' }],
    })
    expect(edited({ is: 'set', key: 'due', value: '' })).toMatchObject({
      properties: [{ value: '' }, { key: 'count' }],
    })
    expect(edited({ is: 'rename', key: 'due', to: 'by' })).toMatchObject({
      properties: [{ key: 'by' }, { key: 'count' }],
    })
    expect(edited({ is: 'place', key: 'due', at: 1 })).toMatchObject({ properties: [{ key: 'count' }, { key: 'due' }] })
    expect(edited({ is: 'remove', key: 'due' })).toMatchObject({ properties: [{ key: 'count' }] })
  })

  test('tags and aliases are lists: their signs go, blanks part tags, nothing stands twice', () => {
    expect(edited({ is: 'set', key: 'tags', value: ['#x', 'y z', 'x'] })).toMatchObject({ tags: ['x', 'y', 'z'] })
    expect(edited({ is: 'add', key: 'aliases', value: 'One of two' })).toMatchObject({ aliases: ['One of two'] })
    expect(edited({ is: 'remove', key: 'tags' })).toMatchObject({ tags: [] })
    expect(edited({ is: 'set', key: 'tags', value: [['x']] })).toBe('no-list')
    expect(edited({ is: 'add', key: 'tags', value: 'x' })).toBe('taken')
  })

  test.each([
    [{ is: 'add', key: 'due', value: '' }, 'taken'],
    [{ is: 'add', key: 'id', value: '' }, 'reserved'],
    [{ is: 'add', key: 'tag', value: '' }, 'reserved'],
    [{ is: 'add', key: ' ', value: '' }, 'no-name'],
    [{ is: 'add', key: 'a\nb', value: '' }, 'no-name'],
    [{ is: 'rename', key: 'due', to: 'count' }, 'taken'],
    [{ is: 'rename', key: 'due', to: 'tags' }, 'reserved'],
    [{ is: 'rename', key: 'tags', to: 'words' }, 'reserved'],
    [{ is: 'set', key: 'gone', value: 1 }, 'missing'],
  ] as const)('%j is refused: %s', (edit, fault) => expect(edited(edit)).toBe(fault))
})
