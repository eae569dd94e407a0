import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { controlFile, readOptions } from '../packaging/fpm-deb.mjs'
import { isAlive, removeLeftovers, withLock } from './lock.mjs'
import { installCommand } from './machine.mjs'
import { isInstalled } from './npm-packages.mjs'
import { exitCode, run } from './run.mjs'
import { addCounts, readPlaywright, readVitest } from './test-counts.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'lib-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** An id that no process has: that of one which has just ended. */
const deadPid = () => Number(spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout)

describe('withLock', () => {
  it('lets one at a time through', async () => {
    const lock = path.join(folder, 'lock')
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside--
    }
    await Promise.all([withLock(lock, work), withLock(lock, work), withLock(lock, work)])
    expect(most).toBe(1)
    expect(existsSync(lock)).toBe(false)
  })

  it('takes over from a process that has died', async () => {
    const lock = path.join(folder, 'lock')
    mkdirSync(lock)
    writeFileSync(path.join(lock, 'pid'), String(deadPid()))
    expect(await withLock(lock, async () => 'done')).toBe('done')
  })

  it('opens again after an error', async () => {
    const lock = path.join(folder, 'lock')
    await expect(withLock(lock, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await withLock(lock, async () => 'done')).toBe('done')
  })
})

it('removeLeftovers takes what dead processes left, and nothing else', async () => {
  const [left, own, other] = [`a.tmp-${deadPid()}`, `a.tmp-${process.pid}`, 'a.tmp-file']
  for (const name of [left, own, other]) mkdirSync(path.join(folder, name))
  await removeLeftovers(folder)
  expect([left, own, other].map((name) => existsSync(path.join(folder, name)))).toEqual([false, true, true])
})

describe('isInstalled', () => {
  const wanted = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } }
  const optional = { packages: { ...wanted.packages, 'node_modules/b': { version: '1.0.0', optional: true } } }

  it('asks for every package in its version', () => {
    expect(isInstalled(wanted, undefined)).toBe(false)
    expect(isInstalled(wanted, { packages: {} })).toBe(false)
    expect(isInstalled(wanted, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe(false)
    expect(isInstalled(wanted, { packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/z': {} } })).toBe(
      true,
    )
  })

  it('does without what other platforms need', () => {
    expect(isInstalled(optional, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true)
  })
})

describe('installCommand', () => {
  const only =
    (...names: string[]) =>
    (name: string) =>
      names.includes(name)

  it('is one that can be pasted', () => {
    expect(installCommand(['libgtk-3.so.0'], false, only('apt-get'))).toMatch(/sudo apt-get .*libgtk-3-0 .*xvfb/)
    expect(installCommand(['libgtk-3.so.0'], false, only('dnf'))).toBe(
      `Run:\n  sudo dnf install 'libgtk-3.so.0()(64bit)' xorg-x11-server-Xvfb`,
    )
    expect(installCommand(['libgtk-3.so.0'], true, only('zypper'))).toBe(
      `Run:\n  sudo zypper install 'libgtk-3.so.0()(64bit)'`,
    )
    expect(installCommand([], false, only('pacman'))).toContain('sudo pacman -S')
    expect(installCommand([], false, only())).toContain('package manager')
  })
})

describe('run', () => {
  it('answers with the exit code', () => {
    expect(run(process.execPath, ['-e', 'process.exit(3)'])).toBe(3)
  })

  it('says a signal as a shell would', () => {
    expect(exitCode(null, 'SIGKILL')).toBe(137)
    expect(exitCode(0, null)).toBe(0)
    expect(exitCode(null, null, 127)).toBe(127)
  })
})

it('counts tests over both runners', () => {
  const unit = readVitest({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 })
  const e2e = readPlaywright({ stats: { expected: 2, flaky: 1, unexpected: 1, skipped: 1 } })
  expect(addCounts(unit, e2e)).toEqual({ passed: 8, failed: 2, skipped: 4 })
  expect(addCounts(readVitest(undefined), readPlaywright(undefined))).toEqual({ passed: 0, failed: 0, skipped: 0 })
})

it('fpm-deb writes the fields that Debian asks for', () => {
  const argv = ['-s', 'dir', '-t', 'deb', '--name', 'app', '--version', '1.0', '--architecture', 'amd64', '-d', 'a']
  const options = readOptions([...argv, '-d', 'b', '--force', '--description', 'Short\n long\n\n more', 'from/=to/'])
  expect(options.files).toEqual(['from/=to/'])
  expect(controlFile(options, 12).split('\n')).toEqual([
    'Package: app',
    'Version: 1.0',
    'Architecture: amd64',
    'Installed-Size: 12',
    'Depends: a, b',
    'Section: default',
    'Priority: optional',
    'Description: Short',
    ' long',
    ' .',
    ' more',
    '',
  ])
})

describe('runToEnd', () => {
  const child = 'console.log(process.pid); setInterval(() => {}, 1000)'
  const wrapper = `import { runToEnd } from ${JSON.stringify(new URL('./child.mjs', import.meta.url).href)}
    process.exitCode = await runToEnd(process.execPath, ['-e', ${JSON.stringify(child)}], process.env)`

  /** Starts the wrapper, and answers once its child runs. */
  async function start(env: Record<string, string>) {
    const script = path.join(folder, 'wrapper.mjs')
    writeFileSync(script, wrapper)
    const wrapped = spawn(process.execPath, [script], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(wrapped.stdout, 'data')
    return { wrapped, pid: Number(String(line)), ended: once(wrapped, 'exit') }
  }

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('passes %s on, and says so by its exit code', async (signal) => {
    const { wrapped, pid, ended } = await start({})
    wrapped.kill(signal)
    expect(await ended).toEqual([exitCode(null, signal), null])
    expect(isAlive(pid)).toBe(false)
  })

  it.skipIf(process.platform !== 'linux')('takes the child with it when it is killed', async () => {
    const { wrapped, pid, ended } = await start({})
    wrapped.kill('SIGKILL')
    await ended
    // an orphan that has ended stays in the list until init reaps it, as Z
    const state = () => existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0]
    await vi.waitFor(() => expect([false, 'Z']).toContain(state()), { timeout: 5000 })
  })
})
