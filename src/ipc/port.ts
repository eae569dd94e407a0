/** A two-way channel between two contexts, as small as MessagePort and MessagePortMain have in common. */
export interface Port {
  /** `transfer` moves ports only: buffers are copied across processes (facts/path.md, "Ports and CSP"). */
  post(message: unknown, transfer?: readonly MessagePort[]): void
  onMessage(listener: (data: unknown, ports: readonly MessagePort[]) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** A MessagePort of a page or a worker. Listening starts it. */
export function domPort(port: MessagePort): Port {
  return {
    post: (message, transfer) => port.postMessage(message, [...(transfer ?? [])]),
    onMessage: (listener) => {
      port.onmessage = (event: MessageEvent) => listener(event.data, event.ports)
    },
    // Chromium fires `close` when the other side is closed, reloaded or killed.
    onClose: (listener) => port.addEventListener('close', listener),
    close: () => port.close(),
  }
}
