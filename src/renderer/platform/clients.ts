import { create } from 'zustand'
import { appContract } from '../../ipc/app-contract.ts'
import { indexContract } from '../../ipc/index-contract.ts'
import { domPort } from '../../ipc/port.ts'
import { CallError, type Client, type Contract, connect } from '../../ipc/rpc.ts'
import { vaultContract } from '../../ipc/vault-contract.ts'
import { onPort, type PortKind } from './bridge.ts'
import { paced } from './paced.ts'
import { gathered, StructureWatch } from './structure.ts'

export type AppClient = Client<typeof appContract>
export type VaultClient = Client<typeof vaultContract>
export type IndexClient = Client<typeof indexContract>

type Clients = {
  readonly app: AppClient | null
  readonly vault: VaultClient | null
  readonly index: IndexClient | null
  /** Grows whenever answers of the vault or the index may differ: on their events, and when a host was restarted. */
  readonly vaultRevision: number
  /** Grows only when a list of notes or folders would show something else. */
  readonly structureRevision: number
  readonly indexRevision: number
  /** Grows when versions were kept, named or thinned, and when a big change was made or taken back. */
  readonly historyRevision: number
}

/** Null until the port has come, and again while a host is being restarted: every view lives with both. */
export const useClients = create<Clients>(() => ({
  app: null,
  vault: null,
  index: null,
  vaultRevision: 0,
  structureRevision: 0,
  indexRevision: 0,
  historyRevision: 0,
}))

// While somebody types, rows change many times a second; lists need not follow each time.
const REVISION_MS = 250
const raiseVault = () => useClients.setState((clients) => ({ vaultRevision: clients.vaultRevision + 1 }))
const raiseStructure = () => useClients.setState((clients) => ({ structureRevision: clients.structureRevision + 1 }))
const raiseHistory = () => useClients.setState((clients) => ({ historyRevision: clients.historyRevision + 1 }))
const raiseIndex = () => useClients.setState((clients) => ({ indexRevision: clients.indexRevision + 1 }))

function hold<C extends Contract>(kind: PortKind, client: Client<C>, set: (client: Client<C> | null) => void): void {
  set(client)
  void client.closed.then(() => {
    if ((useClients.getState()[kind] as unknown) !== client) return
    set(null)
    window.throughline.requestPort(kind)
  })
}

function accept(kind: PortKind, port: MessagePort): void {
  const former = useClients.getState()[kind]
  if (kind === 'app') {
    hold(kind, connect(appContract, domPort(port)), (app) => useClients.setState({ app }))
  } else if (kind === 'vault') {
    const client = connect(vaultContract, domPort(port))
    const structure = new StructureWatch(client, raiseStructure)
    client.on('changed', paced(raiseVault, REVISION_MS))
    client.on(
      'changed',
      gathered((changed) => void structure.changed(changed), REVISION_MS),
    )
    client.on('history', paced(raiseHistory, REVISION_MS))
    hold(kind, client, (vault) => useClients.setState({ vault }))
    raiseVault()
    raiseStructure()
    raiseHistory()
  } else {
    const client = connect(indexContract, domPort(port))
    client.on('changed', paced(raiseIndex, REVISION_MS))
    hold(kind, client, (index) => useClients.setState({ index }))
    raiseIndex()
  }
  former?.close()
}

/** Takes the ports that main sends. Call once, before the first `requestClients`. */
export const acceptPorts = (): (() => void) => onPort(accept)

/** Asks for a port of each kind; from then on, a port that closes is asked for again. */
export function requestClients(kinds: readonly PortKind[]): void {
  for (const kind of kinds) window.throughline.requestPort(kind)
}

/** The client now, for what a person started. Fails in words while a host is being restarted. */
export function vaultClient(): VaultClient {
  const { vault } = useClients.getState()
  if (!vault) throw new CallError('closed', 'The vault is being opened. Try again in a moment.')
  return vault
}

export function indexClient(): IndexClient {
  const { index } = useClients.getState()
  if (!index) throw new CallError('closed', 'The vault is being opened. Try again in a moment.')
  return index
}

export function appClient(): AppClient {
  const { app } = useClients.getState()
  if (!app) throw new CallError('closed', 'Throughline is still starting. Try again in a moment.')
  return app
}
