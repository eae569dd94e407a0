import * as Y from 'yjs'
import { EMPTY_TREE, type Tree } from '../../core/markdown/tree.ts'
import { ByteWriter } from '../../crdt/byte-writer.ts'
import { docHash, MAX_DEPTH, TAG } from '../../crdt/doc-hash.ts'
import { MAX_SOURCE, type NoteSeed, ROOT, SCHEMA } from '../../crdt/note-doc.ts'
import { writeNewMeta } from '../../crdt/note-meta.ts'
import { seedNote } from '../../editor/convert/seed-note.ts'
import { treeToV2 } from '../../editor/convert/tree-to-v2.ts'
import { isText, type V2Element, type V2Text } from '../../editor/convert/v2-node.ts'
import { runAttributes } from '../../editor/convert/v2-yjs.ts'
import { sha256Hex } from './hash.ts'

export type FirstSeed = Omit<NoteSeed, 'content'> & { readonly tree: Tree }
/** A note's first update and the docHash of a doc that holds it. */
export type FirstUpdate = { readonly update: Uint8Array; readonly docHash: string }

/** What is written here by hand; a seed with anything else goes through a doc. */
const KNOWN = new Set(['meta', 'tree', 'layout', 'source', 'clientId'])

/**
 * The update that `seedNote` makes in an empty doc, byte for byte, and the hash of that doc, without the doc: items
 * of Yjs are laid down one after the other as they go into the update (first-update.test.ts compares the two). An
 * import makes nothing else, and a doc with its items takes three times as long.
 */
export function firstUpdate(seed: FirstSeed): FirstUpdate {
  const unknown = Object.entries(seed).some(([key, value]) => value !== undefined && !KNOWN.has(key))
  if (unknown || seed.clientId === 0) return throughDoc(seed)
  const v2 = treeToV2(seed.tree.length > 0 ? seed.tree : EMPTY_TREE)
  const meta = metaEntries(seed)
  if (!meta) return throughDoc(seed)
  const { source } = seed
  const packed = source && source.bytes.length <= MAX_SOURCE ? source.codec.deflate(source.bytes) : null
  const { update, clock } = encodeItems(seed.clientId, meta, v2, packed)
  return { update, docHash: hashOf(seed.clientId, clock, meta, v2, packed) }
}

function throughDoc(seed: FirstSeed): FirstUpdate {
  const doc = new Y.Doc({ guid: '' })
  seedNote(doc, seed)
  const made = { update: Y.encodeStateAsUpdate(doc), docHash: docHash(doc) }
  doc.destroy()
  return made
}

/** A value of `meta`: plain, a list of plain values, or a map of them. */
type Entry =
  | { readonly key: string; readonly kind: 'plain'; readonly value: unknown }
  | { readonly key: string; readonly kind: 'list'; readonly values: readonly unknown[] }
  | { readonly key: string; readonly kind: 'map'; readonly entries: readonly (readonly [string, unknown])[] }

/** What seeding sets in `meta`, in that order; null where it is of a kind that is not written here. */
function metaEntries({ meta, layout }: FirstSeed): readonly Entry[] | null {
  const entries: Entry[] = []
  let isKnown = true
  const set = (key: string, value: unknown) => {
    if (value instanceof Y.Array) entries.push({ key, kind: 'list', values: madeOf(value) as unknown[] })
    else if (value instanceof Y.Map)
      entries.push({ key, kind: 'map', entries: [...madeOf(value)] as [string, unknown][] })
    else entries.push({ key, kind: 'plain', value })
    return value
  }
  writeNewMeta({ set } as unknown as Y.Map<unknown>, meta, SCHEMA)
  if (layout) set('layout', layout)
  for (const entry of entries) {
    if (entry.kind === 'plain') isKnown &&= isPlain(entry.value)
    else if (entry.kind === 'list') isKnown &&= entry.values.every(isPlain)
    else isKnown &&= entry.entries.every(([, value]) => isPlain(value))
  }
  return isKnown && new Set(entries.map(({ key }) => key)).size === entries.length ? entries : null
}

