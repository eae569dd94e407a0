import path from 'node:path'
import { MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron'
import type { Disposer } from '../../core/base/disposable.ts'
import { Emitter } from '../../core/base/emitter.ts'
import type { FromNetwork, ToNetwork } from './network-messages.ts'

export type NetworkProcess = {
  tell(message: Exclude<ToNetwork, { do: 'carry' }>): void
  /** The port on which the messages of a connection travel from now on: `byteLink` reads it. */
  carry(id: number): MessagePortMain
  onMessage(listener: (message: FromNetwork) => void): Disposer
  /** It ended, by itself or not; whoever wants it starts it anew. */
  onEnd(listener: (code: number) => void): Disposer
  end(): void
}

/** Starts the process of `process.ts`, which lies beside the bundle of main. */
export function startNetworkProcess(): NetworkProcess {
  const child = utilityProcess.fork(path.join(import.meta.dirname, 'network-process.js'), [], {
    serviceName: 'Throughline network',
  })
  const messages = new Emitter<FromNetwork>()
  const ends = new Emitter<number>()
  child.on('message', (message: FromNetwork) => messages.emit(message))
  child.on('exit', (code) => ends.emit(code))
  return {
    tell: (message) => child.postMessage(message),
    carry: (id) => {
      const { port1, port2 } = new MessageChannelMain()
      child.postMessage({ do: 'carry', id } satisfies ToNetwork, [port1])
      return port2
    },
    onMessage: (listener) => messages.on(listener),
    onEnd: (listener) => ends.on(listener),
    end: () => child.kill(),
  }
}
