import path from 'node:path'
import type { Page } from '@playwright/test'
import { CommitmentPage } from './pages/commitment.ts'
import { Shell } from './pages/shell.ts'
import { cliJson } from './support/cli.ts'
import { closeApp } from './support/close.ts'
import { day } from './support/commitment-notes.ts'
import { expect, test } from './support/fixtures.ts'
import { writeFiles } from './support/folders.ts'
import { hostPid } from './support/host.ts'
import { callPort } from './support/ports.ts'

// PRODUCT.md, "Commitments": what gives way at the limit, and what is begun and not sent.

const DUE = 'One intake for platform asks'
const MET = 'Write the example first'
const THIRD = 'Publish the meeting list'
const NEW = 'Pair on incident reviews too'
const NEXT = 'Draw every queue on one wall'
const CASE = 'The nine-day review'

const begun = (facts: string, log: string) => `---\nkind: commitment\n${facts}---\n\nWe try it.\n\n## Log\n\n${log}`

/** Three in progress, which is the limit: one whose review is due, one that has its marks; and two considered. */
const NOTES = {
  [`Commitments/${DUE}.md`]: begun(
    'review_every: 2w\nproceed_if: Half of them come by the door.\n',
    `- ${day(-15)}, opened, Ana: Until spring.\n`,
  ),
  [`Commitments/${MET}.md`]: begun(
    'proceed_if: One essay begins with a case.\nproceed_marks: 1\n',
    `- ${day(-9)}, opened, Ana: A month.\n`,
  ),
  [`Commitments/${THIRD}.md`]: begun('', `- ${day(-5)}, opened, Ana: It is written anyway.\n`),
  [`Commitments/${NEW}.md`]: '---\nkind: commitment\n---\n\nFour incidents, two chairs.\n',
  [`Commitments/${NEXT}.md`]: '---\nkind: commitment\n---\n\nOn one wall.\n',
  [`Examples/${CASE}.md`]: '---\nkind: example\n---\n\nEverybody was third in a queue.\n',
}

async function takenIn(profile: string, folder: string): Promise<void> {
  const source = path.join(folder, 'Platform')
  await writeFiles(source, NOTES)
  await cliJson(profile, 'import', source)
}

const named = (window: Page) => callPort(window, 'app', 'setSettings', { personName: 'Ana' })

