import { createWriteStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { FirstRunPage } from './pages/first-run.ts'
import { Shell } from './pages/shell.ts'
import { answerFolderDialog } from './support/dialogs.ts'
import { expect, inEmptyVault, test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'
import { verbJson } from './support/verb.ts'

const FILES: Record<string, string> = {
  'Essays/Reach.md': '---\nbased-on: "[[Outage]]"\n---\nSee [[Nobody]].\n',
  'Log/Outage.md': 'It stopped.\n',
  'Log/Monday.md': '```dataview\nLIST\n```\n',
}

async function fill(folder: string): Promise<string> {
  const notes = path.join(folder, 'Field notes')
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(path.dirname(path.join(notes, name)), { recursive: true })
    await writeFile(path.join(notes, name), text)
  }
  return notes
}

type Row = { path: string; kind: string }

test('what is found is shown first; kinds and relations as chosen, beside the files until asked for', async ({
  electron,
  window,
  folder,
}) => {
  const notes = await fill(folder)
  await answerFolderDialog(electron, notes)
  await new FirstRunPage(window).folderDoor.click()
  const shell = new Shell(window)
  const preview = shell.dialog('Copy in “Field notes”')
  await expect(preview.getByText('1 Dataview query')).toBeVisible()
  await expect(preview.getByText('links, 1 not written yet')).toBeVisible()
  await expect(preview.getByLabel('Kind of Folder Essays')).toHaveValue('essay')
  await expect(preview.getByLabel('Read based-on as')).toHaveValue('rests_on')
  await preview.getByLabel('Kind of Folder Log').selectOption('example')
  await preview.getByRole('button', { name: 'Copy 3 notes' }).click()
  const report = shell.dialog('“Field notes” is in')
  await expect(report).toContainText('1 essay, 2 examples')
  await report.getByRole('button', { name: 'Open it' }).click()
  await shell.ready()
  const rows = await callPort<Row[]>(window, 'vault', 'notes', {})
  expect(Object.fromEntries(rows.map((row) => [row.path, row.kind]))).toEqual({
    'Essays/Reach.md': 'essay',
    'Log/Outage.md': 'example',
    'Log/Monday.md': 'example',
  })
  const { id } = await callPort<{ id: string }>(window, 'vault', 'find', { name: 'Outage' })
  const { items } = await callPort<{ items: { relation: string }[] }>(window, 'index', 'backlinks', { id })
  expect(items.map(({ relation }) => relation)).toEqual(['rests_on'])

  const reach = async () =>
    (
      await callPort<{ markdown: string }>(window, 'vault', 'showMarkdown', {
        id: (await callPort<{ id: string }>(window, 'vault', 'find', { name: 'Reach' })).id,
      })
    ).markdown
  expect(await reach()).toBe(FILES['Essays/Reach.md'])
  await shell.command('Write kinds into files')
  await expect(window.getByText('3 files say their kinds now.')).toBeVisible()
  expect(await reach()).toContain('kind: essay')
  for (const [name, text] of Object.entries(FILES)) expect(await readFile(path.join(notes, name), 'utf8')).toBe(text)
})

inEmptyVault(
  'a zip comes in as its folder would, and --kind-from names what gives kinds',
  async ({ app, folder, profile }) => {
    const zip = new ZipFile()
    for (const [name, text] of Object.entries(FILES)) zip.addBuffer(Buffer.from(text), `Field notes/${name}`)
    zip.end()
    const file = path.join(folder, 'Field notes.zip')
    await pipeline(zip.outputStream, createWriteStream(file))
    const first = await verbJson<{ notes: number; skipped: unknown[] }>(
      profile,
      'import',
      file,
      '--kind-from',
      'folder',
    )
    expect(first).toMatchObject({ notes: 3, skipped: [] })
    const out = path.join(folder, 'out')
    await verbJson(profile, 'export', out)
    for (const [name, text] of Object.entries(FILES)) expect(await readFile(path.join(out, name), 'utf8')).toBe(text)
    const kinds = async (...vault: string[]) =>
      Object.fromEntries((await verbJson<Row[]>(profile, 'list', ...vault)).map((row) => [row.path, row.kind]))
    const wanted = { 'Essays/Reach.md': 'essay', 'Log/Outage.md': 'note', 'Log/Monday.md': 'note' }
    expect(await kinds()).toEqual(wanted)
    await verbJson(profile, 'import', out, '--vault', 'Again')
    expect(await kinds('--vault', 'Again')).toEqual(wanted)
    expect(app.errors).toEqual([])
  },
)

test('a folder can be kept in step from its import on', async ({ electron, window, folder }) => {
  const notes = await fill(folder)
  await answerFolderDialog(electron, notes)
  await new FirstRunPage(window).folderDoor.click()
  const shell = new Shell(window)
  const preview = shell.dialog('Copy in “Field notes”')
  await preview.getByRole('checkbox', { name: 'Keep it in step' }).check()
  await preview.getByRole('button', { name: 'Copy 3 notes' }).click()
  const report = shell.dialog('“Field notes” is in')
  await expect(report).toContainText('follow each other')
  await report.getByRole('button', { name: 'Open it' }).click()
  await shell.ready()
  expect(await callPort<{ folder: string } | null>(window, 'app', 'mirror', {})).toMatchObject({ folder: notes })
  for (const [name, text] of Object.entries(FILES)) expect(await readFile(path.join(notes, name), 'utf8')).toBe(text)
})

test('imported again with other rules: said in the preview, done where asked for, taken back in one step', async ({
  electron,
  window,
  folder,
}) => {
  const notes = await fill(folder)
  await writeFile(path.join(notes, 'Up.md'), '---\nup: "[[Reach]]"\n---\n')
  await answerFolderDialog(electron, notes)
  await new FirstRunPage(window).folderDoor.click()
  const shell = new Shell(window)
  const preview = shell.dialog('Copy in “Field notes”')
  await preview.getByLabel('Kind of Folder Log').selectOption('example')
  await preview.getByRole('button', { name: 'Copy 4 notes' }).click()
  const report = shell.dialog('“Field notes” is in')
  await expect(report).toContainText('Rests on, from “based-on”')
  await expect(report).toContainText('1 word with links stays a property')
  await report.getByRole('button', { name: 'Decide: 1 word with links stays a property' }).click()

  // The same folder again, into the vault that was just made.
  await expect(preview.getByLabel('Kind of Folder Log')).toHaveValue('example')
  await preview.getByLabel('Read up as').selectOption('rests_on')
  await preview.getByLabel('Kind of Folder Log').selectOption('commitment')
  await expect(
    preview.getByRole('checkbox', { name: '2 notes that are in already would become commitments' }),
  ).toBeChecked()
  await preview.getByRole('button', { name: 'Copy 4 notes' }).click()
  await expect(report).toContainText('2 notes that were in already have another kind')
  await expect(report).toContainText('4 as they were')
  await expect(report).not.toContainText('stays a property')
  await report.getByRole('button', { name: 'Open it' }).click()
  await shell.ready()
  const kinds = async () =>
    Object.fromEntries((await callPort<Row[]>(window, 'vault', 'notes', {})).map((row) => [row.path, row.kind]))
  expect(await kinds()).toMatchObject({ 'Essays/Reach.md': 'essay', 'Log/Outage.md': 'commitment', 'Up.md': 'note' })
  const [change] = await callPort<{ id: string }[]>(window, 'vault', 'bigChanges', {})
  await callPort(window, 'vault', 'undoBigChange', { id: change?.id ?? '' })
  expect(await kinds()).toMatchObject({ 'Essays/Reach.md': 'essay', 'Log/Outage.md': 'example' })
})

inEmptyVault(
  'one note brings its pictures; another picture of that name is kept beside the first',
  async ({ app, folder, profile }) => {
    const make = async (name: string, picture: string) => {
      const own = path.join(folder, name)
      await mkdir(path.join(own, 'img'), { recursive: true })
      await writeFile(path.join(own, `${name}.md`), '![[img/pic.png]] ![[gone.png]]\n')
      await writeFile(path.join(own, 'img', 'pic.png'), picture)
      return path.join(own, `${name}.md`)
    }
    const [one, two] = [await make('one', 'first'), await make('two', 'second')]
    type Answer = { attachments: number; renamed?: { path: string; name: string }[] }
    expect(await verbJson<Answer>(profile, 'import', one, '--vault', 'Both')).toMatchObject({ attachments: 1 })
    const second = await verbJson<Answer>(profile, 'import', two, '--vault', 'Both')
    expect(second.renamed).toEqual([{ path: 'img/pic.png', name: 'img/pic 2.png' }])
    const out = path.join(folder, 'out')
    await verbJson(profile, 'export', out, '--vault', 'Both')
    expect(await readFile(path.join(out, 'img', 'pic.png'), 'utf8')).toBe('first')
    expect(await readFile(path.join(out, 'img', 'pic 2.png'), 'utf8')).toBe('second')
    expect(await readFile(path.join(out, 'two.md'), 'utf8')).toBe('![[img/pic.png]] ![[gone.png]]\n')
    expect(app.errors).toEqual([])
  },
)
