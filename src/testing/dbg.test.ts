import { test } from 'vitest'
import { runConvergence } from './convergence-run.ts'

test('dbg', { timeout: 600000 }, async () => {
  for (const item of (process.env.DBG ?? '').split(',')) {
    const [profile, seed] = item.split(':')
    const r = await runConvergence({ profile: profile as never, seed: Number(seed) })
    console.info(item, r.excuses.missed, r.problems.join('\n  '))
  }
})
