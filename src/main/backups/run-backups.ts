import { rm } from 'node:fs/promises'
import path from 'node:path'
import { app } from 'electron'
import type { VaultId } from '../../core/base/ids.ts'
import { CallError } from '../../ipc/rpc.ts'
import type { Jobs } from '../jobs.ts'
import { errorCode } from '../log.ts'
import type { Services } from '../services.ts'
import type { Known } from './backups-file.ts'
import { type OwnCommand, rehearse } from './rehearse.ts'
import { BackupSchedule } from './schedule.ts'

export type RunningBackups = {
  /** Looks for what is due as soon as nobody writes. */
  soon(): void
  /** Restores the newest archive of a vault into a temporary profile. Fails with `no-archive`, `busy`. */
  rehearse(vault: VaultId): Promise<void>
  stop(): void
}

const MONTH_MS = 30 * 24 * 60 * 60_000

/** Daily archives and the monthly rehearsal, while the app runs with windows. */
export function runBackups(services: Services, jobs: Jobs): RunningBackups {
  const { backups, registry, settings, hosts, log } = services
  let activeAt = performance.now()
  const isActive = () => {
    activeAt = performance.now()
  }
  const deaf = hosts.changed.on(isActive)
  const stopped = new AbortController()
  let isRehearsing = false

  const folder = path.join(services.profile.folder, 'rehearsal')
  // What the end of the program left of a rehearsal or a restore is a vault that no purge would reach.
  const tidied = Promise.all([backups.tidy(), rm(folder, { recursive: true, force: true })]).catch((error: unknown) =>
    log.warn('backups.not-tidied', { code: errorCode(error) }),
  )

  const tryOut = async (archive: Known, signal: AbortSignal) => {
    if (isRehearsing) throw new CallError('busy', 'A restore is being tried already.')
    isRehearsing = true
    try {
      await tidied
      const result = await rehearse({
        archive,
        own: ownCommand(),
        folder,
        missing: () => backups.missingFiles(archive.vault),
        now: Date.now,
        signal,
      })
      log.info('backup.rehearsed', { ok: result.ok, notes: result.notes })
      // The end of the app says nothing about the archive.
      if (!signal.aborted) await backups.setRehearsal(result)
    } finally {
      isRehearsing = false
    }
  }

  const afterwards = async (signal: AbortSignal, isIdle: () => boolean) => {
    for (const { id } of registry.list()) await backups.payOwed(id)
    const last = backups.rehearsal?.at ?? Number.NEGATIVE_INFINITY
    const isDue = Date.now() - last > MONTH_MS || last > Date.now()
    const vault = registry.last()
    const newest = isDue && vault && isIdle() ? await backups.newest(vault.id) : null
    if (newest) await tryOut(newest, signal)
  }

  const schedule = new BackupSchedule({
    vaults: () => registry.list().map(({ id }) => id),
    isOn: () => settings.settings.backups,
    hasSecond: () => backups.second !== null,
    isDue: (vault, place) => backups.isDue(vault, place),
    make: async (vault, place, signal) => {
      await jobs.backupBehind(vault, place, signal)
    },
    afterwards,
    idleMs: () => {
      if (!jobs.isIdle) isActive()
      return performance.now() - activeAt
    },
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    log,
  })
  return {
    soon: () => schedule.soon(),
    rehearse: async (vault) => {
      const newest = await backups.newest(vault)
      if (!newest) throw new CallError('no-archive', 'There is no archive of this vault yet.')
      await tryOut(newest, stopped.signal)
    },
    stop: () => {
      deaf()
      stopped.abort()
      schedule.stop()
    },
  }
}

/** This program, as its command line: with the flags without which it would not start on this machine. */
function ownCommand(): OwnCommand {
  const flags = ['--log-level=3']
  if (process.platform === 'linux') {
    // It needs no screen, and must not show anything.
    flags.push('--ozone-platform=headless', '--disable-gpu')
    for (const flag of ['no-sandbox', 'disable-dev-shm-usage'])
      if (app.commandLine.hasSwitch(flag)) flags.push(`--${flag}`)
  }
  const own = app.isPackaged ? [] : [app.getAppPath()]
  return { command: process.execPath, args: [...flags, ...own, '--cli'] }
}
