import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { app, dialog, protocol } from 'electron'
import { NO_WINDOW, runApp } from './app/run-app.ts'
import { readStartArguments } from './argv.ts'
import { ATTACHMENT_SCHEME } from './attachments/attachment-scheme.ts'
import { AttachmentStore } from './attachments/attachment-store.ts'
import { fetchPicture } from './attachments/fetch-picture.ts'
import { RemotePictures } from './attachments/remote-pictures.ts'
import { Backups } from './backups/backups.ts'
import { openDoor } from './cli/door.ts'
import { readDoor } from './cli/door-protocol.ts'
import { runCli } from './cli/run-cli.ts'
import { CrashReports } from './crash/reports.ts'
import { Running } from './crash/running.ts'
import { firstFrame, reportUncaught, reportUnclean, watchHosts, watchProcesses } from './crash/watch-crashes.ts'
import { Grants } from './files/grants.ts'
import { lookInThread } from './files/look-thread.ts'
import { writeInThread } from './files/write-thread.ts'
import { Hosts } from './hosts/hosts.ts'
import { removeStoresAside, setStoreAside } from './hosts/set-store-aside.ts'
import { Jobs } from './jobs.ts'
import { compactInThread } from './journal/compact-thread.ts'
import { nodeDisk } from './journal/disk.ts'
import { Keepers } from './keeper/keepers.ts'
import { errorCode, fileLogger, type Logger } from './log.ts'
import { PAGE_SCHEME } from './pages.ts'
import { guardContents } from './safety/guards.ts'
import type { Services } from './services.ts'
import { isAlive } from './store/atomic.ts'
import { type Profile, profileAt } from './store/profile.ts'
import { ownVersions, recordVersions, usedVersions, whyRefused } from './store/profile-version.ts'
import { VaultRegistry } from './store/registry.ts'
import { SettingsStore } from './store/settings.ts'

const RETRY_MS = 200
/** Who holds the profile for longer and opens no door is an app that could not open one; it was told at first. */
const PATIENCE_MS = 30_000

/** The one place where everything is put together. Electron waits for it to settle before it is ready. */
export async function start(): Promise<void> {
  protocol.registerSchemesAsPrivileged([PAGE_SCHEME, ATTACHMENT_SCHEME])
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  // Electron would quit of itself, before anything is stored.
  app.on('window-all-closed', () => {})
  const { cli, profile: chosen } = readStartArguments(process.argv, { installed: app.isPackaged })
  // npm and the wrapper script run in the checkout; where the person stands is in a variable.
  const { THROUGHLINE_CWD, INIT_CWD, npm_lifecycle_event: script } = process.env
  const cwd = THROUGHLINE_CWD ?? (script === 'throughline' ? INIT_CWD : undefined) ?? process.cwd()
  if (chosen !== null) app.setPath('userData', path.resolve(cwd, chosen))
  const profile = profileAt(app.getPath('userData'))
  const refusal = whyRefused(usedVersions(profile), ownVersions(app.getVersion()))
  if (refusal !== null) return refuse(refusal, cli !== null)
  const log = fileLogger(profile.logs)
  const crashes = new CrashReports({ folder: profile.crashes, logs: profile.logs, version: app.getVersion(), log })
  process.on('uncaughtException', (error) => {
    log.error('uncaught', { code: errorCode(error), at: firstFrame(error) })
    reportUncaught(crashes, error)
  })
  process.on('unhandledRejection', (error) => log.error('unhandled', { code: errorCode(error), at: firstFrame(error) }))

  // Nothing below is awaited: Electron becomes ready only when this function has returned.
  if (cli !== null) return runCli({ argv: cli, cwd, profile, openServices: () => openServices(profile, log, crashes) })
  if (await becomeOnly(profile)) void runWindows(profile, log, crashes)
  else app.exit(0)
}

