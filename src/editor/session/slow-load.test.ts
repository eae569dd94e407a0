import { createHeadlessEditor } from '@lexical/headless'
import { $getRoot, type LexicalEditor } from 'lexical'
import { afterEach, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Disposer } from '../../core/base/disposable.ts'
import { seedUpdate, viewText } from '../../testing/convergence-peers.ts'
import { NOTE_NODES } from '../note-nodes.ts'
import { createNoteSession, type NoteSession } from './note-session.ts'
import { openInSlices } from './slow-load.ts'

const BLOCKS = 500
const texts = Array.from({ length: BLOCKS }, (_, n) => `block ${n}.`)
const whole = texts.join('')

const open: Disposer[] = []
afterEach(() => {
  for (const dispose of open.splice(0)) dispose()
})

/** A long note that is opened a slice at a time, whenever `step` says so. */
function start(doc: Y.Doc) {
  const editor = createHeadlessEditor({
    nodes: [...NOTE_NODES],
    onError: () => {},
  })
  const awareness = new Awareness(doc)
  const waiting: (() => void)[] = []
  const sessions: NoteSession[] = []
  const cancel = openInSlices(
    { id: 'note', doc, awareness, editor, idle: () => () => {} },
    (work) => {
      waiting.push(work)
      return () => void waiting.splice(waiting.indexOf(work), 1)
    },
    (session) => sessions.push(session),
  )
  open.push(cancel, () => sessions[0]?.dispose())
  const step = () => waiting.shift()?.()
  const rest = () => {
    while (waiting.length > 0) step()
  }
  return { editor, awareness, sessions, waiting, cancel, step, rest }
}

function seeded(paragraphs: readonly string[] = texts): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(paragraphs))
  return doc
}

function twinOf(doc: Y.Doc): Y.Doc {
  const twin = new Y.Doc()
  Y.applyUpdate(twin, Y.encodeStateAsUpdate(doc))
  return twin
}

const blocksOf = (editor: LexicalEditor) => editor.getEditorState().read(() => $getRoot().getChildrenSize())

const type = (editor: LexicalEditor, block: number, text: string) =>
  editor.update(() => $getRoot().getChildAtIndex(block)?.selectEnd().insertText(text), { discrete: true })

/** As somebody else types at the end of a block. */
function write(doc: Y.Doc, block: number, text: string): Uint8Array {
  const before = Y.encodeStateVector(doc)
  const paragraph = (doc.get('root-v2', Y.XmlElement) as Y.XmlElement).get(block) as Y.XmlElement
  const words = paragraph.get(0) as Y.XmlText
  words.insert(words.length, text)
  return Y.encodeStateAsUpdate(doc, before)
}

test('a long note comes in slices, is not editable before the last, and nothing is written', () => {
  const doc = seeded()
  const before = Y.encodeStateAsUpdate(doc)
  let updates = 0
  doc.on('update', () => updates++)
  const { editor, sessions, waiting, step } = start(doc)
  const seen = [blocksOf(editor)]
  while (waiting.length > 0) {
    expect(editor.isEditable()).toBe(false)
    expect(sessions).toEqual([])
    step()
    seen.push(blocksOf(editor))
  }
  expect(new Set(seen).size).toBeGreaterThan(2)
  expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toBe(BLOCKS)
  expect(viewText(editor)).toBe(whole)
  expect(editor.isEditable()).toBe(true)
  expect(sessions).toHaveLength(1)
  sessions[0]?.verify()
  expect(sessions[0]?.state).toBe('live')
  expect(updates).toBe(0)
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
})

