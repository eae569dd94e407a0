import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { Shell } from '../pages/shell.ts'
import { cli, cliJson } from '../support/cli.ts'
import { expect, test } from '../support/fixtures.ts'
import { callPort } from '../support/ports.ts'
import { hashes } from '../support/shared.ts'
import { isFull, randomOf, rounds, timeLimit } from './amounts.ts'
import { DAMAGES, type Damage, hurt, storeAndTornJournal, wholeJournal, wholeStore } from './damages.ts'
import {
  compareWithExport,
  copyProfile,
  countEverywhere,
  difference,
  type Model,
  makeModel,
  remove,
  withFolder,
  writeModel,
} from './ground.ts'
import { report } from './results.ts'

const NOTES = isFull ? 500 : 60
/** Added to some notes after the snapshot and the archive: in the store and in the journal's last segment. */
const LATER = 'Added after the archive was made.'
/** Added last of all: the only words that a torn end of the journal may cost. */
const LAST = 'The last words.'

type Base = { folder: string; profile: string; archive: string; model: Model; archived: Model }

let shared = ''
const archived = makeModel(NOTES, randomOf('notes'), isFull ? 100 : 3)
const expected = new Map(archived)

/** A vault with a snapshot, a segment behind it, versions and an archive; what it holds, from outside. Made once. */
test.beforeAll(async () => {
  test.setTimeout(240_000)
  shared = await mkdtemp(path.join(os.tmpdir(), 'throughline-battery-'))
  const [source, profile] = [path.join(shared, 'source'), path.join(shared, 'base')]
  await writeModel(source, archived)
  await cliJson(profile, 'import', source)
  await cliJson(profile, 'backup', path.join(shared, 'notes.throughline'))
  const add = async (name: string, words: string) => {
    const file = path.join(shared, 'words.md')
    await writeFile(file, words)
    await cliJson(profile, 'append', name, '--markdown', file)
    expected.set(name, `${expected.get(name)?.trimEnd()}\n\n${words}\n`)
  }
  const names = [...archived.keys()]
  await add(names[1] ?? '', LATER)
  await add(names[2] ?? '', LAST)
  expect(await compareWithExport(profile, expected), 'the model is what the vault holds').toEqual([])
})
test.afterAll(() => remove(shared))

async function withBase(run: (base: Base) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    const [profile, archive] = [path.join(folder, 'base'), path.join(shared, 'notes.throughline')]
    await copyProfile(path.join(shared, 'base'), profile)
    await run({ folder, profile, archive, model: expected, archived })
  })
}

/** What the window says above its notes; waits for it where something must be said. */
async function notices(window: Page, mustBe: boolean): Promise<string> {
  const strip = window.locator('.notice-strip')
  if (mustBe)
    await strip
      .first()
      .waitFor()
      .catch(() => {})
  return (await strip.allInnerTexts()).join(' ')
}

/** Without what may be missing: the end of one note, where the journal's end was torn as well. */
function forgiven(wrong: readonly string[], { left }: Damage): string[] {
  return wrong.filter((one) => left === 'all' || !/Note 2\.md differs/.test(one))
}

test('files of store, index, journal, versions and lists are damaged: everything that is anywhere is there again', async ({
  launchApp,
}) => {
  const count = rounds({ short: 3, full: 50 })
  test.setTimeout(timeLimit(count, 60_000))
  const random = randomOf('damage')
  await withBase(async ({ folder, profile: base, model }) => {
    const profile = path.join(folder, 'profile')
    const drawn = [storeAndTornJournal, ...random.some(DAMAGES, DAMAGES.length)]
    const result = { lost: 0, notOpened: 0, told: 0 }
    const times: number[] = []
    let turn = 0
    for (let round = 0; round < count; round++) {
      await copyProfile(base, profile)
      const again = turn >= drawn.length
      let [first, what] = [wholeStore, null as string | null]
      // What this profile has nothing of is passed over.
      while (what === null) {
        first = drawn[turn++ % drawn.length] ?? wholeStore
        what = await first.apply(profile, random)
      }
      const hit = [`${first.name}: ${what}`]
      // Two at once in a second turn: the store, and something that is not the journal.
      if (again && !/journal|store/.test(first.name)) hit.push(`and ${await wholeStore.apply(profile, random)}`)
      const started = performance.now()
      const app = await launchApp({ profile })
      const opened = await new Shell(app.window)
        .ready()
        .then(() => true)
        .catch(() => false)
      times.push(performance.now() - started)
      const wrong: string[] = []
      let said = ''
      if (opened) {
        // An index that is made anew says so meanwhile; here it has to have come to its end.
        const listed = () => callPort<unknown[]>(app.window, 'index', 'list', {}).then(({ length }) => length)
        await expect
          .poll(listed, { timeout: 20_000 })
          .toBe(NOTES)
          .catch(async () => {
            wrong.push(`the window lists ${await listed()} of ${NOTES} notes`)
          })
        said = await notices(app.window, first.mustTell)
      } else {
        result.notOpened++
        wrong.push('it does not open')
      }
      await app.electron.close()
      wrong.push(...forgiven(await compareWithExport(profile, model), first))
      const total = await countEverywhere(profile).catch(() => -1)
      if (total !== NOTES) wrong.push(`search finds ${total} of ${NOTES}`)
      if (said !== '') result.told++
      else if (first.mustTell) wrong.push('nobody was told')
      if (wrong.length > 0) result.lost++
      console.log(`${hit.join(' ')}: ${wrong.length === 0 ? 'all there' : wrong.slice(0, 4).join('; ')}. ${said}`)
    }
    await report({ row: 'damaged files', rounds: count, ...result, times })
    expect(result.lost).toBe(0)
  })
})

