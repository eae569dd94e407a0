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
  const args = [...desktop.flags, '.', '--cli', ...process.argv.slice(2)]
  process.exitCode = await runToEnd(desktop.runtime.exec, args, desktop.env)
  desktop.close()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
