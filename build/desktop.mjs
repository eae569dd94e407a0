// node build/desktop.mjs [--screens N] COMMAND ARGS…
// Runs a command that opens Electron windows: with the runtime that was found, on an Xvfb of its own
// where the machine has no screen (N of them), and without Chromium's sandbox where we are root.
import process from 'node:process'
import { runToEnd } from './lib/child.mjs'
import { openDesktop } from './lib/desktop.mjs'

const given = process.argv.slice(2)
const screens = given[0] === '--screens' ? Number(given.splice(0, 2)[1]) : 1
const [command, ...args] = given
if (!command || !Number.isInteger(screens) || screens < 1) {
  process.stderr.write('usage: node build/desktop.mjs [--screens N] COMMAND ARGS…\n')
  process.exit(2)
}
try {
  const desktop = await openDesktop({ screens })
  process.exitCode = await runToEnd(command, args, desktop.env)
  desktop.close()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
