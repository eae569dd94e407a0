import type { Socket } from 'node:net'
import NoiseSecretStream, { type KeyPair, type Handshake as Keys } from '@hyperswarm/secret-stream'
import Handshake from '@hyperswarm/secret-stream/lib/handshake.js'
import { err, ok, type Result } from '../../core/base/result.ts'
import { type DeviceKey, isDeviceKey } from '../../core/members/device.ts'

export type { KeyPair } from '@hyperswarm/secret-stream'

/** An Ed25519 pair of 32 and 64 bytes, of a seed of 32 where there is one. */
export const keyPair = (seed?: Uint8Array): KeyPair => NoiseSecretStream.keyPair(seed)

export function deviceKeyOf(publicKey: Uint8Array): DeviceKey {
  const text = Buffer.from(publicKey.buffer, publicKey.byteOffset, publicKey.length).toString('hex')
  if (!isDeviceKey(text)) throw new RangeError('a public key has 32 bytes')
  return text
}

/** Lengths of the two messages of IK over Ed25519 points with no payload. */
const FIRST = 96
const SECOND = 48

/**
 * `ended`: the other side hung up; `malformed`: a message of a length that no handshake has; `failed`: it is not
 * encrypted for us, or somebody changed it; `not-allowed`: its key is not one that may talk to us.
 */
export type HandshakeFault = 'ended' | 'malformed' | 'failed' | 'not-allowed'

export type Shaken = { readonly keys: Keys; readonly remote: DeviceKey }

/** The dialling side. Its first message can be read by nobody but the owner of `remote`. */
export async function shakeFirst(
  socket: Socket,
  own: KeyPair,
  remote: DeviceKey,
): Promise<Result<Shaken, HandshakeFault>> {
  const publicKey = Buffer.from(remote, 'hex')
  const handshake = new Handshake(true, own, publicKey, 'IK')
  const first = handshake.send()
  // A key that is no point on the curve is nobody's.
  if (!first?.data) return err('failed')
  socket.write(first.data)
  const answer = await receive(socket, SECOND)
  if (!answer.ok) return answer
  const { tx, rx, hash } = handshake.recv(answer.value) ?? { tx: null, rx: null, hash: null }
  // IK proves the key. It is compared all the same: the stream itself has ignored a wrong one before.
  if (!tx || !rx || !hash || !handshake.noise.rs || deviceKeyOf(handshake.noise.rs) !== remote) return err('failed')
  return ok({ keys: { tx, rx, hash, publicKey: own.publicKey, remotePublicKey: publicKey }, remote })
}

/** The side that was dialled. Nothing is written before the other's key has been read and admitted. */
export async function shakeSecond(
  socket: Socket,
  own: KeyPair,
  admits: (key: DeviceKey) => boolean,
): Promise<Result<Shaken, HandshakeFault>> {
  const handshake = new Handshake(false, own, null, 'IK')
  const first = await receive(socket, FIRST)
  if (!first.ok) return first
  try {
    handshake.noise.recv(first.value)
  } catch {
    return err('failed')
  }
  const remotePublicKey = handshake.noise.rs
  if (!remotePublicKey) return err('failed')
  const remote = deviceKeyOf(remotePublicKey)
  if (!admits(remote)) return err('not-allowed')
  const { data, tx, rx, hash } = handshake.send() ?? { data: null, tx: null, rx: null, hash: null }
  if (!data || !tx || !rx || !hash) return err('failed')
  socket.write(data)
  return ok({ keys: { tx, rx, hash, publicKey: own.publicKey, remotePublicKey }, remote })
}

/** One message of exactly `length` bytes behind its three bytes of length. What comes after it stays in the socket. */
function receive(socket: Socket, length: number): Promise<Result<Buffer, 'ended' | 'malformed'>> {
  return new Promise((resolve) => {
    let got: Buffer = Buffer.alloc(0)
    const settle = (result: Result<Buffer, 'ended' | 'malformed'>) => {
      socket.off('data', data)
      socket.off('close', ended)
      socket.off('end', ended)
      resolve(result)
    }
    const ended = () => settle(err('ended'))
    const data = (chunk: Buffer) => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk])
      if (got.length < 3) return
      if (got.readUIntLE(0, 3) !== length) return settle(err('malformed'))
      if (got.length < 3 + length) return
      socket.pause()
      settle(ok(got.subarray(3, 3 + length)))
      if (got.length > 3 + length) socket.unshift(got.subarray(3 + length))
    }
    if (socket.destroyed) return ended()
    socket.on('data', data)
    socket.on('close', ended)
    socket.on('end', ended)
    socket.resume()
  })
}
