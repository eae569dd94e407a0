/** Frames between two contexts, in order and whole, until one side closes. A frame is copied, never moved. */
export interface ByteChannel {
  send(frame: Uint8Array): void
  /** One listener; frames that came before it was set are delivered to it. */
  onFrame(listener: (frame: Uint8Array) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** What `ipc/port.ts` calls Port, as far as bytes need it (crdt does not import ipc). */
type PortLike = {
  post(message: unknown): void
  onMessage(listener: (data: unknown) => void): void
  onClose(listener: () => void): void
  close(): void
}

/** Frames over a port. What is not a Uint8Array is handed on as an empty frame, which every reader refuses. */
export function byteChannel(port: PortLike): ByteChannel {
  return {
    send: (frame) => port.post(frame),
    onFrame: (listener) => port.onMessage((data) => listener(data instanceof Uint8Array ? data : new Uint8Array())),
    onClose: (listener) => port.onClose(listener),
    close: () => port.close(),
  }
}
