import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkedWord, mergeWords, parseWords, printWords, readWords } from './vault-words.ts'
import { DEFAULT_WORDS, readDirection, readingOf, relationWord } from './words.ts'

const own = (word: string, inverse: string, reading = '', inverseReading = '') => ({
  word,
  inverse,
  reading,
  inverseReading,
})

describe("a vault's own words", () => {
  it('R1 R2 are relations in both directions, with readings', () => {
    const words = mergeWords([own('Argues with', 'argued-with by', 'Argues with', '')])
    expect(relationWord('argues-with', words)).toBe('argues_with')
    expect(relationWord('argues with')).toBeNull()
    expect(readDirection('argued_with_by', words)).toEqual({ word: 'argues_with', inverse: true })
    expect(readingOf('argues_with', false, words)).toBe('Argues with')
    expect(readingOf('argues_with', true, words)).toBe('Argued with by')
  })

  it.each([
    [own('illustrates', 'x'), 'taken'],
    [own('x', 'carries'), 'taken'],
    [own('mentions', 'x'), 'no-word'],
    [own('', 'x'), 'no-word'],
    [own('a::b', 'x'), 'no-word'],
    [own('x y', 'x-y'), 'same'],
  ])('R3 %j is refused: %s', (word, fault) =>
    expect(checkedWord(word, DEFAULT_WORDS)).toEqual({ ok: false, error: fault }),
  )

  it('R3 of two that clash the first stays', () => {
    expect(mergeWords([own('one', 'two'), own('two', 'three')]).slice(DEFAULT_WORDS.length)).toMatchObject([
      { word: 'one' },
    ])
  })

  it('R4 a reading that is made of the word has single blanks', () => {
    const own = readWords([{ word: 'supports', inverse: 'A _A' }])
    expect(own).toMatchObject([{ inverse: 'a__a', inverseReading: 'A a' }])
    expect(parseWords(printWords(own))).toEqual(own)
  })

  it('R4 anything is read, and what is read prints and reads back the same', () => {
    const text = fc.oneof(fc.constantFrom('supports', 'backed by', 'x', 'rests_on', 'Ärgert'), fc.string())
    const given = fc.array(fc.oneof(fc.record({ word: text, inverse: text, reading: text }), fc.anything()))
    fc.assert(
      fc.property(given, (value) => {
        const words = readWords(value)
        expect(parseWords(printWords(words))).toEqual(words)
        const all = mergeWords(words).flatMap(({ word, inverse }) => [word, inverse])
        expect(new Set(all).size).toBe(all.length)
        expect(all.length).toBe((words.length + DEFAULT_WORDS.length) * 2)
      }),
    )
    expect(parseWords('not json')).toEqual([])
    expect(parseWords('null')).toEqual([])
  })
})
