import { createHmac } from 'node:crypto'
import type { DeviceKey } from '../../core/members/device.ts'

/** A day as both sides of a time zone count it: UTC, `2026-11-23`. */
export const tagDay = (now: number): string => new Date(now).toISOString().slice(0, 10)

const DAY = 86_400_000

/**
 * What a device is called in announcements of one day: 32 hex characters that say nothing to whom does not know the
 * secret, and another name tomorrow.
 */
export function tagOf(secret: Uint8Array, key: DeviceKey, day: string): string {
  return createHmac('sha256', secret).update(`throughline tag 1\0${key}\0${day}`).digest('hex').slice(0, 32)
}

/** One name that a device goes by: a vault's secret, also an old one that somebody may still know. */
export type Alias = { readonly secret: Uint8Array; readonly key: DeviceKey }

export type TagBook = {
  /** One's own tags of a day. */
  tags(day: string): readonly string[]
  /** Whose tag this is, yesterday, today or tomorrow: clocks differ. */
  match(tag: string): DeviceKey | null
}

/** The tags of all aliases, worked out once a day and then looked up: a flood of tags costs no hashes. */
export function tagBook(own: readonly Alias[], others: readonly Alias[], now: () => number): TagBook {
  let built = ''
  let known = new Map<string, DeviceKey>()
  return {
    tags: (day) => [...new Set(own.map(({ secret, key }) => tagOf(secret, key, day)))],
    match(tag) {
      const at = now()
      const today = tagDay(at)
      if (today !== built) {
        built = today
        known = new Map()
        for (const { secret, key } of others) {
          for (const day of [tagDay(at - DAY), today, tagDay(at + DAY)]) known.set(tagOf(secret, key, day), key)
        }
      }
      return known.get(tag) ?? null
    },
  }
}