/** Types that are in no doc yet hold what they were made of, where only Yjs itself may look. */
const madeOf = (type: Y.Array<unknown> | Y.Map<unknown>): Iterable<unknown> =>
  (type as unknown as { _prelimContent: Iterable<unknown> })._prelimContent

/** As Yjs decides what goes into one item with its like. */
const isPlain = (value: unknown): boolean =>
  value === null || [Number, Object, Boolean, Array, String].some((type) => (value as object)?.constructor === type)

/** Kinds of content and of types in an update (Yjs, `Item.js` and `AbstractType.js`). */
const CONTENT = { binary: 3, string: 4, format: 6, type: 7, any: 8 } as const
const TYPE = { array: 0, map: 1, element: 3, text: 6 } as const
const HAS_ORIGIN = 0x80
const HAS_KEY = 0x20

const items = new ByteWriter()

/** A type that items are put into: a root by its name, else by the clock of the item that holds it. */
type Parent = string | number

function encodeItems(client: number, meta: readonly Entry[], v2: readonly V2Element[], source: Uint8Array | null) {
  items.clear()
  let clock = 0
  let count = 0

  /** Everything of an item but its content. `left`: the clock of what stands before it, null for the first. */
  const begin = (content: number, length: number, parent: Parent, left: number | null, key?: string): number => {
    const own = clock
    clock += length
    count++
    items.uint8(content | (left === null ? 0 : HAS_ORIGIN) | (key === undefined ? 0 : HAS_KEY))
    if (left !== null) {
      items.varUint(client)
      items.varUint(left)
      return own
    }
    if (typeof parent === 'string') {
      items.uint8(1)
      items.string(parent)
    } else {
      items.uint8(0)
      items.varUint(client)
      items.varUint(parent)
    }
    if (key !== undefined) items.string(key)
    return own
  }

  const setPlain = (parent: Parent, key: string, value: unknown) => {
    begin(CONTENT.any, 1, parent, null, key)
    items.varUint(1)
    items.any(value)
  }

  const setEntry = (parent: Parent, entry: Entry) => {
    if (entry.kind === 'plain') return setPlain(parent, entry.key, entry.value)
    const own = begin(CONTENT.type, 1, parent, null, entry.key)
    items.varUint(entry.kind === 'list' ? TYPE.array : TYPE.map)
    if (entry.kind === 'map') for (const [key, value] of entry.entries) setPlain(own, key, value)
    else if (entry.values.length > 0) {
      begin(CONTENT.any, entry.values.length, own, null)
      items.varUint(entry.values.length)
      for (const value of entry.values) items.any(value)
    }
  }

  const addText = (runs: V2Text, parent: Parent, before: number | null): number => {
    const own = begin(CONTENT.type, 1, parent, before)
    items.varUint(TYPE.text)
    let left: number | null = null
    const format = (key: string, value: unknown) => {
      left = begin(CONTENT.format, 1, own, left)
      items.string(key)
      items.string(JSON.stringify(value))
    }
    for (const [index, run] of runs.entries()) {
      if (run.text === '') continue
      const attributes = attributesOf(runs, index)
      for (const key in attributes) format(key, attributes[key])
      left = begin(CONTENT.string, run.text.length, own, left) + run.text.length - 1
      items.string(run.text)
      for (const key in attributes) format(key, null)
    }
    return own
  }

  const addElement = (element: V2Element, parent: Parent, before: number | null): number => {
    const own = begin(CONTENT.type, 1, parent, before)
    items.varUint(TYPE.element)
    items.string(element.type)
    let left: number | null = null
    for (const child of element.children)
      left = isText(child) ? addText(child, own, left) : addElement(child, own, left)
    for (const key in element.attributes) setPlain(own, key, element.attributes[key])
    return own
  }

  for (const entry of meta) setEntry('meta', entry)
  let last: number | null = null
  for (const element of v2) last = addElement(element, ROOT, last)
  if (source) {
    begin(CONTENT.binary, 1, 'source', null, 'bytes')
    items.bytes(source)
  }

  const body = items.view()
  const head = new ByteWriter(32)
  for (const value of [1, count, client, 0]) head.varUint(value)
  const update = new Uint8Array(head.length + body.length + 1)
  update.set(head.view())
  update.set(body, head.length)
  // The last byte: nothing is deleted.
  return { update, clock }
}