test('at the limit one is finished or parked, or the limit is changed, and nothing is decided unasked', async ({
  profile,
  folder,
  launchApp,
}) => {
  await takenIn(profile, folder)
  const { window } = await launchApp()
  const shell = new Shell(window)
  await shell.ready()
  const it = new CommitmentPage(window)
  await named(window)
  const asks = (count: string) =>
    it.page.getByRole('heading', { name: new RegExp(`^That makes ${count}. Your limit is three.`) })

  await test.step('the one that has its marks is offered first; another one can be chosen by keyboard', async () => {
    await shell.open(MET)
    await it.seen.fill('Three of them do.')
    await it.button(/^Kind of entry/).press('Enter')
    await window.getByRole('menuitemcheckbox', { name: 'Proceed if' }).press('Enter')
    await it.seen.press('Enter')
    await expect(it.entry('Three of them do.')).toContainText('Counts towards proceed')
    await shell.open(NEW)
    await it.page.getByRole('textbox', { name: /^In a sentence/ }).fill('Two of us.')
    await it.button('Open it').press('Enter')
    await expect(asks('four')).toBeVisible()
    await expect(it.button(`Review ${MET}`)).toBeVisible()
    await expect(it.page.getByText('has met its proceed if')).toBeVisible()
    await it.button(new RegExp(`^Finish one: ${MET}`)).press('Enter')
    await window.getByRole('menuitemcheckbox', { name: DUE }).press('Enter')
    await expect(it.button(`Review ${DUE}`)).toBeVisible()
    await it.button('Leave it considering').press('Enter')
    await it.reads('Considering')
    await expect(it.page.getByRole('textbox', { name: /^In a sentence/ })).toHaveValue('Two of us.')
  })

  await test.step('finish one: its review comes, it is kept, and there is room', async () => {
    await it.button('Open it').press('Enter')
    await it.button(new RegExp(`^Finish one: ${DUE}`)).press('Enter')
    await window.getByRole('menuitemcheckbox', { name: MET }).press('Enter')
    await it.button(`Review ${MET}`).press('Enter')
    await expect(shell.selectedTab).toHaveAccessibleName(`${MET}, commitment, in progress`)
    await it.seen.fill('It is how we write.')
    await it.page.getByRole('checkbox', { name: 'No evidence' }).check()
    await it.review.getByRole('radio', { name: 'Keep' }).check()
    await it.button('Add to the log, and keep it').press('Enter')
    await it.reads('Kept')
    await expect(shell.selectedTab).toHaveAccessibleName(`${MET}, commitment, kept`)
    await shell.open(NEW)
    await it.button('Open it').press('Enter')
    await it.reads('In progress')
    await expect(it.entry('Two of us.')).not.toContainText('Over the limit')
  })

  await test.step('park one: it goes back to considering and says for what, and the other is open', async () => {
    await shell.open(NEXT)
    await it.button('Open it').press('Enter')
    await expect(asks('four')).toBeVisible()
    await it.page.getByRole('radio', { name: 'Park one' }).check()
    await it.button(/^Park one: /).press('Enter')
    await window.getByRole('menuitemcheckbox', { name: THIRD }).press('Enter')
    await it.button(`Park ${THIRD}, and open this`).press('Enter')
    await it.reads('In progress')
    await expect(it.entries).toHaveCount(2) // what was opened, and the line for what comes next
    await shell.open(THIRD)
    await it.reads('Considering')
    await expect(it.entry('Parked, to make room for')).toContainText(NEXT)
  })

  await test.step('change limit, where it is met', async () => {
    await it.button('Open it').press('Enter')
    await expect(asks('four')).toBeVisible()
    await it.button('Change limit').press('Enter')
    await it.page.getByRole('spinbutton', { name: 'In progress at once, at most' }).fill('4')
    await window.keyboard.press('Enter')
    await expect(it.page.getByText('Three in progress. Your limit is four.')).toBeVisible()
    await it.button('Open it').press('Enter')
    await it.reads('In progress')
    await shell.command('Commitments')
    await expect(shell.main.locator('.limit-row')).toContainText('Four in progress, which is your limit.')
  })
})

test('accepting somebody’s commitment over the limit asks the same, and a reason is told', async ({
  profile,
  folder,
  launchApp,
}) => {
  const [asked, askedToo] = ['Answer within a day', 'Write the minutes in turn']
  const source = path.join(folder, 'Platform')
  const jonas = begun('', `- ${day(-3)}, opened, Jonas: We try it.\n`)
  await writeFiles(source, { ...NOTES, [`${asked}.md`]: jonas, [`${askedToo}.md`]: jonas })
  await cliJson(profile, 'import', source)
  const { window } = await launchApp()
  const shell = new Shell(window)
  const it = new CommitmentPage(window)
  await shell.ready()
  await named(window)
  for (const name of [asked, askedToo]) {
    const { id } = await callPort<{ id: string }>(window, 'vault', 'find', { name })
    await callPort(window, 'vault', 'invite', { id, person: 'Ana', author: 'Jonas' })
  }
  const limit = it.page.getByText('That makes four. Your limit is three.')

  await test.step('not now: nothing is said', async () => {
    await shell.open(asked)
    await it.button('Accept').press('Enter')
    await expect(limit).toBeVisible()
    await it.button('Not now').press('Enter')
    await expect(it.button('Decline')).toBeVisible()
  })

  await test.step('park one: its place is taken', async () => {
    await it.button('Accept').press('Enter')
    await it.page.getByRole('radio', { name: 'Park one' }).check()
    await it.button(/^Park one: /).press('Enter')
    await window.getByRole('menuitemcheckbox', { name: THIRD }).press('Enter')
    await it.button(`Park ${THIRD}, and accept this`).press('Enter')
    await expect(it.button('Accept')).toBeHidden()
    await shell.open(THIRD)
    await it.reads('Considering')
  })

  await test.step('go over: only with a reason, which is in the log and beside the limit', async () => {
    await shell.open(askedToo)
    await it.button('Accept').press('Enter')
    await it.page.getByRole('radio', { name: 'Go over' }).check()
    await expect(it.button('Go over, and accept it')).toBeDisabled()
    await it.page.getByRole('textbox', { name: 'Why over the limit' }).fill('It is two lines a week.')
    await it.button('Go over, and accept it').press('Enter')
    await expect(it.entry('It is two lines a week.')).toContainText('accepted')
    await shell.command('Commitments')
    await expect(shell.main.locator('.limit-row')).toContainText(
      `You went over it for “${askedToo}”: “It is two lines a week.”`,
    )
  })
})

