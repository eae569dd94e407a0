import { digest } from 'lib0/hash/sha256'
import * as Y from 'yjs'
import { invariant } from '../core/base/invariant.ts'
import type { LogEntry } from '../core/commitment/entry.ts'
import { isKind, type Kind, type NoteMeta } from '../core/note/note.ts'
import type { Pin } from '../core/trail/pin.ts'
import { readNoteMeta, writeMeta, writeNewMeta } from './note-meta.ts'
import { IMPORT } from './origins.ts'

/**
 * The doc of one note (ARCHITECTURE, "The note doc"; rules D1 to D9 in SPEC.md). Names of the shared
 * types are the format on disk and between peers: they never change, a new schema adds others.
 */
export const ROOT = 'root-v2'
export const SCHEMA = 1

export const rootOf = (doc: Y.Doc): Y.XmlElement => doc.get(ROOT, Y.XmlElement) as Y.XmlElement
export const metaOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('meta')
export const logOf = (doc: Y.Doc): Y.Array<unknown> => doc.getArray('log')
export const sourceOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('source')

/** Compression of `source`; the vault room brings fflate. `inflate` answers null for bytes it cannot read. */
export interface SourceCodec {
  deflate(bytes: Uint8Array): Uint8Array
  /** Never more than `maxSize` bytes: a peer may send a small value that inflates to gigabytes. */
  inflate(bytes: Uint8Array, maxSize: number): Uint8Array | null
}

/** Larger outside texts are kept without their source (ARCHITECTURE, "The note doc"). Bytes, not compressed. */
export const MAX_SOURCE = 2 * 1024 * 1024

export type NoteSeed = {
  readonly meta: NoteMeta
  /** Writes the tree; see editor/convert/seed-note.ts, which is what callers use. */
  readonly content: (root: Y.XmlElement) => void
  readonly source?: { readonly bytes: Uint8Array; readonly codec: SourceCodec }
  /** Plain data that its reader owns, such as line ends: see NoteLayout. */
  readonly layout?: NoteLayout
  /** Entries that came with the text; left out where there are none, so that such a note's update stays as it was. */
  readonly log?: readonly LogEntry[]
  readonly pins?: readonly Pin[]
  /** Of `seedClientId` for an import; any random one for a note written here. */
  readonly clientId: number
}

/**
 * How the outside text was laid out where that cannot be read from the tree. `plain`: it was taken as one
 * verbatim block without being read as Markdown (too large, too slow, not UTF-8), and goes out the same way.
 */
export type NoteLayout = {
  readonly bom?: boolean
  readonly eol?: 'crlf' | 'lf' | 'cr'
  readonly finalEol?: boolean
  readonly plain?: boolean
  /** The kind that a mapping gave the note at its import: it is kept beside the file, which does not say it. */
  readonly kindBeside?: Kind
}

/**
 * A clientID from all inputs of an update (rule D2): parts are separated by their lengths, so that no
 * two lists of parts run together. Never 0.
 */
export function seedClientId(...parts: readonly (string | Uint8Array)[]): number {
  const encoder = new TextEncoder()
  const chunks = parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part))
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + 4 + chunk.length, 0))
  const view = new DataView(all.buffer)
  let at = 0
  for (const chunk of chunks) {
    view.setUint32(at, chunk.length)
    all.set(chunk, at + 4)
    at += 4 + chunk.length
  }
  const hash = digest(all)
  return new DataView(hash.buffer, hash.byteOffset).getUint32(0) || 1
}

/**
 * Runs `change` in one transaction under a clientID of its own and gives the doc its former one back. The
 * next free id is taken where the doc knows this one already: two runs of one client diverge for good
 * (facts/sync.md, "Hostile peers"), and the way to the next is the same on every device.
 */
export function transactAs(doc: Y.Doc, clientId: number, origin: unknown, change: () => void): void {
  invariant(doc._transaction === null, 'transactAs inside a transaction')
  const own = doc.clientID
  let id = clientId
  while (doc.store.clients.has(id)) id = (id + 1) >>> 0 || 1
  doc.clientID = id
  try {
    doc.transact(change, origin)
  } finally {
    doc.clientID = own
  }
}

/** Fills an empty doc in one transaction: equal seeds give byte-identical docs (rules D1 and D2, M9). */
export function seedDoc(doc: Y.Doc, seed: NoteSeed, origin: unknown = IMPORT): void {
  invariant(doc.store.clients.size === 0, 'a note is seeded once, into an empty doc')
  transactAs(doc, seed.clientId, origin, () => {
    writeNewMeta(metaOf(doc), seed.meta, SCHEMA)
    if (seed.layout) metaOf(doc).set('layout', seed.layout)
    seed.content(rootOf(doc))
    if (seed.source) writeSource(doc, seed.source.bytes, seed.source.codec)
    for (const pin of seed.pins ?? []) metaOf(doc).set(`pin:${pin.id}`, { ...pin })
    if (seed.log && seed.log.length > 0) logOf(doc).push([...seed.log])
  })
}

/** Whether the note's first update has arrived: an unseeded doc is never bound to an editor. */
export const isSeeded = (doc: Y.Doc): boolean => rootOf(doc).length > 0 && metaOf(doc).has('schema')

/** The schema that the doc was written with; 0 before it is seeded. Above SCHEMA: open read-only. */
export function schemaOf(doc: Y.Doc): number {
  const schema = metaOf(doc).get('schema')
  return typeof schema === 'number' && Number.isInteger(schema) && schema > 0 ? schema : 0
}

/** Never throws: what is missing or of another type reads as its default (rule D3). */
export const readMeta = (doc: Y.Doc): NoteMeta => readNoteMeta(metaOf(doc))

export function readLayout(doc: Y.Doc): NoteLayout {
  const value = metaOf(doc).get('layout')
  if (typeof value !== 'object' || value === null) return {}
  const { bom, eol, finalEol, plain, kindBeside } = value as Record<string, unknown>
  return {
    ...(typeof bom === 'boolean' ? { bom } : {}),
    ...(eol === 'crlf' || eol === 'lf' || eol === 'cr' ? { eol } : {}),
    ...(typeof finalEol === 'boolean' ? { finalEol } : {}),
    ...(typeof plain === 'boolean' ? { plain } : {}),
    ...(isKind(kindBeside) ? { kindBeside } : {}),
  }
}

export function writeLayout(doc: Y.Doc, layout: NoteLayout, origin: unknown): void {
  if (JSON.stringify(readLayout(doc)) === JSON.stringify(layout)) return
  doc.transact(() => metaOf(doc).set('layout', layout), origin)
}

/** The exact bytes of the last outside text; null where there are none, or none that can be read. */
export function readSource(doc: Y.Doc, codec: SourceCodec): Uint8Array | null {
  const bytes = sourceOf(doc).get('bytes')
  return bytes instanceof Uint8Array ? codec.inflate(bytes, MAX_SOURCE) : null
}

/** In the caller's transaction, where there is one. Bytes over MAX_SOURCE remove the former source. */
export function writeSource(doc: Y.Doc, bytes: Uint8Array | null, codec: SourceCodec): void {
  const source = sourceOf(doc)
  if (bytes && bytes.length <= MAX_SOURCE) source.set('bytes', codec.deflate(bytes))
  else if (source.has('bytes')) source.delete('bytes')
}

/** Writes only what differs (rule D5). */
export function updateMeta(doc: Y.Doc, patch: Partial<NoteMeta>, origin: unknown): void {
  doc.transact(() => writeMeta(metaOf(doc), patch), origin)
}
