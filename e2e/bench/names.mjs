// What can be measured, and on how much: shared by build/bench.mjs, which has to run before anything is compiled.

/** Numbers of notes for which BUDGETS.md names budgets. */
export const SIZES = [1_000, 10_000, 100_000]

/** In the order in which they are measured: the later ones write into the vault. */
export const ROWS = /** @type {const} */ ([
  'import',
  'disk',
  'cold-start',
  'memory',
  'open-note',
  'search',
  'backlinks',
  'type',
  'open-huge',
  'type-heap',
  'export',
])
