import type { NoteId } from '../../core/base/ids.ts'
import { NearbyGraph } from '../features/graph/index.ts'
import { openNote } from '../features/note-actions/index.ts'
import { useClients } from '../platform/clients.ts'

export function Nearby({ id }: { id: NoteId }) {
  const index = useClients((clients) => clients.index)
  return <NearbyGraph index={index} center={id} onOpen={openNote} />
}
