import { NoteLinks } from './pages/links.ts'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault, test } from './support/fixtures.ts'
import { hostPid } from './support/host.ts'

test('write, link, close, open again, find', async ({ launchApp }) => {
  const first = await launchApp()
  const { shell, note } = await emptyVault(first.window)
  await shell.press('Mod+n')
  await note.write('Refunds', 'The refund desk heard first. See [[')
  const links = new NoteLinks(first.window)
  await first.window.keyboard.type('Two maps')
  await expect(links.row(/Two maps/)).toBeVisible()
  await first.window.keyboard.press('Shift+Enter')
  await first.window.keyboard.type(' before Thursday.')
  await expect(links.named('Two maps, note')).toBeVisible()
  await expect(shell.footer).toContainText('Only inside Throughline')
  await first.electron.close()

  const again = await launchApp()
  const reopened = new Shell(again.window)
  await reopened.ready()
  // The window reopens as it was.
  await expect(reopened.selectedTab).toHaveAccessibleName('Refunds, note')
  await expect(new NotePage(again.window).text).toContainText('before Thursday.')

  // The note that was written from the link knows where it is spoken of.
  await reopened.open('Two maps')
  await expect(reopened.group('Mentioned in').getByRole('listitem').filter({ hasText: 'Refunds' })).toContainText(
    'before Thursday',
  )

  await reopened.press('Mod+Shift+f')
  await expect(again.window.getByRole('searchbox')).toBeFocused()
  await again.window.keyboard.type('desk hear')
  await expect(again.window.getByRole('status').filter({ hasText: '1 note' })).toBeVisible()
  await expect(again.window.locator('mark').first()).toHaveText('desk')
  await again.window.keyboard.type('xyz')
  await expect(again.window.getByText('No note says “desk hearxyz”.')).toBeVisible()
  expect([...first.errors, ...again.errors]).toEqual([])
})

inEmptyVault('every kind is written from a blank tab, counted, listed and changed', async ({ window }) => {
  const { shell, note } = await emptyVault(window)
  await shell.main.getByRole('button', { name: 'An essay' }).click()
  await note.write('Estimates are wishes', 'We plan by them anyway.')
  await expect(shell.row('Essays')).toContainText('1')
  await shell.command('Make it an example')
  await expect(shell.row('Examples')).toContainText('1')
  await shell.row('Examples').click()
  await window
    .getByRole('listitem')
    .getByRole('button', { name: /Estimates are wishes/ })
    .click()
  await expect(shell.selectedTab).toHaveAccessibleName('Estimates are wishes, example')
})

inEmptyVault('trash and back, by toast, by trash, with the tab it was in', async ({ window }) => {
  const { shell, note } = await emptyVault(window)
  await shell.press('Mod+n')
  await note.write('Lunch list', 'Bread, radishes.')
  await shell.command('Move note to the trash')
  await expect(shell.toast).toContainText('“Lunch list” is in the trash.')
  await expect(shell.tab(/Lunch list/)).toBeHidden()
  await shell.toast.getByRole('button', { name: 'Undo' }).click()
  await expect(shell.selectedTab).toHaveAccessibleName('Lunch list, note')
  await expect(note.text).toContainText('Bread, radishes.')

  await shell.command('Move note to the trash')
  await shell.row('Trash').click()
  const side = window.getByRole('complementary', { name: 'Lunch list' })
  await expect(side).toContainText('Bread, radishes.')
  await side.getByRole('button', { name: 'Put it back' }).click()
  await expect(note.text).toContainText('Bread, radishes.')
})

inEmptyVault(
  'folders: made, filled, renamed, moved and refused to be removed while something is in them',
  async ({ window }) => {
    const { shell, note } = await emptyVault(window)
    await shell.command('New folder')
    await shell.giveName('Reading')
    await expect(shell.folder('Reading')).toBeVisible()
    await shell.press('Mod+n')
    await note.write('Thinking in bets', 'Chapter 4.')
    await shell.command('Move note to a folder')
    await window.getByRole('combobox', { name: 'Move this note to a folder' }).fill('read')
    await expect(window.getByRole('option', { name: 'Reading' })).toBeVisible()
    await window.keyboard.press('Enter')
    await expect(shell.folder('Reading')).toHaveAccessibleName('Reading, folder, one note')
    await shell.folder('Reading').click()
    await expect(shell.note('Thinking in bets')).toBeVisible()

    await shell.folder('Reading').click({ button: 'right' })
    await window.getByRole('menuitem', { name: 'Remove folder' }).click()
    await expect(
      window
        .getByRole('status')
        .filter({ hasText: /not empty|still|notes/i })
        .first(),
    ).toBeVisible()
    await shell.folder('Reading').click({ button: 'right' })
    await window.getByRole('menuitem', { name: /^Rename/ }).click()
    await shell.giveName('Books')
    await expect(shell.folder('Books')).toBeVisible()
  },
)

inEmptyVault('today’s note is one note a day', async ({ window }) => {
  const { shell } = await emptyVault(window)
  await shell.press('Mod+Shift+d')
  await expect(shell.selectedTab).toHaveAccessibleName(/^\d{4}-\d{2}-\d{2}, note$/)
  await shell.press('Mod+t')
  await shell.press('Mod+Shift+d')
  await expect(shell.selectedTab).toHaveAccessibleName(/^\d{4}-\d{2}-\d{2}, note$/)
  await expect(shell.folder('Daily')).toHaveAccessibleName('Daily, folder, one note')
})

