import { describe, expect, test } from 'vitest'
import { parseMarkdown } from '../markdown/parse.ts'
import { printBlocks } from '../markdown/print.ts'
import { passagesOf, withPassageId } from './passages.ts'

const NOTE = `# Head

One **bold** sentence.

Another one. ^known

- first
  - below
- second

| a | b |
| - | - |
| 1 | 2 |

^rows

> said
`
const { blocks } = parseMarkdown(NOTE)

describe('passages of a note', () => {
  test('are told apart, counted, and have their ids', () => {
    expect(passagesOf(blocks).map(({ is, text, id, n }) => [is, text, id, n])).toEqual([
      ['heading', 'Head', '', 1],
      ['paragraph', 'One bold sentence.', '', 1],
      ['paragraph', 'Another one.', 'known', 2],
      ['item', 'first', '', 0],
      ['item', 'below', '', 0],
      ['item', 'second', '', 0],
      ['table', 'a · b', 'rows', 1],
      ['quote', 'said', '', 0],
    ])
  })

  test.each(['paragraph', 'item', 'quote'] as const)(
    'an id given to a %s is read back, and nothing else changes',
    (is) => {
      const all = passagesOf(blocks)
      const passage = all.findLast((each) => each.is === is && each.id === '')
      if (!passage) return expect.unreachable()
      const markdown = printBlocks(withPassageId(blocks, passage, 'abc123'))
      const again = passagesOf(parseMarkdown(markdown).blocks)
      expect(again.map(({ id }) => id)).toEqual(all.map((each) => (each === passage ? 'abc123' : each.id)))
      expect(markdown.replace(/\n\n\^abc123| \^abc123/, '')).toBe(printBlocks(blocks))
    },
  )
})
