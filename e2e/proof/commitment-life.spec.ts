import path from 'node:path'
import type { Page } from '@playwright/test'
import { CommitmentPage } from '../pages/commitment.ts'
import { FirstRunPage } from '../pages/first-run.ts'
import { NotePage } from '../pages/note.ts'
import { Shell } from '../pages/shell.ts'
import { cliJson } from '../support/cli.ts'
import { day } from '../support/commitment-notes.ts'
import { answerFolderDialog } from '../support/dialogs.ts'
import { expect, test } from '../support/fixtures.ts'
import { readFiles, writeFiles } from '../support/folders.ts'
import { callPort } from '../support/ports.ts'
import { verbJson } from '../support/verb.ts'

// PRODUCT.md, "Commitments" and "Evidence": one life of a commitment, on two computers of one person and as files.

const ESSAY = 'Small undo beats big plans'
const FIRST = 'The week of five branches'
const SECOND = 'The Friday hotfix'
const TRIAL = 'Ship one table a day'
const DUE = 'One intake for platform asks'
const NEXT = 'One intake on Mondays'
const LIST = 'Publish the meeting list'
const HERE = 'Write the example first'
const THERE = 'Pair on incident reviews too'

/** What was begun before Throughline: a review that is due since ${day(-4)}, one in progress, two that are considered. */
const BEFORE = {
  [`Commitments/${DUE}.md`]: `---\nkind: commitment\ndue: ${day(40)}\nreview_every: 2w\npivot_if: Somebody asks in a corridor.\n---\n\nOne door for all that is asked of platform.\n\n## Log\n\n- ${day(-18)}, opened, Ana: Until spring.\n- ${day(-9)}, saw, Ana: Eleven came in, two by the door.\n`,
  [`Commitments/${LIST}.md`]: `---\nkind: commitment\n---\n\nIt is written anyway.\n\n## Log\n\n- ${day(-5)}, opened, Ana: A month.\n`,
  [`Commitments/${HERE}.md`]: '---\nkind: commitment\n---\n\nFor a month every essay begins with one.\n',
  [`Commitments/${THERE}.md`]: '---\nkind: commitment\n---\n\nFour incidents, two chairs.\n',
}

type Row = { id: string; title: string; status: string; log: number }
type Titled = readonly [title: string, status: string, entries: number]

/** What the command line says of every commitment, by title. */
const byTitle = (rows: readonly Row[]): Titled[] =>
  rows.map(({ title, status, log }): Titled => [title, status, log]).sort(([a], [b]) => (a < b ? -1 : 1))

const idOf = async (page: Page, title: string): Promise<string> =>
  (await callPort<{ id: string }>(page, 'vault', 'find', { name: title })).id

/** Notes from a folder, through the first run's door. */
async function takeIn(electron: Parameters<typeof answerFolderDialog>[0], window: Page, folder: string): Promise<void> {
  const shell = new Shell(window)
  await answerFolderDialog(electron, folder)
  await new FirstRunPage(window).folderDoor.click()
  await shell
    .dialog(/^Copy in/)
    .getByRole('button', { name: /^Copy \d+ notes/ })
    .click()
  await shell
    .dialog(/is in$/)
    .getByRole('button', { name: 'Open it' })
    .click()
  await shell.ready()
}

/** Ends the commitment that is open in one sentence, without evidence. */
async function end(it: CommitmentPage, how: RegExp, said: string, button: string): Promise<void> {
  await it.act(how)
  await it.seen.fill(said)
  await it.page.getByRole('checkbox', { name: 'No evidence' }).check()
  await it.button(button).press('Enter')
}

