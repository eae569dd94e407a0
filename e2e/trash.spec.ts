import type { Page } from '@playwright/test'
import { Shell } from './pages/shell.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault, test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'
import { filesWith } from './support/profile-text.ts'

type Row = { id: string }

const create = (window: Page, title: string, markdown: string, kind = 'note') =>
  callPort<Row>(window, 'vault', 'createNote', { title, kind, markdown })
const trash = (window: Page, { id }: Row) => callPort(window, 'vault', 'trashNote', { id })

inEmptyVault('the trash tells when, what and who waits; put back, the links lead there again', async ({ window }) => {
  const { shell } = await emptyVault(window)
  const told = await create(
    window,
    'The nine-day review, first telling',
    'It began as a two-line change to how dates print. The review took nine days, and by then the file it touched had moved twice.\n\nNobody was slow. Everybody was third in a queue.',
    'example',
  )
  await create(
    window,
    'Slow is a smell',
    'As in [[The nine-day review, first telling|the nine-day review]], the delay was nobody’s work.',
    'essay',
  )
  await create(window, 'Planning, week 9', 'Read [[The nine-day review, first telling]] before Thursday.')
  const list = await create(window, 'Lunch list', 'Soup and bread.')
  await trash(window, list)
  await trash(window, told)

  await shell.row('Trash').click()
  await expect(shell.main.getByText('Two notes. They stay until you empty it.')).toBeVisible()
  const row = shell.main.getByRole('list', { name: 'Deleted' }).getByRole('button', { name: /first telling/ })
  await expect(row).toContainText('2 links')
  await expect(row).toContainText('Was in Examples. 34 words')
  await expect(shell.main.getByRole('button', { name: /Lunch list/ })).toContainText('None')
  const side = shell.main.getByRole('complementary', { name: 'The nine-day review, first telling' })
  await expect(side).toContainText('Everybody was third in a queue.')
  await expect(side.getByRole('button', { name: /Slow is a smell/ })).toContainText('the delay was nobody’s work')
  await expect(side).toContainText('Putting it back reconnects both.')
  await side.getByRole('button', { name: 'Put it back' }).click()
  await expect(shell.selectedTab).toHaveAccessibleName('The nine-day review, first telling, example')
  await expect(shell.group('Mentioned in').getByRole('listitem')).toHaveCount(2)
})

test('emptied after a question that says what goes; no file of the profile holds the words afterwards', async ({
  launchApp,
  profile,
}) => {
  const { window, electron, errors } = await launchApp()
  const { shell, note } = await emptyVault(window)
  const word = 'zyxomarmalade'
  // One that was never open, one that was typed, and one that stays.
  await create(window, `Never open ${word}`, `Words of ${word}.`)
  await create(window, 'Stays', 'Words that stay: quillfeather.')
  await shell.press('Mod+n')
  await note.write(`Typed ${word}`, `More words of ${word}.`)
  await callPort(window, 'vault', 'flush', {})
  await callPort(window, 'vault', 'whenIndexed', {})
  expect(await filesWith(profile, word)).not.toEqual([])
  for (const { id } of await callPort<(Row & { title: string })[]>(window, 'vault', 'notes', {})) {
    const { title } = await callPort<{ title: string }>(window, 'vault', 'note', { id })
    if (title.includes(word)) await trash(window, { id })
  }

  await shell.row('Trash').click()
  await shell.main.getByRole('button', { name: 'Empty trash' }).click()
  const dialog = shell.dialog('Empty the trash?')
  await expect(dialog).toContainText('Two notes leave this computer for good.')
  await expect(dialog).toContainText('Every version of them')
  const keep = dialog.getByRole('button', { name: 'Keep them' })
  await expect(keep).toBeFocused()
  await keep.click()
  await expect(shell.main.getByText('Two notes.')).toBeVisible()
  await shell.main.getByRole('button', { name: 'Empty trash' }).click()
  await dialog.getByRole('button', { name: 'Remove 2 notes for good' }).click()
  await expect(shell.main.getByText('Nothing is in the trash.')).toBeVisible()
  await expect(shell.toast).toContainText('Two notes are gone for good.')
  await electron.close()

  // Index, journal, settings: nothing. Chromium's own store gives up what was deleted when it tidies up, which the
  // app asks it to do and cannot make it do at once: what is left of a merge goes at the next start at the latest.
  const isStore = (file: string) => file.includes('.indexeddb.leveldb')
  expect((await filesWith(profile, word)).filter((file) => !isStore(file))).toEqual([])
  const again = await launchApp()
  await new Shell(again.window).ready()
  expect(await callPort(again.window, 'vault', 'trash', {})).toEqual([])
  expect(await callPort(again.window, 'vault', 'notes', {})).toMatchObject([{ title: 'Stays' }])
  await expect.poll(() => filesWith(profile, word)).toEqual([])
  expect((await filesWith(profile, 'quillfeather')).some(isStore)).toBe(true)
  expect([...errors, ...again.errors]).toEqual([])
})
