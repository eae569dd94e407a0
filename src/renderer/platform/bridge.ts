/** What the preload script gives this page: two functions and no more (src/README.md). */
export type PortKind = 'app' | 'vault' | 'index'

export type Bridge = {
  /** The port arrives later as a window message `{throughlinePort: kind}`; main waits for a host that starts. */
  requestPort(kind: PortKind): void
  /** Where a dropped file lies; '' for one that lies nowhere. */
  pathForFile(file: File): string
}

declare global {
  interface Window {
    readonly throughline: Bridge
  }
}

const KINDS: readonly unknown[] = ['app', 'vault', 'index'] satisfies readonly PortKind[]

/** Calls `listener` with each port that main sends to this page. */
export function onPort(listener: (kind: PortKind, port: MessagePort) => void): () => void {
  const onMessage = (event: MessageEvent<unknown>) => {
    // A frame or another window may post messages too; only this page's own preload sends ports.
    if (event.source !== window || typeof event.data !== 'object' || event.data === null) return
    const kind = (event.data as { throughlinePort?: unknown }).throughlinePort
    const [port] = event.ports
    if (port && KINDS.includes(kind)) listener(kind as PortKind, port)
  }
  window.addEventListener('message', onMessage)
  return () => window.removeEventListener('message', onMessage)
}
