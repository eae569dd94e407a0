import { expect, test } from 'vitest'
import { parseMarkdown } from '../markdown/parse.ts'
import { printBlocks } from '../markdown/print.ts'
import { footnoteLabels, movedPassage, passageTitle, relativePaths } from './moved-passage.ts'

const tree = (markdown: string) => parseMarkdown(markdown).blocks

test('links within the old note lead back to it, those within the passage stay', () => {
  const moved = movedPassage(
    tree('## Here\n\nsee [[#Here]], [[#There]] and [[#^abc]]. ^own\n\n[[#^own|so]] [[Other#There]]\n'),
    {
      from: 'Old',
      paths: new Map(),
    },
  )
  expect(printBlocks(moved)).toBe(
    '## Here\n\nsee [[#Here]], [[Old#There|There]] and [[Old#^abc]]. ^own\n\n[[#^own|so]] [[Other#There]]\n',
  )
})

test('relative paths of links and pictures are given their new place, addresses and wikilinks are left', () => {
  const passage = tree('![x](img/a.png) [n](Other.md) [w](https://example.org) ![[b.png]] ![c](<a b.png>)\n')
  expect(relativePaths(passage)).toEqual(['img/a.png', 'Other.md', 'a b.png'])
  const paths = new Map([
    ['img/a.png', '../Notes/img/a.png'],
    ['Other.md', '../Notes/Other.md'],
    ['a b.png', '../a%20b.png'],
  ])
  expect(printBlocks(movedPassage(passage, { from: 'Old', paths }))).toBe(
    '![x](../Notes/img/a.png) [n](../Notes/Other.md) [w](https://example.org) ![[b.png]] ![c](../a%20b.png)\n',
  )
})

test('footnotes that it refers to are told', () => {
  expect(footnoteLabels(tree('one[^1] two[^a]\n\n- three[^1]\n'))).toEqual(['1', 'a'])
})

test.each([
  ['Nineteen teams stopped.', 'Nineteen teams stopped'],
  [
    'One sentence in a leadership channel, nineteen teams stopped, and nobody',
    'One sentence in a leadership channel, nineteen teams',
  ],
  ['It stopped. Then it went on.', 'It stopped'],
  ['- a list [[Of|of]] a/b #c things', 'a list of a b c things'],
  ['![[x.png]]', 'x.png'],
  ['---', ''],
])('title of %j', (markdown, title) => {
  expect(passageTitle(tree(`${markdown}\n`))).toBe(title)
})
