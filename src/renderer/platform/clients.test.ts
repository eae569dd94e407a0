import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { domPort } from '../../ipc/port.ts'
import { type Handlers, serve } from '../../ipc/rpc.ts'
import { vaultContract } from '../../ipc/vault-contract.ts'
import type { PortKind } from './bridge.ts'
import { acceptPorts, requestClients, useClients } from './clients.ts'

/** A window of which the test is the preload script. */
function fakeWindow() {
  const target = new EventTarget()
  const asked: PortKind[] = []
  const page = Object.assign(target, { throughline: { requestPort: (kind: PortKind) => asked.push(kind) } })
  const send = (data: unknown, port: MessagePort, source: unknown = page) => {
    const event = Object.assign(new Event('message'), { data, ports: [port], source })
    page.dispatchEvent(event)
  }
  return { page, asked, send }
}

function vaultPort() {
  const { port1, port2 } = new MessageChannel()
  const handlers = new Proxy({} as Handlers<typeof vaultContract>, {
    get: () => () => ({
      name: 'Field notes',
      counts: { essay: 0, example: 0, commitment: 0, note: 0 },
      trashed: 0,
      fault: null,
      restored: null,
    }),
  })
  return { port: port1, served: serve(vaultContract, handlers, domPort(port2)) }
}

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5))
let stop = () => {}
let fake = fakeWindow()

beforeEach(() => {
  fake = fakeWindow()
  vi.stubGlobal('window', fake.page)
  stop = acceptPorts()
})
afterEach(() => {
  stop()
  useClients.getState().vault?.close()
  useClients.setState({ vault: null })
  vi.unstubAllGlobals()
})

test('a port that closes is asked for again, and its client is replaced', async () => {
  requestClients(['vault'])
  expect(fake.asked).toEqual(['vault'])
  const first = vaultPort()
  fake.send({ throughlinePort: 'vault' }, first.port)
  const client = useClients.getState().vault
  const before = useClients.getState().vaultRevision
  expect((await client?.call('info', {}))?.name).toBe('Field notes')

  first.served.close()
  await client?.closed
  await settle()
  expect(useClients.getState().vault).toBeNull()
  expect(fake.asked).toEqual(['vault', 'vault'])

  const second = vaultPort()
  fake.send({ throughlinePort: 'vault' }, second.port)
  expect(useClients.getState().vault).not.toBe(client)
  expect(useClients.getState().vaultRevision).toBeGreaterThan(before)
})

test('a port that nobody but the preload script sent is not taken', () => {
  const { port } = vaultPort()
  fake.send({ throughlinePort: 'vault' }, port, 'another frame')
  fake.send({ throughlinePort: 'note' }, port)
  fake.send('vault', port)
  expect(useClients.getState().vault).toBeNull()
  port.close()
})
