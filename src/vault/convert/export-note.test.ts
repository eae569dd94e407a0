import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { noteId } from '../../core/base/ids.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { appendTree } from '../../editor/convert/append-tree.ts'
import { exportNote } from './export-note.ts'
import { sha256Hex } from './hash.ts'
import { importFile } from './import-note.ts'
import type { ExportTask, ImportTask } from './tasks.ts'

const FILE = new TextEncoder().encode('# Title\n\nOne  paragraph, [[linked]]. ^id\n')
const IMPORT: ImportTask = {
  kind: 'import',
  vaultId: 'vault-under-test',
  path: 'a.md',
  bytes: FILE,
  folderId: null,
  listedId: null,
  refuseIds: false,
  generation: 0,
  knownHash: '',
  plain: null,
}
const made = importFile(IMPORT)
const state = made.status === 'new' ? made.update : new Uint8Array()
const task = (more: Partial<ExportTask>): ExportTask => ({
  kind: 'export',
  id: noteId('note-under-test'),
  state,
  verify: false,
  ...more,
})
/** Counts that no note has: where they come back, nothing was read anew. */
const known = { sha256: sha256Hex(FILE), links: 77, blockIds: 78 }

/** The note with a paragraph more, as one update. */
function edited(): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  appendTree(rootOf(doc), [{ type: 'paragraph', children: [{ type: 'text', text: 'more', marks: 0 }] }])
  return Y.encodeStateAsUpdate(doc)
}

describe('an export that is known', () => {
  it('M1: is the source, with what was counted when it was proved', () => {
    const { bytes, links, blockIds, problem } = exportNote(task({ known }))
    expect({ text: Buffer.from(bytes).toString(), links, blockIds, problem }).toEqual({
      text: Buffer.from(FILE).toString(),
      links: 77,
      blockIds: 78,
      problem: null,
    })
  })

  it.each([1, 2 ** 32 - 1])('finds the source before and behind the items of another client (%i)', (client) => {
    const doc = new Y.Doc()
    doc.clientID = client
    Y.applyUpdate(doc, state)
    doc.getMap('meta').set('later', 1)
    expect(exportNote(task({ state: Y.encodeStateAsUpdate(doc), known })).links).toBe(77)
  })

  it('M4: is printed where the source is not what was proved', () => {
    const other = exportNote(task({ known: { ...known, sha256: sha256Hex(new Uint8Array()) } }))
    expect(other).toEqual(exportNote(task({})))
    expect(other.links).toBe(1)
  })

  it('M2: of an edited note without word of a proof is the edited text', () => {
    const { bytes } = exportNote(task({ state: edited(), known: null }))
    expect(Buffer.from(bytes).toString()).toBe(`${Buffer.from(FILE)}\nmore\n`)
  })

  it('is printed where the store has no source, or an update says it twice', () => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    doc.getMap('source').set('bytes', new Uint8Array([1]))
    const twice = exportNote(task({ state: Y.encodeStateAsUpdate(doc), known }))
    expect(twice.links).toBe(1)
    expect(exportNote(task({ state: Y.encodeStateAsUpdate(new Y.Doc()), known })).problem).not.toBeNull()
  })
})
