import path from 'node:path'
import type { Page } from '@playwright/test'
import { longDay, shortDay } from '../src/core/base/day-words.ts'
import { CommitmentPage } from './pages/commitment.ts'
import { FirstRunPage } from './pages/first-run.ts'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { barriers } from './support/barriers.ts'
import { day, writeCommitments } from './support/commitment-notes.ts'
import { answerFolderDialog } from './support/dialogs.ts'
import { expect, test } from './support/fixtures.ts'

const PAIR = 'Pair on every migration for six weeks'

/** A day as a sentence says it, and as the facts of a commitment do. */
const long = (date: string) => longDay(date, day(0))
const short = (date: string) => shortDay(date, day(0))

/** Nothing that axe finds serious, in both looks and as narrow as a window gets with a rail. */
async function isOpenToAll(window: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await barriers(window), `${what}, ${colorScheme}`).toEqual([])
  }
  await window.emulateMedia({ colorScheme: 'light' })
}

test('a commitment lives on its page: from nothing to a review that pivots, over the limit, with ground that changes', async ({
  electron,
  window,
  folder,
}) => {
  test.setTimeout(180_000)
  const shell = new Shell(window)
  const note = new NotePage(window)
  const it = new CommitmentPage(window)
  await test.step('notes are taken in', async () => {
    const notes = path.join(folder, 'Platform notes')
    await writeCommitments(notes)
    await answerFolderDialog(electron, notes)
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
  })

  await test.step('a new one asks in the places of its answers', async () => {
    await shell.command('New commitment')
    await note.write(
      'Pair on incident reviews too',
      'For the next four incidents, two people write the review together.',
    )
    await it.reads('Considering')
    await expect(it.pivotIf).toHaveAttribute(
      'placeholder',
      'What would you see, and how often, before you changed course?',
    )
    await it.proceedIf.fill('Three of four reviews name something that was new.')
    await it.proceedIf.press('Enter')
    await it.page.getByRole('textbox', { name: 'Marks wanted, proceed if' }).fill('3')
    await window.keyboard.press('Enter')
    await it.pivotIf.fill('One person says that it felt like an exam.')
    await it.pivotIf.press('Tab')

    await it.fact('Due').press('Enter')
    await window.getByRole('textbox', { name: 'Due date' }).fill(day(42))
    await window.getByRole('textbox', { name: 'Due date' }).press('Enter')
    await expect(it.fact('Due')).toContainText('in 42 days')
    await it.fact('Review').press('Enter')
    await window.getByRole('spinbutton', { name: 'Reviewed every' }).fill('2')
    await window.getByRole('button', { name: 'Set' }).press('Enter')
    await expect(it.fact('Review')).toHaveText('Every 2 weeks')

    await it.button('Which example is this from?').press('Enter')
    await window.getByRole('combobox', { name: 'Search for what it rests on' }).pressSequentially('blast')
    await expect(window.getByRole('option', { name: /Blast radius/ })).toHaveAttribute('aria-selected', 'true')
    await window.keyboard.press('Enter')
    await expect(it.ground('Blast radius is a design input')).toContainText('the argument')
    await it.context.getByRole('button', { name: 'Rest on “The nine-day review”' }).click()
    await expect(it.ground('The nine-day review')).toContainText('an example')
    await it.context.getByRole('radio', { name: 'Pair', exact: true }).check()
    await expect(it.page.getByRole('region', { name: /^Properties/ })).toBeHidden()
    await isOpenToAll(window, 'a new commitment')
  })

  await test.step('somebody is invited, and has not answered', async () => {
    await it.button('Invite somebody').press('Enter')
    await window.keyboard.type('Jonas Lind')
    await window.keyboard.press('Enter')
    await window.getByRole('textbox', { name: 'Who is writing?' }).fill('Mara')
    await window.keyboard.press('Enter')
    await expect(it.page.getByRole('region', { name: /^Whose/ })).toContainText(
      'YouJonas Lindinvited, has not answered',
    )
  })

  await test.step('opening it goes over the limit, which asks', async () => {
    await it.button('Open it').press('Enter')
    await expect(it.page.getByRole('heading', { name: /^That makes four. Your limit is three./ })).toBeVisible()
    await expect(it.button(/^Review /)).toBeVisible()
    await it.page.getByRole('radio', { name: 'Park one' }).check()
    await expect(it.button(/^Park .*, and open this$/)).toBeVisible()
    await it.page.getByRole('radio', { name: 'Go over' }).check()
    await expect(it.button('Go over, and open it')).toHaveAttribute('aria-disabled', 'true')
    await isOpenToAll(window, 'the question of the limit')
    await it.page.getByRole('textbox', { name: 'Why over the limit' }).fill('Incidents do not wait for a free place.')
    await it.button('Go over, and open it').press('Enter')
    await it.reads('In progress')
    await expect(it.fact('Review')).toHaveText(`${short(day(14))}the first of three`)
    await expect(it.entry('Incidents do not wait')).toContainText('Over the limit')
  })

  await test.step('what was seen is added by Enter, counts, and cannot be edited but withdrawn', async () => {
    await it.seen.fill('The second chair asked about 10:13.')
    await it.button(/^Kind of entry/).press('Enter')
    await window.getByRole('menuitemcheckbox', { name: 'Proceed if' }).press('Enter')
    await it.seen.press('Enter')
    await expect(it.entry('The second chair')).toContainText('Counts towards proceed')
    await expect(it.seen).toHaveValue('')
    await expect(it.button(/^Proceed if: 1 of 3/)).toHaveText('One done')
    await expect(it.page.getByRole('status')).toHaveText('Added to the log.')

    await it.seen.fill('Tomas was tired of being watched.')
    await it.seen.press('Enter')
    await it
      .entry('Tomas was tired')
      .getByRole('button', { name: /^Entry of/ })
      .press('Enter')
    await window.getByRole('menuitem', { name: 'Withdraw it' }).press('Enter')
    await it.log.getByRole('textbox', { name: 'Why is it withdrawn?' }).fill('named a person.')
    await it.log.getByRole('button', { name: 'Withdraw it' }).press('Enter')
    await expect(it.entry('Text taken back: named a person.')).toContainText('withdrawn by you')
    await expect(it.entry('Tomas was tired')).toHaveCount(0)
  })

  await test.step('a fact that changes after opening is an entry with the old words', async () => {
    await it.fact('Due').press('Enter')
    await window.getByRole('button', { name: 'No due date' }).press('Enter')
    await expect(it.fact('Due')).toHaveText('No due date')
    await expect(it.entry(/^Today, changed/)).toContainText(/Due: .* taken away/)
  })

  await test.step('a review that is due takes over what was written, and keeps it as a draft', async () => {
    await shell.open(PAIR)
    await expect(it.page.getByText('Ours: Ana, Jonas and you')).toBeVisible()
    await expect(it.fact('Review')).toHaveText('Todaythe second of three')
    await expect(it.ground('The one-line config change')).toContainText('challenges it: reread first')
    await expect(it.restsOn).toContainText('Two for, one against')
    await isOpenToAll(window, 'a commitment')
    await it.seen.fill('Migration 5 finished in eight hours with nobody rolled back.')
    await window.reload()
    await shell.ready()
    await expect(it.seen).toHaveValue('Migration 5 finished in eight hours with nobody rolled back.')
    await it.seen.press('Enter')
    await expect(it.page.getByText(/the second of three\. None missed/)).toBeVisible()
    await expect(it.seen).toBeFocused()
    await expect(it.seen).toHaveValue(/^Migration 5/)
    await expect(window.getByRole('complementary', { name: 'Since the last review' })).toContainText('Jonas saw')
    await expect(it.button('Add to the log')).toHaveAttribute('aria-disabled', 'true')
    await it.seen.press('Escape')
    await expect(it.fact('Status')).toBeFocused()
    await it.act('Review it now')
    await expect(it.seen).toHaveValue(/^Migration 5/)
  })

  await test.step('it proceeds on an example that is told now', async () => {
    await it.button('Tell it now').press('Enter')
    await it.page.getByRole('textbox', { name: 'What is it called?' }).fill('Migration 5, the missing index')
    await window.keyboard.press('Enter')
    const told = it.page.getByRole('listitem').filter({ hasText: 'Migration 5, the missing index' })
    await expect(told).toContainText('written today, from this log')
    await expect(told.getByRole('checkbox')).toBeChecked()
    await it.button('This one: proceed if').press('Enter')
    await expect(it.page.getByText('This makes one')).toBeVisible()
    await expect(it.review).toContainText(
      `Go on as written. The next review is ${long(day(14))}, which is also when it is due`,
    )
    await it.review.getByRole('radio', { name: 'Proceed' }).check()
    await isOpenToAll(window, 'a review')
    await it.button('Add to the log, and proceed').press('Enter')
    await it.reads('In progress')
    await expect(it.fact('Review')).toHaveText(`${short(day(14))}the third of three`)
    await expect(it.entry('Migration 5 finished')).toContainText('Shown by Migration 5, the missing index')
    await expect(it.ground('Migration 5, the missing index')).toContainText('illustrates it')
    await expect(it.button(/^Proceed if: 1 of 4/)).toBeVisible()
  })

  await test.step('ground that changes says so where it carries something, and is read again', async () => {
    await shell.open('Pair on incident reviews too')
    await expect(it.ground('Blast radius is a design input')).toContainText('pinned as it reads today')
    await shell.open('Blast radius is a design input')
    await note.text.getByText('in a day').click()
    await window.keyboard.press('End')
    await window.keyboard.type(' Or a week.')
    await shell.open('Pair on incident reviews too')
    const ground = it.ground('Blast radius is a design input')
    await expect(ground).toContainText('ground changed')
    await expect(ground.locator('ins')).toContainText('Or a week')
    await expect(shell.group('Ground changed')).toContainText('Blast radius')
    await isOpenToAll(window, 'ground that changed')
    await ground.getByRole('button', { name: 'Blast radius is a design input still holds' }).press('Enter')
    await expect(ground).not.toContainText('ground changed')
    await expect(it.entry('still holds')).toBeVisible()
  })

  await test.step('a review that pivots opens its successor in its place', async () => {
    await shell.open('Write the example first')
    await it.act(/^Pivot/)
    await expect(it.review.getByRole('radio', { name: 'Pivot' })).toBeChecked()
    await it.seen.fill('Nobody begins with one, everybody ends with one.')
    await it.page.getByRole('checkbox', { name: 'No evidence' }).check()
    await it.page.getByRole('textbox', { name: 'What is the next one called?' }).fill('End with the example')
    await it.button('Add to the log, and pivot').press('Enter')
    await expect(shell.selectedTab).toHaveAccessibleName(/^End with the example, /)
    await it.reads('In progress')
    await shell.open('Write the example first')
    await it.reads('Pivoted')
    await expect(it.entry('Nobody begins')).toContainText('No evidence')
  })

  await test.step('a review may wait, and is due all the same', async () => {
    await shell.open('One intake for platform asks')
    await it.act(/^Park/)
    await expect(it.button('Let it wait until tomorrow')).toBeHidden()
    await it.button('Back to the commitment').press('Enter')
    await it.reads('In progress')
  })

  await test.step('what was decided twice is said, and settled by one entry', async () => {
    await shell.open('Read one paper a week')
    await it.reads('Decided twice')
    const twice = it.page.getByRole('region', { name: 'This was decided twice' })
    await expect(twice).toContainText(/Jonas kept it .* Ana dropped it/)
    await isOpenToAll(window, 'decided twice')
    await twice.getByRole('radio', { name: 'It is dropped' }).check()
    await twice.getByRole('button', { name: 'Settle it: it is dropped' }).press('Enter')
    await it.reads('Dropped')
    await expect(twice).toBeHidden()
  })

  await test.step('all of it is in the Markdown', async () => {
    await shell.open('Pair on incident reviews too')
    await shell.command('Copy note as Markdown')
    await expect(shell.toast).toContainText('on the clipboard as Markdown')
    const markdown = await electron.evaluate(({ clipboard }) => clipboard.readText())
    expect(markdown).toContain('proceed_if: Three of four reviews name something that was new.')
    expect(markdown).toContain('proceed_marks: 3')
    expect(markdown).toContain('review_every: 2w')
    expect(markdown).toContain('reach: pair')
    expect(markdown).toContain('[[Blast radius is a design input]]')
    expect(markdown).toMatch(/^- \d{4}-\d\d-\d\d, opened, Mara: Incidents do not wait for a free place\. \^log-/m)
    expect(markdown).toMatch(/^- \d{4}-\d\d-\d\d, withdrawn, Mara: named a person\. \^log-/m)
    expect(markdown).not.toContain('Tomas was tired')
  })
})
