import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { FirstRunPage } from '../pages/first-run.ts'
import { HistoryPage } from '../pages/history.ts'
import { NotePage } from '../pages/note.ts'
import { Shell } from '../pages/shell.ts'
import { cliJson } from '../support/cli.ts'
import { expect, test } from '../support/fixtures.ts'
import { randomOf, rounds, timeLimit } from './amounts.ts'
import { vaultFolder } from './ground.ts'
import { report } from './results.ts'

const YEARS = 10
const MS_A_YEAR = 365.25 * 86_400_000
const hook = path.join(import.meta.dirname, 'clock.cjs')

test('a clock that jumps by ten years and back: nothing is lost, no version and no archive goes for it', async ({
  launchApp,
  profile,
}) => {
  const count = rounds({ short: 1, full: 20 })
  test.setTimeout(timeLimit(count, 60_000))
  const random = randomOf('clock')
  const first = await launchApp()
  await new FirstRunPage(first.window).emptyDoor.click()
  const shell = new Shell(first.window)
  await shell.ready()
  await shell.press('Mod+n')
  await new NotePage(first.window).write('Clock', 'At first.')
  await shell.command('Keep this version under a name')
  await new HistoryPage(first.window).keepAs('Named at first')
  await first.electron.close()
  const { path: archive } = await cliJson<{ path: string }>(profile, 'backup')
  let text = 'At first.'
  let lost = 0
  const versions = path.join(await vaultFolder(profile), 'versions')
  for (let round = 0; round < count; round++) {
    const offset = (round % 2 === 0 ? 1 : -1) * YEARS * MS_A_YEAR
    const kept = await readdir(versions)
    const app = await launchApp({
      flags: ['--require', hook],
      env: { THROUGHLINE_CLOCK_OFFSET: String(offset) },
    })
    await new Shell(app.window).ready()
    const year = new Date(Date.now() + offset).getFullYear()
    expect(await app.window.evaluate(() => new Date().getFullYear()), 'the page’s clock is off').toBe(year)
    expect(await app.electron.evaluate(() => new Date().getFullYear()), 'main’s clock is off').toBe(year)
    const note = new NotePage(app.window)
    await expect(note.text).toContainText(text)
    await note.text.click()
    await app.window.keyboard.press('Control+End')
    const words = ` In ${year}, ${random.below(1e6)}.`
    await app.window.keyboard.type(words)
    text += words
    await app.electron.close()

    const wrong: string[] = []
    const { markdown } = await cliJson<{ markdown: string }>(profile, 'show', 'Clock')
    if (markdown.replace(/^---\n.*?\n---\n/s, '').trim() !== text)
      wrong.push('the note does not read as it was written')
    for (const name of kept) if (!(await readdir(versions)).includes(name)) wrong.push('a file of versions is gone')
    if (!(await readdir(path.dirname(archive))).includes(path.basename(archive))) wrong.push('the archive is gone')
    const again = await launchApp()
    await new Shell(again.window).ready()
    await new Shell(again.window).command('Versions of this note')
    const isThere = await new HistoryPage(again.window)
      .version(/^Named at first/)
      .waitFor()
      .then(() => true)
      .catch(() => false)
    if (!isThere) wrong.push('the named version is gone')
    await again.electron.close()
    if (wrong.length > 0) {
      lost++
      console.log(`wrong: ${wrong.join('; ')}`)
    }
  }
  const note = 'Date of main, pages and workers shifted by ten years, forward and back in turn'
  await report({ row: 'clock off by ten years', rounds: count, lost, notOpened: 0, told: null, note })
  expect(lost).toBe(0)
})
