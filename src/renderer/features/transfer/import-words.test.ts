import { expect, test } from 'vitest'
import { IMPORT_WORDS, relationsRead, wordsLeft } from './import-words.ts'

test('what notes that are in already would become', () => {
  expect(IMPORT_WORDS.again([{ kind: 'essay', notes: 1 }])).toBe('1 note that is in already would become an essay')
  expect(IMPORT_WORDS.again([{ kind: 'essay', notes: 3 }])).toBe('3 notes that are in already would become essays')
  const both = [{ kind: 'example', notes: 2 } as const, { kind: 'note', notes: 1 } as const]
  expect(IMPORT_WORDS.again(both)).toBe('3 notes that are in already would become 2 examples, 1 note')
})

test('words that are read as a relation, and those that are left to decide', () => {
  const word = (key: string, links: number, isRelation = false) => ({ word: key, key, links, isRelation })
  const preview = {
    words: [word('up', 9), word('supports', 4), word('rests_on', 2, true)],
    mapping: { kinds: [], words: { supports: 'illustrates' } },
  }
  expect(relationsRead(preview)).toEqual([
    { relation: 'illustrates', word: 'supports', links: 4 },
    { relation: 'rests_on', word: 'rests_on', links: 2 },
  ])
  expect(wordsLeft(preview).map(({ key }) => key)).toEqual(['up'])
})

test('TOML at the head is said in plain words', () => {
  const [label, text] = IMPORT_WORDS.stays.toml
  expect([label(1), label(3)]).toEqual(['1 note with TOML at its head', '3 notes with TOML at their head'])
  expect(text).toContain('not read')
})
