import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FindQuery, findAll, findExpression, replacementOf } from './find-in-note.ts'

const words = (query: string, more: Partial<FindQuery> = {}): FindQuery => ({
  query,
  regex: false,
  matchCase: false,
  wholeWords: false,
  ...more,
})
const places = (query: FindQuery, text: string) =>
  findAll(findExpression(query), text).map(({ start, end }) => text.slice(start, end))

describe('what is found in a note', () => {
  test('case matters only where it is asked for, by Unicode’s letters', () => {
    expect(places(words('straße'), 'Straße STRASSE strasse')).toEqual(['Straße'])
    expect(places(words('ÄRA'), 'ära Ära')).toEqual(['ära', 'Ära'])
    expect(places(words('ÄRA', { matchCase: true }), 'ära Ära ÄRA')).toEqual(['ÄRA'])
  })

  test('signs mean themselves but in a regular expression', () => {
    expect(places(words('a.b('), 'a.b( axb(')).toEqual(['a.b('])
    expect(places(words('a.b', { regex: true }), 'a.b axb')).toEqual(['a.b', 'axb'])
    expect(() => findExpression(words('a(', { regex: true }))).toThrow(SyntaxError)
  })

  test('whole words end at signs and spaces, not at marks, figures or letters of other scripts', () => {
    const whole = (query: string, text: string) => places(words(query, { wholeWords: true }), text)
    expect(whole('cat', 'cat, cats concat cat’s cat2 cat_a')).toEqual(['cat', 'cat'])
    expect(whole('é', 'é éa aé e\u0301')).toEqual(['é'])
    expect(whole('да', 'да вода')).toEqual(['да'])
    expect(places(words('c.t|dog', { wholeWords: true, regex: true }), 'cut dogs dog')).toEqual(['cut', 'dog'])
  })

  test('places of no width are none, and end', () => {
    expect(places(words('x*', { regex: true }), 'a😀xx')).toEqual(['xx'])
    expect(places(words('^', { regex: true }), 'a')).toEqual([])
  })
})

describe('what takes the place of it', () => {
  const replaced = (query: FindQuery, text: string, template: string) => {
    let out = ''
    let at = 0
    for (const found of findAll(findExpression(query), text)) {
      out += text.slice(at, found.start) + replacementOf(found, template, query.regex)
      at = found.end
    }
    return out + text.slice(at)
  }

  test('`$` means itself outside of regular expressions', () => {
    expect(replaced(words('a'), 'a b', '$& $1 $$')).toBe('$& $1 $$ b')
  })

  test('groups are put in as JavaScript’s own replace puts them in', () => {
    const sources = ['(\\w)(\\d)?', '(?<one>\\w)-(\\w)', 'a', '(a)|(b)']
    const template = fc
      .array(fc.constantFrom('$1', '$2', '$3', '$10', '$12', '$&', '$$', '$<one>', '$<no>', 'x', '$', '0', '<', '>'))
      .map((parts) => parts.join(''))
      // what this version of the language reads anew, and nobody types
      .filter((text) => !/\$[`']/.test(text))
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        fc.stringMatching(/^[ab1\- ]{0,12}$/),
        template,
        (source, text, into) => {
          const query = words(source, { regex: true })
          expect(replaced(query, text, into)).toBe(text.replace(findExpression(query), into))
        },
      ),
    )
  })
})
