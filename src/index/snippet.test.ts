import { describe, expect, test } from 'vitest'
import { snippetPieces } from './snippet.ts'

const shown = (marked: string) =>
  snippetPieces(marked.replaceAll('<', '\u0001').replaceAll('>>', '\u0002'))
    .map(({ text, hit }) => (hit ? `<${text}>` : text))
    .join('')

describe('I8: snippets', () => {
  test.each([
    ['# A <heading>> and **bold**', 'A <heading> and bold'],
    ['see [[Blast radius|the <radius>>]] there', 'see the <radius> there'],
    ['see [[Essays/Blast <radius>>]]', 'see Essays/Blast <radius>'],
    ['…ius|the <radius>>]] there', '…ius the <radius> there'],
    ['an [<address>>](https://example.org/1) of', 'an <address> of'],
    ['- [x] <done>>\n- next `code`', '<done> next code'],
    ['| <a>> | b |\n| --- | --- |\n| c | d |', '<a> b c d'],
    ['*soft* <words>> 2 * 3', 'soft <words> 2 * 3'],
    ['snake_case <word>>', 'snake_case <word>'],
  ])('%j', (marked, expected) => {
    expect(shown(marked)).toBe(expected)
  })

  test('a hit in a part that is not shown is shown all the same', () => {
    expect(shown('an [address](https://<example>>.org) of')).toContain('<example>')
    expect(shown('[[Blast <radius>>|shown]]')).toContain('<radius>')
  })
})
