import { randomInt } from 'node:crypto'
import { Random } from './random.ts'

/** `short` runs with every `npm test`; `full` by `npm run battery`. */
export const isFull = process.env.BATTERY === 'full'

/** Everything that is drawn by lot comes from this; printed with each row, and taken from BATTERY_SEED where it is set. */
export const seed = Number(process.env.BATTERY_SEED) || randomInt(1, 2 ** 31)

/** A row's own lots: another amount in one row changes nothing in the others. */
export const randomOf = (row: string): Random => new Random(seed, row)

/** Rounds of a row. BATTERY_SHARE (0 to 1) takes a part of the full amount, at least one round. */
export function rounds(amount: { readonly short: number; readonly full: number }): number {
  if (!isFull) return amount.short
  return Math.max(1, Math.round(amount.full * (Number(process.env.BATTERY_SHARE) || 1)))
}

/** ms for a row of so many rounds. */
export const timeLimit = (count: number, each: number): number => 120_000 + count * each
