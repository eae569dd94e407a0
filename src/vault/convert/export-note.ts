import { createDecoder, hasContent, readVarUint } from 'lib0/decoding'
import * as Y from 'yjs'
import type { LogEntry } from '../../core/commitment/entry.ts'
import { metaFromFrontmatter, printFrontmatter, readFrontmatter } from '../../core/markdown/frontmatter.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import type { Frontmatter } from '../../core/markdown/parsed-note.ts'
import { printNoteChecked } from '../../core/markdown/print.ts'
import { decodeSource } from '../../core/markdown/source.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import type { NoteMeta } from '../../core/note/note.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { isSeeded, MAX_SOURCE, type NoteLayout, readLayout, readMeta, readSource, rootOf } from '../../crdt/note-doc.ts'
import { readLog } from '../../crdt/note-log.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { sourceCodec } from '../codec.ts'
import { countNote } from './count-note.ts'
import { sha256Hex } from './hash.ts'
import { composeNote, mayHaveLog, withFolded, withLog } from './note-log.ts'
import { printPlain, readPlain } from './plain.ts'
import type { ExportResult, ExportTask } from './tasks.ts'

const encoder = new TextEncoder()

/** A note's file, over the bytes that it came from (M1, M2), read again where `verify` (M4). */
export function exportNote(task: ExportTask): ExportResult {
  return exportKnown(task) ?? exportAnew(task)
}

/**
 * An export that was proved and whose bytes are the source's: most notes of an imported vault. They are taken from the
 * update as it lies there, and are what was proved or are not taken. null: print it.
 */
function exportKnown({ state, known }: ExportTask): ExportResult | null {
  if (!known) return null
  const packed = lastSource(state) ?? sourceIn(state)
  const bytes = packed && sourceCodec.inflate(packed, MAX_SOURCE)
  if (!bytes || sha256Hex(bytes) !== known.sha256) return null
  return { bytes, docHash: '', problem: null, links: known.links, blockIds: known.blockIds }
}

/** The item that sets `source.bytes`, up to its value. */
const SETS_SOURCE = [0x23, 1, 6, ...encoder.encode('source'), 5, ...encoder.encode('bytes')]
/** What an update begins and ends with: items of one client, and nothing is deleted. */
const [ONE_CLIENT, END] = [1, 1]

/**
 * The value that `source` has where it is the last item of an update, as in a note's first one (first-update.ts): to
 * make items of all the others takes longer than everything else here. Whoever asks knows the hash of what it holds.
 */
function lastSource(update: Uint8Array): Uint8Array | null {
  if (update[0] !== ONE_CLIENT) return null
  for (let start = update.length - SETS_SOURCE.length; start >= 0; start--) {
    if (update[start] !== SETS_SOURCE[0] || SETS_SOURCE.some((byte, n) => update[start + n] !== byte)) continue
    const rest = createDecoder(update.subarray(start + SETS_SOURCE.length))
    if (hasContent(rest) && readVarUint(rest) === rest.arr.length - rest.pos - END) {
      return rest.arr.subarray(rest.pos, rest.arr.length - END)
    }
  }
  return null
}

/** The value that `source` has in an update; null where the update does not say it with one item. */
function sourceIn(update: Uint8Array): Uint8Array | null {
  // The reader gives a root as its name.
  const isSource = (item: Y.Item) => (item.parent as unknown) === 'source' && item.parentSub === 'bytes'
  const found = Y.decodeUpdate(update).structs.filter((item) => item instanceof Y.Item && isSource(item))
  const [item, other] = found
  return item instanceof Y.Item && !other && item.content instanceof Y.ContentBinary ? item.content.content : null
}

function exportAnew(task: ExportTask): ExportResult {
  const doc = new Y.Doc({ guid: '' })
  Y.applyUpdate(doc, task.state)
  const meta = readMeta(doc)
  const layout = readLayout(doc)
  const tree = readTree(rootOf(doc))
  const log = readLog(doc)
  const source = readSource(doc, sourceCodec)
  const hash = task.verify ? docHash(doc) : ''
  const seeded = isSeeded(doc)
  doc.destroy()
  if (!seeded) {
    const problem = 'the note has no text in the store'
    return { bytes: new Uint8Array(), docHash: hash, problem, links: 0, blockIds: 0 }
  }
  const counts = countNote(withLog(tree, log), meta)

  const plain = layout.plain ? exportPlain(tree, layout, source) : null
  const unsaid = task.verify && log.length > 0 ? 'a text that is no Markdown cannot carry its log' : null
  if (plain) return { bytes: plain, docHash: hash, problem: unsaid, ...counts }
  const outside = source && !layout.plain ? decodeSource(source).text : null
  const { text, problem } = printOver(task, { meta, layout, tree, log }, outside)
  return { bytes: encoder.encode((layout.bom ? '\ufeff' : '') + text), docHash: hash, problem, ...counts }
}

/** null where the note was edited into something else than one plain text. */
function exportPlain(tree: Tree, layout: NoteLayout, source: Uint8Array | null): Uint8Array | null {
  const text = printPlain(tree, layout)
  if (text === null) return null
  // Bytes that are not UTF-8 are in the source only, and good as long as the text that they became is there.
  if (source && printPlain(readPlain(source).tree, layout) === text) return source
  return encoder.encode(text)
}

type NoteToPrint = {
  readonly meta: NoteMeta
  readonly layout: NoteLayout
  readonly tree: Tree
  readonly log: readonly LogEntry[]
}

function printOver(task: ExportTask, { meta, layout, tree, log }: NoteToPrint, source: string | null) {
  const former = source === null ? null : parseMarkdown(source)
  const original = former?.frontmatterSource ?? ''
  const facts = withFolded(meta, log)
  const { kindBeside } = layout
  const frontmatter = printFrontmatter({ id: task.id, meta: facts, original, asNew: source === null, kindBeside })
  const { blocks, same: hasLog } = mayHaveLog(log, tree, former?.blocks ?? null)
    ? composeNote({
        tree,
        log,
        source: former?.blocks ?? null,
        saysCommitment: saysCommitment(readFrontmatter(frontmatter)),
        saidCommitment: saysCommitment(former?.frontmatter ?? null),
      })
    : { blocks: tree, same: true }
  const { text, same } = printNoteChecked({ frontmatter, blocks, ...(source === null ? {} : { source }) })
  if (!task.verify) return { text, problem: null }
  if (!same) return { text, problem: 'the text, read again, is not the same' }
  if (!hasLog) return { text, problem: 'the log, read again, is not the same' }
  // A lone half of a surrogate pair has no bytes: it would come back as another character.
  if (/\p{Surrogate}/u.test(text)) return { text, problem: 'the text holds characters that a file cannot' }
  const again = metaFromFrontmatter(readFrontmatter(frontmatter))
  // Lines of a file stay in their order, also where the person has put the properties in another one (M2).
  const said = ({ tags, aliases, properties }: Pick<NoteMeta, 'tags' | 'aliases' | 'properties'>) =>
    JSON.stringify([tags, aliases, [...properties].sort((a, b) => (a.key < b.key ? -1 : 1))])
  return { text, problem: said(again) === said(facts) ? null : 'the properties, read again, are not the same' }
}

const saysCommitment = (frontmatter: Frontmatter | null): boolean =>
  metaFromFrontmatter(frontmatter).kind === 'commitment'