/** As `createText` gives them to Yjs. */
function attributesOf(runs: V2Text, index: number): Record<string, unknown> {
  const run = runs[index]
  if (!run || (runs.length === 1 && run.type === '' && run.format === 0 && run.nest === undefined)) return {}
  return runAttributes(run, index)
}

const content = new ByteWriter()

/** What `docHash` says of the doc (D6), in the order in which it reads. */
function hashOf(
  client: number,
  clock: number,
  meta: readonly Entry[],
  v2: readonly V2Element[],
  source: Uint8Array | null,
): string {
  content.clear()
  const snapshot = new ByteWriter(32)
  for (const value of [0, 1, client, clock]) snapshot.varUint(value)
  content.bytes(snapshot.view())

  const json = (value: unknown) => {
    content.uint8(TAG.json)
    content.any(value)
  }
  const type = (
    tag: number,
    entries: readonly (readonly [string, () => void])[],
    children: () => void,
    name?: string,
  ) => {
    content.uint8(tag)
    if (name !== undefined) content.string(name)
    content.varUint(entries.length)
    for (const [key, write] of [...entries].sort(([a], [b]) => (a < b ? -1 : 1))) {
      content.string(key)
      write()
    }
    children()
    content.uint8(TAG.end)
  }
  const plain = (entries: readonly (readonly [string, unknown])[]) =>
    entries.map(([key, value]) => [key, () => json(value)] as const)
  const nothing = () => {}

  const text = (runs: V2Text) => {
    for (const [index, run] of runs.entries()) {
      if (run.text === '') continue
      const attributes = attributesOf(runs, index)
      const format = (key: string, value: unknown) => {
        content.uint8(TAG.format)
        content.string(key)
        content.any(value)
      }
      for (const key in attributes) format(key, attributes[key])
      content.uint8(TAG.text)
      content.string(run.text)
      for (const key in attributes) format(key, null)
    }
  }
  const element = (name: string, attributes: V2Element['attributes'], children: V2Element['children'], depth: number) =>
    type(
      TAG.element,
      plain(Object.entries(attributes)),
      () => {
        for (const child of children) {
          if (depth === MAX_DEPTH) content.uint8(TAG.other)
          else if (isText(child)) type(TAG.xmlText, [], () => text(child))
          else element(child.type, child.attributes, child.children, depth + 1)
        }
      },
      name,
    )

  element(ROOT_NAME, {}, v2, 0)
  const list = (values: readonly unknown[]) => () => {
    for (const value of values) json(value)
  }
  const entryOf = (entry: Entry): readonly [string, () => void] => {
    if (entry.kind === 'plain') return [entry.key, () => json(entry.value)]
    if (entry.kind === 'list') return [entry.key, () => type(TAG.array, [], list(entry.values))]
    return [entry.key, () => type(TAG.map, plain(entry.entries), nothing)]
  }
  type(TAG.map, meta.map(entryOf), nothing)
  type(TAG.array, [], nothing)
  const bytes = () => {
    content.uint8(TAG.bytes)
    content.bytes(source ?? new Uint8Array())
  }
  type(TAG.map, source ? [['bytes', bytes]] : [], nothing)
  return sha256Hex(content.view())
}

/** What Yjs calls an element of the top, which has no name. */
const ROOT_NAME = 'UNDEFINED'
