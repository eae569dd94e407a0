import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { readVerbatims } from '../../core/markdown/read-verbatim.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { replaceTree } from '../../editor/convert/replace-tree.ts'
import { sourceCodec } from '../codec.ts'
import { exportNote } from './export-note.ts'
import { firstUpdate } from './first-update.ts'
import { reimportFile } from './import-note.ts'
import { readState } from './read-note.ts'

/** Blocks that were kept as source before they had shapes of their own. */
const PARTS = [
  '# Title',
  '> [!note]+ Title\n> old  words\n>\n> * item',
  '| a | `x\\|y` |\n|:--|--:|\n| b | [[N\\|s]] |',
  '> one\n> > two\n> >\n> > ```\n> > code\n> > ```',
  'Words[^1] and [ref].',
  '[^1]: One\n[^2]: Two\n\n    more',
  '[ref]: https://e.org',
  'End',
] as const
const SOURCE = `${PARTS.join('\n\n')}\n`
const text = (content: string) => [{ type: 'text' as const, text: content, marks: 0 }]
const FORMER: Tree = PARTS.map((source) => {
  if (source === PARTS[0]) return { type: 'heading', level: 1, children: text('Title') }
  if (source === 'End') return { type: 'paragraph', children: text('End') }
  if (source !== PARTS[4]) return { type: 'verbatim', source }
  const [before, note, between, ref, after] = ['Words', '[^1]', ' and ', '[ref]', '.']
  const raw = (source = '') => ({ type: 'raw' as const, source, marks: 0 })
  return {
    type: 'paragraph',
    children: [...text(before ?? ''), raw(note), ...text(between ?? ''), raw(ref), ...text(after ?? '')],
  }
})

const bytes = (content: string) => new TextEncoder().encode(content)

function formerNote(): Y.Doc {
  const { update } = firstUpdate({
    meta: {
      ...{ kind: 'note', created: '', aliases: [], tags: [], properties: [], title: 'a', folderId: null, file: 'a.md' },
      ...{ formerTitles: [], trashed: false },
    },
    tree: FORMER,
    layout: {},
    clientId: 7,
    source: { bytes: bytes(SOURCE), codec: sourceCodec },
  })
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc
}

function written(doc: Y.Doc): string {
  const out = exportNote({ kind: 'export', id: 'a' as never, state: Y.encodeStateAsUpdate(doc), verify: true })
  expect(out.problem).toBeNull()
  return new TextDecoder().decode(out.bytes)
}

function taken(doc: Y.Doc, file: string): string {
  const { update } = reimportFile({
    ...{ kind: 'reimport', id: 'a' as never, path: 'a.md', bytes: bytes(file), plain: null, formerHashes: [] },
    state: Y.encodeStateAsUpdate(doc),
  })
  Y.applyUpdate(doc, update)
  return written(doc)
}

describe('a note that was stored when its callouts, tables and footnotes were source', () => {
  test('M1, M4: goes out as it came, and is proved', () => {
    expect(written(formerNote())).toBe(SOURCE)
    const kinds = readVerbatims(FORMER).map(({ type }) => type)
    expect(kinds).toEqual([
      ...['heading', 'callout', 'table', 'quote', 'paragraph', 'footnote', 'footnote', 'verbatim', 'paragraph'],
    ])
  })

  test('M2: an edit beside them changes its own lines', () => {
    const doc = formerNote()
    const tree = readTree(rootOf(doc))
    const edited = tree.map((block) => (block.type === 'heading' ? { ...block, children: text('New') } : block))
    doc.transact(() => replaceTree(rootOf(doc), edited))
    expect(written(doc)).toBe(SOURCE.replace('# Title', '# New'))
  })

  test('M8: the same file again changes no text, and a changed one is an edit of the right block', () => {
    const doc = formerNote()
    expect(taken(doc, SOURCE)).toBe(SOURCE)
    const changed = SOURCE.replace('old  words', 'new  words').replace('| b |', '| c |')
    expect(taken(doc, changed)).toBe(changed)
    expect(readState(doc).text).not.toContain('old')
  })

  test('what was written in the note meanwhile stays', () => {
    const doc = formerNote()
    const tree = readTree(rootOf(doc))
    const edited = tree.map((block, at) =>
      block.type === 'paragraph' && at > 5 ? { ...block, children: text('Mine') } : block,
    )
    doc.transact(() => replaceTree(rootOf(doc), edited))
    const file = SOURCE.replace('* item', '* thing')
    expect(taken(doc, file)).toBe(file.replace('End', 'Mine'))
  })
})