/** Ends the process without a look at the profile: once Electron is ready, Chromium would open what lies there. */
function refuse(why: string, isCli: boolean): void {
  if (isCli) {
    process.stderr.write(`${why}\n`, () => app.exit(1))
    return
  }
  const elsewhere = mkdtempSync(path.join(app.getPath('temp'), 'throughline-'))
  app.setPath('userData', elsewhere)
  void app.whenReady().then(() => {
    dialog.showErrorBox('This profile belongs to a newer Throughline', why)
    app.on('quit', () => rmSync(elsewhere, { recursive: true, force: true }))
    app.exit(1)
  })
}

/** False where the app runs on this profile already, and has been told to show its window. */
async function becomeOnly(profile: Profile): Promise<boolean> {
  let wantsWindow = true
  for (let since = Date.now(); !app.requestSingleInstanceLock(wantsWindow ? {} : NO_WINDOW); ) {
    const door = await readDoor(profile)
    if (door?.mode === 'app' && isAlive(door.pid)) {
      if (wantsWindow) return false
      wantsWindow = true
      continue
    }
    // A command line ends soon, and then it is our turn. One that has just begun, or is about to end, has no door.
    wantsWindow = false
    if (door?.mode === 'cli') since = Date.now()
    if (Date.now() - since > PATIENCE_MS) return false
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
  return true
}

async function runWindows(profile: Profile, log: Logger, crashes: CrashReports): Promise<void> {
  const running = Running.open({ file: profile.running, version: app.getVersion(), log })
  if (running.endedUnclean) reportUnclean(crashes, running.former)
  app.on('quit', () => running.end())
  watchProcesses(app, crashes)
  try {
    const services = await openServices(profile, log, crashes)
    watchHosts(services.hosts, crashes)
    // One for windows and command lines: a vault is copied by one of them at a time.
    const jobs = new Jobs(services)
    // Nobody waits for the door before the window shows.
    const door = openDoor('app', services, jobs).catch((error: unknown) => {
      log.warn('door.not-opened', { code: errorCode(error) })
      return null
    })
    app.on('quit', () => void door.then((open) => open?.close()))
    await runApp(services, jobs, running.endedUnclean)
  } catch (error) {
    log.error('app.not-started', { code: errorCode(error) })
    const why = error instanceof Error ? error.message : 'unknown'
    dialog.showErrorBox('Throughline could not start', `The folder ${profile.folder} could not be used.\n${why}`)
    app.exit(1)
  }
}

async function openServices(profile: Profile, log: Logger, crashes: CrashReports): Promise<Services> {
  await recordVersions(profile, ownVersions(app.getVersion())).catch((error: unknown) => {
    // a full disk is no reason to keep people from their notes
    log.warn('profile.not-recorded', { code: errorCode(error) })
  })
  const [registry, settings] = await Promise.all([
    VaultRegistry.open(profile, log),
    SettingsStore.open(profile.settings, log),
    app.whenReady(),
  ])
  const here = import.meta.dirname
  const pages = path.join(here, '../renderer')
  const preload = path.join(here, '../preload/index.cjs')
  const resources = app.isPackaged ? process.resourcesPath : path.join(app.getAppPath(), 'resources')
  const compact = compactInThread(path.join(here, 'compact-worker.js'))
  const keepers = new Keepers({ profile, log, disk: nodeDisk, compact })
  keepers.stores = {
    setAside: (id) => setStoreAside(profile, id, Date.now()),
    remove: (id) => removeStoresAside(profile, id),
  }
  const hosts = new Hosts({ pages, preload, log, keepers })
  const attachments = new AttachmentStore(profile)
  const remotePictures = new RemotePictures(fetchPicture)
  const version = app.getVersion()
  const backups = await Backups.open({ profile, registry, hosts, keepers, attachments, log, version })
  keepers.purgeArchives = (vault, ids) => backups.purge(vault, ids)
  return {
    profile,
    log,
    registry,
    settings,
    hosts,
    keepers,
    attachments,
    remotePictures,
    backups,
    grants: new Grants(),
    look: lookInThread(path.join(here, 'look-worker.js')),
    write: writeInThread(path.join(here, 'write-worker.js')),
    crashes,
    pages,
    preload,
    starter: path.join(resources, 'starter-vault'),
    version,
  }
}
