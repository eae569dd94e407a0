// The entry of the network process. Electron starts it (start-network.ts); it uses nothing of Electron but its port.
import process from 'node:process'
import type { MessagePortMain } from 'electron'
import { mainPort } from '../main-port.ts'
import { systemClock } from './clock.ts'
import type { FromNetwork, ToNetwork } from './network-messages.ts'
import { networkService } from './network-service.ts'

/** What Electron's utility processes have and Node's types do not know. */
type ParentPort = {
  postMessage(message: FromNetwork): void
  on(event: 'message', listener: (event: { data: ToNetwork; ports: MessagePortMain[] }) => void): void
}

const { parentPort } = process as unknown as { parentPort: ParentPort }
const service = networkService({
  clock: systemClock,
  random: Math.random,
  tell: (message) => parentPort.postMessage(message),
})
parentPort.on('message', ({ data, ports: [port] }) => {
  void service.handle(data, port ? mainPort(port) : null)
})