test('a commitment’s whole life: written, tried, reviewed, drifted from, decided on two computers, and the same as files', async ({
  profile,
  folder,
  launchApp,
}) => {
  test.setTimeout(180_000)
  const at = (name: string) => path.join(folder, name)
  const other = at('second profile')
  const third = at('third profile')
  await writeFiles(at('Platform'), BEFORE)

  const desk = await launchApp()
  const { window } = desk
  const shell = new Shell(window)
  const note = new NotePage(window)
  const it = new CommitmentPage(window)
  const { keyboard } = window
  await takeIn(desk.electron, window, at('Platform'))

  await test.step('an essay is written, and an example told from it', async () => {
    await shell.command('New essay')
    await note.begin(ESSAY)
    await keyboard.type('Plans age faster than code.\n')
    await keyboard.type('## What it costs\n')
    await keyboard.type('A careful change can be taken back in a day.')
    await shell.row('Evidence').click()
    await shell.main.getByRole('button', { name: `Tell one: ${ESSAY}` }).click()
    await note.begin(FIRST)
    await keyboard.press('Control+End')
    await keyboard.type('\n## What happened\n')
    await keyboard.type('Five branches, and none could be undone.')
    await shell.open(ESSAY)
    await expect(shell.group('Illustrated by')).toContainText(FIRST)
  })

  await test.step('a second example starts from the first, and challenges it', async () => {
    await shell.open(FIRST)
    await shell.command('Start from this note')
    await note.begin(SECOND)
    await expect(it.page.getByText(`Started from ${FIRST}`)).toBeVisible()
    await expect(note.text.getByRole('heading', { name: 'What happened' })).toBeVisible()
    await expect(note.text).not.toContainText('none could be undone')
    await keyboard.press('Control+End')
    await keyboard.type('\nIt was undone in a minute and the money was gone.\n')
    await keyboard.type('chal::')
    await expect(window.getByRole('listbox', { name: 'Relations' })).toBeVisible()
    await keyboard.press('Enter')
    await keyboard.type('small undo')
    await expect(window.getByRole('listbox', { name: 'Links' }).getByRole('option').first()).toContainText(ESSAY)
    await keyboard.press('Enter')
    await shell.open(ESSAY)
    await expect(shell.group('Challenged by')).toContainText(SECOND)
    await shell.open(FIRST)
    await expect(shell.group('Source of')).toContainText(SECOND)
  })

  await test.step('a commitment that rests on a passage of the essay and on an example', async () => {
    await shell.command('New commitment')
    await note.write(TRIAL, 'One table a day, by two people.\nrests_on:: [[small undo#what')
    await expect(window.getByRole('listbox', { name: `Headings in ${ESSAY}` })).toBeVisible()
    await keyboard.press('Enter')
    await it.proceedIf.fill('Four of five need no second day.')
    await it.proceedIf.press('Enter')
    await it.page.getByRole('textbox', { name: 'Marks wanted, proceed if' }).fill('4')
    await keyboard.press('Enter')
    await it.pivotIf.fill('One cannot be taken back by its evening.')
    await it.pivotIf.press('Tab')
    await it.fact('Review').press('Enter')
    await window.getByRole('spinbutton', { name: 'Reviewed every' }).fill('2')
    await window.getByRole('button', { name: 'Set' }).press('Enter')
    await it.context.getByRole('radio', { name: 'Two teams', exact: true }).check()
    await it.button(/^(What else does it rest on|Which example is this from)\?/).press('Enter')
    await window.getByRole('combobox', { name: 'Search for what it rests on' }).pressSequentially('five br')
    await expect(window.getByRole('option', { name: new RegExp(FIRST) })).toHaveAttribute('aria-selected', 'true')
    await keyboard.press('Enter')
    await expect(it.ground(FIRST)).toContainText('an example')
    await expect(it.ground(ESSAY)).toContainText('the argument')
  })

  const who = (page: Page) => page.getByRole('textbox', { name: 'Who is writing?' })
  await test.step('who writes is asked once; it is opened, and what is seen counts', async () => {
    await it.button('Invite somebody').press('Enter')
    await keyboard.type('Jonas Lind')
    await keyboard.press('Enter')
    await who(window).fill('Ana')
    await keyboard.press('Enter')
    await expect(it.page.getByRole('region', { name: /^Whose/ })).toContainText('Jonas Lindinvited, has not answered')
    await it.page.getByRole('textbox', { name: /^In a sentence/ }).fill('Two people, one month.')
    await it.button('Open it').press('Enter')
    await it.reads('In progress')
    await expect(it.entry('Two people, one month.')).toContainText('Today, opened')
    await expect(it.fact('Review')).toContainText('the first')
    await it.seen.fill('Payees took one day.')
    await it.button(/^Kind of entry/).press('Enter')
    await window.getByRole('menuitemcheckbox', { name: 'Proceed if' }).press('Enter')
    await it.seen.press('Enter')
    await expect(it.entry('Payees took one day.')).toContainText('Counts towards proceed')
    await it.seen.fill('Nobody asked for two.')
    await it.seen.press('Enter')
    await expect(it.entry('Nobody asked for two.')).toBeVisible()
    await expect(who(window)).toBeHidden()
    await expect(it.button(/^Proceed if: 1 of 4/)).toBeVisible()
  })

  await test.step('an edit elsewhere in the essay flags nothing; one in the passage does, until it still holds', async () => {
    const found = (word: string) => callPort<{ total: number }>(window, 'index', 'search', { query: word, limit: 1 })
    const edit = async (place: string, words: string) => {
      await shell.open(ESSAY)
      await note.text.getByText(place).click()
      await keyboard.press('End')
      await keyboard.type(` ${words}`)
      await expect.poll(async () => (await found(words)).total).toBe(1)
    }
    const evidence = (name: string) =>
      shell.main.getByRole('navigation', { name: 'Lists' }).getByRole('button', { name: new RegExp(`^${name}`) })
    await edit('Plans age faster', 'Alwaysyesterday.')
    await shell.row('Evidence').click()
    await expect(evidence('Ground changed')).toHaveAccessibleName('Ground changed 0')
    await expect(evidence('Contested essays')).toHaveAccessibleName('Contested essays 1')
    await edit('A careful change', 'Orfortnight.')
    await shell.row('Evidence').click()
    await expect(evidence('Ground changed')).toHaveAccessibleName('Ground changed 1')
    await shell.open(TRIAL)
    await expect(it.ground(ESSAY)).toContainText('ground changed')
    await expect(it.ground(ESSAY).locator('ins')).toContainText('Orfortnight')
    await expect(it.ground(FIRST)).not.toContainText('ground changed')
    await it
      .ground(ESSAY)
      .getByRole('button', { name: `${ESSAY} still holds` })
      .press('Enter')
    await expect(it.ground(ESSAY)).not.toContainText('ground changed')
    await expect(it.entry('still holds')).toBeVisible()
    await shell.row('Evidence').click()
    await expect(evidence('Ground changed')).toHaveAccessibleName('Ground changed 0')
  })

  await test.step('a review that is due ends in a pivot, and the successor takes its place', async () => {
    await shell.row('Commitments').click()
    const dueRow = shell.main.getByRole('region', { name: /^Due for review/ }).locator('[data-commitment]')
    await expect(dueRow).toHaveCount(1)
    await dueRow.press('r')
    await expect(it.page.getByText(/the first of .*\. None missed/)).toBeVisible()
    await it.seen.fill('Half of them came by the corridor.')
    await it.button('Cite another example').press('Enter')
    await window.getByRole('combobox', { name: 'Search for an example' }).pressSequentially('friday')
    await expect(window.getByRole('option', { name: new RegExp(SECOND) })).toHaveAttribute('aria-selected', 'true')
    await keyboard.press('Enter')
    await it
      .button('It counts towards pivot if')
      .or(it.button(/^This one: pivot if/))
      .press('Enter')
    await it.review.getByRole('radio', { name: 'Pivot' }).check()
    await it.page.getByRole('textbox', { name: 'What is the next one called?' }).fill(NEXT)
    await it.button('Add to the log, and pivot').press('Enter')
    await expect(shell.selectedTab).toHaveAccessibleName(new RegExp(`^${NEXT}, `))
    await it.reads('In progress')
    await shell.open(DUE)
    await it.reads('Pivoted')
    await expect(it.entry('Half of them')).toContainText(`Shown by ${SECOND}`)
    await expect(shell.group('Superseded by')).toContainText(NEXT)
  })

  await test.step('the other computer gets what this one has; then both go on alone', async () => {
    await verbJson(profile, 'export', at('from desk'))
    await shell.open(LIST)
    await end(it, /^Drop/, 'Nobody read it.', 'Add to the log, and drop it')
    await it.reads('Dropped')
    await shell.open(HERE)
    await it.button('Open it').press('Enter')
    await it.reads('In progress')
    await verbJson(profile, 'export', at('from desk, later'))
  })

  const laptop = await launchApp({ profile: other })
  await test.step('offline, the other keeps what was dropped here and opens what was only considered', async () => {
    const there = new Shell(laptop.window)
    const page = new CommitmentPage(laptop.window)
    await takeIn(laptop.electron, laptop.window, at('from desk'))
    await there.open(LIST)
    await page.act(/^Keep/)
    await page.seen.fill('Two teams plan by it.')
    await page.page.getByRole('checkbox', { name: 'No evidence' }).check()
    await page.button('Add to the log, and keep it').press('Enter')
    await who(laptop.window).fill('Ana')
    await laptop.window.keyboard.press('Enter')
    await page.reads('Kept')
    await there.open(THERE)
    await page.button('Open it').press('Enter')
    await page.reads('In progress')
    await verbJson(other, 'export', at('from laptop'))
  })

  const wanted: Titled[] = [
    [DUE, 'pivoted', 3],
    [NEXT, 'in progress', 1],
    [THERE, 'in progress', 1],
    [LIST, 'decided twice', 3],
    [TRIAL, 'in progress', 5],
    [HERE, 'in progress', 1],
  ]
  const sorted = wanted.toSorted(([a], [b]) => (a < b ? -1 : 1))
  const overTheLimit = async (page: Page, came: string) => {
    const view = new Shell(page)
    await view.row('Commitments').click()
    await expect(view.main.locator('.limit-row')).toContainText('Five in progress, two over your limit of three.')
    await expect(view.main.locator('.limit-row')).toContainText(
      `“${came}” came from elsewhere: you opened it today. “${LIST}” was decided twice, so it is open again. Nothing was dropped.`,
    )
    await expect(view.main.getByText('Decided twice: ')).toContainText('It stays open.')
    await expect(view.main.locator('[data-commitment]')).toHaveCount(5)
  }
  await test.step('each takes in what the other has: the same logs, decided twice, over the limit, nothing dropped', async () => {
    await verbJson(other, 'import', at('from desk, later'))
    expect(byTitle(await verbJson<Row[]>(other, 'commitments'))).toEqual(sorted)
    await overTheLimit(laptop.window, HERE)
    await verbJson(profile, 'import', at('from laptop'))
    expect(byTitle(await verbJson<Row[]>(profile, 'commitments'))).toEqual(sorted)
    await overTheLimit(window, THERE)
    const limit = shell.main.locator('.limit-row')
    await limit.getByRole('button', { name: 'Noted' }).press('Enter')
    await expect(limit).toContainText('two over your limit of three. Keep, park or drop one to come back to it.')
    await window.reload()
    await shell.ready()
    await expect(limit).toContainText('Keep, park or drop one to come back to it.')
    const id = await idOf(window, LIST)
    const logOf = (page: Page) => callPort<{ entries: { id: string }[] }>(page, 'vault', 'noteLog', { id })
    expect((await logOf(window)).entries).toEqual((await logOf(laptop.window)).entries)
  })

  await test.step('taken out and in again, it is the same vault (M3)', async () => {
    await verbJson(profile, 'export', at('all'))
    const files = await readFiles(at('all'))
    expect(files[`Commitments/${LIST}.md`]).not.toContain('status: dropped')
    expect(files[`Commitments/${TRIAL}.md`]).toMatch(/, opened, Ana: Two people, one month\. \^log-/)
    await verbJson(other, 'export', at('all of the other'))
    expect(await readFiles(at('all of the other'))).toEqual(files)
    await cliJson(third, 'import', at('all'))
    expect(byTitle(await cliJson<Row[]>(third, 'commitments'))).toEqual(sorted)
    await cliJson(third, 'export', at('again'))
    expect(await readFiles(at('again'))).toEqual(files)
  })
  expect([...desk.errors, ...laptop.errors]).toEqual([])
})
