import type * as Y from 'yjs'
import { type Pin, readPin } from '../core/trail/pin.ts'
import { jsonOf, sameJson } from './json.ts'
import { metaOf } from './note-doc.ts'

const PREFIX = 'pin:'

/** The pins of a note's relations, by id (D10). */
export function readPins(doc: Y.Doc): readonly Pin[] {
  const keys = [...metaOf(doc).keys()].filter((key) => key.startsWith(PREFIX)).sort()
  return keys.flatMap((key) => {
    const pin = readPin(jsonOf(metaOf(doc).get(key)))
    return pin && PREFIX + pin.id === key ? pin : []
  })
}

/** Adds or replaces; writes nothing where the pin is so already. */
export function putPin(doc: Y.Doc, pin: Pin, origin: unknown): void {
  const key = PREFIX + pin.id
  if (!sameJson(jsonOf(metaOf(doc).get(key)), pin)) doc.transact(() => metaOf(doc).set(key, { ...pin }), origin)
}

export function removePin(doc: Y.Doc, id: string, origin: unknown): void {
  const key = PREFIX + id
  if (metaOf(doc).has(key)) doc.transact(() => metaOf(doc).delete(key), origin)
}