test('store and journal are both lost: nobody is shown an empty vault without a word, and the archive restores it', async ({
  launchApp,
}) => {
  test.setTimeout(240_000)
  const random = randomOf('third wall')
  await withBase(async ({ profile, archive, archived }) => {
    await wholeStore.apply(profile, random)
    await wholeJournal.apply(profile, random)
    const app = await launchApp({ profile })
    await new Shell(app.window).ready()
    const said = await notices(app.window, true)
    console.log(`store and journal deleted: ${said}`)
    await app.electron.close()
    const restored = await cliJson<{ notes: number; verified: boolean; vault: string }>(profile, 'restore', archive)
    expect(restored).toMatchObject({ notes: NOTES, verified: true })
    expect(await compareWithExport(profile, archived, '--vault', restored.vault)).toEqual([])
    await report({
      row: 'store and journal lost, restored from the archive',
      rounds: 1,
      lost: 0,
      notOpened: 0,
      told: said === '' ? 0 : 1,
    })
    expect(said, 'never silently empty').not.toBe('')
  })
})

test('a damaged archive is refused in words and leaves no vault; a profile of a newer Chromium is not touched', async () => {
  const count = rounds({ short: 2, full: 20 })
  test.setTimeout(timeLimit(count, 20_000))
  const random = randomOf('archive')
  await withBase(async ({ folder, profile, archive, archived }) => {
    const bytes = await readFile(archive)
    const file = path.join(folder, 'damaged.throughline')
    const other = path.join(folder, 'other')
    const result = { lost: 0, told: 0 }
    for (let round = 0; round < count; round++) {
      await writeFile(file, bytes)
      const way = random.of(['truncated', 'garbled', 'zeroed'] as const)
      await hurt(file, way, random)
      await rm(other, { recursive: true, force: true })
      const { code, stderr, stdout } = await cli(other, 'restore', file)
      const vaults = await cliJson<{ id: string }[]>(other, 'vaults')
      const folders = await readdir(path.join(other, 'vaults')).catch(() => [])
      // Damage may lie where nothing is restored from: then what was restored must be whole.
      const whole = code === 0 ? await compareWithExport(other, archived, '--vault', JSON.parse(stdout).vault) : []
      const isRefused = code === 1 && vaults.length === 0 && folders.length === 0 && /\w+ \w+ .*\./.test(stderr)
      if (isRefused) result.told++
      else if (code !== 0 || whole.length > 0) result.lost++
      console.log(
        `archive ${way}: ${code === 0 ? `restored, ${whole.length} wrong` : stderr.trim().split('\n').at(-1)}`,
      )
    }
    await report({ row: 'damaged archives', rounds: count, lost: result.lost, notOpened: 0, told: result.told })
    expect(result.lost).toBe(0)

    await writeFile(path.join(profile, 'profile.json'), JSON.stringify({ chromium: 999, throughline: '99.0.0' }))
    const before = await hashes(profile)
    const refused = await cli(profile, 'list')
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('Chromium 999')
    expect(difference(before, await hashes(profile)), 'nothing was touched').toEqual([])
    await report({ row: 'profile of a newer Chromium', rounds: 1, lost: 0, notOpened: 0, told: 1 })
  })
})
