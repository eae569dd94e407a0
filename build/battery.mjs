// npm run -s battery -- [--only WORDS] [--share 0.2] [--seed N] [--short] [--keep-table]
// Kills, damages, full disks and wrong clocks at their full amounts, in the real Electron, on the build in out/.
// Writes a table of the last full run of each row into e2e/battery/README.md. Exit code 0: nothing was lost.
import { randomInt } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './build.mjs'
import { runToEnd } from './lib/child.mjs'
import { openDesktop } from './lib/desktop.mjs'
import { root } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

const USAGE = `usage: npm run -s battery -- [--only WORDS] [--share PART] [--seed N] [--short] [--keep-table]
  --only   tests whose file or name has these words
  --share  a part of the full amounts, above 0 and up to 1
  --seed   what every lot is drawn from; a run prints its own
  --short  the amounts of npm test
  --keep-table  leaves the table of the README as it is
  --only-table  runs nothing and writes the table of what was run`
const RESULTS = path.join(root, 'test-results/battery.json')
const README = path.join(root, 'e2e/battery/README.md')
const [BEGIN, END] = ['<!-- results: written by npm run battery -->', '<!-- end of results -->']

/** @typedef {{ row: string, rounds: number, lost: number, notOpened: number, told: number | null, p50: number | null,
 *   max: number | null, note: string, seed: number, at: string, isFull: boolean }} Row */

function readArguments() {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      share: { type: 'string', default: '1' },
      seed: { type: 'string', default: '' },
      short: { type: 'boolean', default: false },
      'only-table': { type: 'boolean', default: false },
      'keep-table': { type: 'boolean', default: false },
    },
  })
  const share = Number(values.share)
  if (!(share > 0 && share <= 1)) throw new Error(`--share ${values.share}: above 0 and up to 1`)
  if (values.seed !== '' && !(Number(values.seed) > 0)) throw new Error(`--seed ${values.seed}: a number above 0`)
  return { ...values, share }
}

/** @param {Row[]} rows @returns {string} */
function table(rows) {
  const machine = `${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()} ${os.arch()}`
  const ms = (/** @type {number | null} */ value) => (value === null ? '' : `${Math.round(value)} ms`)
  const lines = rows
    .filter(({ isFull }) => isFull)
    .map(
      ({ row, rounds, lost, notOpened, told, p50, max, note, seed, at }) =>
        `| ${row} | ${rounds} | ${lost} | ${notOpened} | ${told ?? ''} | ${ms(p50)} | ${ms(max)} | ${at}, ${seed} | ${note} |`,
    )
  return `On ${machine}. Lost: rounds after which anything acknowledged was missing. Told: rounds in which the person was.

| row | rounds | lost | not opened | told | time p50 | time max | date, seed | |
|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}
`
}

/** @type {ReturnType<typeof readArguments>} */
let options
try {
  options = readArguments()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}\n`)
  process.exit(2)
}

/** @param {ReturnType<typeof readArguments>} given @returns {Promise<number>} the exit code */
async function runRows(given) {
  await setUp()
  await ensureBuilt()
  const desktop = await openDesktop()
  const env = {
    ...desktop.env,
    BATTERY: given.short ? 'short' : 'full',
    BATTERY_SHARE: String(given.share),
    // one for all rows, also where a row that failed has the next one run in a process of its own
    BATTERY_SEED: given.seed || String(randomInt(1, 2 ** 31)),
  }
  // one row that is run again replaces its own line only
  if (given.only === undefined) rmSync(RESULTS, { force: true })
  const wanted = given.only === undefined ? [] : ['--grep', given.only]
  const args = ['test', '--config', 'e2e/battery/playwright.config.ts', ...wanted]
  const code = await runToEnd('playwright', args, env)
  desktop.close()
  return code
}

try {
  if (!options['only-table']) process.exitCode = await runRows(options)
  /** @type {Row[]} */
  const rows = JSON.parse(readFileSync(RESULTS, 'utf8'))
  if (!options.short && !options['keep-table']) {
    const [before, rest] = readFileSync(README, 'utf8').split(BEGIN)
    const after = rest?.split(END)[1]
    if (before === undefined || after === undefined) throw new Error(`${README} has lost its markers`)
    writeFileSync(README, `${before}${BEGIN}\n\n${table(rows)}\n${END}${after}`)
  }
  console.log(table(rows))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
