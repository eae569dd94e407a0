import type { LexicalEditorWithDispose } from 'lexical'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { parseMarkdown } from '../core/markdown/parse.ts'
import { writeTree } from '../editor/convert/write-tree.ts'
import { createNoteEditor } from '../editor/note-editor.ts'
import { createNoteSession, type NoteSession } from '../editor/session/note-session.ts'

export type EditorPeer = {
  readonly doc: Y.Doc
  readonly editor: LexicalEditorWithDispose
  readonly session: NoteSession
  readonly errors: Error[]
  dispose(): void
}

/** The whole editor, with everything that it can do, bound to a doc of its own that begins as `markdown`. */
export function startEditor(markdown: string): EditorPeer {
  const doc = new Y.Doc()
  writeTree(doc.get('root-v2', Y.XmlElement) as Y.XmlElement, parseMarkdown(markdown).blocks)
  return bindEditor(doc)
}

/** The same on a copy of another's doc. */
export function joinEditor(peer: EditorPeer): EditorPeer {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(peer.doc))
  return bindEditor(doc)
}

/** What each has goes to the other. */
export function exchange(one: EditorPeer, other: EditorPeer): void {
  const [a, b] = [one, other].map(({ doc }) => Y.encodeStateAsUpdate(doc))
  if (b) Y.applyUpdate(one.doc, b, 'exchange')
  if (a) Y.applyUpdate(other.doc, a, 'exchange')
}

function bindEditor(doc: Y.Doc): EditorPeer {
  const errors: Error[] = []
  const editor = createNoteEditor({
    onError: (error) => errors.push(error),
    onFiles: async () => '',
    onFollow: () => {},
  })
  const session = createNoteSession({
    id: 'note',
    doc,
    awareness: new Awareness(doc),
    editor,
    idle: () => () => {},
  })
  return {
    doc,
    editor,
    session,
    errors,
    dispose: () => {
      session.dispose()
      editor.dispose()
    },
  }
}