test('a review that was begun is there after leaving its note and after a quit, and cannot be changed while it is added', async ({
  profile,
  folder,
  launchApp,
}) => {
  test.skip(process.platform === 'win32', 'Windows cannot stop a process')
  await takenIn(profile, folder)
  const first = await launchApp()
  await new Shell(first.window).ready()

  await test.step('each answer is kept as it is given', async () => {
    const shell = new Shell(first.window)
    const it = new CommitmentPage(first.window)
    await shell.open(DUE)
    await it.act('Review it now')
    await it.seen.fill('Half of them came by the corridor.')
    await it.button('Cite another example').press('Enter')
    await first.window.getByRole('combobox', { name: 'Search for an example' }).pressSequentially('nine')
    await expect(first.window.getByRole('option', { name: new RegExp(CASE) })).toHaveAttribute('aria-selected', 'true')
    await first.window.keyboard.press('Enter')
    await it.button('This one: proceed if').press('Enter')
    await it.review.getByRole('radio', { name: 'Proceed' }).check()
    await expect(it.page.getByText('Kept as a draft')).toBeVisible()
    await shell.open(CASE)
    await shell.open(DUE)
    await expect(it.seen).toHaveValue('Half of them came by the corridor.')
    await expect(it.review.getByRole('radio', { name: 'Proceed' })).toBeChecked()
  })
  await closeApp(first)

  const { window, electron } = await launchApp()
  const shell = new Shell(window)
  const it = new CommitmentPage(window)
  await shell.ready()
  await test.step('after a quit it is all there, and the log has nothing of it', async () => {
    await shell.open(DUE)
    await expect(it.entry('Half of them')).toHaveCount(0)
    await it.act('Review it now')
    await expect(it.seen).toHaveValue('Half of them came by the corridor.')
    await expect(it.page.getByRole('checkbox', { name: CASE })).toBeChecked()
    await expect(it.page.getByText('This makes one')).toBeVisible()
    await expect(it.review.getByRole('radio', { name: 'Proceed' })).toBeChecked()
  })

  await test.step('while it is added nothing of it can be changed, and it is added once', async () => {
    const add = it.button('Add to the log, and proceed')
    // who writes is asked once; what is written meanwhile is added too
    await add.press('Enter')
    const who = window.getByRole('textbox', { name: 'Who is writing?' })
    await who.fill('Ana')
    await it.seen.fill('Half of them came by the corridor. Two by the door.')
    const pid = await hostPid(electron)
    // a store that does not answer, as on a slow disk
    process.kill(pid, 'SIGSTOP')
    try {
      await who.press('Enter')
      await expect(add).toHaveAttribute('aria-busy', 'true')
      await expect(it.seen).toBeDisabled()
      await expect(it.review.getByRole('radio', { name: 'Drop' })).toBeDisabled()
      await expect(it.button('Not this one: proceed if')).toBeDisabled()
      await expect(it.page.getByRole('checkbox', { name: 'No evidence' })).toBeDisabled()
      await add.press('Enter')
      await window.keyboard.press('Escape')
      await expect(it.seen).toBeVisible()
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    await expect(it.entry('Half of them came by the corridor. Two by the door.')).toHaveCount(1)
    await expect(it.entry('Half of them')).toHaveCount(1)
    await expect(it.entry('Half of them')).toContainText(`Shown by ${CASE}`)
    await it.reads('In progress')
    await it.act('Review it now')
    await expect(it.seen).toHaveValue('')
  })
})
