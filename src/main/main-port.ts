import type { MessagePortMain } from 'electron'
import type { Port } from '../ipc/port.ts'

/**
 * A port of Electron's main process. Messages are copied: a transferred buffer would arrive as null
 * (facts/path.md, "Ports and CSP"). Ports that come with a message are MessagePortMain, so main serves
 * no call that takes one.
 */
export function mainPort(port: MessagePortMain): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data, []))
      port.start()
    },
    onClose: (listener) => {
      port.on('close', listener)
    },
    close: () => port.close(),
  }
}
