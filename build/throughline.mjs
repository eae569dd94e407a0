// npm run -s throughline -- VERB …
// The app's command line in a checkout. stdout carries the app's JSON and nothing else; the exit code is the app's.
import process from 'node:process'
import { ensureBuilt } from './build.mjs'
import { runToEnd } from './lib/child.mjs'
import { openDesktop } from './lib/desktop.mjs'
import { setUp } from './setup.mjs'

await setUp()
try {
  await ensureBuilt({ toStderr: true })
  const desktop = await openDesktop({ quiet: true })
  // Behind `--` Chromium looks for no flags of its own: with `--type` it would take itself for one of its children.
  const args = [...desktop.flags, '.', '--cli', '--', ...process.argv.slice(2)]
  // npm and this script run in the checkout; relative paths are meant from where the person stands
  const standing = process.env.npm_lifecycle_event === 'throughline' ? process.env.INIT_CWD : undefined
  const env = { ...desktop.env, THROUGHLINE_CWD: process.env.THROUGHLINE_CWD ?? standing ?? process.cwd() }
  process.exitCode = await runToEnd(desktop.runtime.exec, args, env)
  desktop.close()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
