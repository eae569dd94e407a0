import { toHexString } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import * as Y from 'yjs'
import { ByteWriter } from './byte-writer.ts'
import { logOf, metaOf, rootOf, sourceOf } from './note-doc.ts'

/**
 * The hash of a doc's state: of its snapshot (state vector and deletes) and of its content as read. Both
 * are needed: a delete changes no state vector, and two docs in which one clientID was used twice have
 * equal snapshots and different texts (facts/sync.md, "Many documents"). Rule D6.
 */

/** Deeper content is covered by the snapshot only; nothing that this app writes comes near. */
export const MAX_DEPTH = 200

export const TAG = {
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

const writer = new ByteWriter()

/** Lower-case hexadecimal, 64 characters. The same on every replica of one state. */
export function docHash(doc: Y.Doc): string {
  writer.clear()
  writer.bytes(Y.encodeSnapshot(Y.snapshot(doc)))
  for (const type of [rootOf(doc), metaOf(doc), logOf(doc), sourceOf(doc)]) writeType(type, 0)
  return toHexString(digest(writer.view()))
}

/** The same of a vault doc, whose types are others: all that it has, by name. */
export function vaultDocHash(doc: Y.Doc): string {
  writer.clear()
  writer.bytes(Y.encodeSnapshot(Y.snapshot(doc)))
  for (const [name, type] of [...doc.share].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // One that somebody asked for and nobody wrote to is on some replicas only.
    if (type._start === null && type._map.size === 0) continue
    writer.string(name)
    writeEntries(type)
  }
  return toHexString(digest(writer.view()))
}

function writeType(type: AnyType, depth: number): void {
  if (depth > MAX_DEPTH) {
    writer.uint8(TAG.other)
    return
  }
  if (type instanceof Y.XmlElement) {
    writer.uint8(TAG.element)
    writer.string(type.nodeName)
  } else {
    writer.uint8(type instanceof Y.Map ? TAG.map : type instanceof Y.Text ? TAG.xmlText : TAG.array)
  }
  writeEntries(type, depth)
}

function writeEntries(type: AnyType, depth = 0): void {
  const entries = [...type._map].filter(([, item]) => !item.deleted).sort(([a], [b]) => (a < b ? -1 : 1))
  writer.varUint(entries.length)
  for (const [key, item] of entries) {
    writer.string(key)
    writeContent(item.content, depth)
  }
  writeSequence(type._start, depth)
  writer.uint8(TAG.end)
}

/** Items are cut differently on each replica, so neighbouring strings are joined before they are written. */
function writeSequence(first: Y.Item | null, depth: number): void {
  let text = ''
  const flush = () => {
    if (text === '') return
    writer.uint8(TAG.text)
    writer.string(text)
    text = ''
  }
  for (let item = first; item; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentString) {
      text += item.content.str
      continue
    }
    flush()
    writeContent(item.content, depth)
  }
  flush()
}

function writeContent(content: Y.Item['content'], depth: number): void {
  if (content instanceof Y.ContentType) {
    writeType(content.type as AnyType, depth + 1)
  } else if (content instanceof Y.ContentFormat) {
    writer.uint8(TAG.format)
    writer.string(content.key)
    writer.any(content.value)
  } else if (content instanceof Y.ContentBinary) {
    writer.uint8(TAG.bytes)
    writer.bytes(content.content)
  } else {
    // Each value on its own: replicas hold the same values in one item or in several.
    for (const value of content.getContent()) {
      writer.uint8(TAG.json)
      writer.any(value instanceof Y.Doc ? value.guid : value)
    }
  }
}
