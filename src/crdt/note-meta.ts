import * as Y from 'yjs'
import type { FolderId } from '../core/base/ids.ts'
import type { NoteMeta, Property } from '../core/note/note.ts'
import { isKind } from '../core/note/note.ts'
import { jsonOf, sameJson } from './json.ts'
import { spliceArray } from './sequence-diff.ts'

/**
 * `meta` of a note doc. Plain values that equal their default are not stored. The arrays and the map of
 * properties exist from the first update: two peers who create one later lose one of them (rule D4).
 * `order` holds the keys of `properties` in the order in which they are printed.
 */
const LISTS = ['aliases', 'formerTitles', 'tags', 'order'] as const
type ListName = (typeof LISTS)[number]
const PLAIN = ['title', 'kind', 'created', 'folderId', 'file', 'trashed'] as const
const PLAIN_DEFAULT = { title: '', kind: 'note', created: '', folderId: null, file: '', trashed: false } as const

export function writeNewMeta(map: Y.Map<unknown>, meta: NoteMeta, schema: number): void {
  map.set('schema', schema)
  for (const key of PLAIN) if (meta[key] !== PLAIN_DEFAULT[key]) map.set(key, meta[key])
  map.set('aliases', Y.Array.from([...meta.aliases]))
  map.set('formerTitles', Y.Array.from([...meta.formerTitles]))
  map.set('tags', Y.Array.from([...meta.tags]))
  const properties = uniqueKeys(meta.properties)
  map.set('order', Y.Array.from(properties.map((property) => property.key)))
  const values = new Y.Map<unknown>()
  for (const { key, value } of properties) values.set(key, value)
  map.set('properties', values)
}

export function readNoteMeta(map: Y.Map<unknown>): NoteMeta {
  const text = (key: string): string => {
    const value = map.get(key)
    return typeof value === 'string' ? value : ''
  }
  const kind = map.get('kind')
  return {
    title: text('title'),
    kind: isKind(kind) ? kind : 'note',
    created: text('created'),
    folderId: (text('folderId') as FolderId) || null,
    file: text('file'),
    aliases: readList(map, 'aliases'),
    formerTitles: readList(map, 'formerTitles'),
    tags: readList(map, 'tags'),
    properties: readProperties(map),
    trashed: map.get('trashed') === true,
  }
}

/** Writes what differs from what stands there, in one transaction; nothing where nothing does (rule D5). */
export function writeMeta(map: Y.Map<unknown>, patch: Partial<NoteMeta>): void {
  const now = readNoteMeta(map)
  for (const key of PLAIN) {
    const value = patch[key]
    if (value !== undefined && value !== now[key]) map.set(key, value)
  }
  if (patch.aliases) writeList(map, 'aliases', patch.aliases)
  if (patch.formerTitles) writeList(map, 'formerTitles', patch.formerTitles)
  if (patch.tags) writeList(map, 'tags', patch.tags)
  if (patch.properties) writeProperties(map, now.properties, uniqueKeys(patch.properties))
}

function readList(map: Y.Map<unknown>, name: ListName): string[] {
  const list = map.get(name)
  const items = list instanceof Y.Array ? list.toArray() : Array.isArray(list) ? list : []
  return items.filter((item) => typeof item === 'string')
}

function readProperties(map: Y.Map<unknown>): Property[] {
  const values = map.get('properties')
  if (!(values instanceof Y.Map)) return []
  const order = new Set(readList(map, 'order'))
  // Keys without a place come last, by name: an order that every peer reads alike.
  for (const key of [...values.keys()].sort()) order.add(key)
  const properties: Property[] = []
  for (const key of order) if (values.has(key)) properties.push({ key, value: jsonOf(values.get(key)) })
  return properties
}

function writeList(map: Y.Map<unknown>, name: ListName, next: readonly string[]): void {
  const list = map.get(name)
  if (list instanceof Y.Array) spliceArray(list as Y.Array<unknown>, next)
  // Only a damaged doc has none: better one that may lose a race than none.
  else map.set(name, Y.Array.from([...next]))
}

function writeProperties(map: Y.Map<unknown>, now: readonly Property[], next: readonly Property[]): void {
  let values = map.get('properties')
  if (!(values instanceof Y.Map)) {
    values = new Y.Map<unknown>()
    map.set('properties', values)
  }
  const target = values as Y.Map<unknown>
  const before = new Map(now.map((property) => [property.key, property.value]))
  for (const { key, value } of next) {
    if (!target.has(key) || !sameJson(before.get(key), value)) target.set(key, value)
  }
  const kept = new Set(next.map((property) => property.key))
  for (const key of before.keys()) if (!kept.has(key)) target.delete(key)
  if (
    !sameJson(
      now.map((property) => property.key),
      next.map((property) => property.key),
    )
  ) {
    writeList(
      map,
      'order',
      next.map((property) => property.key),
    )
  }
}

/** A key that stands twice keeps its last value in its first place, as YAML readers do. */
function uniqueKeys(properties: readonly Property[]): Property[] {
  return [...new Map(properties.map((property) => [property.key, property])).values()]
}
