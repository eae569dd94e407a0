import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { cliJson } from './support/cli.ts'
import { writeCommitments } from './support/commitments.ts'
import { expect, test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

// PRODUCT.md, "Commitments" and "Evidence": what a person sees of both, from one folder with every state in it.

async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}

test('commitments by what they wait for, the limit, the navigator, and lists of evidence that follow what is written', async ({
  profile,
  folder,
  launchApp,
}) => {
  test.setTimeout(240_000)
  const source = path.join(folder, 'source')
  await mkdir(source)
  await writeCommitments(source)
  await cliJson(profile, 'import', source)
  const { window, electron, errors } = await launchApp()
  const shell = new Shell(window)
  await shell.ready()
  const main = shell.main
  const section = (name: string) => main.getByRole('region', { name: new RegExp(`^${name}`) })
  const rows = (name: string) => section(name).locator('[data-commitment]')
  const titles = (name: string) => section(name).locator('.note-item-title')

  await test.step('every commitment stands where it belongs', async () => {
    await shell.row('Commitments').click()
    await expect(shell.selectedTab).toHaveAccessibleName('Commitments')
    await expect(titles('Due for review')).toHaveText(['Pair on every migration for six weeks'])
    await expect(titles('In progress')).toHaveText([
      'One intake for platform asks',
      'Write the example first',
      'Publish the meeting list',
      'No estimates under three days',
    ])
    await expect(titles('Considering')).toHaveText([
      'Cancel the Monday status deck for a month',
      'Pair on incident reviews too',
    ])
    await expect(rows('Due for review')).toHaveAccessibleName(
      /^Pair on every migration for six weeks, commitment, in progress, review today, due .*, in 14 days, Ana$/,
    )
    await expect(rows('Due for review')).toContainText('One of four marks towards proceeding. Last note')
    await expect(rows('In progress').last()).toContainText('Decided twice: kept by Ana, dropped by Jonas.')
    await expect(rows('Considering').first()).toContainText('Which essay or example is this from?')
    await expect(rows('Considering').last()).toContainText('Two teams')
    const side = main.getByRole('complementary', { name: /^Closed in the last year/ })
    await expect(side.getByRole('listitem')).toContainText(['Kept 1', 'Pivoted 1', 'Dropped 1'])
    await expect(side).toContainText('A dropped commitment is also an answer.')
    await side.getByRole('button', { name: 'All 3 closed commitments' }).click()
    await expect(titles('Closed')).toHaveCount(3)
    await side.getByRole('button', { name: 'Without the closed ones' }).click()
    await expect(section('Closed ')).toBeHidden()
  })

  await test.step('the limit: whose they are, over it after a merge, changed in place', async () => {
    const limit = main.locator('.limit-row')
    await expect(limit).toContainText('None of the five in progress is yours.')
    await shell.command('Settings')
    const name = window.getByRole('textbox', { name: 'Your name' })
    await window.getByRole('searchbox', { name: 'Find a setting' }).fill('wip')
    await expect(window.getByRole('heading', { name: 'Commitments', level: 2 })).toBeVisible()
    await window.getByRole('searchbox', { name: 'Find a setting' }).fill('')
    await expect(window.getByRole('switch', { name: 'Tell me when a review is due' })).not.toBeChecked()
    await name.fill('Ana')
    await name.press('Enter')
    await shell.command('Commitments')
    await expect(limit).toContainText('Five in progress, two over your limit of three.')
    // nothing came from elsewhere since: a name was given
    await expect(limit).toContainText('Keep, park or drop one to come back to it.')
    await expect(limit.getByRole('button', { name: 'Noted' })).toBeHidden()
    await limit.getByRole('button', { name: 'Change limit' }).click()
    await limit.getByRole('button', { name: 'Raise the limit' }).click()
    await limit.getByRole('button', { name: 'Raise the limit' }).click()
    await expect(limit).toContainText('Five in progress, which is your limit.')
    await limit.getByRole('button', { name: 'Done' }).click()
    await expect(limit.getByRole('img', { name: '5 of 5 places taken' })).toBeVisible()
  })

  await test.step('the navigator says the same, the soonest first', async () => {
    const now = shell.navigator.getByRole('region', { name: 'In progress' })
    await expect(now).toContainText('5 of 5')
    await expect(now.getByRole('button').first()).toHaveAccessibleName(
      'Pair on every migration for six weeks, commitment, in progress, review today',
    )
    await expect(now.getByRole('button').first()).toContainText('Today')
    await expect(now.getByRole('button')).toHaveCount(5)
  })

  await test.step('by keyboard: arrows walk, Enter opens, R reviews, the palette too', async () => {
    await rows('Due for review').focus()
    await window.keyboard.press('ArrowDown')
    await expect(rows('In progress').first()).toBeFocused()
    await window.keyboard.press('End')
    await expect(rows('Considering').last()).toBeFocused()
    await window.keyboard.press('ArrowUp')
    await window.keyboard.press('Home')
    await expect(rows('Due for review')).toBeFocused()
    await window.keyboard.press('ArrowDown')
    await window.keyboard.press('Enter')
    await expect(shell.selectedTab).toHaveAccessibleName(/^One intake for platform asks, /)
    await shell.press('Alt+ArrowLeft')
    await rows('Due for review').press('r')
    await expect(shell.selectedTab).toHaveAccessibleName(/^Pair on every migration for six weeks, /)
    await shell.press('Alt+ArrowLeft')
    await shell.command('Review Pair on every migration for six weeks')
    await expect(shell.selectedTab).toHaveAccessibleName(/^Pair on every migration for six weeks, /)
    await shell.jump('Demo every')
    await expect(window.getByRole('option', { name: 'Demo every other Friday, commitment, pivoted' })).toBeVisible()
    await window.keyboard.press('Escape')
  })

  await test.step('what is written elsewhere shows at once', async () => {
    await shell.command('Commitments')
    const list = await callPort<{ id: string; title: string }[]>(window, 'vault', 'notes', { kind: 'commitment' })
    const { id } = list.find(({ title }) => title === 'Publish the meeting list') ?? { id: '' }
    await callPort(window, 'vault', 'appendLog', { id, type: 'parked', text: 'Not this month.', author: 'Ana' })
    await expect(titles('Considering')).toHaveCount(3)
    await expect(rows('Considering').last()).toContainText('Not this month.')
    await expect(main.locator('.limit-row')).toContainText('Four in progress. Your limit is five.')
  })

  await test.step('the system tells of due reviews once that is turned on, and a click leads here', async () => {
    await electron.evaluate(({ Notification }) => {
      const told: { text: string; click: () => void }[] = []
      Object.assign(globalThis, { told })
      Notification.isSupported = () => true
      Notification.prototype.show = function (this: Electron.Notification) {
        told.push({ text: `${this.title}: ${this.body}`, click: () => this.emit('click') })
      }
    })
    await shell.command('Settings')
    await window.getByRole('switch', { name: 'Tell me when a review is due' }).click()
    const said = () =>
      electron.evaluate(() => (globalThis as unknown as { told: { text: string }[] }).told.map(({ text }) => text))
    await expect.poll(said).toEqual(['One review is due: Pair on every migration for six weeks'])
    await electron.evaluate(() => (globalThis as unknown as { told: { click: () => void }[] }).told[0]?.click())
    await expect(shell.selectedTab).toHaveAccessibleName('Commitments')
  })

  await test.step('the Evidence view asks, and follows what is linked', async () => {
    await shell.row('Evidence').click()
    await expect(shell.selectedTab).toHaveAccessibleName('Evidence')
    const side = main.getByRole('navigation', { name: 'Lists' })
    const count = (name: string) => side.getByRole('button', { name: new RegExp(`^${name}`) })
    await expect(count('Essays without an example')).toHaveAccessibleName('Essays without an example 3')
    await expect(count('Contested essays')).toHaveAccessibleName('Contested essays 1')
    await expect(section('Contested')).toContainText('Challenged by The one-line config change')
    await expect(section('Essays without an example')).toContainText('Slow is a smell, not a verdict')
    await section('Essays without an example').getByRole('button', { name: 'See it: Beautiful messes' }).click()
    await expect(shell.selectedTab).toHaveAccessibleName(/^Search: /)
    await shell.press('Alt+ArrowLeft')
    // A link that is written takes an essay off its list.
    await section('Essays without an example')
      .getByRole('button', { name: 'Tell one: Work in progress is a promise' })
      .click()
    await new NotePage(window).begin('The week of five branches')
    await expect(shell.main.locator('.content-layer:not([hidden])').getByText('illustrates')).toBeVisible()
    await shell.command('Evidence')
    await expect(count('Essays without an example')).toHaveAccessibleName('Essays without an example 2')
    await count('Rest on nothing').click()
    await expect(main.getByRole('heading', { level: 2 })).toHaveText(/^Commitments that rest on nothing/)
    const before = Number(/\d+$/.exec((await count('Rest on nothing').innerText()).trim())?.[0])
    await main.getByRole('button', { name: 'Choose one: Cancel the Monday status deck for a month' }).click()
    const field = window.getByRole('combobox', { name: /^What does “Cancel the Monday/ })
    await field.fill('Work in progress')
    await window.getByRole('option', { name: 'Work in progress is a promise, essay' }).waitFor()
    await field.press('Enter')
    await expect(count('Rest on nothing')).toHaveAccessibleName(`Rest on nothing ${before - 1}`)
  })

  for (const theme of ['Light', 'Dark'] as const) {
    await test.step(`axe finds nothing serious, ${theme.toLowerCase()}`, async () => {
      await shell.command(theme)
      for (const view of ['Commitments', 'Evidence']) {
        await shell.command(view)
        await expect(shell.selectedTab).toHaveAccessibleName(view)
        await expect(main.locator('.view-section').first()).toBeVisible()
        expect(await barriers(window), view).toEqual([])
      }
    })
  }
  expect(errors).toEqual([])
})
