import * as Y from 'yjs'
import type { NoteId } from '../../core/base/ids.ts'
import { printFrontmatter } from '../../core/markdown/frontmatter.ts'
import { treesEqual } from '../../core/markdown/normalize.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { printNote } from '../../core/markdown/print.ts'
import { decodeSource } from '../../core/markdown/source.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import type { NoteMeta } from '../../core/note/note.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { isSeeded, type NoteLayout, readLayout, readMeta, readSource, rootOf } from '../../crdt/note-doc.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { sourceCodec } from '../codec.ts'
import { printPlain, readPlain } from './plain.ts'
import { readMarkdown } from './read-markdown.ts'
import type { ExportResult, ExportTask } from './tasks.ts'

const encoder = new TextEncoder()

/** A note's file, over the bytes that it came from (M1, M2), read again where `verify` (M4). */
export function exportNote(task: ExportTask): ExportResult {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, task.state)
  const meta = readMeta(doc)
  const layout = readLayout(doc)
  const tree = readTree(rootOf(doc))
  const source = readSource(doc, sourceCodec)
  const hash = docHash(doc)
  const seeded = isSeeded(doc)
  doc.destroy()
  if (!seeded) return { bytes: new Uint8Array(), docHash: hash, problem: 'the note has no text in the store' }

  const plain = layout.plain ? exportPlain(tree, layout, source) : null
  if (plain) return { bytes: plain, docHash: hash, problem: null }
  const bytes = printOver(task.id, meta, tree, layout, source)
  const problem = task.verify ? verify(bytes, meta, tree) : null
  return { bytes, docHash: hash, problem }
}

/** null where the note was edited into something else than one plain text. */
function exportPlain(tree: Tree, layout: NoteLayout, source: Uint8Array | null): Uint8Array | null {
  const text = printPlain(tree, layout)
  if (text === null) return null
  // Bytes that are not UTF-8 are in the source only, and good as long as the text that they became is there.
  if (source && printPlain(readPlain(source).tree, layout) === text) return source
  return encoder.encode(text)
}

function printOver(id: NoteId, meta: NoteMeta, tree: Tree, layout: NoteLayout, source: Uint8Array | null): Uint8Array {
  const text = source && !layout.plain ? decodeSource(source).text : null
  const original = text === null ? '' : parseMarkdown(text).frontmatterSource
  const frontmatter = printFrontmatter({ id, meta, original, asNew: text === null })
  const printed = printNote({ frontmatter, blocks: tree, ...(text === null ? {} : { source: text }) })
  return encoder.encode((layout.bom ? '\ufeff' : '') + printed)
}

/** What is different when the file is read again; null where it is the same note. */
function verify(bytes: Uint8Array, meta: NoteMeta, tree: Tree): string | null {
  const { text, lossless } = decodeSource(bytes)
  if (!lossless) return 'the text holds characters that a file cannot'
  const again = readMarkdown(text)
  if (!treesEqual(again.tree, tree)) return 'the text, read again, is not the same'
  const facts = ({ tags, aliases, properties }: Pick<NoteMeta, 'tags' | 'aliases' | 'properties'>) =>
    JSON.stringify([tags, aliases, properties])
  return facts(again.facts) === facts(meta) ? null : 'the properties, read again, are not the same'
}
