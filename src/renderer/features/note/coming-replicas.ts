import type { Disposer } from '../../../core/base/disposable.ts'
import type { NoteId } from '../../../core/base/ids.ts'
import { useClients, type VaultClient } from '../../platform/clients.ts'
import { foreseeNote } from '../../platform/notes.ts'
import { isOpen, type OpenReplica, openReplica } from './open-replica.ts'

/** Asked for, and not taken yet. */
const coming = new Map<NoteId, OpenReplica>()

/** A note that was chosen and is not shown after all, such as one in the trash. */
const UNTAKEN_MS = 5000

/** Asks for a note as soon as it is chosen: it comes while its place on the page is being made. */
export function fetchNote(id: NoteId): void {
  if (coming.has(id) || isOpen(id)) return
  const replica = follow(id)
  coming.set(id, replica)
  foreseeNote(id)
  const drop = () => {
    clearTimeout(timer)
    stop()
    if (coming.get(id) !== replica) return
    coming.delete(id)
    replica.close()
  }
  // whoever shows it asks again, and hears the answer
  const stop = replica.onRefused(drop)
  const timer = setTimeout(drop, UNTAKEN_MS)
}

/** A note's replica, in step with the vault of each host that comes: the one that was asked for, or a new one. */
export function takeReplica(id: NoteId): OpenReplica {
  const replica = coming.get(id) ?? follow(id)
  coming.delete(id)
  return replica
}

function follow(id: NoteId): OpenReplica {
  const replica = openReplica(id)
  // Beyond this note's time on the screen: what was written last may need the next host.
  void replica.closed.then(followHost((host) => replica.attach(host)))
  return replica
}

/** The vault's client now, and each that takes its place when a host was restarted. */
function followHost(attach: (host: VaultClient) => void): Disposer {
  let current: VaultClient | null = null
  const join = ({ vault }: { vault: VaultClient | null }) => {
    if (!vault || vault === current) return
    current = vault
    attach(vault)
  }
  join(useClients.getState())
  return useClients.subscribe(join)
}
