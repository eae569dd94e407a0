import { $getRoot, type LexicalEditorWithDispose } from 'lexical'
import { afterEach, describe, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { printBlocks } from '../../core/markdown/print.ts'
import { seedUpdate, viewText } from '../../testing/convergence-peers.ts'
import { readTree } from '../convert/read-tree.ts'
import { createNoteEditor } from '../note-editor.ts'
import { createNoteSession, type NoteSession } from './note-session.ts'

/** What a peer sends that no version of this program writes. Names of nodes and fields are as the binding's. */

const open: { session: NoteSession; editor: LexicalEditorWithDispose }[] = []
afterEach(() => {
  for (const { session, editor } of open.splice(0)) {
    session.dispose()
    editor.dispose()
  }
})

function start(doc: Y.Doc) {
  const editor = createNoteEditor({ onError: () => {}, onFiles: async () => '', onFollow: () => {} })
  const session = createNoteSession({
    id: 'note',
    doc,
    awareness: new Awareness(doc),
    editor,
    idle: () => () => {},
  })
  open.push({ session, editor })
  return { session, editor }
}

const rootOf = (doc: Y.Doc) => doc.get('root-v2', Y.XmlElement) as Y.XmlElement

type Attributes = Readonly<Record<string, unknown>>

function element(name: string, attributes: Attributes = {}, ...children: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string)
  made.insert(0, children)
  return made
}

function words(text: string, attributes: Attributes = {}): Y.XmlText {
  const made = new Y.XmlText()
  made.insert(0, text, attributes)
  return made
}

const paragraph = (...children: (Y.XmlElement | Y.XmlText)[]) => element('paragraph', {}, ...children)

/** Deeper than anything that people nest. */
function nest(root: Y.XmlElement, name: string, depth: number): void {
  let at = root
  for (let level = 0; level < depth; level++) {
    const below = element(name)
    at.insert(Math.min(1, at.length), [below])
    at = below
  }
  at.insert(0, [paragraph(words('deep'))])
}

const BLOCKS: readonly (readonly [string, () => Y.XmlElement | Y.XmlText])[] = [
  ['an unknown type', () => element('iframe', { src: 'javascript:canary()' }, words('words'))],
  ['a name of JavaScript’s', () => element('__proto__', {}, words('words'))],
  ['another such name', () => element('constructor', { __type: 'constructor' }, words('words'))],
  ['a type that contradicts its name', () => element('paragraph', { __type: 'iframe' }, words('words'))],
  ['a root within', () => element('root', {}, paragraph(words('words')))],
  ['text without a block', () => words('words')],
  ['a heading of no level', () => element('heading', { __tag: 'script' }, words('words'))],
  ['a heading whose level is a map', () => element('heading', { __tag: { h: 1 } }, words('words'))],
  [
    'a list of no kind',
    () => element('list', { __listType: 'evil', __tag: 'iframe' }, element('listitem', {}, words('words'))),
  ],
  [
    'a list that begins beyond all numbers',
    () => element('list', { __start: 1e308 }, element('listitem', { __value: -1 }, words('words'))),
  ],
  ['a list without items', () => element('list', { __listType: 'bullet' }, paragraph(words('words')))],
  ['an item without a list', () => element('listitem', { __checked: 'maybe' }, words('words'))],
  ['a link that runs', () => paragraph(element('link', { __url: 'javascript:canary()' }, words('words')))],
  [
    'a link whose address is a list',
    () => paragraph(element('link', { __url: ['a'], __rel: 5, __target: '_top' }, words('words'))),
  ],
  ['a table of nothing', () => element('table', { __colWidths: 'x' })],
  ['a table with words for rows', () => element('table', {}, paragraph(words('words')))],
  [
    'a cell that spans a million',
    () =>
      element(
        'table',
        {},
        element(
          'tablerow',
          {},
          element('tablecell', { __colSpan: 1e6, __rowSpan: 1e6, __headerState: 'x' }, paragraph(words('words'))),
        ),
      ),
  ],
  ['a cell without a row', () => element('tablecell', {}, paragraph(words('words')))],
  ['a callout of another shape', () => element('callout', { __kind: { a: 1 }, __fold: 7 }, words('words'))],
  ['a title alone', () => element('callouttitle', {}, words('words'))],
  ['a footnote whose label is a number', () => element('footnote', { __label: 12 }, paragraph(words('words')))],
  ['code of no language', () => element('code', { __language: { a: 1 }, __theme: 'x' }, words('words'))],
  ['source with blocks in it', () => element('verbatim', {}, paragraph(words('words')))],
  ['a rule with words', () => element('horizontalrule', {}, words('words'))],
  [
    'fields that every node has',
    () =>
      element(
        'paragraph',
        {
          __key: 'root',
          __parent: 'root',
          __next: 'root',
          __state: 'x',
          __dir: 'evil',
          __style: 'background: url(https://evil.example)',
        },
        words('words'),
      ),
  ],
  ['text of an unknown kind', () => paragraph(words('words', { t: 'iframe', p: { __src: 'x' } }))],
  ['text whose fields are no fields', () => paragraph(words('words', { p: 'x', i: 'y', t: 5 }))],
  [
    'text with a style and a format beyond all',
    () => paragraph(words('words', { p: { __format: 1e9, __style: 'position: fixed', __mode: 99, __detail: -1 } })),
  ],
  [
    'a block whose text holds something else',
    () => {
      const text = words('words')
      text.insertEmbed(2, { a: 1 })
      return paragraph(text)
    },
  ],
  ['a link to a note that is none', () => paragraph(words('words', { t: 'wikilink', p: { __target: { a: 1 } } }))],
  [
    'a link to a note whose id is markup',
    () => paragraph(words('[[words]]', { t: 'wikilink', p: { __target: '"><img src=x onerror=canary()>' } })),
  ],
  ['a hundred thousand letters', () => paragraph(words('words '.repeat(20_000)))],
]