inEmptyVault('the quick switcher: Enter opens, Mod+Enter in a new tab, Shift+Enter writes', async ({ window }) => {
  const { shell, note } = await emptyVault(window)
  for (const title of ['Alpha', 'Beta']) {
    await shell.press('Mod+n')
    await note.write(title, `About ${title.toLowerCase()}.`)
  }
  await shell.open('Alpha')
  const field = await shell.jump('Beta')
  await expect(window.getByRole('option', { name: 'Beta, note' })).toBeVisible()
  await field.press(process.platform === 'darwin' ? 'Meta+Enter' : 'Control+Enter')
  await expect(window.getByRole('tab')).toHaveCount(2)
  await expect(shell.selectedTab).toHaveAccessibleName('Beta, note')
  await (await shell.jump('Gamma')).press('Shift+Enter')
  await expect(shell.selectedTab).toHaveAccessibleName('Gamma, note')
  await shell.press('Alt+ArrowLeft')
  await expect(shell.selectedTab).toHaveAccessibleName('Beta, note')
})

inEmptyVault('a title that is being written is kept when another note takes its place', async ({ window }) => {
  const { shell, note } = await emptyVault(window)
  for (const title of ['Alpha', 'Beta']) {
    await shell.press('Mod+n')
    await note.write(title, `About ${title.toLowerCase()}.`)
  }
  await note.title.fill('Gamma')
  await shell.press('Alt+ArrowLeft')
  await expect(note.title).toHaveText('Alpha')
  await shell.press('Alt+ArrowRight')
  await expect(shell.selectedTab).toHaveAccessibleName('Gamma, note')
  await expect(note.title).toHaveText('Gamma')
})

test('a title that is being written is kept when the app is closed', async ({ launchApp }) => {
  const first = await launchApp()
  const { shell, note } = await emptyVault(first.window)
  await shell.press('Mod+n')
  await note.isNew()
  await note.title.fill('Written last')
  await first.electron.close()
  const again = await launchApp()
  const reopened = new Shell(again.window)
  await reopened.ready()
  await expect(reopened.selectedTab).toHaveAccessibleName('Written last, note')
})

inEmptyVault('until a new note is there, what is typed lands in no other', async ({ electron, window }) => {
  test.skip(process.platform === 'win32', 'Windows cannot stop a process')
  const { shell, note } = await emptyVault(window)
  await shell.press('Mod+n')
  await note.write('Alpha', 'One')
  const pid = await hostPid(electron)
  process.kill(pid, 'SIGSTOP')
  try {
    await shell.press('Mod+n')
    await window.keyboard.type('lost')
    await expect(note.title).toHaveText('Alpha')
    await expect(note.text).toHaveText('One')
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  await note.isNew()
  await shell.press('Alt+ArrowLeft')
  await expect(note.title).toHaveText('Alpha')
  await expect(note.text).toHaveText('One')
})

test('several vaults: one is made, renamed, and left for another', async ({ window }) => {
  const { shell, note } = await emptyVault(window)
  await shell.press('Mod+n')
  await note.write('Only here', 'In the first vault.')
  await shell.command('New vault')
  await shell.giveName('Field notes')
  await expect(shell.vaultButton).toHaveAccessibleName('Vault: Field notes. Switch vault')
  await expect(shell.tab(/Only here/)).toBeHidden()
  await shell.command('Rename this vault')
  await shell.giveName('Home')
  await expect(shell.vaultButton).toHaveAccessibleName('Vault: Home. Switch vault')
  await shell.vaultButton.click()
  await window.getByRole('menuitemcheckbox', { name: /^My notes/ }).click()
  await expect(shell.vaultButton).toHaveAccessibleName('Vault: My notes. Switch vault')
  await shell.ready()
  await shell.open('Only here')
  await expect(note.text).toContainText('In the first vault.')
})

inEmptyVault(
  'by key alone: two notes in two tabs, to and fro, and what is typed goes on where it was',
  async ({ window }) => {
    const { shell, note } = await emptyVault(window)
    await shell.press('Mod+n')
    await note.isNew()
    await window.keyboard.type('Alpha')
    await window.keyboard.press('Enter')
    await note.takesText()
    await window.keyboard.type('One')
    await expect(note.text).toHaveText('One')
    const field = await shell.jump('Beta')
    await field.press('Shift+Enter')
    await expect(shell.selectedTab).toHaveAccessibleName('Beta, note')
    await note.takesText()
    await window.keyboard.type('Two')
    await expect(note.text).toHaveText('Two')
    await shell.press('Mod+t')
    await expect(shell.selectedTab).toHaveAccessibleName('New tab')
    await shell.open('Alpha')
    await note.takesText()
    await window.keyboard.press('End')
    await window.keyboard.type(' more')
    await expect(note.text).toHaveText('One more')
    await window.keyboard.press('Control+Tab')
    await expect(shell.selectedTab).toHaveAccessibleName('Beta, note')
    await note.takesText()
    await window.keyboard.press('End')
    await window.keyboard.type(' three')
    await expect(note.text).toHaveText('Two three')
  },
)

inEmptyVault('a note is reopened where it was read', async ({ window }) => {
  const { shell, note } = await emptyVault(window)
  await shell.press('Mod+n')
  await note.write('Long', '')
  for (let line = 0; line < 40; line++) await window.keyboard.type(`Line ${line}\n`)
  const scroller = window.locator('.content-layer:not([hidden]) .note-scroll')
  const top = () => scroller.evaluate((element) => Math.round(element.scrollTop))
  await scroller.evaluate((element) => {
    element.scrollTop = 300
  })
  await expect.poll(top).toBe(300)
  // The title is over the page while its own is out of sight.
  await expect(shell.main.locator('.note-line')).toContainText('Long')
  await shell.row('Trash').click()
  await shell.press('Alt+ArrowLeft')
  await expect.poll(top).toBe(300)
})
