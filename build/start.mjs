// npm start [-- ARGUMENTS OF THE APP]
// Sets up what is missing, builds what is stale, and opens the app.
import process from 'node:process'
import { ensureBuilt } from './build.mjs'
import { runToEnd } from './lib/child.mjs'
import { hasScreen, openDesktop } from './lib/desktop.mjs'
import { setUp } from './setup.mjs'

await setUp()
try {
  await ensureBuilt({ toStderr: true })
  const desktop = await openDesktop()
  if (!hasScreen())
    process.stderr.write(`no screen here: the app runs on a virtual one, DISPLAY=${desktop.env.DISPLAY}\n`)
  const args = [...desktop.flags, '.', ...process.argv.slice(2)]
  const code = await runToEnd(desktop.runtime.exec, args, desktop.env)
  process.exitCode = code === 130 ? 0 : code // Ctrl-C in the terminal is a way to quit
  desktop.close()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
