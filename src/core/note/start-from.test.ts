import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { treesEqual } from '../markdown/normalize.ts'
import { parseMarkdown } from '../markdown/parse.ts'
import { printNote } from '../markdown/print.ts'
import { randomSource, randomTree } from '../markdown/random-tree.test-data.ts'
import type { Tree } from '../markdown/tree.ts'
import { extractNote } from './extract.ts'
import { structureOf } from './start-from.ts'

const print = (tree: Tree) => printNote({ frontmatter: '', blocks: tree })
const numRuns = Number(process.env.FC_RUNS ?? 300)

describe('the structure of a note', () => {
  it('R9 is its headings, lists, tables and callouts, without its words', () => {
    const source = `# What happened ^top

Some **words** and [[A link]].

- one
- two ^id
  - below

Between

- three

1. first
2. second

> [!note]+ Title
> Words
>
> ## Inside

| When | [[Who]] |
| --- | :-: |
| a | b |
| c | d |

\`\`\`mermaid
graph
\`\`\`

[^1]: A note below

<div>html</div>

## [[Blast radius|What followed]]
`
    expect(print(structureOf(parseMarkdown(source).blocks, []).tree)).toBe(`# What happened

-

1.

> [!note]+
> ## Inside

| When | Who |
| --- | :-: |
|  |  |

\`\`\`mermaid
\`\`\`

## What followed
`)
  })

  it('R9 keeps keys without values, but for what the app writes itself', () => {
    const properties = [
      { key: 'due', value: '2026-03-31' },
      { key: 'rests_on', value: ['[[Blast radius]]'] },
      ...['title', 'Status', 'next_review', 'derived_from'].map((key) => ({ key, value: 'x' })),
    ]
    expect(structureOf([], properties).properties).toEqual([
      { key: 'due', value: null },
      { key: 'rests_on', value: [] },
    ])
  })

  it('R9 M4 reads back as it is printed, has no links and no ids, and is its own structure', () => {
    const tree = fc.oneof(
      randomTree,
      randomSource.map((source) => parseMarkdown(source).blocks),
    )
    fc.assert(
      fc.property(tree, (given) => {
        const { tree: structure } = structureOf(given, [])
        expect(structure.length).toBeGreaterThan(0)
        const back = parseMarkdown(print(structure)).blocks
        expect(treesEqual(back, structure)).toBe(true)
        const { links, text } = extractNote(structure, { tags: [], properties: [] })
        expect(links).toEqual([])
        expect(/ \^[A-Za-z0-9-]+$/m.test(text)).toBe(false)
        expect(treesEqual(structureOf(structure, []).tree, structure)).toBe(true)
      }),
      { seed: 61, numRuns },
    )
  })
})
