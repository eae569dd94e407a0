import { expect, test } from 'vitest'
import { runSyncSimulation } from '../../testing/sync-simulation.ts'

/** `FUZZ_RUNS=5000 npx vitest run --config build/vitest.config.ts src/crdt/sync/simulation` for more. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 200)
const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1)

test('Y14 Y15 two to five peers come to what the model says, whatever was cut', { timeout: RUNS * 2_000 }, async () => {
  const failures: string[] = []
  let cuts = 0
  for (let run = 0; run < RUNS; run++) {
    const seed = FIRST_SEED + run
    const report = await runSyncSimulation(seed)
    cuts += report.cuts
    if (report.problems.length > 0) failures.push(`seed ${seed}: ${report.problems.slice(0, 3).join('; ')}`)
  }
  expect(failures).toEqual([])
  // A run in which nothing was cut off would prove nothing.
  expect(cuts).toBeGreaterThan(RUNS)
})

test.each([
  [862, 'a greeting said a root while a note was being edited'],
  [20950, 'an answer came after what had been told since it was made'],
])('seed %i: %s', async (seed) => {
  expect((await runSyncSimulation(seed)).problems).toEqual([])
})
