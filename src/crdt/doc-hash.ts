import * as encoding from 'lib0/encoding'
import { digest } from 'lib0/hash/sha256'
import * as Y from 'yjs'
import { logOf, metaOf, rootOf, sourceOf } from './note-doc.ts'

/**
 * The hash of a doc's state: of its snapshot (state vector and deletes) and of its content as read. Both
 * are needed: a delete changes no state vector, and two docs in which one clientID was used twice have
 * equal snapshots and different texts (facts/sync.md, "Many documents"). Rule D6.
 */

/** Deeper content is covered by the snapshot only; nothing that this app writes comes near. */
const MAX_DEPTH = 200

const TAG = {
  end: 0,
  text: 1,
  format: 2,
  element: 3,
  map: 4,
  array: 5,
  json: 6,
  bytes: 7,
  xmlText: 8,
  other: 9,
} as const

type AnyType = Pick<Y.AbstractType<unknown>, '_map' | '_start'>

/** Lower-case hexadecimal, 64 characters. The same on every replica of one state; 20 to 200 µs a note. */
export function docHash(doc: Y.Doc): string {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint8Array(encoder, Y.encodeSnapshot(Y.snapshot(doc)))
  for (const type of [rootOf(doc), metaOf(doc), logOf(doc), sourceOf(doc)]) writeType(encoder, type, 0)
  return hex(digest(encoding.toUint8Array(encoder)))
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

function writeType(encoder: encoding.Encoder, type: AnyType, depth: number): void {
  if (depth > MAX_DEPTH) {
    encoding.writeUint8(encoder, TAG.other)
    return
  }
  if (type instanceof Y.XmlElement) {
    encoding.writeUint8(encoder, TAG.element)
    encoding.writeVarString(encoder, type.nodeName)
  } else {
    encoding.writeUint8(encoder, type instanceof Y.Map ? TAG.map : type instanceof Y.Text ? TAG.xmlText : TAG.array)
  }
  const entries = [...type._map].filter(([, item]) => !item.deleted).sort(([a], [b]) => (a < b ? -1 : 1))
  encoding.writeVarUint(encoder, entries.length)
  for (const [key, item] of entries) {
    encoding.writeVarString(encoder, key)
    writeContent(encoder, item.content, depth)
  }
  writeSequence(encoder, type._start, depth)
  encoding.writeUint8(encoder, TAG.end)
}

/** Items are cut differently on each replica, so neighbouring strings are joined before they are written. */
function writeSequence(encoder: encoding.Encoder, first: Y.Item | null, depth: number): void {
  let text = ''
  const flush = () => {
    if (text === '') return
    encoding.writeUint8(encoder, TAG.text)
    encoding.writeVarString(encoder, text)
    text = ''
  }
  for (let item = first; item; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentString) {
      text += item.content.str
      continue
    }
    flush()
    writeContent(encoder, item.content, depth)
  }
  flush()
}

function writeContent(encoder: encoding.Encoder, content: Y.Item['content'], depth: number): void {
  if (content instanceof Y.ContentType) {
    writeType(encoder, content.type as AnyType, depth + 1)
  } else if (content instanceof Y.ContentFormat) {
    encoding.writeUint8(encoder, TAG.format)
    encoding.writeVarString(encoder, content.key)
    encoding.writeAny(encoder, content.value as encoding.AnyEncodable)
  } else if (content instanceof Y.ContentBinary) {
    encoding.writeUint8(encoder, TAG.bytes)
    encoding.writeVarUint8Array(encoder, content.content)
  } else {
    // Each value on its own: replicas hold the same values in one item or in several.
    for (const value of content.getContent()) {
      encoding.writeUint8(encoder, TAG.json)
      encoding.writeAny(encoder, value instanceof Y.Doc ? value.guid : value)
    }
  }
}
