import type { NoteId } from '../../core/base/ids.ts'

export function Nearby(_props: { id: NoteId }) {
  return null
}
