// node build/desktop.mjs COMMAND ARGS…
// Runs a command that opens Electron windows: with the runtime that was found, on an Xvfb of its own
// where the machine has no screen, and without Chromium's sandbox where we are root.
import process from 'node:process'
import { runToEnd } from './lib/child.mjs'
import { openDesktop } from './lib/desktop.mjs'

const [command, ...args] = process.argv.slice(2)
if (!command) {
  process.stderr.write('usage: node build/desktop.mjs COMMAND ARGS…\n')
  process.exit(2)
}
try {
  const desktop = await openDesktop()
  process.exitCode = await runToEnd(command, args, desktop.env)
  desktop.close()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
