import type { Day } from '../../../core/base/calendar-day.ts'
import type { Commitment } from '../../platform/ledger.ts'

export const ENDINGS = ['kept', 'pivoted', 'dropped'] as const
export type Ending = (typeof ENDINGS)[number]
export type Month = {
  /** `2026-11` */
  readonly month: string
  readonly counts: Readonly<Record<Ending, number>>
}
export type ClosedYear = {
  readonly months: readonly Month[]
  readonly counts: Readonly<Record<Ending, number>>
  readonly total: number
  readonly items: readonly Commitment[]
}

const isEnding = (status: string): status is Ending => (ENDINGS as readonly string[]).includes(status)

/** The twelve months up to this one, with what was closed in each. What has no day is in none. */
export function closedYear(closed: readonly Commitment[], today: Day): ClosedYear {
  const months = lastMonths(today)
  const byMonth = new Map(months.map((month) => [month, { kept: 0, pivoted: 0, dropped: 0 }]))
  const counts = { kept: 0, pivoted: 0, dropped: 0 }
  const items: Commitment[] = []
  for (const commitment of closed) {
    const { status, closed: day } = commitment.reading
    const month = byMonth.get(day.slice(0, 7))
    if (!month || !isEnding(status)) continue
    month[status]++
    counts[status]++
    items.push(commitment)
  }
  return {
    months: months.map((month) => ({ month, counts: byMonth.get(month) ?? { kept: 0, pivoted: 0, dropped: 0 } })),
    counts,
    total: items.length,
    items,
  }
}

function lastMonths(today: Day): readonly string[] {
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7)) - 1
  return Array.from({ length: 12 }, (_, at) => {
    const date = new Date(Date.UTC(year, month - 11 + at, 1))
    return date.toISOString().slice(0, 7)
  })
}
