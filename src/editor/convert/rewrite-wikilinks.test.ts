import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Tree } from '../../core/markdown/tree.ts'
import type { NoteMeta } from '../../core/note/note.ts'
import { readMeta, rootOf } from '../../crdt/note-doc.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { arbitraryTree } from '../../testing/arbitrary-tree.ts'
import { readTree } from './read-tree.ts'
import { rewriteWikilinks } from './rewrite-wikilinks.ts'
import { seedNote } from './seed-note.ts'

const META: NoteMeta = {
  title: 'T',
  kind: 'note',
  created: '',
  folderId: null,
  file: '',
  aliases: [],
  formerTitles: [],
  tags: [],
  properties: [],
  trashed: false,
}

function noteOf(tree: Tree, properties: NoteMeta['properties'] = []): Y.Doc {
  const doc = new Y.Doc()
  seedNote(doc, { meta: { ...META, properties }, tree, clientId: 1 })
  return doc
}

/** Old to New, with what follows the name kept; as core/link/rename does it. */
const rename = (target: string): string | null => {
  const match = /^Old(?=$|[#|\\])/.exec(target)
  return match ? `New${target.slice(3)}` : null
}

describe('rewriteWikilinks', () => {
  it('T6: in containers and cells', () => {
    const link = (target: string) => ({ type: 'wikilink' as const, target, embed: false, marks: 0 })
    const treeWith = (target: string): Tree => [
      {
        type: 'callout',
        kind: 'note',
        fold: '',
        title: [link(target)],
        children: [
          { type: 'quote', children: [{ type: 'table', columns: [null], rows: [[[link(target)]]] }] },
          { type: 'footnote', label: '1', children: [{ type: 'paragraph', children: [link(`${target}|shown`)] }] },
        ],
      },
    ]
    const doc = noteOf(treeWith('Old'))
    expect(rewriteWikilinks(doc, (target) => target.replace('Old', 'New'), null)).toBe(3)
    expect(readTree(rootOf(doc))).toEqual(treeWith('New'))
  })

  it('T6: rewrites links in text with their marks, and leaves the rest', () => {
    const link = (target: string, marks = 0, embed = false) => ({ type: 'wikilink', target, marks, embed }) as const
    const doc = noteOf([
      {
        type: 'paragraph',
        children: [
          { type: 'text', text: 'Old [[Old]] ', marks: 0 },
          link('Old', 1),
          link('Old#H|shown', 3, true),
          link('Older'),
          { type: 'text', text: ' end', marks: 2 },
        ],
      },
      { type: 'code', info: '', text: '[[Old]]' },
      { type: 'list', style: 'bullet', start: 1, items: [{ checked: null, children: [link('Old')], lists: [] }] },
    ])
    expect(rewriteWikilinks(doc, rename, LOCAL)).toBe(3)
    expect(readTree(rootOf(doc))).toEqual([
      {
        type: 'paragraph',
        children: [
          { type: 'text', text: 'Old [[Old]] ', marks: 0 },
          link('New', 1),
          link('New#H|shown', 3, true),
          link('Older'),
          { type: 'text', text: ' end', marks: 2 },
        ],
      },
      { type: 'code', info: '', text: '[[Old]]' },
      { type: 'list', style: 'bullet', start: 1, items: [{ checked: null, children: [link('New')], lists: [] }] },
    ])
  })

  it('T6: rewrites links in verbatim blocks and in properties', () => {
    const doc = noteOf(
      [{ type: 'verbatim', source: '| a |\n| - |\n| [[Old\\|x]] ![[Old]] [[Else]] |' }],
      [
        { key: 'rests_on', value: ['[[Old]]', '[[Else]]'] },
        { key: 'deep', value: { a: 'see [[Old#H]] and [[Old]]', n: 1 } },
        { key: 'plain', value: 'Old' },
      ],
    )
    expect(rewriteWikilinks(doc, rename, LOCAL)).toBe(5)
    expect(readTree(rootOf(doc))).toEqual([
      { type: 'verbatim', source: '| a |\n| - |\n| [[New\\|x]] ![[New]] [[Else]] |' },
    ])
    expect(readMeta(doc).properties).toEqual([
      { key: 'rests_on', value: ['[[New]]', '[[Else]]'] },
      { key: 'deep', value: { a: 'see [[New#H]] and [[New]]', n: 1 } },
      { key: 'plain', value: 'Old' },
    ])
  })

  it('T6: is one update, and a second run writes nothing', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        const doc = noteOf(tree, [{ key: 'k', value: '[[Old]]' }])
        const origins: unknown[] = []
        doc.on('update', (_update: Uint8Array, origin: unknown) => origins.push(origin))
        const suffix = (target: string) => (target.endsWith('!new') ? null : `${target}!new`)
        const links = rewriteWikilinks(doc, suffix, LOCAL)
        expect(links).toBeGreaterThan(0)
        expect(origins).toEqual([LOCAL])
        expect(rewriteWikilinks(doc, suffix, LOCAL)).toBe(0)
        expect(origins).toHaveLength(1)
        const expected = JSON.stringify(tree, (key, value) => (key === 'target' ? (suffix(value) ?? value) : value))
        const inline = (json: string) => (JSON.parse(json) as Tree).filter((block) => block.type !== 'verbatim')
        expect(inline(JSON.stringify(readTree(rootOf(doc))))).toEqual(inline(expected))
      }),
    )
  })

  it('T6: a link that stays writes nothing', () => {
    const doc = noteOf([{ type: 'verbatim', source: '[[Old]]' }])
    let writes = 0
    doc.on('update', () => writes++)
    expect(rewriteWikilinks(doc, (target) => target, LOCAL)).toBe(0)
    expect(rewriteWikilinks(doc, () => null, LOCAL)).toBe(0)
    expect(writes).toBe(0)
  })
})

describe('seedNote', () => {
  it('D2, M9: two devices that import one file make one note', () => {
    const tree: Tree = [{ type: 'paragraph', children: [{ type: 'text', text: 'words', marks: 0 }] }]
    const [first, second] = [noteOf(tree), noteOf(structuredClone(tree))] as [Y.Doc, Y.Doc]
    expect(Y.encodeStateAsUpdate(first)).toEqual(Y.encodeStateAsUpdate(second))
    Y.applyUpdate(first, Y.encodeStateAsUpdate(second))
    expect(readTree(rootOf(first))).toEqual(tree)
  })
})
