import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { answerFolderDialog } from './support/dialogs.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

// src/main/mirror/SPEC.md; screen l3.

const text = (file: string) => readFile(file, 'utf8').catch(() => null)

test('a folder is kept in step both ways: edits, new files, deletes, pause and stop', async ({ app, folder }) => {
  test.setTimeout(180_000)
  const { electron, window: page } = app
  const { shell } = await emptyVault(page)
  const target = path.join(folder, 'Step')
  await mkdir(target)
  for (const name of ['One', 'Two', 'Three', 'Four']) {
    await callPort(page, 'vault', 'createNote', {
      title: name,
      kind: 'note',
      folderId: null,
      markdown: `${name} here.\n`,
    })
  }
  await answerFolderDialog(electron, target)
  await shell.command('Keep a folder in step')
  await page.getByRole('button', { name: 'Choose a folder' }).click()
  await expect(page.getByText('In step, both ways.')).toBeVisible()
  const one = path.join(target, 'One.md')
  await expect.poll(() => text(one)).toContain('One here.')

  // out
  const { id } = await callPort<{ id: string }>(page, 'vault', 'find', { name: 'One' })
  await callPort(page, 'vault', 'appendMarkdown', { id, markdown: 'Written in the app.' })
  await expect.poll(() => text(one)).toContain('Written in the app.')

  // in
  await writeFile(one, `${await text(one)}\nWritten outside.\n`)
  const shown = async () => (await callPort<{ markdown: string }>(page, 'vault', 'showMarkdown', { id })).markdown
  await expect.poll(shown).toContain('Written outside.')
  expect(await shown()).toContain('Written in the app.')
  await writeFile(path.join(target, 'Five.md'), 'A new file.\n')
  const titles = async () =>
    (await callPort<{ title: string }[]>(page, 'vault', 'notes', {})).map(({ title }) => title).sort()
  await expect.poll(titles).toEqual(['Five', 'Four', 'One', 'Three', 'Two'])
  await rm(path.join(target, 'Two.md'))
  await expect.poll(titles).toEqual(['Five', 'Four', 'One', 'Three'])
  await expect(page.getByText(', deleted in the folder; the note is in the trash')).toBeVisible()

  // too much at once
  for (const name of ['Five', 'Four', 'Three']) await rm(path.join(target, `${name}.md`))
  await expect(page.getByText('3 notes of 4 vanished from the folder at once')).toBeVisible()
  expect(await titles()).toEqual(['Five', 'Four', 'One', 'Three'])
  await page.getByRole('button', { name: 'Put files back' }).click()
  await expect.poll(async () => (await readdir(target)).filter((name) => name.endsWith('.md')).length).toBe(4)

  await page.getByRole('button', { name: 'Stop keeping in step' }).click()
  await expect(page.getByRole('button', { name: 'Choose a folder' })).toBeVisible()
  expect((await stat(path.join(target, '.throughline', 'receipt.json'))).isFile()).toBe(true)
})

test('what another program wrote while the app was closed is read at the next start', async ({ launchApp, folder }) => {
  test.setTimeout(180_000)
  const target = path.join(folder, 'Step')
  await mkdir(target)
  const first = await launchApp()
  const { shell } = await emptyVault(first.window)
  await callPort(first.window, 'vault', 'createNote', {
    title: 'One',
    kind: 'note',
    folderId: null,
    markdown: 'One here.\n',
  })
  await answerFolderDialog(first.electron, target)
  await shell.command('Keep a folder in step')
  await first.window.getByRole('button', { name: 'Choose a folder' }).click()
  const one = path.join(target, 'One.md')
  await expect.poll(() => text(one)).toContain('One here.')
  await first.electron.close()

  await writeFile(one, `${await text(one)}\nWritten while it was closed.\n`)
  const { window: page } = await launchApp()
  const shown = async () => {
    const { id } = await callPort<{ id: string }>(page, 'vault', 'find', { name: 'One' })
    return (await callPort<{ markdown: string }>(page, 'vault', 'showMarkdown', { id })).markdown
  }
  await expect.poll(shown).toContain('Written while it was closed.')
})
