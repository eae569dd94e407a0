import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { FolderId } from '../../core/base/ids.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import type { NoteMeta } from '../../core/note/note.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { seedNote } from '../../editor/convert/seed-note.ts'
import { arbitraryTree } from '../../testing/arbitrary-tree.ts'
import { sourceCodec } from '../codec.ts'
import { type FirstSeed, firstUpdate } from './first-update.ts'
import { readMarkdown } from './read-markdown.ts'

/** The oracle: what Yjs itself makes of the seed. */
function throughYjs(seed: FirstSeed): { update: Uint8Array; docHash: string } {
  const doc = new Y.Doc()
  seedNote(doc, seed)
  return { update: Y.encodeStateAsUpdate(doc), docHash: docHash(doc) }
}

function check(seed: FirstSeed): void {
  const made = firstUpdate(seed)
  const expected = throughYjs(seed)
  expect(made.docHash).toBe(expected.docHash)
  expect(Buffer.from(made.update).equals(Buffer.from(expected.update))).toBe(true)
}

const META: NoteMeta = {
  title: 'Title',
  kind: 'note',
  created: '',
  folderId: null,
  file: 'Title.md',
  aliases: [],
  formerTitles: [],
  tags: [],
  properties: [],
  trashed: false,
}
const seedOf = (tree: Tree, rest: Partial<FirstSeed> = {}): FirstSeed => ({ meta: META, tree, clientId: 7, ...rest })

const words = fc.string({ unit: 'grapheme' })
const arbitraryMeta: fc.Arbitrary<NoteMeta> = fc.record({
  title: words,
  kind: fc.constantFrom('note', 'essay', 'example', 'commitment'),
  created: fc.constantFrom('', '2024-02-03'),
  folderId: fc.option(words.map((id) => id as FolderId)),
  file: words,
  aliases: fc.array(words),
  formerTitles: fc.array(words, { maxLength: 2 }),
  tags: fc.array(words),
  properties: fc.array(
    fc.record({
      key: fc.oneof(words, fc.constantFrom('a', '__proto__')),
      value: fc.json({ maxDepth: 3 }).map((json) => JSON.parse(json) as string),
    }),
    { maxLength: 5 },
  ),
  trashed: fc.boolean(),
})

describe('the first update of a note', () => {
  it('D1, D2: is what Yjs makes of any tree, meta and source, byte for byte, with the hash of D6', () => {
    const source = fc.option(fc.uint8Array({ maxLength: 300 }).map((bytes) => ({ bytes, codec: sourceCodec })))
    const layout = fc.option(fc.boolean().map((bom) => ({ bom, eol: 'crlf' as const })))
    const client = fc.integer({ min: 1, max: 0xffffffff })
    fc.assert(
      fc.property(arbitraryTree, arbitraryMeta, source, layout, client, (tree, meta, from, how, clientId) => {
        check({ tree, meta, clientId, ...(from ? { source: from } : {}), ...(how ? { layout: how } : {}) })
      }),
      { numRuns: 300 },
    )
  })

  it('is the same for notes of every construct, an empty one, and long texts', () => {
    for (const text of [
      '',
      '# One\n\nA **bold** *italic* `code` ==mark== [[Link|shown]] ![[Embed]] [a](b "c") <i>x</i> #tag\nsoft  \nhard\n',
      '1. a\n2. b\n   - [ ] c\n   - [x] d\n\n5. e\n\n> quote\n\n```js\nlet x\n\ny\n```\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
      `${'Ärger über 文字 and 🙂 '.repeat(2000)}\n`,
      `${'> '.repeat(60)}deep\n`,
      `${'x'.repeat(70_000)}\n`,
    ]) {
      check(seedOf(readMarkdown(text).tree))
    }
  })

  it('D6: what lies deeper than the hash reads is the same too', () => {
    let tree: Tree = [{ type: 'paragraph', children: [{ type: 'text', text: 'deep', marks: 0 }] }]
    for (let depth = 0; depth < 120; depth++) {
      tree = [
        {
          type: 'list',
          style: 'bullet',
          start: 1,
          items: [{ checked: null, children: [], lists: depth === 0 ? [] : [tree[0] as never] }],
        },
      ]
    }
    check(seedOf(tree))
  })

  it('a value that Yjs refuses is refused, and one that it keeps in a way of its own goes through a doc', () => {
    const bytes = [{ key: 'a', value: new Uint8Array([1, 2]) as unknown as string }]
    check(seedOf([], { meta: { ...META, properties: bytes } }))
    const odd = [{ key: 'a', value: Object.create(null) as unknown as string }]
    expect(() => firstUpdate(seedOf([], { meta: { ...META, properties: odd } }))).toThrow()
  })
})
