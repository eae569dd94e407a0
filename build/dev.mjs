// npm run dev: the app with its pages reloading as they are edited.
import process from 'node:process'
import { runToEnd } from './lib/child.mjs'
import { openDesktop } from './lib/desktop.mjs'
import { setUp } from './setup.mjs'

await setUp()
try {
  const desktop = await openDesktop()
  process.exitCode = await runToEnd('electron-vite', ['dev', '--watch', ...process.argv.slice(2)], desktop.env)
  desktop.close()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
