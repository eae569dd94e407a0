/** A saved, ordered walk through notes (PRODUCT, "Graph"). Rules: SPEC.md. */
export type Trail = { readonly id: string; readonly name: string; readonly stops: readonly Stop[] }

export type Stop = {
  readonly id: string
  readonly note: string
  /** docHash of the note when it was put on the trail or looked at last; '' where it is not known. */
  readonly seen: string
  /** What the person said of it; '' for nothing. */
  readonly words: string
  /** Stops are shown by place, then id: any number between two others is a place between them. */
  readonly place: number
}

const ID = /^[A-Za-z0-9_-]{1,80}$/
export const isTrailId = (value: unknown): value is string => typeof value === 'string' && ID.test(value)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const objectOf = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null

export function readStop(value: unknown): Stop | null {
  const given = objectOf(value)
  if (!given || !isTrailId(given.id) || !isTrailId(given.note)) return null
  const place = typeof given.place === 'number' && Number.isFinite(given.place) ? given.place : 0
  return { id: given.id, note: given.note, seen: textOf(given.seen), words: textOf(given.words), place }
}

/** null where the value is no trail; stops that are none are left out (W2). */
function readTrail(value: unknown): Trail | null {
  const given = objectOf(value)
  if (!given || !isTrailId(given.id)) return null
  const stops = Array.isArray(given.stops) ? given.stops.flatMap((stop) => readStop(stop) ?? []) : []
  const own = new Map(stops.map((stop) => [stop.id, stop]))
  return { id: given.id, name: textOf(given.name), stops: inOrder([...own.values()]) }
}

/** The trails of `.throughline/trails.json`; none where it is not that. */
export function readTrails(text: string): readonly Trail[] {
  try {
    const list = objectOf(JSON.parse(text))?.trails
    return Array.isArray(list) ? list.flatMap((trail) => readTrail(trail) ?? []) : []
  } catch {
    return []
  }
}

export const inOrder = (stops: readonly Stop[]): readonly Stop[] =>
  [...stops].sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
