import { GraphView } from '../features/graph/index.ts'
import { openNote } from '../features/note-actions/index.ts'
import { useClients } from '../platform/clients.ts'
import { useSession } from '../state/session.ts'

export function WholeGraph() {
  const index = useClients((clients) => clients.index)
  const vaultId = useSession((session) => session.vault?.id)
  return <GraphView index={index} onOpen={openNote} {...(vaultId === undefined ? {} : { vaultId })} />
}
