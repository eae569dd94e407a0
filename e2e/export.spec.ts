import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { Shell } from './pages/shell.ts'
import { cli, cliJson } from './support/cli.ts'
import { answerFolderDialog } from './support/dialogs.ts'
import { expect, inEmptyVault, test } from './support/fixtures.ts'
import { verb, verbJson } from './support/verb.ts'

// MARKDOWN.md, M6 and M10; CLI.md, `export`; screens g3 and l2.

const NOTES: Readonly<Record<string, string>> = {
  'Essays/Blast radius.md':
    '---\ntags: [ops]\n---\n\nA reach, see [[The outage]] and [[Nothing yet]]. ^first\n\n![[map.png]]\n',
  'Essays/Old/Deep.md': 'Deep down, with umbrella words.\r\n',
  'Examples/The outage.md': 'illustrates:: [[Blast radius]]\n\nOn Monday, an umbrella.\n',
  'What now?.md': 'A question.\n',
}

async function fill(folder: string): Promise<string> {
  const source = path.join(folder, 'source')
  for (const [name, text] of Object.entries(NOTES)) {
    await mkdir(path.dirname(path.join(source, name)), { recursive: true })
    await writeFile(path.join(source, name), text)
  }
  for (const name of ['map.png', 'unused.png']) await writeFile(path.join(source, name), Buffer.from([137, 80, 78, 71]))
  return source
}

async function files(root: string): Promise<string[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((name) => !name.startsWith('.throughline'))
    .sort()
}

const receiptIn = async (folder: string) =>
  JSON.parse(await readFile(path.join(folder, '.throughline', 'receipt.json'), 'utf8'))

async function answerSaveDialog(electron: ElectronApplication, file: string): Promise<void> {
  await electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, file)
}

type Exported = { notes: number; attachments: number; bytes: number; receipt: string }

inEmptyVault(
  'the command line takes out a folder, a note with its links, a search, and a zip',
  async ({ app, profile, folder }) => {
    await verbJson(profile, 'import', await fill(folder))
    const to = (name: string) => path.join(folder, name)

    expect(await verbJson<Exported>(profile, 'export', to('whole'))).toMatchObject({ notes: 4, attachments: 2 })
    const receipt = await receiptIn(to('whole'))
    expect(receipt).toMatchObject({ complete: true, scope: 'vault', problems: [], leftAlone: [] })
    expect(receipt.totals).toMatchObject({ notes: 4, unresolved: 1, blockIds: 1, compared: { files: 6, same: 6 } })
    for (const [name, text] of Object.entries(NOTES))
      expect(await readFile(path.join(to('whole'), name), 'utf8')).toBe(text)

    expect(await verbJson(profile, 'export', to('part'), '--folder', 'Essays')).toMatchObject({
      notes: 2,
      attachments: 1,
    })
    expect(await files(to('part'))).toEqual(['Essays/Blast radius.md', 'Essays/Old/Deep.md', 'map.png'])
    await verbJson(profile, 'export', to('note'), '--note', 'Deep')
    expect(await files(to('note'))).toEqual(['Essays/Old/Deep.md'])
    await verbJson(profile, 'export', to('linked'), '--note', 'Blast radius', '--linked')
    expect(await files(to('linked'))).toEqual(['Essays/Blast radius.md', 'Examples/The outage.md', 'map.png'])
    await verbJson(profile, 'export', to('found'), '--query', 'umbrella')
    expect(await files(to('found'))).toEqual(['Essays/Old/Deep.md', 'Examples/The outage.md'])

    const page = to('page.html')
    expect(await verbJson(profile, 'export', '--html', page, '--note', 'Blast radius', '--linked')).toMatchObject({
      notes: 2,
    })
    expect(await readFile(page, 'utf8')).toContain('On Monday, an umbrella.')
    const pdf = to('page.pdf')
    expect(await verbJson(profile, 'export', '--pdf', pdf, '--folder', 'Essays')).toMatchObject({ notes: 2, file: pdf })
    expect((await readFile(pdf)).subarray(0, 5).toString()).toBe('%PDF-')

    const zip = to('copy.zip')
    expect(await verbJson(profile, 'export', '--zip', zip)).toMatchObject({ notes: 4, attachments: 2, receipt: zip })
    await verbJson(profile, 'export', to('portable'), '--portable')
    expect(await files(to('portable'))).toContain('What now.md')
    expect((await receiptIn(to('portable'))).renamed).toEqual([{ path: 'What now?.md', name: 'What now.md' }])

    for (const [args, code, says] of [
      [['export'], 2, /Name one folder/],
      [['export', to('x'), '--zip', zip], 2, /Name one folder/],
      [['export', to('x'), '--note', 'Deep', '--query', 'x'], 2, /do not go together/],
      [['export', to('x'), '--folder', 'Nowhere'], 1, /no folder Nowhere/],
      [['export', to('whole'), '--folder', 'Essays'], 1, /other notes of this vault/],
    ] as const) {
      const run = await verb(profile, ...args)
      expect([args, run.code, run.stderr]).toEqual([args, code, expect.stringMatching(says)])
    }
    expect(app.errors).toEqual([])
  },
)

