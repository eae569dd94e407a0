import { createHmac } from 'node:crypto'
import type { DeviceKey } from '../../core/members/device.ts'

const DAY = 24 * 60 * 60 * 1000
/** Former secrets under which a device still announces itself: more would only fill the network. */
const FORMER = 8

/**
 * What a device is announced as on the local network: HMAC-SHA256 over its key and the day, by the vault's secret,
 * 128 bits of it. Without the secret it tells nobody which vault or which computer, and tomorrow it is another one.
 * @param day whole days of UTC since 1970
 */
export const tagOf = (secret: Uint8Array, device: DeviceKey, day: number): string =>
  createHmac('sha256', secret).update(`throughline tag 1\n${device}\n${day}`).digest('hex').slice(0, 32)

/**
 * The tags of this device, under the current secret and the last former ones: a member who was away while the secret
 * was changed is found, and finds us, by one that it knows.
 * @param secrets newest first
 */
export const ownTags = (secrets: readonly Uint8Array[], device: DeviceKey, now: number): readonly string[] =>
  secrets.slice(0, FORMER + 1).map((secret) => tagOf(secret, device, Math.floor(now / DAY)))

/**
 * Whom each tag that may be seen stands for. Yesterday's and tomorrow's are among them, for clocks that differ by up to
 * a day. What is found so is only an address: who it is is proved by the connection.
 */
export function knownTags(
  secrets: readonly Uint8Array[],
  devices: Iterable<DeviceKey>,
  now: number,
): ReadonlyMap<string, DeviceKey> {
  const today = Math.floor(now / DAY)
  const tags = new Map<string, DeviceKey>()
  for (const device of devices) {
    for (const secret of secrets) {
      for (const day of [today - 1, today, today + 1]) tags.set(tagOf(secret, device, day), device)
    }
  }
  return tags
}
