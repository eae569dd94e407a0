import type * as Y from 'yjs'
import { inOrder, isTrailId, readStop, type Stop, type Trail } from '../core/trail/trail.ts'
import { jsonOf, sameJson } from './json.ts'

/** Trails in the vault doc (V6): a name by trail, and each stop by itself, so that two peers never meet. */
const trailsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('trails')
const stopsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('stops')

/** By id. Never throws; entries that are not of their shape are left out. */
export function readTrails(doc: Y.Doc): readonly Trail[] {
  const stops = new Map<string, Stop[]>()
  for (const [key, value] of stopsOf(doc).entries()) {
    const [trail = '', id] = key.split('/')
    const stop = readStop(jsonOf(value))
    if (stop && stop.id === id) stops.set(trail, [...(stops.get(trail) ?? []), stop])
  }
  const ids = [...trailsOf(doc).keys()].filter(isTrailId).sort()
  return ids.flatMap((id) => {
    const value = jsonOf(trailsOf(doc).get(id))
    const name = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.name : undefined
    return typeof name === 'string' ? { id, name, stops: inOrder(stops.get(id) ?? []) } : []
  })
}

/** Names a trail, new or not; its stops stay. */
function putTrail(doc: Y.Doc, { id, name }: Pick<Trail, 'id' | 'name'>, origin: unknown): void {
  put(trailsOf(doc), id, { name }, doc, origin)
}

/** Adds or replaces one stop. */
function putStop(doc: Y.Doc, trail: string, stop: Stop, origin: unknown): void {
  put(stopsOf(doc), `${trail}/${stop.id}`, { ...stop }, doc, origin)
}

/**
 * What an import brings (core/trail/SPEC.md, W4): what is here already stays as it is. `renamed`: notes that got
 * another id than the import says.
 */
export function addTrails(
  doc: Y.Doc,
  trails: readonly Trail[],
  renamed: ReadonlyMap<string, string>,
  origin: unknown,
): void {
  doc.transact(() => {
    for (const trail of trails) {
      if (!trailsOf(doc).has(trail.id)) putTrail(doc, trail, origin)
      for (const stop of trail.stops) {
        const note = renamed.get(stop.note) ?? stop.note
        if (!stopsOf(doc).has(`${trail.id}/${stop.id}`)) putStop(doc, trail.id, { ...stop, note }, origin)
      }
    }
  }, origin)
}

function put(map: Y.Map<unknown>, key: string, value: object, doc: Y.Doc, origin: unknown): void {
  if (!sameJson(jsonOf(map.get(key)), value)) doc.transact(() => map.set(key, value), origin)
}
