import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { FirstRunPage } from './pages/first-run.ts'
import { Shell } from './pages/shell.ts'
import { barriers } from './support/barriers.ts'
import { answerFolderDialog } from './support/dialogs.ts'
import { expect, test } from './support/fixtures.ts'

test('the first run asks where the notes are, and an empty vault is one door', async ({ window }) => {
  const first = new FirstRunPage(window)
  await expect(first.title).toBeVisible()
  await first.emptyDoor.click()
  const shell = new Shell(window)
  await shell.ready()
  await expect(shell.main.getByText('What would you like to write, or read again?')).toBeVisible()
  await expect(shell.footer).toContainText('Only inside Throughline')
})

test('axe finds nothing serious in the first run, light and dark', async ({ window }) => {
  await expect(new FirstRunPage(window).title).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme })
    expect(await barriers(window), colorScheme).toEqual([])
  }
})

test('the starter vault is a vault of its own', async ({ window }) => {
  await new FirstRunPage(window).starterDoor.click()
  const shell = new Shell(window)
  await shell.ready()
  await expect(shell.row('Essays')).toContainText('5')
  await expect(shell.navigator.getByText('In progress')).toBeVisible()
  await shell.vaultButton.click()
  await expect(window.getByRole('menuitemcheckbox', { name: /^Starter vault/ })).toContainText('16 notes')
})

test('a folder shows what is in it before anything happens, comes in, and is opened', async ({
  electron,
  window,
  folder,
}) => {
  const notes = path.join(folder, 'Field notes')
  await mkdir(path.join(notes, 'Reading'), { recursive: true })
  await writeFile(path.join(notes, 'Refunds.md'), '# Refunds\n\nThe refund desk heard first. See [[Two maps]].\n')
  await writeFile(path.join(notes, 'Reading', 'Two maps.md'), 'Two maps of one payment.\r\nAnd [[Nothing yet]].\r\n')
  await writeFile(path.join(notes, 'Reading', 'scan.md'), Buffer.from([0xff, 0xfe, 0x00, 0x41]))
  const before = await readdir(notes, { recursive: true })

  await answerFolderDialog(electron, notes)
  await new FirstRunPage(window).folderDoor.click()
  const shell = new Shell(window)
  const preview = shell.dialog('Copy in “Field notes”')
  await expect(preview).toContainText('3')
  await preview.getByRole('button', { name: 'Copy 3 notes' }).click()

  const report = shell.dialog('“Field notes” is in')
  await expect(report).toContainText('links lead to a note')
  await expect(report.getByText('1 file is kept as plain text')).toBeVisible()
  await report.getByRole('button', { name: 'Open it' }).click()
  await shell.ready()
  await expect(shell.folder('Reading')).toBeVisible()
  await expect(shell.note('Refunds')).toBeVisible()

  // The folder is only read.
  expect(await readdir(notes, { recursive: true })).toEqual(before)

  // And it all leaves again, byte for byte.
  const out = path.join(folder, 'out')
  await mkdir(out)
  await answerFolderDialog(electron, out)
  await shell.command('Take a copy out as Markdown')
  const dialog = shell.dialog('Take a copy out')
  await dialog.getByRole('button', { name: 'Choose' }).first().click()
  await dialog.getByRole('button', { name: 'Copy 3 notes' }).click()
  await expect(shell.dialog('3 notes are in “out”')).toBeVisible()
  for (const file of ['Refunds.md', 'Reading/Two maps.md', 'Reading/scan.md']) {
    expect(await readFile(path.join(out, file))).toEqual(await readFile(path.join(notes, file)))
  }
  await window.keyboard.press('Escape')
  await expect(shell.footer).toContainText('written')
})

test('cancelling the folder dialog changes nothing', async ({ electron, window }) => {
  await answerFolderDialog(electron, null)
  const first = new FirstRunPage(window)
  await first.folderDoor.click()
  await expect(first.title).toBeVisible()
  await expect(first.emptyDoor).toBeEnabled()
})

test('a folder without notes says so and offers another', async ({ electron, window, folder }) => {
  await answerFolderDialog(electron, folder)
  await new FirstRunPage(window).folderDoor.click()
  const preview = new Shell(window).dialog(/^Copy in/)
  await expect(preview.getByText('No Markdown was found in this folder. Choose another?')).toBeVisible()
  await preview.getByRole('button', { name: 'Cancel' }).click()
  await expect(preview).toBeHidden()
})
