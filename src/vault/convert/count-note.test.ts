import { expect, test } from 'vitest'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { countNote } from './count-note.ts'

const counted = (source: string) => countNote(parseMarkdown(source).blocks, { tags: [], properties: [] })

test('links as the index has them, and block ids wherever one may stand', () => {
  const source = [
    'A paragraph with [[One]] and [two](Two.md). ^first',
    '',
    '- item ^second',
    '  - below [[Three|shown]] ^third',
    '',
    '| a | b |',
    '|---|---|',
    '| [[Four]] | x |',
    '',
    '^fourth',
    '',
    '> [!note] Callout',
    '> text ^fifth',
  ].join('\n')
  expect(counted(source)).toEqual({ links: 4, blockIds: 5 })
})

test('neither code nor a power is a block id', () => {
  expect(counted('`x ^code`\n\n2^10 and 2 ^ 10\n\n```\nfenced ^id\n```\n').blockIds).toBe(0)
})
