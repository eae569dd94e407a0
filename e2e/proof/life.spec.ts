import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { FirstRunPage } from '../pages/first-run.ts'
import { NotePage } from '../pages/note.ts'
import { Shell } from '../pages/shell.ts'
import { cliJson } from '../support/cli.ts'
import { expect, test } from '../support/fixtures.ts'
import { readFiles, writeFiles } from '../support/folders.ts'
import { hostPid } from '../support/host.ts'
import { callPort } from '../support/ports.ts'

type Row = { id: string; title: string; path: string }
type Checked = { ok: boolean; notes: number; problems: unknown[] }

async function openNote(page: Page, title: string): Promise<NotePage> {
  await new Shell(page).open(title)
  const note = new NotePage(page)
  await expect(note.text).toBeVisible()
  return note
}

test('renaming rewrites every link, in open and closed notes, and touches nothing else', async ({
  profile,
  folder,
  launchApp,
}) => {
  const source = path.join(folder, 'source')
  const files = {
    'Old name.md': '---\naliases: [Alias of it]\n---\nIt links to [[#Part]] of itself and to [[Open]].\n\n## Part\n',
    'Open.md': 'Here: [[Old name]], [[old NAME|shown]] and `[[Old name]]` in code.\n',
    'Closed.md':
      '---\nrests_on: ["[[Old name#Part]]"]\n---\n* odd   spacing\n\nSee [[Old name#Part|the part]]\nand ![[Old name]].\n',
    'Table.md': '| a | b |\n| - | - |\n| [[Old name\\|x]] | y |\n\n> [!note] Callout\n> With [[Old name]].\n',
    'By alias.md': 'Through [[Alias of it]] only.\r\n',
    'Deep/Path.md': 'illustrates:: [[Old name]]\n\nAnd [[Old names]], which is another.\n',
  }
  await writeFiles(source, files)
  await cliJson(profile, 'import', source)

  const { window, electron } = await launchApp()
  await new Shell(window).ready()
  const open = await openNote(window, 'Open')
  await open.text.click()
  const note = await openNote(window, 'Old name')
  await note.title.fill('New: name?')
  await note.title.press('Enter')
  await expect(new Shell(window).tab(/^New: name\?, /)).toBeVisible()
  // only what is said at the end says that every link has followed
  await expect(new Shell(window).toast).toHaveText(/links in .* now say so too/)
  const rows = await callPort<Row[]>(window, 'index', 'list', {})
  const id = rows.find(({ path: at }) => at.startsWith('New'))?.id
  await expect
    .poll(async () => (await callPort<{ total: number }>(window, 'index', 'backlinks', { id })).total)
    .toBeGreaterThanOrEqual(6)
  await electron.close()

  const target = path.join(folder, 'out')
  await cliJson(profile, 'export', target)
  const out = await readFiles(target)
  const renamed = Object.keys(out).find((name) => name.startsWith('New'))
  expect(out[renamed ?? '']).toBe(files['Old name.md'])
  expect(out['Open.md']).toBe('Here: [[New: name?]], [[New: name?|shown]] and `[[Old name]]` in code.\n')
  expect(out['Closed.md']).toBe(files['Closed.md'].replaceAll('Old name', 'New: name?'))
  expect(out['Table.md']).toBe(files['Table.md'].replaceAll('Old name', 'New: name?'))
  expect(out['By alias.md']).toBe(files['By alias.md'])
  expect(out['Deep/Path.md']).toBe('illustrates:: [[New: name?]]\n\nAnd [[Old names]], which is another.\n')
})

test('a host that dies while somebody types is restarted, and no key is lost', async ({ launchApp }) => {
  const { window, electron } = await launchApp()
  await new FirstRunPage(window).emptyDoor.click()
  const shell = new Shell(window)
  await shell.ready()
  await shell.press('Mod+n')
  const note = new NotePage(window)
  await note.begin('Typed through a restart')

  let typed = ''
  for (let round = 0; round < 3; round++) {
    const pid = await hostPid(electron)
    for (let n = 0; n < 60; n++) {
      const letter = 'abcdefghijklmnopqrstuvwxyz'[typed.length % 26] ?? 'x'
      await window.keyboard.press(letter)
      typed += letter
      if (n === 20) process.kill(pid, 'SIGKILL')
    }
    await hostPid(electron, pid)
    await expect(note.text).toHaveText(typed)
  }
  await electron.close()

  const again = await launchApp()
  await new Shell(again.window).ready()
  await expect((await openNote(again.window, 'Typed through a restart')).text).toHaveText(typed)
})

