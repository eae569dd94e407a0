import { createHeadlessEditor } from '@lexical/headless'
import {
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  $isTextNode,
  DELETE_WORD_COMMAND,
  type ElementNode,
  type LexicalEditor,
  UNDO_COMMAND,
} from 'lexical'
import { afterEach, describe, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { seedUpdate, viewText } from '../../testing/convergence-peers.ts'
import { rewriteWikilinks } from '../convert/rewrite-wikilinks.ts'
import { $createWikilinkNode } from '../nodes/WikilinkNode.ts'
import { NOTE_NODES } from '../note-nodes.ts'
import { createNoteSession, type NoteSession } from './note-session.ts'

const open: NoteSession[] = []
afterEach(() => {
  for (const session of open.splice(0)) session.dispose()
})

function start(doc: Y.Doc, idle?: (work: () => void) => () => void) {
  const errors: Error[] = []
  const editor = createHeadlessEditor({ nodes: [...NOTE_NODES], onError: (error) => errors.push(error) })
  const awareness = new Awareness(doc)
  const session = createNoteSession({ id: 'note', doc, awareness, editor, idle: idle ?? (() => () => {}) })
  open.push(session)
  return { editor, session, awareness, errors }
}

function seeded(...paragraphs: string[]): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(paragraphs))
  return doc
}

const rootOf = (doc: Y.Doc) => doc.get('root-v2', Y.XmlElement) as Y.XmlElement

const type = (editor: LexicalEditor, block: number, text: string) =>
  editor.update(() => $getRoot().getChildAtIndex(block)?.selectEnd().insertText(text), { discrete: true })

