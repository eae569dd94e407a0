// Runs inside the fallback runtime, in place of the default app that comes with an official Electron:
// -r preloads a module, the first argument without a dash is the app to run.
// An ES module, because Electron waits for an ES module's top-level await before 'ready'.
import fs from 'node:fs'
import Module from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

function fail(message) {
  console.error(message)
  process.exit(1)
}

function readArguments(args) {
  const preload = []
  while (args.length > 0) {
    const arg = args.shift()
    if (arg === '-v' || arg === '--version') {
      console.log(`v${process.versions.electron}`)
      process.exit(0)
    } else if (arg === '-a' || arg === '--abi') {
      console.log(process.versions.modules)
      process.exit(0)
    } else if (arg === '-r' || arg === '--require') {
      preload.push(args.shift() ?? fail(`Invalid usage: ${arg} needs a module`))
    } else if (arg.startsWith('--app=')) {
      return { preload, target: arg.slice('--app='.length) }
    } else if (!arg.startsWith('-')) {
      return { preload, target: arg }
    }
  }
  return fail('Usage: electron [options] path-to-app [arguments]')
}

const { preload, target } = readArguments(process.argv.slice(1))
if (/^https?:/.test(target)) fail(`This runtime opens apps, not addresses: ${target}`)
if (preload.length > 0) Module._preloadModules(preload)

Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true })
const appPath = path.resolve(target)
const packageJson = path.join(appPath, 'package.json')
const isPackage = fs.existsSync(packageJson)
if (isPackage) {
  let about
  try {
    about = JSON.parse(fs.readFileSync(packageJson, 'utf8'))
  } catch (error) {
    fail(`Unable to parse ${packageJson}: ${error.message}`)
  }
  if (about.version) app.setVersion(about.version)
  app.name = about.productName || about.name || app.name
  app.setDesktopName?.(about.desktopName || `${app.name}.desktop`)
  if (about.v8Flags) (await import('node:v8')).setFlagsFromString(about.v8Flags)
}
let entry
try {
  entry = Module._resolveFilename(appPath, null, true)
} catch (error) {
  fail(`Unable to find an Electron app at ${appPath}: ${error.message}`)
}
app.setAppPath(isPackage ? appPath : path.dirname(entry))
try {
  await import(pathToFileURL(entry).toString())
} catch (error) {
  console.error('App threw an error during load')
  console.error(error?.stack ?? error)
  process.exit(1)
}
