import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { HistoryPage } from './pages/history.ts'
import { NotePage } from './pages/note.ts'
import { barriers } from './support/barriers.ts'
import { answerFolderDialog } from './support/dialogs.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault as test } from './support/fixtures.ts'

async function startEmpty(window: Page) {
  return { ...(await emptyVault(window)), history: new HistoryPage(window) }
}

/** A note of three paragraphs, kept under a name, then changed in the first and the last. */
async function keptAndChanged(window: Page) {
  const { shell, note, history } = await startEmpty(window)
  await shell.press('Mod+n')
  await note.write('Blast radius', 'We always ask how likely a change is to fail.')
  await window.keyboard.press('Enter')
  await window.keyboard.type('This one stays as it is.')
  await window.keyboard.press('Enter')
  await window.keyboard.type('Most rules were written the week after something broke.')
  await shell.command('Keep this version under a name')
  await history.keepAs('Before the offsite')
  await window.keyboard.press('Escape')
  await expect(history.pane).toBeHidden()
  await note.text.getByText('Most rules').click({ clickCount: 3 })
  await window.keyboard.press('Delete')
  await expect(note.text).not.toContainText('Most rules')
  await note.text.getByText('We always').click()
  await window.keyboard.press('Home')
  await window.keyboard.type('In meetings: ')
  await expect(note.text).toContainText('In meetings: We always')
  return { shell, note, history }
}

test('a version is named, compared, read as it was, and left with the caret where it was', async ({ window }) => {
  const { shell, note, history } = await keptAndChanged(window)
  await shell.command('Versions of this note')
  await expect(history.thread).toBeFocused()
  await expect(history.chosen).toContainText('Before the offsite')
  await expect(history.chosen).toContainText('Named by you')
  await expect(history.status).toContainText('compared with now')
  await expect(history.passages('Rewritten').locator('ins')).toContainText('In meetings:')
  await expect(history.passages('Removed').locator('del')).toContainText('Most rules were written')
  await expect(history.difference.getByRole('button', { name: 'One paragraph the same' })).toBeVisible()

  await window.keyboard.press('Enter')
  await expect(history.status).toContainText('as it was')
  await expect(history.difference).toContainText('Most rules were written')
  await expect(history.difference.locator('ins, del')).toHaveCount(0)
  await window.keyboard.press('Escape')
  await expect(history.passages('Removed')).toHaveCount(1)
  await window.keyboard.press('ArrowUp')
  await window.keyboard.press('Home')
  await expect(history.chosen).toContainText('now')
  await expect(note.text).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(history.pane).toBeHidden()
  await expect(note.text).toBeFocused()
  await window.keyboard.type('all ')
  await expect(note.text).toContainText('In meetings: all We always')
})

test('a passage is restored, then the whole note, and a toast undoes each', async ({ window }) => {
  const { shell, note, history } = await keptAndChanged(window)
  await shell.command('Versions of this note')
  await history.passages('Removed').getByRole('button', { name: 'Restore passage' }).click()
  await expect(history.passages('Removed')).toHaveCount(0)
  await expect(history.passages('Rewritten')).toHaveCount(1)
  await shell.toast.getByRole('button', { name: 'Undo' }).click()
  await expect(history.passages('Removed')).toHaveCount(1)

  await history.button('Restore this version').click()
  await expect(note.text).toContainText('Most rules were written the week after')
  await expect(note.text).not.toContainText('In meetings')
  await expect(history.pane).toBeHidden()
  await shell.toast.getByRole('button', { name: 'Undo' }).click()
  await expect(note.text).toContainText('In meetings: We always')
  await expect(note.text).not.toContainText('Most rules')

  // Nothing was lost on the way: what the note was before each step is in the thread.
  await shell.command('Versions of this note')
  await expect(history.version(/before a restore/).first()).toBeVisible()
})

test('a name is changed and taken away, and a day chooses what the note was', async ({ window }) => {
  const { shell, history } = await keptAndChanged(window)
  await shell.command('Versions of this note')
  // A pause may have kept another one after it.
  await history.version(/Before the offsite/).click()
  await window.keyboard.press('F2')
  await expect(history.name).toHaveValue('Before the offsite')
  await history.keepAs('Before the talk')
  await expect(history.thread).toBeFocused()
  await window.keyboard.press('F2')
  await history.pane.getByRole('button', { name: 'Take the name away' }).click()
  await expect(history.version(/Before the talk/)).toHaveCount(0)
  const date = history.pane.getByLabel('As it stood on')
  await date.fill('2001-03-03')
  await expect(history.pane.getByText('Nothing was kept by then. The first is from today.')).toBeVisible()
})

test('a rename that rewrote links, and an import, are taken back', async ({ window, electron, folder }) => {
  const { shell, note } = await startEmpty(window)
  await shell.press('Mod+n')
  await note.write('Two maps', 'One of the payment.')
  await shell.press('Mod+n')
  await note.write('Refunds', 'See [[Two maps]] before Thursday.')
  await shell.open('Two maps')
  await shell.command('Rename note')
  await window.keyboard.type('Three maps')
  await window.keyboard.press('Enter')
  await expect(shell.toast).toContainText('One link')
  await shell.toast.getByRole('button', { name: 'Undo' }).click()
  await expect(note.title).toHaveText('Two maps')
  await shell.open('Refunds')
  await expect(note.text).toContainText('Two maps')

  const source = path.join(folder, 'Field notes')
  await mkdir(source)
  await writeFile(path.join(source, 'Desk.md'), 'The desk heard first.\n')
  await answerFolderDialog(electron, source)
  await shell.command('Copy a folder into this vault')
  await window.getByRole('button', { name: 'Copy 1 note' }).click()
  await window.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click()
  await expect(shell.toast).toContainText('is in the trash')
  await shell.toast.getByRole('button', { name: 'Undo' }).click()
  await shell.open('Desk')
  await expect(note.text).toContainText('The desk heard first.')

  await shell.command('Large changes')
  const rows = window.getByRole('main').locator('.large-change')
  await expect(rows.filter({ hasText: 'Import of 1 note' }).first()).toBeVisible()
  await expect(rows.filter({ hasText: 'Taken back' }).first()).toBeVisible()
})

test('notes go back to how they stood on a day, as one large change', async ({ window }) => {
  const { shell } = await keptAndChanged(window)
  // Left open: a note that is closed is kept as it is then.
  await shell.press('Mod+t')
  await shell.command('Large changes')
  const today = new Date()
  const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
  await window.getByLabel('Put notes back as they stood on').fill(day)
  await window.getByRole('button', { name: 'Put 1 note back' }).click()
  await expect(shell.toast).toContainText('One note is as it was')
  await shell.open('Blast radius')
  await expect(new NotePage(window).text).toContainText('Most rules were written')
})

for (const theme of ['Light', 'Dark'] as const) {
  test(`axe finds nothing serious in the history, ${theme.toLowerCase()}`, async ({ window }) => {
    const { shell, history } = await keptAndChanged(window)
    await shell.command(theme)
    await shell.command('Versions of this note')
    await expect(history.passages('Removed')).toHaveCount(1)
    expect(await barriers(window), 'difference').toEqual([])
    await window.keyboard.press('Enter')
    await expect(history.status).toContainText('as it was')
    expect(await barriers(window), 'reading').toEqual([])
    await window.keyboard.press('F2')
    await expect(history.name).toBeFocused()
    expect(await barriers(window), 'naming').toEqual([])
    await shell.command('Large changes')
    await expect(window.getByLabel('Put notes back as they stood on')).toBeVisible()
    expect(await barriers(window), 'large changes').toEqual([])
  })
}
