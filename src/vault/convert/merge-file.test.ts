import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Tree } from '../../core/markdown/tree.ts'
import type { PropertyValue } from '../../core/note/note.ts'
import { type FileContent, type FileFacts, mergeFile } from './merge-file.ts'

const tree = (...lines: string[]): Tree =>
  lines.map((text) => ({ type: 'paragraph', children: [{ type: 'text', text, marks: 0 }] }))
const NO_FACTS: FileFacts = { kind: 'note', created: '', aliases: [], tags: [], properties: [] }
const content = (lines: string[], facts: Partial<FileFacts> = {}): FileContent => ({
  tree: tree(...lines),
  facts: { ...NO_FACTS, ...facts },
})

test('M8: what only one side changed is taken from it', () => {
  const merged = mergeFile(content(['a', 'b', 'c']), content(['a here', 'b', 'c']), content(['a', 'b', 'c file', 'd']))
  expect(merged.tree).toEqual(tree('a here', 'b', 'c file', 'd'))
})

test('M8: a passage that both changed is kept twice, what was written here first', () => {
  const merged = mergeFile(content(['a', 'b']), content(['here', 'b']), content(['file', 'b']))
  expect(merged.tree).toEqual(tree('here', 'file', 'b'))
})

test('M8: in a quote, callout or footnote passages are merged one by one', () => {
  const of = (children: Tree): FileContent => ({
    tree: [{ type: 'callout', kind: 'note', fold: '', title: [], children }, ...tree('after')],
    facts: NO_FACTS,
  })
  const merged = mergeFile(of(tree('a', 'b', 'c')), of(tree('a here', 'b', 'c')), of(tree('a', 'b', 'c file')))
  expect(merged.tree).toEqual(of(tree('a here', 'b', 'c file')).tree)
})

test('M8: the same change on both sides is one change', () => {
  const merged = mergeFile(content(['a', 'b']), content(['new', 'b']), content(['new', 'b']))
  expect(merged.tree).toEqual(tree('new', 'b'))
})

test('M8: facts and properties are merged key by key', () => {
  const base = content([], { tags: ['a'], properties: [prop('x', 1), prop('y', 1), prop('gone', 1)] })
  const here = content([], {
    tags: ['a', 'b'],
    kind: 'essay',
    properties: [prop('x', 2), prop('y', 1), prop('own', 1)],
  })
  const file = content([], { tags: ['a'], properties: [prop('x', 1), prop('y', 3), prop('gone', 1)] })
  expect(mergeFile(base, here, file).facts).toEqual({
    ...NO_FACTS,
    kind: 'essay',
    tags: ['a', 'b'],
    properties: [prop('x', 2), prop('y', 3), prop('own', 1)],
  })
})

test('M8: of lists that both changed each item is taken by itself', () => {
  const base = content([], { tags: ['a', 'b', 'c'], properties: [prop('rests_on', ['[[A]]', '[[B]]'])] })
  const here = content([], {
    tags: ['c', 'b', 'here'],
    properties: [prop('rests_on', ['[[A]]', '[[B]]', '[[Here]]']), prop('both', ['x'])],
  })
  const file = content([], {
    tags: ['file', 'a', 'c'],
    properties: [prop('rests_on', ['[[B]]', '[[File]]']), prop('both', ['y'])],
  })
  expect(mergeFile(base, here, file).facts).toMatchObject({
    tags: ['file', 'c', 'here'],
    properties: [prop('rests_on', ['[[B]]', '[[File]]', '[[Here]]']), prop('both', ['y', 'x'])],
  })
  const sorted = content([], { tags: ['c', 'b', 'a'] })
  expect(mergeFile(base, sorted, { ...base, tree: tree('new') }).facts.tags).toEqual(['c', 'b', 'a'])
})

test('M8: no block that either side wrote is lost', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 8 })
  fc.assert(
    fc.property(lines, lines, lines, (base, here, file) => {
      const merged = JSON.stringify(mergeFile(content(base), content(here), content(file)).tree)
      const isNew = (line: (typeof base)[number]) => !base.includes(line)
      for (const line of [...here, ...file].filter(isNew)) expect(merged).toContain(`"${line}"`)
    }),
  )
  fc.assert(
    fc.property(lines, lines, (base, other) => {
      expect(mergeFile(content(base), content(base), content(other)).tree).toEqual(tree(...other))
      expect(mergeFile(content(base), content(other), content(base)).tree).toEqual(tree(...other))
    }),
  )
})

test('M8: layout is no change, and what is taken over keeps it', () => {
  const list = (layout: object, ...words: string[]): Tree => [
    {
      type: 'list',
      style: 'bullet',
      start: 1,
      items: words.map((text) => ({
        checked: null,
        children: [{ type: 'text', text, marks: 0 }],
        lists: [],
        ...layout,
      })),
    },
  ]
  const facts = NO_FACTS
  const base = { tree: list({}, 'a'), facts }
  const loose = { tree: list({ loose: true }, 'a'), facts }
  expect(mergeFile(base, base, loose).tree).toEqual(loose.tree)
  const edited = { tree: list({}, 'b'), facts }
  expect(mergeFile(base, edited, loose).tree).toEqual(edited.tree)
})

function prop(key: string, value: PropertyValue) {
  return { key, value }
}