test('a file that is damaged in the vault is named, the rest goes out, and the exit is 1', async ({
  profile,
  folder,
}) => {
  const source = await fill(folder)
  await writeFile(path.join(source, 'unused.png'), 'another picture')
  await cliJson(profile, 'import', source)
  const stored = (await readdir(path.join(profile, 'vaults'), { recursive: true })).filter((name) =>
    /files[/\\][0-9a-f]{64}$/.test(name),
  )
  expect(stored.length).toBe(2)
  await writeFile(path.join(profile, 'vaults', stored[0] ?? ''), 'not what it was')
  const out = path.join(folder, 'out')
  const run = await cli(profile, 'export', out)
  expect(run.code).toBe(1)
  expect(JSON.parse(run.stdout)).toMatchObject({ notes: 4, attachments: 1 })
  expect(run.stderr).toMatch(/problem: (map|unused)\.png/)
  expect((await receiptIn(out)).problems.length).toBe(1)
})

inEmptyVault(
  'the dialog copies what is chosen, and its receipt says what was compared',
  async ({ electron, window, profile, folder }) => {
    const source = await fill(folder)
    await verbJson(profile, 'import', source)
    const shell = new Shell(window)
    await shell.ready()
    await shell.open('Blast radius')

    await shell.command('Take a copy out as Markdown')
    const dialog = shell.dialog('Take a copy out')
    await expect(dialog).toContainText(/My notes[ \d]*: 4 notes, 2 attachments, every link/)
    await dialog.getByRole('radio', { name: 'One folder' }).check()
    await expect(dialog.getByRole('combobox', { name: 'Which folder' })).toHaveText(/Essays/)
    await expect(dialog).toContainText('Essays: 2 notes, 1 attachment')
    await expect(dialog.getByRole('radio', { name: 'Throughline archive' })).toHaveCount(0)
    await dialog.getByRole('radio', { name: 'This note and what it links to' }).check()
    const out = path.join(folder, 'Linked')
    await answerFolderDialog(electron, out)
    await dialog.getByRole('button', { name: 'Choose' }).first().click()
    await dialog.getByRole('button', { name: 'Copy 2 notes' }).click()
    const receipt = shell.dialog('2 notes are in “Linked”')
    await expect(receipt).toContainText('Read back and compared: 3 of 3 files are the same')
    await expect(receipt).toContainText('1 leads to a note not written yet')
    expect(await files(out)).toEqual(['Essays/Blast radius.md', 'Examples/The outage.md', 'map.png'])
    await receipt.getByRole('button', { name: 'Done' }).click()
    await expect(shell.footer).toContainText('Only inside Throughline')

    await shell.command('Take a copy out as Markdown')
    await dialog.getByRole('radio', { name: 'Throughline archive' }).check()
    const archive = path.join(folder, 'Shared.throughline')
    await answerSaveDialog(electron, archive)
    await dialog.getByRole('button', { name: 'Choose' }).first().click()
    await dialog.getByRole('button', { name: 'Copy 4 notes' }).click()
    await expect(shell.dialog('The archive is out')).toContainText('4 notes with all versions')
    await window.keyboard.press('Escape')

    await shell.command('Take a copy out as Markdown')
    await dialog.getByRole('radio', { name: 'Markdown zip' }).check()
    const zip = path.join(folder, 'Shared.zip')
    await answerSaveDialog(electron, zip)
    await dialog.getByRole('button', { name: 'Choose' }).first().click()
    await dialog.getByRole('button', { name: 'Copy 4 notes' }).click()
    await expect(shell.dialog('4 notes are in “Shared.zip”')).toBeVisible()
    await window.keyboard.press('Escape')

    await shell.command('Copy note as Markdown')
    await expect(shell.toast).toContainText('on the clipboard as Markdown')
    const copied = () => electron.evaluate(({ clipboard }) => clipboard.readText())
    expect(await copied()).toBe(NOTES['Essays/Blast radius.md'])
    await shell.command('Search the vault')
    await window.getByRole('searchbox').fill('umbrel')
    await window.getByRole('button', { name: 'Copy as Markdown' }).click()
    await expect(shell.toast).toContainText('2 notes are on the clipboard')
    expect(await copied()).toContain('<!-- Essays/Old/Deep.md -->\n\nDeep down')
  },
)
