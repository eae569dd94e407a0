// npm run -s bench -- [--notes 1000|10000|100000] [--only NAME] [--json FILE]
// Measures the build in out/ in the real Electron; prints a table, and writes the rows as JSON.
// Exit code 0: everything was measured, whatever the times; 1: something could not be; 2: wrong usage.
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { ROWS, SIZES } from '../e2e/bench/names.mjs'
import { ensureBuilt } from './build.mjs'
import { runToEnd } from './lib/child.mjs'
import { openDesktop } from './lib/desktop.mjs'
import { setUp } from './setup.mjs'

const USAGE = `usage: npm run -s bench -- [--notes ${SIZES.join('|')}] [--only NAME] [--json FILE]
  NAME is one of ${ROWS.join(', ')}`

/** @returns {{ notes: number, only: string | null, json: string | null }} */
function readArguments() {
  const { values } = parseArgs({
    options: { notes: { type: 'string' }, only: { type: 'string' }, json: { type: 'string' } },
  })
  const { notes = '10000', only, json } = values
  if (!SIZES.map(String).includes(notes)) throw new Error(`--notes ${notes}: there is ${SIZES.join(', ')}`)
  if (only !== undefined && !ROWS.some((name) => name === only)) throw new Error(`--only ${only}: there is no such row`)
  // npm runs this in the checkout; a file is meant from where the person stands
  const here = process.env.INIT_CWD ?? process.cwd()
  return { notes: Number(notes), only: only ?? null, json: json === undefined ? null : path.resolve(here, json) }
}

/** @type {ReturnType<typeof readArguments>} */
let options
try {
  options = readArguments()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n${USAGE}\n`)
  process.exit(2)
}

await setUp()
try {
  await ensureBuilt({ toStderr: true })
  const desktop = await openDesktop({ quiet: true })
  const env = { ...desktop.env, THROUGHLINE_BENCH: JSON.stringify({ ...options, flags: desktop.flags }) }
  process.exitCode = await runToEnd('playwright', ['test', '--config', 'e2e/bench/playwright.config.ts'], env)
  desktop.close()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
