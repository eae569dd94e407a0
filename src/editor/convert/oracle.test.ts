import { createHeadlessEditor } from '@lexical/headless'
import {
  createBindingV2__EXPERIMENTAL,
  type Provider,
  syncLexicalUpdateToYjsV2__EXPERIMENTAL,
  syncYjsStateToLexicalV2__EXPERIMENTAL,
} from '@lexical/yjs'
import fc from 'fast-check'
import { $createParagraphNode, $createTextNode, $getRoot, SKIP_COLLAB_TAG } from 'lexical'
import { describe, expect, it } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Tree } from '../../core/markdown/tree.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { arbitraryTree } from '../../testing/arbitrary-tree.ts'
import { NOTE_NODES } from '../note-nodes.ts'
import { readTree } from './read-tree.ts'
import { replaceTree } from './replace-tree.ts'
import { writeTree } from './write-tree.ts'

/** A headless editor on the real V2 binding, in the order of facts/path.md; awareness is silent here. */
function bind(doc: Y.Doc) {
  const editor = createHeadlessEditor({
    nodes: [...NOTE_NODES],
    onError: (error) => {
      throw error
    },
  })
  const awareness = new Awareness(doc)
  const provider = { awareness, connect: () => {}, disconnect: () => {}, on: () => {}, off: () => {} }
  const binding = createBindingV2__EXPERIMENTAL(editor, 'note', doc, new Map([['note', doc]]))
  syncYjsStateToLexicalV2__EXPERIMENTAL(binding, provider as unknown as Provider)
  editor.registerUpdateListener((update) => {
    if (update.tags.has(SKIP_COLLAB_TAG)) return
    syncLexicalUpdateToYjsV2__EXPERIMENTAL(
      binding,
      provider as unknown as Provider,
      update.prevEditorState,
      update.editorState,
      update.dirtyElements,
      update.dirtyLeaves,
      update.normalizedNodes,
      update.tags,
    )
  })
  return { editor, dispose: () => awareness.destroy() }
}

const shape = (type: unknown): unknown => {
  if (type instanceof Y.XmlText) return type.toDelta()
  if (!(type instanceof Y.XmlElement)) return null
  // The format that the next typed letter would take: Lexical derives it (facts/editor.md, item 4).
  const { __textFormat: _format, ...attributes } = type.getAttributes() as Record<string, unknown>
  // Lexical's JSON says `false` of every task that is not done; the tree says nothing.
  if (attributes.__checked === false) delete attributes.__checked
  return { name: type.nodeName, attributes, children: type.toArray().map(shape) }
}

/** Loads a doc into a bound editor and answers how many updates the editor wrote by itself. */
function writesOnLoad(doc: Y.Doc): number {
  let writes = 0
  doc.on('update', () => writes++)
  const { editor, dispose } = bind(doc)
  // Marks every node dirty: what the editor would change about the tree, it changes now.
  editor.update(
    () =>
      void $getRoot()
        .getAllTextNodes()
        .map((node) => node.markDirty()),
    { discrete: true },
  )
  dispose()
  return writes
}

describe('the bound editor as the oracle', () => {
  it('T4: writes nothing back on loading what writeTree wrote, nor on touching it', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        const doc = new Y.Doc()
        doc.transact(() => writeTree(rootOf(doc), tree))
        expect(writesOnLoad(doc)).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  it('T4: writes nothing back on loading a quote that was stored as text', () => {
    const doc = new Y.Doc()
    const quote = new Y.XmlElement('quote')
    quote.insert(0, [new Y.XmlText('old words'), new Y.XmlElement('linebreak'), new Y.XmlText('and more')])
    rootOf(doc).insert(0, [quote])
    expect(writesOnLoad(doc)).toBe(0)
  })

  it('T4: writes nothing back after replaceTree', () => {
    fc.assert(
      fc.property(arbitraryTree, arbitraryTree, (before, after) => {
        const doc = new Y.Doc()
        doc.transact(() => writeTree(rootOf(doc), before))
        doc.transact(() => replaceTree(rootOf(doc), after))
        expect(writesOnLoad(doc)).toBe(0)
      }),
      { numRuns: 40 },
    )
  })

  it('T5: the same content, built by the editor and written by its binding, is the same tree', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        const written = new Y.Doc()
        written.transact(() => writeTree(rootOf(written), tree))
        const { editor, dispose } = bind(written)
        const json = editor.getEditorState().toJSON()
        dispose()

        const typed = new Y.Doc()
        typed.transact(() => writeTree(rootOf(typed), [{ type: 'paragraph', children: [] }]))
        const other = bind(typed)
        other.editor.setEditorState(other.editor.parseEditorState(json))
        other.dispose()
        expect(readTree(rootOf(typed))).toEqual(tree)
        expect(shape(rootOf(typed))).toEqual(shape(rootOf(written)))
      }),
      { numRuns: 40 },
    )
  })

  it('T4: an edit at the end leaves the blocks before it as they are', () => {
    fc.assert(
      fc.property(arbitraryTree, (tree) => {
        const doc = new Y.Doc()
        doc.transact(() => writeTree(rootOf(doc), tree))
        const before = rootOf(doc).toArray().map(shape)
        const { editor, dispose } = bind(doc)
        editor.update(() => $getRoot().append($createParagraphNode().append($createTextNode('typed'))), {
          discrete: true,
        })
        dispose()
        expect(rootOf(doc).toArray().map(shape).slice(0, -1)).toEqual(before)
        expect(readTree(rootOf(doc))).toEqual([
          ...tree,
          { type: 'paragraph', children: [{ type: 'text', text: 'typed', marks: 0 }] },
        ] satisfies Tree)
      }),
      { numRuns: 40 },
    )
  })
})
