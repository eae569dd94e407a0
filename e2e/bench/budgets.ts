/** BUDGETS.md, by row and number of notes; `any` where the row does not depend on it. Units as in the rows. */
const BUDGETS: Readonly<Record<string, Readonly<Partial<Record<number | 'any', number>>>>> = {
  import: { 1000: 1.5, 10000: 10 },
  // at 100k not over 1.2 times the budget of 10k
  'cold-start': { 10000: 1_200, 100000: 1_440 },
  'open-note': { any: 80 },
  type: { any: 16 },
  'type-ratio': { any: 1.2 },
  search: { 10000: 15, 100000: 60 },
  backlinks: { any: 5 },
  export: { 10000: 3 },
  memory: { 10000: 550, 100000: 800 },
  disk: { any: 5 },
}

/** null where BUDGETS.md names none for a vault of this size. */
export function budgetOf(row: string, notes: number): number | null {
  const budgets = BUDGETS[row]
  return budgets?.[notes] ?? budgets?.any ?? null
}
