declare const device: unique symbol

/** Ed25519 public key of a device, lower-case hex, 64 characters: also its id. */
export type DeviceKey = string & { readonly [device]: 'DeviceKey' }

const KEY = /^[0-9a-f]{64}$/

export const isDeviceKey = (text: string): text is DeviceKey => KEY.test(text)