describe('loading', () => {
  test('a filled doc is shown, and nothing is written back', () => {
    const doc = seeded('one', '', 'two')
    let updates = 0
    doc.on('update', () => updates++)
    const { editor } = start(doc)
    expect(viewText(editor)).toBe('onetwo')
    editor.update(() => $getRoot().selectEnd(), { discrete: true })
    expect(updates).toBe(0)
  })

  test('an empty root is never bound', () => {
    expect(() => start(new Y.Doc())).toThrow('synced')
  })

  test('a text that gave way to one that says the same is followed when a peer changes it', () => {
    const doc = seeded('see ')
    const { editor, session, errors } = start(doc)
    const link = () => editor.getEditorState().read(() => $getRoot().getLastDescendant())
    editor.update(() => $getRoot().getFirstChildOrThrow<ElementNode>().append($createWikilinkNode('Old')), {
      discrete: true,
    })
    editor.update(() => link()?.replace($createWikilinkNode('Old')), { discrete: true })
    const kept = editor.getEditorState().read(() => $getRoot().getFirstChildOrThrow().getKey())
    rewriteWikilinks(doc, () => 'New', 'a peer')
    expect(viewText(editor)).toBe('see New')
    expect(errors).toEqual([])
    // not filled anew: the block is the one that it was
    expect(editor.getEditorState().read(() => $getRoot().getFirstChildOrThrow().getKey())).toBe(kept)
    expect(session.state).toBe('live')
  })

  test('a local edit writes only the characters that it adds', () => {
    const doc = seeded('one', 'two')
    const { editor } = start(doc)
    let bytes = 0
    doc.on('update', (update: Uint8Array) => {
      bytes += update.length
    })
    type(editor, 1, '!')
    expect(rootOf(doc).toJSON()).toContain('<paragraph>one</paragraph><paragraph>two!</paragraph>')
    expect(bytes).toBeLessThan(30)
  })

  test('formats for the next keystroke are not synced', () => {
    const doc = seeded('one')
    const { editor } = start(doc)
    editor.update(
      () => {
        const selection = $getRoot().getFirstChildOrThrow().selectEnd()
        selection.formatText('bold')
        selection.insertText('b')
      },
      { discrete: true },
    )
    expect(rootOf(doc).get(0)).toBeInstanceOf(Y.XmlElement)
    expect((rootOf(doc).get(0) as Y.XmlElement).getAttributes()).toEqual({})
  })

  test('a wikilink is one run of type wikilink with its target beside it', () => {
    const doc = seeded('see ')
    const { editor } = start(doc)
    editor.update(
      () =>
        $getRoot()
          .getFirstChildOrThrow()
          .selectEnd()
          .insertNodes([$createWikilinkNode('Title', { id: 'note-id-1' })]),
      { discrete: true },
    )
    const text = (rootOf(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText
    expect(text.toDelta()).toEqual([
      { insert: 'see ' },
      { insert: '[[Title]]', attributes: { t: 'wikilink', p: { __target: 'note-id-1' }, i: 1 } },
    ])
  })
})

describe('undo', () => {
  test('takes back what was typed here, not what arrived', () => {
    const doc = seeded('one')
    const { editor, session } = start(doc)
    type(editor, 0, ' mine')
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    ;((rootOf(other).get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(0, 'theirs ')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'peer')
    session.undo()
    expect(viewText(editor)).toBe('theirs one')
    session.redo()
    expect(viewText(editor)).toBe('theirs one mine')
  })

  test('of a new paragraph keeps what a peer typed in it', () => {
    const doc = seeded('one')
    const { editor, session } = start(doc)
    editor.update(() => $getRoot().append($createParagraphNode().append($createTextNode('new'))), { discrete: true })
    const paragraph = rootOf(doc).get(1) as Y.XmlElement
    doc.transact(() => (paragraph.get(0) as Y.XmlText).insert(3, ' from a peer'), 'peer')
    session.undo()
    expect(viewText(editor)).toBe('one from a peer')
    expect(rootOf(doc).length).toBe(2)
  })

  test('is told of, and answers the command', () => {
    const { editor, session } = start(seeded('one'))
    let told = 0
    session.onHistory(() => told++)
    expect(session.canUndo).toBe(false)
    type(editor, 0, '!')
    expect([session.canUndo, told > 0]).toEqual([true, true])
    editor.dispatchCommand(UNDO_COMMAND, undefined)
    expect(viewText(editor)).toBe('one')
    expect([session.canUndo, session.canRedo]).toEqual([false, true])
  })

  test('a step ends where typing turns into deleting', () => {
    const { editor, session } = start(seeded('one'))
    type(editor, 0, ' two')
    editor.update(
      () => {
        editor.dispatchCommand(DELETE_WORD_COMMAND, true)
        const text = $getRoot().getFirstDescendant()
        if ($isTextNode(text)) text.spliceText(3, 4, '')
      },
      { discrete: true },
    )
    type(editor, 0, ' three')
    session.undo()
    expect(viewText(editor)).toBe('one')
    session.undo()
    expect(viewText(editor)).toBe('one two')
    session.undo()
    expect(viewText(editor)).toBe('one')
  })

  test('keeps at most 500 steps', () => {
    const { editor, session } = start(seeded('one'))
    for (let n = 0; n < 510; n++) {
      session.breakUndo()
      type(editor, 0, 'x')
    }
    let steps = 0
    while (session.canUndo) {
      session.undo()
      steps++
    }
    expect(steps).toBe(500)
  })
})

describe('the guard', () => {
  test('fills a view that fell behind its doc anew', async () => {
    const doc = seeded('one', 'two')
    const { editor, session } = start(doc)
    // what a failed update leaves: a view that lacks something
    editor.update(() => $getRoot().getLastChildOrThrow().remove(), { discrete: true, tag: 'skip-collab' })
    ;(rootOf(doc).get(1) as Y.XmlElement).insert(0, [new Y.XmlText('theirs ')])
    await Promise.resolve()
    expect(viewText(editor)).toBe('onetheirs two')
    expect(session.state).toBe('live')
  })

  test('compares everything at idle', () => {
    const doc = seeded('one', 'two')
    const work: (() => void)[] = []
    const { editor } = start(doc, (run) => {
      work.push(run)
      return () => {}
    })
    editor.update(() => $getRoot().getLastChildOrThrow().remove(), { discrete: true, tag: 'skip-collab' })
    for (const run of work) run()
    expect(viewText(editor)).toBe('onetwo')
  })

  test('a block that moved stays in the doc when the binding throws while it writes the move', async () => {
    const doc = seeded('first words', 'other words', 'last')
    const { editor, session } = start(doc)
    editor.update(() => void ($getRoot().getLastChild() as ElementNode).append($createTextNode('?')), {
      discrete: true,
    })
    editor.update(
      () => {
        const paragraph = $createParagraphNode()
        $getRoot().append(paragraph, $getRoot().getFirstChildOrThrow())
        // what the binding reads of a node throws half way through the update, once
        let reads = 0
        Object.defineProperty(paragraph, '__indent', {
          enumerable: true,
          get: () => {
            if (reads++ === 0) throw new Error('a field that cannot be read')
            return 0
          },
        })
      },
      { discrete: true },
    )
    await Promise.resolve()
    expect(
      rootOf(doc)
        .toArray()
        .map((block) => block.toJSON()),
    ).toEqual(['first words', 'other words', 'last?'].map((text) => `<paragraph>${text}</paragraph>`))
    expect(viewText(editor)).toBe('first wordsother wordslast?')
    expect(session.state).toBe('live')
    // what failed is no step, the edit before it is one by itself
    session.undo()
    expect(viewText(editor)).toBe('first wordsother wordslast')
  })

  test('gives up on a doc that it cannot show: read-only, nothing written, and it says so', () => {
    const doc = seeded('one')
    const { editor, session } = start(doc)
    const states: string[] = []
    session.onState((state) => states.push(state))
    rootOf(doc).insert(1, [new Y.XmlElement('from-a-later-version')])
    session.verify()
    expect(states).toEqual(['readonly'])
    expect([session.state, editor.isEditable()]).toEqual(['readonly', false])
    let updates = 0
    doc.on('update', () => updates++)
    type(editor, 0, '!')
    session.undo()
    expect(updates).toBe(0)
  })

  test('a paragraph inside a list item, which Lexical unwraps, is no difference', () => {
    const doc = seeded('one')
    const list = new Y.XmlElement('list')
    const item = new Y.XmlElement('listitem')
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText('item')])
    item.insert(0, [paragraph])
    list.insert(0, [item])
    rootOf(doc).insert(1, [list])
    const { editor, session } = start(doc)
    session.verify()
    expect([session.state, viewText(editor)]).toEqual(['live', 'oneitem'])
  })
})

describe('disposing', () => {
  test('leaves no listener on the doc, the awareness or the editor', () => {
    const doc = seeded('one')
    const awareness = new Awareness(doc)
    const before = listeners(doc)
    const editor = createHeadlessEditor({ nodes: [...NOTE_NODES] })
    const updateListeners = editor._listeners.update.size
    for (let n = 0; n < 3; n++) {
      const session = createNoteSession({ id: 'note', doc, awareness, editor, idle: () => () => {} })
      session.dispose()
      session.dispose()
    }
    expect(listeners(doc)).toEqual(before)
    expect(editor._listeners.update.size).toBe(updateListeners)
  })

  test('after it nothing passes either way', () => {
    const doc = seeded('one')
    const { editor, session } = start(doc)
    session.dispose()
    let updates = 0
    doc.on('update', () => updates++)
    type(editor, 0, '?')
    expect(updates).toBe(0)
    ;(rootOf(doc).get(0) as Y.XmlElement).insert(0, [new Y.XmlText('late ')])
    expect(viewText(editor)).toBe('one?')
  })
})

function listeners(doc: Y.Doc): Record<string, number> {
  const root = rootOf(doc)
  const observers = [...doc._observers].map(([name, set]): [string, number] => [name, set.size])
  return { ...Object.fromEntries(observers.filter(([, size]) => size > 0)), deep: root._dEH.l.length }
}
