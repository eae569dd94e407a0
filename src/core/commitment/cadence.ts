import type { Cadence } from '../base/calendar-day.ts'

export type { Cadence } from '../base/calendar-day.ts'

const MOST = 999

const UNITS: Readonly<Record<string, readonly [Cadence['unit'], number]>> = {
  d: ['day', 1],
  day: ['day', 1],
  w: ['week', 1],
  wk: ['week', 1],
  week: ['week', 1],
  fortnight: ['week', 2],
  m: ['month', 1],
  mo: ['month', 1],
  month: ['month', 1],
  quarter: ['month', 3],
  y: ['month', 12],
  yr: ['month', 12],
  year: ['month', 12],
}

const NUMBERS: Readonly<Record<string, number>> = {
  ...{ a: 1, an: 1, one: 1, other: 2, second: 2, two: 2, three: 3, third: 3, four: 4, five: 5, six: 6, seven: 7 },
  ...{ eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12 },
}

const WORDS: Readonly<Record<string, string>> = {
  daily: '1d',
  weekly: '1w',
  fortnightly: '2w',
  monthly: '1m',
  quarterly: '3m',
  yearly: '1y',
  annually: '1y',
}

/**
 * What a person types for how often (G14): `2w`, `10d`, `3 months`, `every other week`, `monthly`. null for anything
 * else, for nothing, for more than 999 of a unit, and for `biweekly`, which people read in two ways.
 */
export function readCadence(text: string): Cadence | null {
  const words = text.trim().toLowerCase()
  const plain = (own(WORDS, words) ?? words).replace(/^every\s+/, '')
  const match = /^(?:(\d{1,6})|([a-z]+)(?=\s))?\s*([a-z]+)\.?$/.exec(plain)
  const unit = own(UNITS, match?.[3] ?? '') ?? own(UNITS, (match?.[3] ?? '').replace(/s$/, ''))
  if (!match || !unit) return null
  const count = match[1] !== undefined ? Number(match[1]) : match[2] !== undefined ? own(NUMBERS, match[2]) : 1
  // `w` alone is a letter, `every week` is a cadence
  if (count === undefined || (match[1] === undefined && match[2] === undefined && (match[3]?.length ?? 0) < 3))
    return null
  const every = count * unit[1]
  return every >= 1 && every <= MOST ? { every, unit: unit[0] } : null
}

/** A person may type `constructor`. */
const own = <Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** As it is stored: `2w`. */
export const cadenceText = ({ every, unit }: Cadence): string => `${every}${unit.charAt(0)}`

/** For people: `2 weeks`, `day`. Behind "every". */
export const cadenceWords = ({ every, unit }: Cadence): string => (every === 1 ? unit : `${every} ${unit}s`)