test('quitting in the middle of a burst of keys keeps them all', async ({ launchApp }) => {
  const first = await launchApp()
  await new FirstRunPage(first.window).emptyDoor.click()
  const shell = new Shell(first.window)
  await shell.ready()
  await shell.press('Mod+n')
  const note = new NotePage(first.window)
  await note.begin('Burst')
  const words = Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ')
  await first.window.keyboard.type(words)
  const closed = first.electron.waitForEvent('close')
  await first.electron.evaluate(({ app }) => app.quit()).catch(() => {})
  await closed

  const second = await launchApp()
  await new Shell(second.window).ready()
  await expect((await openNote(second.window, 'Burst')).text).toHaveText(words)
})

test('an index that was deleted comes back whole', async ({ profile, folder }) => {
  const source = path.join(folder, 'source')
  const files = Object.fromEntries(
    Array.from({ length: 60 }, (_, n) => [`Note ${n}.md`, `Common word, number${n}, see [[Note ${(n * 7) % 60}]].\n`]),
  )
  await writeFiles(source, files)
  await cliJson(profile, 'import', source)

  // OPFS lies in the partition of the vault; nothing else is kept there.
  const partitions = path.join(profile, 'Partitions')
  let removed = 0
  for (const partition of await readdir(partitions)) {
    const opfs = path.join(partitions, partition, 'File System')
    removed += (await readdir(opfs).catch(() => [])).length
    await rm(opfs, { recursive: true, force: true })
  }
  expect(removed, 'there was an index').toBeGreaterThan(0)

  const found = await cliJson<{ total: number }>(profile, 'search', 'common')
  expect(found.total).toBe(60)
  expect(await cliJson<{ total: number }>(profile, 'backlinks', 'Note 7')).toMatchObject({ total: 1 })
  expect(await cliJson<Checked>(profile, 'check')).toMatchObject({ ok: true, notes: 60, problems: [] })
})

test('attachments come in with a folder and go out with it', async ({ profile, folder }) => {
  const source = path.join(folder, 'source')
  const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  await writeFiles(source, {
    'Note.md': '![[pic.png]] and ![alt](files/data.bin)\n',
    'pic.png': picture,
    'files/data.bin': Buffer.from([0, 1, 2, 255]),
  })
  const report = await cliJson<{ notes: number; attachments: number; skipped: unknown[] }>(profile, 'import', source)
  expect(report).toMatchObject({ notes: 1, attachments: 2, skipped: [] })
  const target = path.join(folder, 'out')
  await cliJson(profile, 'export', target)
  expect(await readFile(path.join(target, 'pic.png'))).toEqual(picture)
  expect(await readFile(path.join(target, 'files/data.bin'))).toEqual(Buffer.from([0, 1, 2, 255]))
})

const PAYLOADS = [
  '<script>window.pwned = 1</script>',
  '<img src=x onerror="window.pwned = 1">',
  '<svg onload="window.pwned = 1"></svg>',
  '<iframe srcdoc="<script>parent.pwned = 1</script>"></iframe>',
  '[click](javascript:window.pwned=1)',
  '![x](javascript:window.pwned=1)',
  '[[<img src=x onerror=window.pwned=1>]]',
  '![remote](https://example.org/track.png)',
  '<a href="data:text/html,<script>1</script>">a</a>',
  '> [!note] <img src=x onerror=window.pwned=1>\n> text',
  '| <img src=x onerror=window.pwned=1> |\n| - |\n| x |',
  '$\\href{javascript:window.pwned=1}{x}$',
  '```mermaid\ngraph TD; A["<img src=x onerror=window.pwned=1>"]\n```',
  '==<b onmouseover=window.pwned=1>x</b>==',
  '`<script>window.pwned = 1</script>`',
]

test('no script of a note ever runs, and no note asks the network for anything', async ({
  profile,
  folder,
  launchApp,
}) => {
  const source = path.join(folder, 'source')
  const files: Record<string, string> = Object.fromEntries(PAYLOADS.map((text, n) => [`Payload ${n}.md`, `${text}\n`]))
  files['All.md'] =
    `---\ntitle: '<img src=x onerror=window.pwned=1>'\ntags: ['<script>']\n---\n${PAYLOADS.join('\n\n')}\n`
  await writeFiles(source, files)
  await cliJson(profile, 'import', source)

  const { window, electron } = await launchApp()
  const asked: string[] = []
  electron.context().on('request', (request) => {
    if (!/^(app|attachment|blob|data):/.test(request.url())) asked.push(request.url())
  })
  const shell = new Shell(window)
  await shell.ready()
  for (const n of PAYLOADS.keys()) {
    const note = await openNote(window, `Payload ${n}`)
    await expect(note.text).not.toBeEmpty()
    for (const link of await note.text.getByRole('link').all()) await link.hover()
  }
  await shell.press('Mod+Shift+f')
  await window.keyboard.type('pwned')
  await expect(shell.main.locator('mark').first()).toBeVisible()
  expect(await window.evaluate(() => 'pwned' in window)).toBe(false)
  expect(asked).toEqual([])
  expect(window.url()).toMatch(/^app:\/\/bundle\//)
})
