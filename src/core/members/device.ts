import type { Branded } from '../base/ids.ts'

/** Ed25519 public key of a device, lower-case hex, 64 characters: also its id. */
export type DeviceKey = Branded<'DeviceKey'>

const KEY = /^[0-9a-f]{64}$/

/** Whether a text has the form of a key. That it is a point of the curve is found out by who verifies with it. */
export const isDeviceKey = (text: unknown): text is DeviceKey => typeof text === 'string' && KEY.test(text)

export const deviceKey = (text: string): DeviceKey => text as DeviceKey
