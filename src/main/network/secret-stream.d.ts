declare module '@hyperswarm/secret-stream' {
  import type { EventEmitter } from 'node:events'
  import type { Socket } from 'node:net'

  type KeyPair = { publicKey: Uint8Array; secretKey: Uint8Array }

  /** What a finished handshake leaves. */
  type Handshake = {
    tx: Uint8Array
    rx: Uint8Array
    hash: Uint8Array
    publicKey: Uint8Array
    remotePublicKey: Uint8Array
  }

  class NoiseSecretStream extends EventEmitter {
    constructor(isInitiator: boolean, rawStream: Socket, options: { handshake: Handshake })
    static keyPair(seed?: Uint8Array): KeyPair
    write(data: Uint8Array): boolean
    alloc(length: number): Uint8Array
    pause(): this
    resume(): this
    end(): this
    destroy(error?: Error): this
  }
  namespace NoiseSecretStream {
    export { Handshake, KeyPair }
  }
  export = NoiseSecretStream
}

declare module '@hyperswarm/secret-stream/lib/handshake.js' {
  import type { KeyPair } from '@hyperswarm/secret-stream'

  /** `data` is framed already. */
  type Step = { data: Uint8Array | null; tx: Uint8Array | null; rx: Uint8Array | null; hash: Uint8Array | null }

  class Handshake {
    constructor(isInitiator: boolean, keyPair: KeyPair, remotePublicKey: Uint8Array | null, pattern: 'IK')
    readonly noise: {
      readonly rs: Uint8Array | null
      /** Throws where the message is not what it should be. */
      recv(message: Uint8Array): Uint8Array
    }
    /** Both answer null where the handshake failed. */
    send(): Step | null
    recv(message: Uint8Array): Step | null
  }
  export = Handshake
}
