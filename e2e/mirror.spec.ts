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

test('many changes at once are one change that is taken back in one step; single ones by their lines, also after a start', async ({
  launchApp,
  folder,
}) => {
  test.setTimeout(240_000)
  const target = path.join(folder, 'Step')
  await mkdir(target)
  const first = await launchApp()
  const { shell } = await emptyVault(first.window)
  for (const name of ['One', 'Two', 'Three', 'Four', 'Five', 'Six']) {
    await callPort(first.window, 'vault', 'createNote', {
      title: name,
      kind: 'note',
      folderId: null,
      markdown: `${name} here.\n`,
    })
  }
  await answerFolderDialog(first.electron, target)
  await shell.command('Keep a folder in step')
  await first.window.getByRole('button', { name: 'Choose a folder' }).click()
  const files = async () => (await readdir(target)).filter((name) => name.endsWith('.md')).sort()
  await expect.poll(files).toHaveLength(6)
  const at = (name: string) => path.join(target, `${name}.md`)
  const before = await text(at('One'))

  // folders
  await mkdir(path.join(target, 'Empty there'))
  const folders = async () =>
    (await callPort<{ name: string }[]>(first.window, 'vault', 'folders', {})).map(({ name }) => name)
  await expect.poll(folders).toContain('Empty there')
  await callPort(first.window, 'vault', 'createFolder', { parentId: null, name: 'Empty here' })
  await expect.poll(() => readdir(target)).toContain('Empty here')

  // many at once
  await Promise.all([
    writeFile(at('One'), `${before}\nOutside.\n`),
    writeFile(at('Two'), `${await text(at('Two'))}\nOutside.\n`),
    writeFile(at('New'), 'A new file.\n'),
    rm(at('Three')),
  ])
  const line = first.window.getByText('2 edits, 1 new note, 1 delete, read from the folder')
  await expect(line).toBeVisible()
  type Change = { title: string; undone: boolean }
  const changes = () => callPort<Change[]>(first.window, 'vault', 'bigChanges', {})
  expect(await changes()).toMatchObject([
    { title: 'Changes from the folder Step: 2 edits, 1 new note, 1 delete', undone: false },
  ])
  await first.window.getByRole('button', { name: 'Undo: 2 edits, 1 new note, 1 delete, read from the folder' }).click()
  await expect.poll(files).toEqual(['Five.md', 'Four.md', 'One.md', 'Six.md', 'Three.md', 'Two.md'])
  await expect.poll(() => text(at('One'))).toBe(before)
  await expect(first.window.getByText('Taken back')).toBeVisible()

  // one at a time
  await writeFile(at('Four'), `${await text(at('Four'))}\nOutside again.\n`)
  await expect(first.window.getByText('Four.md, read from the folder')).toBeVisible()
  await rm(at('Five'))
  await expect(first.window.getByText('Five.md, deleted in the folder')).toBeVisible()
  expect(await changes()).toHaveLength(1 + 1)
  await first.electron.close()

  const { window: page } = await launchApp()
  await page.getByRole('tab', { name: 'Folder in step' }).click()
  await page.getByRole('button', { name: 'Undo: Five.md' }).click()
  await expect.poll(() => text(at('Five'))).toContain('Five here.')
  await page.getByRole('button', { name: 'Difference: Four.md' }).click()
  await expect(page.getByRole('region', { name: 'What changed' })).toContainText('Outside again.')

  await page.getByRole('tab', { name: 'Folder in step' }).click()
  await page.getByRole('button', { name: 'Undo: Four.md' }).click()
  await expect(page.locator('.toast')).toContainText('What was written since is in the versions of the note.')
  await expect.poll(() => text(at('Four'))).not.toContain('Outside again.')
})

test('F22: a folder that cannot be kept in step leaves the one that is; the settings find it and stop it', async ({
  app,
  folder,
}) => {
  test.setTimeout(180_000)
  const { electron, window: page } = app
  const { shell } = await emptyVault(page)
  const [target, other] = [path.join(folder, 'Step'), path.join(folder, 'Other')]
  await mkdir(target)
  await mkdir(other)
  await writeFile(path.join(other, 'foreign.md'), 'Of somebody else.\n')
  const create = (title: string) =>
    callPort(page, 'vault', 'createNote', { title, kind: 'note', folderId: null, markdown: `${title} here.\n` })
  await create('One')
  const choose = async (chosen: string) => {
    await answerFolderDialog(electron, chosen)
    await callPort(page, 'app', 'chooseFolder', { purpose: 'export' })
    await callPort(page, 'app', 'startMirror', { folder: chosen })
  }
  await choose(target)
  await expect.poll(() => text(path.join(target, 'One.md'))).toContain('One here.')
  await expect(choose(other)).rejects.toThrow('folder-not-empty')
  await create('Two')
  await expect.poll(() => text(path.join(target, 'Two.md'))).toContain('Two here.')
  expect(await readdir(other)).toEqual(['foreign.md'])

  await shell.command('Settings')
  await page.getByRole('searchbox', { name: 'Find a setting' }).fill('mirror')
  await expect(page.getByText(`${target}. In step at`)).toBeVisible()
  await page.getByRole('button', { name: 'Pause keeping in step' }).click()
  await expect(page.getByText(`${target}. Paused`)).toBeVisible()
  await page.getByRole('button', { name: 'Stop keeping in step' }).click()
  await expect(page.getByRole('button', { name: 'Choose a folder' })).toBeVisible()
})