/** What is done to the first block, whose words are `first`. */
const first = (root: Y.XmlElement) => root.get(0) as Y.XmlElement
const set = (values: Attributes) => (root: Y.XmlElement) => {
  for (const [key, value] of Object.entries(values)) first(root).setAttribute(key, value as string)
}
const format = (attributes: Attributes) => (root: Y.XmlElement) => {
  const text = first(root).get(0)
  if (text instanceof Y.XmlText) text.format(1, 3, attributes)
}
const CHANGES: readonly (readonly [string, (root: Y.XmlElement) => void])[] = [
  ['a block gets the key of the root', set({ __key: 'root', __parent: 'root', __first: 'root' })],
  ['a block says another type', set({ __type: 'iframe', __proto__: 'x', constructor: 'x' })],
  ['a block gets a look', set({ __format: { a: 1 }, __indent: 1e9, __dir: 'x', __style: 'position: fixed' })],
  ['words become of an unknown type', format({ t: 'iframe' })],
  ['words become a link that is none', format({ t: 'wikilink', p: { __target: 5 } })],
  ['words get fields that are none', format({ p: 'x', i: {} })],
  ['words get a mode that there is not', format({ p: { __mode: 99, __format: 'x', __text: 'y' } })],
  ['something that is no element stands beside them', (root) => root.insert(1, [new Y.Map() as unknown as Y.XmlText])],
  ['a hook of Yjs stands beside them', (root) => root.insert(1, [new Y.XmlHook('x') as unknown as Y.XmlText])],
  ['something that is no text stands among them', (root) => (first(root).get(0) as Y.XmlText).insertEmbed(2, { a: 1 })],
  ['an element stands among them', (root) => (first(root).get(0) as Y.XmlText).insertEmbed(2, element('iframe'))],
  ['the root gets fields', (root) => root.setAttribute('__first', 'x')],
]

function receive(doc: Y.Doc, act: (root: Y.XmlElement) => void): void {
  const peer = new Y.Doc()
  Y.applyUpdate(peer, Y.encodeStateAsUpdate(doc))
  peer.transact(() => act(rootOf(peer)))
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(peer, Y.encodeStateVector(doc)), 'peer')
}

function seeded(): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(['first', 'last']))
  return doc
}

/** Writes nothing, shows the note's own words, and takes more where it is still live. */
function holds(doc: Y.Doc, { session, editor }: ReturnType<typeof start>): void {
  session.verify()
  const shown = viewText(editor)
  expect(shown).toContain('first')
  const markdown = printBlocks(readTree(rootOf(doc)))
  expect(markdown).toContain('first')
  if (session.state === 'readonly') {
    expect(session.difference).not.toBeNull()
    return
  }
  editor.update(() => $getRoot().getFirstChildOrThrow().selectEnd().insertText(' typed'), { discrete: true })
  session.verify()
  expect(printBlocks(readTree(rootOf(doc)))).toContain('first typed')
}

describe('E4: what a peer sends that no version writes', () => {
  test.each(BLOCKS)('%s, while the note is open', (_, make) => {
    const doc = seeded()
    const started = start(doc)
    expect(() => receive(doc, (root) => root.insert(1, [make()]))).not.toThrow()
    holds(doc, started)
    expect(printBlocks(readTree(rootOf(doc)))).toContain('last')
  })

  test.each(CHANGES)('%s, while the note is open', (_, change) => {
    const doc = seeded()
    const started = start(doc)
    expect(() => receive(doc, change)).not.toThrow()
    started.session.verify()
    const words = printBlocks(readTree(rootOf(doc)))
    expect(words.replace(/[^a-z]/g, '')).toContain('firstlast')
    expect(viewText(started.editor).replace(/[^a-z]/g, '')).toContain('firstlast')
  })

  test('a note that a peer emptied keeps nothing and stays', () => {
    const doc = seeded()
    const started = start(doc)
    expect(() => receive(doc, (root) => root.delete(0, root.length))).not.toThrow()
    started.session.verify()
    expect(viewText(started.editor)).toBe('')
    expect(printBlocks(readTree(rootOf(doc))).trim()).toBe('')
  })

  test.each(['quote', 'list', 'listitem', 'unknown'])('%s in itself five hundred times', (name) => {
    const doc = seeded()
    const started = start(doc)
    expect(() => receive(doc, (root) => nest(root, name, 500))).not.toThrow()
    holds(doc, started)
  })

  test.each(BLOCKS)('%s, before the note is opened', (_, make) => {
    const doc = seeded()
    receive(doc, (root) => root.insert(1, [make()]))
    let started: ReturnType<typeof start> | null = null
    expect(() => {
      started = start(doc)
    }).not.toThrow()
    if (started) holds(doc, started)
  })
})
