import { budgetOf } from './budgets.ts'

/** One line of the table (BUDGETS.md). `value` is what the budget is held against. */
export type Row = {
  readonly name: string
  readonly notes: number
  readonly unit: 'ms' | 's' | 'MB' | 'ratio'
  readonly p50: number | null
  readonly p95: number | null
  readonly value: number
  readonly budget: number | null
  /** null where there is no budget. */
  readonly ok: boolean | null
  /** What was measured beside it, such as a floor in the same run; in the table only. */
  readonly beside: string
}

/** The value below which `share` of the samples lie (nearest rank). */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** Two digits behind the point for what is small, none for what is large. */
export const rounded = (value: number): number => (value >= 100 ? Math.round(value) : Math.round(value * 100) / 100)

/** What the rows of BUDGETS.md without a percentile hold against their budget when they are measured more than once. */
type Held = 'p50' | 'p95'

/** A row of repeated measurements in ms. */
export function sampled(name: string, notes: number, samples: readonly number[], held: Held, beside = ''): Row {
  const p50 = rounded(percentile(samples, 0.5))
  const p95 = rounded(percentile(samples, 0.95))
  return { ...single(name, notes, 'ms', held === 'p50' ? p50 : p95, beside), p50, p95 }
}

/** A row that is measured once. */
export function single(name: string, notes: number, unit: Row['unit'], measured: number, beside = ''): Row {
  const value = rounded(measured)
  const budget = budgetOf(name, notes)
  return {
    name,
    notes,
    unit,
    p50: null,
    p95: null,
    value,
    budget,
    ok: budget === null ? null : value <= budget,
    beside,
  }
}

/** The rows as a table for a terminal. */
export function table(rows: readonly Row[]): string {
  const head = ['row', 'notes', 'p50', 'p95', 'value', 'unit', 'budget', '', 'beside it']
  const cell = (value: number | null) => (value === null ? '' : String(value))
  const lines = rows.map((row) => [
    row.name,
    String(row.notes),
    cell(row.p50),
    cell(row.p95),
    cell(row.value),
    row.unit,
    cell(row.budget),
    row.ok === null ? '' : row.ok ? 'ok' : 'over',
    row.beside,
  ])
  const widths = head.map((name, n) => Math.max(name.length, ...lines.map((line) => line[n]?.length ?? 0)))
  return [head, ...lines]
    .map((line) =>
      line
        .map((text, n) => text.padEnd(widths[n] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** What BUDGETS.md asks of the JSON. */
export const plain = ({ beside: _, ...row }: Row) => row