test('what came in slices is bound as what came at once: both write the same, at the start and at the end', () => {
  const doc = seeded()
  const { editor, sessions, rest } = start(doc)
  rest()
  type(editor, 0, ' first')
  type(editor, BLOCKS - 1, ' last')
  editor.update(() => $getRoot().getChildAtIndex(250)?.remove(), { discrete: true })
  const twin = seeded()
  const at = createHeadlessEditor({ nodes: [...NOTE_NODES] })
  const awareness = new Awareness(twin)
  const session = createNoteSession({ id: 'note', doc: twin, awareness, editor: at, idle: () => () => {} })
  open.push(() => session.dispose())
  type(at, 0, ' first')
  type(at, BLOCKS - 1, ' last')
  at.update(() => $getRoot().getChildAtIndex(250)?.remove(), { discrete: true })
  const xml = (of: Y.Doc) => (of.get('root-v2', Y.XmlElement) as Y.XmlElement).toString()
  expect(xml(doc)).toBe(xml(twin))
  expect(doc.store.clients.get(doc.clientID)?.length).toBe(twin.store.clients.get(twin.clientID)?.length)
  for (const each of [sessions[0], session]) {
    each?.verify()
    expect(each?.state).toBe('live')
    while (each?.canUndo) each.undo()
  }
  expect(viewText(editor)).toBe(whole)
})

test.each([3, BLOCKS - 3])('what somebody types in block %i meanwhile finds all of the note loaded', (block) => {
  const doc = seeded()
  const { editor, sessions, waiting, step } = start(doc)
  step()
  expect(blocksOf(editor)).toBeLessThan(BLOCKS)
  Y.applyUpdate(doc, write(twinOf(doc), block, ' And more.'), 'peer')
  expect(waiting).toEqual([])
  expect(sessions).toHaveLength(1)
  expect(viewText(editor)).toBe(whole.replace(`block ${block}.`, `block ${block}. And more.`))
  sessions[0]?.verify()
  expect(sessions[0]?.state).toBe('live')
  sessions[0]?.undo()
  expect(viewText(editor)).toContain(' And more.')
})

test('a block that goes and one that comes meanwhile', () => {
  const doc = seeded()
  const { editor, sessions, step } = start(doc)
  step()
  const twin = twinOf(doc)
  const root = twin.get('root-v2', Y.XmlElement) as Y.XmlElement
  root.delete(1, 1)
  root.insert(BLOCKS - 1, [new Y.XmlElement('paragraph')])
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(twin, Y.encodeStateVector(doc)), 'peer')
  expect(blocksOf(editor)).toBe(BLOCKS)
  expect(viewText(editor)).toBe(whole.replace('block 1.', ''))
  sessions[0]?.verify()
  expect(sessions[0]?.state).toBe('live')
})

test('a note that is left before it is whole leaves nothing behind', () => {
  const doc = seeded()
  const { sessions, waiting, awareness, cancel, step } = start(doc)
  step()
  cancel()
  expect(waiting).toEqual([])
  expect(awareness.getLocalState()).toBeNull()
  Y.applyUpdate(doc, write(twinOf(doc), 0, '!'), 'peer')
  expect(sessions).toEqual([])
})

test('a text that holds what is no character is shown read-only', () => {
  const doc = seeded()
  const last = (doc.get('root-v2', Y.XmlElement) as Y.XmlElement).get(BLOCKS - 1) as Y.XmlElement
  ;(last.get(0) as Y.XmlText).insertEmbed(0, { foreign: true })
  const { editor, sessions, rest } = start(doc)
  rest()
  expect(sessions.map(({ state }) => state)).toEqual(['readonly'])
  expect(editor.isEditable()).toBe(false)
})

test('a block that no editor knows makes the note read-only before anybody can write', () => {
  const withUnknown = () => {
    const doc = seeded()
    const root = doc.get('root-v2', Y.XmlElement) as Y.XmlElement
    root.insert(BLOCKS - 1, [new Y.XmlElement('of-tomorrow')])
    return doc
  }
  const { editor, sessions, rest } = start(withUnknown())
  rest()
  expect(sessions.map(({ state }) => state)).toEqual(['readonly'])
  expect(editor.isEditable()).toBe(false)
  const doc = withUnknown()
  const at = createHeadlessEditor({ nodes: [...NOTE_NODES], onError: () => {} })
  const session = createNoteSession({
    id: 'note',
    doc,
    awareness: new Awareness(doc),
    editor: at,
    idle: () => () => {},
  })
  open.push(() => session.dispose())
  expect(session.state).toBe('readonly')
})
