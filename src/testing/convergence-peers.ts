import { createHeadlessEditor } from '@lexical/headless'
import { $getRoot, $isElementNode, $isTextNode, type LexicalEditor, type LexicalNode } from 'lexical'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Block, Inline, Tree } from '../core/markdown/tree.ts'
import { LossLedger } from '../crdt/losses/ledger.ts'
import { writeTree } from '../editor/convert/write-tree.ts'
import { NOTE_NODES } from '../editor/note-nodes.ts'
import { MEND } from '../editor/session/mend.ts'
import { createNoteSession, type NoteSession } from '../editor/session/note-session.ts'

const REMOTE = Symbol('remote')

/** One character as it was put into the doc once: who wrote the item, and the XmlText that it stands in. */
export type Placed = { readonly char: string; readonly id: Y.ID; readonly parents: readonly string[] }

export type Written = {
  /** Characters of the items that this transaction added. */
  readonly placed: readonly Placed[]
  /** Ids of the shared types that it deleted. */
  readonly deletedTypes: ReadonlySet<string>
}

export type Peer = {
  readonly index: number
  readonly doc: Y.Doc
  readonly editor: LexicalEditor
  readonly session: NoteSession
  readonly ledger: LossLedger
  /** Own updates in order. */
  readonly log: Uint8Array[]
  /** How many updates of each peer have arrived here, counting its own as all. */
  readonly known: number[]
  /** What own transactions wrote since this was last read. */
  takeWritten(): Written
  /** Characters that this side has put back by itself. */
  mended(): number
  receive(update: Uint8Array): void
  dispose(): void
}

export const idOf = ({ client, clock }: Y.ID): string => `${client}:${clock}`

/** A peer with an editor of its own on a copy of `seed`. */
export function createPeer(index: number, count: number, seed: Uint8Array, onError: (error: Error) => void): Peer {
  const doc = new Y.Doc()
  doc.clientID = index + 1
  Y.applyUpdate(doc, seed, REMOTE)
  const ledger = new LossLedger(doc)
  const editor = createHeadlessEditor({ nodes: [...NOTE_NODES], onError })
  // idle time never comes: a run compares everything itself at its end
  const session = createNoteSession({
    id: 'simulated',
    doc,
    awareness: new Awareness(doc),
    editor,
    idle: () => () => {},
    ...(process.env.FUZZ_MEND === 'no' ? {} : { losses: ledger }),
  })
  const log: Uint8Array[] = []
  const known = Array.from({ length: count }, () => 0)
  let placed: Placed[] = []
  let deletedTypes = new Set<string>()
  let mended = 0
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== REMOTE) log.push(update)
  })
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    if (transaction.origin === REMOTE) return
    const added = placedBy(doc, transaction)
    if (transaction.origin === MEND) mended += added.length
    placed.push(...added)
    for (const id of deletedTypesOf(transaction)) deletedTypes.add(id)
  })
  return {
    index,
    doc,
    editor,
    session,
    ledger,
    log,
    known,
    takeWritten: () => {
      const written = { placed, deletedTypes }
      placed = []
      deletedTypes = new Set()
      return written
    },
    mended: () => mended,
    receive: (update) => {
      ledger.receive(update)
      Y.applyUpdate(doc, update, REMOTE)
    },
    dispose: () => {
      session.dispose()
      ledger.dispose()
      doc.destroy()
    },
  }
}

function placedBy(doc: Y.Doc, transaction: Y.Transaction): Placed[] {
  const placed: Placed[] = []
  const client = doc.clientID
  const from = transaction.beforeState.get(client) ?? 0
  for (const struct of doc.store.clients.get(client) ?? []) {
    if (!(struct instanceof Y.Item) || struct.id.clock + struct.length <= from) continue
    if (!(struct.content instanceof Y.ContentString)) continue
    const parents = parentsOf(struct)
    for (const [offset, char] of [...struct.content.str].entries()) {
      const clock = struct.id.clock + offset
      if (clock >= from) placed.push({ char, id: Y.createID(client, clock), parents })
    }
  }
  return placed
}

function parentsOf(item: Y.Item): string[] {
  const ids: string[] = []
  let parent = item.parent as Y.AbstractType<unknown> | null
  while (parent?._item) {
    ids.push(idOf(parent._item.id))
    parent = parent._item.parent as Y.AbstractType<unknown> | null
  }
  return ids
}

function deletedTypesOf(transaction: Y.Transaction): string[] {
  const ids: string[] = []
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (struct instanceof Y.Item && struct.content instanceof Y.ContentType) ids.push(idOf(struct.id))
  })
  return ids
}

/** The text of a peer's view without what marks structure. */
export const viewText = (editor: LexicalEditor): string =>
  editor.read(() => $getRoot().getTextContent()).replace(/[[\]!\n]/g, '')

/** The marks of every character that stands once, as bits; none of what marks structure. */
export function viewMarks(editor: LexicalEditor): Map<string, number> {
  const marks = new Map<string, number>()
  const twice = new Set<string>()
  editor.read(() => {
    for (const text of $getRoot().getAllTextNodes()) {
      for (const char of text.getTextContent().replace(/[[\]!\n]/g, '')) {
        if (marks.has(char)) twice.add(char)
        marks.set(char, text.getFormat())
      }
    }
  })
  for (const char of twice) marks.delete(char)
  return marks
}

/** A view as plain data, to compare views. */
export function viewTree(editor: LexicalEditor): unknown {
  const plain = (node: LexicalNode): unknown =>
    $isTextNode(node)
      ? [node.getType(), node.getTextContent(), node.getFormat()]
      : [node.getType(), $isElementNode(node) ? node.getChildren().map(plain) : null]
  return editor.read(() => plain($getRoot()))
}

const blockOf = (text: string): Block => ({ type: 'paragraph', children: wordsOf(text) })
const wordsOf = (text: string): Inline[] => (text === '' ? [] : [{ type: 'text', text, marks: 0 }])

/** A callout with a quote in it, and a footnote. */
export const containersOf = ([first = '', second = '', ...others]: readonly string[]): Tree => [
  {
    type: 'callout',
    kind: 'note',
    fold: '',
    title: wordsOf(first),
    children: [{ type: 'quote', children: [blockOf(second)] }],
  },
  { type: 'footnote', label: '1', children: others.map(blockOf) },
]

/** A table of two columns. No cell is empty: README, "What V2 cannot merge". */
export const tableOf = ([first = '', ...others]: readonly string[]): Tree => [
  {
    type: 'table',
    columns: [null, 'right'],
    rows: [[wordsOf(first.slice(0, 4)), wordsOf(first.slice(4))], others.slice(0, 2).map(wordsOf)],
  },
]

/** A note of a few paragraphs, seeded once, as `crdt/note-doc` does it. */
export const seedUpdate = (paragraphs: readonly string[]): Uint8Array => seedTree(blocksOf(paragraphs))

export const blocksOf = (paragraphs: readonly string[]): Tree => paragraphs.map(blockOf)

export function seedTree(tree: Tree): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 4_000_000
  const root = doc.get('root-v2', Y.XmlElement) as Y.XmlElement
  doc.transact(() => writeTree(root, tree))
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}
