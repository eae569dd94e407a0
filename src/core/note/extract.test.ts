import { expect, test } from 'vitest'
import { parseMarkdown } from '../markdown/parse.ts'
import { extractNote } from './extract.ts'

const read = (markdown: string, properties: { key: string; value: string[] }[] = []) =>
  extractNote(parseMarkdown(markdown).blocks, { tags: [], properties })
const brief = (markdown: string) =>
  read(markdown).links.map(({ target, relation, context, start, end }) => [target, relation, context.slice(start, end)])

test('a plain link is a mention, its context the sentence it stands in', () => {
  const [link] = read('First one. We saw [[Blast radius#Sizes|the radius]] grow. Last one.').links
  expect(link).toMatchObject({ target: 'Blast radius', anchor: 'Sizes', relation: 'mentions', embed: false })
  expect(link?.context).toBe('We saw the radius grow.')
  expect(link?.context.slice(link.start, link.end)).toBe('the radius')
})

test('a relation on a line of its own, in brackets, in a list, for several links', () => {
  expect(brief('illustrates:: [[A]], [[B]]')).toEqual([
    ['A', 'illustrates', 'A'],
    ['B', 'illustrates', 'B'],
  ])
  expect(brief('It [challenges:: [[A]]] what [[B]] says.')).toEqual([
    ['A', 'challenges', 'A'],
    ['B', 'mentions', 'B'],
  ])
  expect(brief('It [challenges:: [[A]]] and (rests on:: [[B]]), [illustrates:: [[C]]].')).toEqual([
    ['A', 'challenges', 'A'],
    ['B', 'rests_on', 'B'],
    ['C', 'illustrates', 'C'],
  ])
  expect(brief('- one\n- rests on:: [[A]]')).toEqual([['A', 'rests_on', 'A']])
})

test('a word that is not in the list is a plain mention, and so is a verb in the middle of a line', () => {
  expect(brief('source:: [[A]]')).toEqual([['A', 'mentions', 'A']])
  expect(brief('he says illustrates:: [[A]]')).toEqual([['A', 'mentions', 'A']])
})

test('the context shows a relation as words', () => {
  expect(read('It [challenges:: [[A]]], I think.').links[0]?.context).toBe('It challenges A, I think.')
})

test('code holds neither links nor tags, a table and a callout do', () => {
  expect(brief('`[[A]]` and #real but `#not`')).toEqual([])
  expect(read('`[[A]]` and #real but `#not`').tags).toEqual(['real'])
  expect(brief('```\n[[A]]\n```')).toEqual([])
  expect(brief('| a | b |\n| - | - |\n| [[A\\|x]] | y |')).toEqual([['A', 'mentions', 'x']])
  expect(brief('> [!note] Title\n> See [[A]].')).toEqual([['A', 'mentions', 'A']])
})

test('containers and cells hold links, relations, headings, tags and words as a note does', () => {
  const { links, headings, tags, text, words } = read(
    '> [!tip] About [[A]]\n> rests on:: [[B]]\n>\n> ## Inside\n>\n> - one #deep\n> - illustrates:: [[C]]\n\n| x | y |\n|-|-|\n| left | challenges:: [[D\\|dee]] |\n\n[^n]: See [[E]].\n\n    More [[F]].\n',
  )
  expect(links.map(({ target, relation }) => [target, relation])).toEqual([
    ['A', 'mentions'],
    ['B', 'rests_on'],
    ['C', 'illustrates'],
    ['D', 'challenges'],
    ['E', 'mentions'],
    ['F', 'mentions'],
  ])
  expect(links[3]?.context).toBe('left · challenges dee')
  expect(headings).toEqual([{ level: 2, text: 'Inside' }])
  expect(tags).toEqual(['deep'])
  for (const word of ['tip', 'About', 'left', 'More']) expect(text).toContain(word)
  expect(words).toBe(19)
})

test('verbatim lines hold relations as others do, and rich links hold wikilinks', () => {
  expect(brief('- one\n\n  more\n- illustrates:: [[A]]')).toEqual([['A', 'illustrates', 'A']])
  expect(brief('> [!note] Title\n> It [rests on:: [[A|b]]] here.')).toEqual([['A', 'rests_on', 'b']])
  expect(brief('[see [[A]] there](https://example.org)')).toEqual([['A', 'mentions', 'A']])
  expect(brief('%%[[A]]%% and <!-- [[B]] -->')).toEqual([])
})

test('links of properties are relations under a word of the list', () => {
  const links = read('', [
    { key: 'rests_on', value: ['[[A]]', '[[B|b]]'] },
    { key: 'author', value: ['[[C]]'] },
  ]).links
  expect(links.map(({ target, relation }) => [target, relation])).toEqual([
    ['A', 'rests_on'],
    ['B', 'rests_on'],
    ['C', 'mentions'],
  ])
})

test('an ordinary link to a note counts, one to the web does not', () => {
  expect(brief('[one](../Folder/Some%20note.md#Part) and [two](https://example.org/x.md)')).toEqual([
    ['Folder/Some note', 'mentions', 'one'],
  ])
})

test('tags are nested, need a non-digit, and stand apart', () => {
  expect(read('#a/b-c #1984 x#no (#yes) #2nd https://e.org/#frag').tags).toEqual(['a/b-c', 'yes', '2nd'])
})

test('the searchable text holds every word of the Markdown', () => {
  const { text } = read('See [[Target|shown]] at [label](https://example.org/42).\n\n```js\nconst x = 7\n```')
  for (const word of ['Target', 'shown', 'label', 'example', '42', 'js', 'const', '7']) expect(text).toContain(word)
})
