// npm run dev [-- ARGUMENTS OF THE APP]
// The app, built anew and started again whenever a source changes. Not a dev server: its pages would come over http
// with inline scripts, past the policies that the app lives under.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { build, NOT_BUNDLED } from './build.mjs'
import { dieWithParent } from './lib/child.mjs'
import { openDesktop } from './lib/desktop.mjs'
import { root } from './lib/paths.mjs'
import { setUp } from './setup.mjs'

const QUIET_MS = 200 // an editor saves in several steps

await setUp()
const desktop = await openDesktop()

/** @type {import('node:child_process').ChildProcess | undefined} */
let app
function startApp() {
  const args = [...desktop.flags, '.', ...process.argv.slice(2)]
  const [command, all] = dieWithParent(desktop.runtime.exec, args, 'TERM')
  const started = spawn(command, all, { cwd: root, env: desktop.env, stdio: 'inherit' })
  app = started
  started.once('exit', () => {
    if (app === started) void stop() // the person closed it; a restart has put another one in its place
  })
}

/** Ends the app as its menu would: what it has not stored yet, it stores. */
function stopApp() {
  const old = app
  app = undefined
  if (!old || old.exitCode !== null || old.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    old.once('exit', resolve)
    old.kill('SIGTERM')
  })
}

async function stop() {
  await stopApp()
  desktop.close()
  process.exit()
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop())

let changed = true
let busy = false
async function rebuild() {
  if (busy) return
  busy = true
  while (changed) {
    changed = false
    if ((await build({ toStderr: true })) !== 0) continue // the last app stays, until the sources build again
    await stopApp()
    startApp()
  }
  busy = false
}

/** @type {NodeJS.Timeout | undefined} */
let timer
watch(path.join(root, 'src'), { recursive: true }, (_event, name) => {
  if (name === null || NOT_BUNDLED.test(`src/${name.split(path.sep).join('/')}`)) return
  clearTimeout(timer)
  timer = setTimeout(() => {
    changed = true
    void rebuild()
  }, QUIET_MS)
})
await rebuild()
