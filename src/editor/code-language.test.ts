import { expect, test } from 'vitest'
import { languageOf, withLanguage } from './code-language.ts'

test.each([
  ['ts', 'ts'],
  ['TypeScript {1,3} title="a"', 'typescript'],
  ['js{1,3}', 'js'],
  ['', ''],
  [null, ''],
])('the language of %j is %j', (info, language) => expect(languageOf(info)).toBe(language))

test.each([
  ['ts', 'rust', 'rust'],
  ['ts {1,3} title="a"', 'rust', 'rust {1,3} title="a"'],
  ['js{1,3}', 'ts', 'ts {1,3}'],
  ['', 'ts', 'ts'],
  ['ts', '', ''],
  ['ts {1,3}', '', 'text {1,3}'],
])('%j in another language keeps the rest', (info, language, expected) =>
  expect(withLanguage(info, language)).toBe(expected),
)
