import { z } from 'zod'
import type { NoteId } from '../../core/base/ids.ts'
import { kindShape, noteIdShape } from '../../ipc/shapes.ts'

/** What a tab shows. Stored with the window, so readers meet places of older versions. */
export const placeShape = z.discriminatedUnion('at', [
  z.object({ at: z.literal('blank') }),
  z.object({ at: z.literal('note'), id: noteIdShape }),
  z.object({ at: z.literal('list'), kind: kindShape }),
  z.object({ at: z.literal('search'), query: z.string() }),
  z.object({
    at: z.literal('replace'),
    query: z.string(),
    replacement: z.string(),
    regex: z.boolean(),
    matchCase: z.boolean(),
  }),
  z.object({ at: z.literal('trash') }),
  z.object({ at: z.literal('mirror') }),
  z.object({ at: z.literal('changes') }),
  /** `list`: one of its lists alone. */
  z.object({ at: z.literal('evidence'), list: z.string().optional() }),
  z.object({ at: z.literal('graph') }),
  z.object({ at: z.literal('settings') }),
])
export type Place = z.infer<typeof placeShape>

export const BLANK: Place = { at: 'blank' }

export const notePlace = (id: NoteId): Place => ({ at: 'note', id })

/** Equal for places that are one entry of the history: a search stays one while its words change. */
export function placeKey(place: Place): string {
  switch (place.at) {
    case 'note':
      return `note:${place.id}`
    case 'list':
      return `list:${place.kind}`
    default:
      return place.at
  }
}
