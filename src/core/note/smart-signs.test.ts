import { describe, expect, test } from 'vitest'
import { quotesOf, smartSign } from './smart-signs.ts'

/** Types a text letter by letter, as a person does. */
function typed(text: string, language = 'en'): string {
  let out = ''
  for (const char of text) {
    const sign = smartSign(out, char, quotesOf(language))
    out = sign ? out.slice(0, out.length + 1 - sign.remove) + sign.insert : out + char
  }
  return out
}

describe('signs that become typographic as they are typed', () => {
  test.each([
    [
      'en',
      `"Where is it?" she said. It's 'here', isn't it ("no")?`,
      '“Where is it?” she said. It’s ‘here’, isn’t it (“no”)?',
    ],
    ['de', `"Wo ist es?", sagte sie. Geht's 'hier' ("nein")?`, '„Wo ist es?“, sagte sie. Geht’s ‚hier‘ („nein“)?'],
    ['de-CH', '"Wo ist es?"', '«Wo ist es?»'],
    ['fr', `"C'est l'air"`, '«\u202fC’est l’air\u202f»'],
    ['sv', '"Var är den?" sa "hon"', '”Var är den?” sa ”hon”'],
    ['da', '"Hvor er den?" sagde', '»Hvor er den?« sagde'],
    ['pl', '"Gdzie to jest?"', '„Gdzie to jest?”'],
    ['xx', '"known by none"', '“known by none”'],
  ])('%s: %s', (language, text, wanted) => {
    expect(typed(text, language)).toBe(wanted)
  })

  test('a quote within a quote, and one after a dash', () => {
    expect(typed(`"She said 'now'" and "so" -- "then"`)).toBe('“She said ‘now’” and “so” – “then”')
  })

  test('dashes and dots, where they are not Markdown', () => {
    expect(typed('1990--1995, so---then... yes')).toBe('1990–1995, so—then… yes')
    for (const text of ['---', '--', '- - -', '| --- | :-- |', '<!-- a --', '....']) {
      expect(typed(text)).toBe(text === '....' ? '….' : text)
    }
  })

  test('source stays as typed: code, addresses, links, formulas, tags', () => {
    for (const text of [
      '`a "b" -- c`',
      'see https://example.org/a--b',
      'in [[a "b"--c',
      '[words](a--b"c"',
      '$x--y"$',
      '<a href="x"',
      '%% a "b" -- %%'.slice(0, -3),
    ]) {
      expect(typed(text)).toBe(text)
    }
    expect(typed('`code` then "words" at $5, "so"')).toBe('`code` then “words” at $5, “so”')
  })
})
