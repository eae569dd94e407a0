import { isId } from '../core/base/ids.ts'
import { canWrite } from './store/can-write.ts'
import type { FromVaultWorker, ToVaultWorker } from './worker-messages.ts'

/**
 * The hidden page of one vault (ARCHITECTURE, "Host page"): owns the vault worker and the index worker, joins
 * the two, and forwards the ports that main hands over. It holds no state: when a worker dies it reports and
 * closes, main starts another page, and sessions rejoin by state vector.
 */
const id = new URLSearchParams(location.search).get('vault') ?? ''

function start(): void {
  const vault = new Worker(new URL('./vault-worker.ts', import.meta.url), { type: 'module' })
  const index = new Worker(new URL('../index/index-worker.ts', import.meta.url), { type: 'module' })
  for (const [name, worker] of [
    ['vault', vault],
    ['index', index],
  ] as const) {
    worker.addEventListener('error', (event) => {
      // Messages of errors hold no text of notes (core/base/invariant.ts).
      console.error(`${name} worker: ${event.message || 'could not be started'}`)
      close()
    })
  }

  let isAsking = false
  vault.addEventListener('message', async ({ data }: MessageEvent<FromVaultWorker>) => {
    if (!data.isDeaf || isAsking) return
    isAsking = true
    // The disk is well and the worker is not heard (Chromium, after the disk was full): another one will be.
    if (await canWrite()) {
      console.error('vault worker: the store answers the page, but not the worker')
      close()
    }
    isAsking = false
  })

  const writing = new MessageChannel()
  const reading = new MessageChannel()
  index.postMessage({ port: 'index-write' }, [writing.port2])
  index.postMessage({ port: 'index' }, [reading.port2])

  // Without the keeper's two ports nothing is opened: a store that is short must not be taken for the vault.
  const fromMain: { keeper?: MessagePort; journal?: MessagePort } = {}
  let waiting: MessagePort[] | null = []
  const onKept = (kind: 'keeper' | 'journal', port: MessagePort) => {
    if (!waiting || fromMain[kind]) return port.close()
    fromMain[kind] = port
    const { keeper, journal } = fromMain
    if (!keeper || !journal) return
    vault.postMessage({ start: id } satisfies ToVaultWorker, [writing.port1, reading.port1, keeper, journal])
    for (const early of waiting) vault.postMessage({ port: 'vault' } satisfies ToVaultWorker, [early])
    waiting = null
  }

  addEventListener('message', (event: MessageEvent<unknown>) => {
    const [port] = event.ports
    const { data } = event
    if (event.source !== window || !port || typeof data !== 'object' || data === null) return
    if (!('throughlinePort' in data)) return
    const kind = data.throughlinePort
    if (kind === 'keeper' || kind === 'journal') onKept(kind, port)
    else if (kind === 'vault' && waiting) waiting.push(port)
    else if (kind === 'vault') vault.postMessage({ port: 'vault' } satisfies ToVaultWorker, [port])
    else if (kind === 'index') index.postMessage({ port: 'index' }, [port])
    else port.close()
  })
}

if (isId(id)) start()
else {
  console.error('host page: the address names no vault')
  close()
}
