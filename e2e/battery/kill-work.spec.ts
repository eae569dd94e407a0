import { mkdtemp, readdir } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Shell } from '../pages/shell.ts'
import { cli, cliJson, startCli } from '../support/cli.ts'
import { expect, test } from '../support/fixtures.ts'
import { hashes } from '../support/shared.ts'
import { isFull, randomOf, rounds, timeLimit } from './amounts.ts'
import {
  compareWithExport,
  copyProfile,
  countEverywhere,
  deleteStore,
  difference,
  makeModel,
  readTree,
  remove,
  vaultFolder,
  withFolder,
  writeModel,
} from './ground.ts'
import type { Random } from './random.ts'
import { report } from './results.ts'

const NOTES = isFull ? 600 : 150
const SHORT_MS = 400
const AMOUNT = { short: 1, full: 25 }
const model = makeModel(NOTES, randomOf('notes'))

type Row = { id: string; path: string }

/** ms from its first word to its end: kills fall somewhere in it. In the short form it is not worth a run to measure. */
async function measure(profile: string, args: readonly string[]): Promise<number> {
  if (!isFull) return SHORT_MS
  let first = 0
  const { done } = startCli(profile, args, () => {
    first ||= performance.now()
  })
  const { code, stderr } = await done
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${stderr.slice(-300)}`)
  return performance.now() - first
}

/** Kills a command line somewhere after its first word; false where it was done before. */
async function killSomewhere(profile: string, args: readonly string[], ms: number, random: Random): Promise<boolean> {
  const wait = random.between(0, ms)
  let timer: NodeJS.Timeout | undefined
  const { child, done } = startCli(profile, args, () => {
    timer ??= setTimeout(() => child.kill('SIGKILL'), wait)
  })
  const { code } = await done
  clearTimeout(timer)
  return code !== 0
}

/** A profile that holds the notes of the model; made once. */
let shared = ''

test.beforeAll(async () => {
  test.setTimeout(120_000)
  shared = await mkdtemp(path.join(os.tmpdir(), 'throughline-battery-'))
  await writeModel(path.join(shared, 'source'), model)
  await cliJson(path.join(shared, 'base'), 'import', path.join(shared, 'source'))
})
test.afterAll(() => remove(shared))

/** A profile as the shared one, for one test. */
async function withBase(run: (base: { folder: string; profile: string }) => Promise<void>) {
  await withFolder(async (folder) => {
    const profile = path.join(folder, 'base')
    await copyProfile(path.join(shared, 'base'), profile)
    await run({ folder, profile })
  })
}

const temporary = (files: Iterable<string>) =>
  [...files].filter((name) => path.basename(name).startsWith('.throughline-'))

/** Counts the rounds that went wrong, and prints what did. */
class Tally {
  wrong = 0
  reached = 0

  round(killed: boolean, found: readonly string[]): void {
    if (killed) this.reached++
    if (found.length === 0) return
    this.wrong++
    console.log(`wrong: ${found.slice(0, 5).join('; ')}${found.length > 5 ? ` and ${found.length - 5} more` : ''}`)
  }

  async report(row: string, rounds: number): Promise<void> {
    const note = `${this.reached} killed before the end`
    await report({ row, rounds, lost: this.wrong, notOpened: 0, told: null, note })
    expect(this.wrong).toBe(0)
  }
}

test('kill -9 in the middle of an import: it goes on and is whole, and its source is untouched', async () => {
  const count = rounds(AMOUNT)
  test.setTimeout(timeLimit(count, 60_000))
  const random = randomOf('kill import')
  const tally = new Tally()
  await withFolder(async (folder) => {
    const [source, profile] = [path.join(folder, 'source'), path.join(folder, 'profile')]
    await writeModel(source, model)
    const before = await hashes(source)
    const ms = await measure(profile, ['import', source])
    for (let round = 0; round < count; round++) {
      await remove(profile)
      const killed = await killSomewhere(profile, ['import', source], ms, random)
      const found: string[] = []
      const listed = killed && isFull ? await cli(profile, 'list') : null
      const some = listed?.code === 0 ? (JSON.parse(listed.stdout) as Row[]) : []
      const report = await cliJson<{ notes: number }>(profile, 'import', source)
      if (report.notes !== NOTES) found.push(`${report.notes} notes for ${NOTES}`)
      const all = listed ? await cliJson<Row[]>(profile, 'list') : []
      const ids = new Map(all.map((note) => [note.path, note.id]))
      for (const { path: at, id } of some) if (ids.get(at) !== id) found.push(`${at} was made twice`)
      found.push(...(await compareWithExport(profile, model)), ...difference(before, await hashes(source)))
      tally.round(killed, found)
    }
  })
  await tally.report('kill -9 during import', count)
})

test('kill -9 in the middle of an export: no half file, and the next one completes it', async () => {
  const count = rounds(AMOUNT)
  test.setTimeout(timeLimit(count, 40_000))
  const random = randomOf('kill export')
  const tally = new Tally()
  await withBase(async ({ folder, profile }) => {
    const ms = await measure(profile, ['export', path.join(folder, 'clean')])
    for (let round = 0; round < count; round++) {
      const target = path.join(folder, 'out')
      await remove(target)
      const killed = await killSomewhere(profile, ['export', target], ms, random)
      const half = await readTree(target).catch(() => new Map<string, string>())
      for (const name of temporary(half.keys())) half.delete(name)
      const found = difference(model, half).filter((one) => !one.endsWith('is missing'))
      const again = await cli(profile, 'export', target)
      if (again.code !== 0) found.push(`the next export ended with ${again.code}: ${again.stderr.slice(-200)}`)
      found.push(...difference(model, await readTree(target)))
      tally.round(killed, found)
    }
  })
  await tally.report('kill -9 during export', count)
})

test('kill -9 in the middle of a compaction of the journal: the journal alone gives everything back', async () => {
  const count = rounds(AMOUNT)
  test.setTimeout(timeLimit(count, 60_000))
  const random = randomOf('kill compaction')
  const tally = new Tally()
  await withBase(async ({ folder, profile: base }) => {
    const profile = path.join(folder, 'profile')
    const archive = path.join(folder, 'notes.throughline')
    await copyProfile(base, profile)
    // An archive begins with a compaction; its own file is written after that.
    const ms = await measure(profile, ['backup', archive])
    for (let round = 0; round < count; round++) {
      await copyProfile(base, profile)
      await remove(archive)
      const wait = random.between(0, ms * 0.7)
      const found: string[] = []
      const journal = path.join(await vaultFolder(profile), 'journal')
      const { child, done } = startCli(profile, ['backup', archive])
      const killed = await killAtChange(journal, wait, () => child.kill('SIGKILL'), done)
      await deleteStore(profile)
      found.push(...(await compareWithExport(profile, model)))
      await cliJson(profile, 'backup', archive)
      const left = temporary(await readdir(folder))
      if (left.length > 0) found.push(`${left.join(', ')} was left`)
      await deleteStore(profile)
      if ((await countEverywhere(profile)) !== NOTES)
        found.push('after the next compaction search does not find every note')
      tally.round(killed, found)
    }
  })
  await tally.report('kill -9 during compaction', count)
})

/** Kills so many ms after something in `folder` has changed; false where the command had ended before. */
async function killAtChange(
  folder: string,
  wait: number,
  kill: () => void,
  done: Promise<{ code: number }>,
): Promise<boolean> {
  const names = async () => (await readdir(folder).catch(() => [])).sort().join()
  const before = await names()
  let ended = false
  const code = done.then((run) => {
    ended = true
    return run.code
  })
  while (!ended && (await names()) === before) await new Promise((resolve) => setTimeout(resolve, 5))
  const timer = setTimeout(kill, wait)
  const result = await code
  clearTimeout(timer)
  return result !== 0
}

test('kill -9 while an older vault gets its journal: nothing is lost, and it goes on at the next start', async ({
  launchApp,
}) => {
  const count = rounds(AMOUNT)
  test.setTimeout(timeLimit(count, 60_000))
  const random = randomOf('kill migration')
  const tally = new Tally()
  await withBase(async ({ folder, profile: base }) => {
    const profile = path.join(folder, 'profile')
    for (let round = 0; round < count; round++) {
      await copyProfile(base, profile)
      const journal = path.join(await vaultFolder(profile), 'journal')
      await remove(journal)
      // `check` opens every note, which keeps the vault open while its journal is written.
      const { child, done } = startCli(profile, ['check'])
      const killed = await killAtChange(journal, random.between(0, 400), () => child.kill('SIGKILL'), done)
      const found = isFull ? await compareWithExport(profile, model) : []
      const app = await launchApp({ profile })
      await new Shell(app.window).ready()
      await settled(journal)
      await app.electron.close()
      await deleteStore(profile)
      found.push(...(await compareWithExport(profile, model)))
      tally.round(killed, found)
    }
  })
  await tally.report('kill -9 during migration', count)
})

/** Waits until nothing more is written into a folder. */
async function settled(folder: string): Promise<void> {
  const state = async () => JSON.stringify([...(await hashes(folder).catch(() => new Map()))])
  for (let [last, same] = ['', 0]; same < 4; await new Promise((resolve) => setTimeout(resolve, 250))) {
    const now = await state()
    same = now === last ? same + 1 : 0
    last = now
  }
}

test('kill -9 in the middle of a restore: no vault or a whole one', async () => {
  const count = rounds(AMOUNT)
  test.setTimeout(timeLimit(count, 60_000))
  const random = randomOf('kill restore')
  const tally = new Tally()
  await withBase(async ({ folder, profile: base }) => {
    const [profile, archive] = [path.join(folder, 'profile'), path.join(folder, 'notes.throughline')]
    await cliJson(base, 'backup', archive)
    const ms = await measure(profile, ['restore', archive])
    for (let round = 0; round < count; round++) {
      await remove(profile)
      const killed = await killSomewhere(profile, ['restore', archive], ms, random)
      const found: string[] = []
      const vaults = await cliJson<{ name: string; id: string }[]>(profile, 'vaults')
      if (vaults.length > 1) found.push(`${vaults.length} vaults`)
      for (const { id } of vaults) found.push(...(await compareWithExport(profile, model, '--vault', id)))
      const again = await cliJson<{ notes: number; verified: boolean; vault: string }>(profile, 'restore', archive)
      if (again.notes !== NOTES || !again.verified) found.push(`the next restore: ${JSON.stringify(again)}`)
      found.push(...(await compareWithExport(profile, model, '--vault', again.vault)))
      const folders = await readdir(path.join(profile, 'vaults'))
      if (folders.length !== vaults.length + 1) found.push(`${folders.length} folders of ${vaults.length + 1} vaults`)
      tally.round(killed, found)
    }
  })
  await tally.report('kill -9 during restore', count)
})
