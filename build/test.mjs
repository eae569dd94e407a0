// npm test [-- NAME OF A STEP…]
// Every check, and a last line `N passed, N failed, N skipped` over the unit and the end-to-end tests. A step without
// tests of its own (type check, lint, build) counts as one failed where it fails.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { addCounts, noCounts, readPlaywright, readVitest } from './lib/test-counts.mjs'
import { setUp } from './setup.mjs'

const RESULTS = path.join(root, 'test-results')
const VITEST = path.join(RESULTS, 'vitest.json')
const PLAYWRIGHT = path.join(RESULTS, 'playwright.json')

/** @typedef {import('./lib/test-counts.mjs').Counts} Counts */
/** @type {{ name: string, commands: string[][], counts?: () => Counts }[]} */
const STEPS = [
  {
    name: 'typecheck',
    commands: [
      ['tsc', '--noEmit'],
      ['tsc', '--noEmit', '-p', 'src/core/tsconfig.json'],
    ],
  },
  { name: 'lint', commands: [['node', 'build/lint.mjs']] },
  {
    name: 'unit',
    commands: [['vitest', 'run', '--config', 'build/vitest.config.ts', '--reporter=default', '--reporter=json']],
    counts: () => readVitest(read(VITEST)),
  },
  { name: 'build', commands: [['node', 'build/build.mjs']] },
  { name: 'package', commands: [['node', 'build/package.mjs', '--dir']] }, // for e2e/packaged.spec.ts; 6 s
  {
    name: 'e2e',
    commands: [
      ['node', 'build/desktop.mjs', '--screens', '2', 'playwright', 'test', '--config', 'e2e/playwright.config.ts'],
    ],
    counts: () => readPlaywright(read(PLAYWRIGHT)),
  },
]

/** @param {string} file */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name))
if (unknown.length > 0) {
  process.stderr.write(`no step ${unknown.join(', ')}: there are ${STEPS.map(({ name }) => name).join(', ')}\n`)
  process.exit(2)
}

await setUp()
rmSync(RESULTS, { recursive: true, force: true })
let total = noCounts()
const broken = []
for (const { name, commands, counts } of STEPS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const start = performance.now()
  console.log(`\n--- ${name}`)
  const failed = commands.filter(([command = '', ...args]) => run(command, args) !== 0).length > 0
  const found = counts ? counts() : noCounts()
  // a step that fails without a failed test has failed as a whole: a worker that died, a file that does not load
  total = addCounts(total, failed && found.failed === 0 ? { ...found, failed: 1 } : found)
  if (failed) broken.push(name)
  console.log(`--- ${name}: ${failed ? 'failed' : 'ok'} in ${((performance.now() - start) / 1000).toFixed(1)} s`)
}
if (broken.length > 0) console.log(`\nfailed: ${broken.join(', ')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = broken.length > 0 ? 1 : 0
