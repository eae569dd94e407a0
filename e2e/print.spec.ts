import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ElectronApplication, Page } from '@playwright/test'
import type { PageReport } from '../src/ipc/app-contract.ts'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import type { LaunchedApp } from './support/app.ts'
import { cliJson } from './support/cli.ts'
import { expect, test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

// 40 by 20, two colours.
const PICTURE = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="teal"/><circle cx="10" cy="10" r="8" fill="gold"/></svg>',
)

const FILES: Record<string, string | Buffer> = {
  'Essays/Blast radius.md': `# Blast radius

Every change has a *reach*. It is ==smaller== than one fears, and %%secret words%% larger than one hopes[^1].
See [[The outage|what happened]], [[Nobody wrote this]] and [the runbook](../Notes/Runbook.md#Steps). #ops/review

rests_on:: [[Runbook]]

> [!warning]- Before a delete
> Count what it *reaches*.
> - [x] dry run
> - [ ] second pair of eyes

| tool | reach |
|:-----|------:|
| [[Runbook\\|book]] | \`rm -rf\` |
| ship | 12 |

![[picture.svg|200]]

![[The outage]]

![[Runbook#Steps]]

\`\`\`sh
echo "<b>not bold</b>"
\`\`\`

<script>document.title = 'taken over'</script> <img src="https://example.com/x.png" onerror="alert(1)">

![web](https://example.com/pixel.png) [run](javascript:alert(1))

[^1]: Hope is no plan. ^note
`,
  'Essays/Ring.md': '![[Round]]\n\nRing ends.\n',
  'Essays/Round.md': '![[Ring]]\n\nRound ends.\n',
  'Examples/The outage.md': 'On Monday the queue stopped.\n\nIt was [[Blast radius]] again.\n',
  'Notes/Runbook.md':
    '---\nstatus: kept\n---\n# Runbook\n\nIntro that is not embedded.\n\n## Steps\n\n1. Stop.\n2. Look.\n\n## After\n\nWrite it down.\n',
  'picture.svg': PICTURE,
}

async function fill(folder: string): Promise<string> {
  const source = path.join(folder, 'Garden')
  for (const [name, content] of Object.entries(FILES)) {
    const file = path.join(source, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, content)
  }
  return source
}

async function answerSaveDialog(electron: ElectronApplication, file: string | null): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: chosen === null, filePath: chosen ?? '' })
  }, file)
}

const WHOLE = { kind: 'folder', id: null } as const

/** The app with the garden in it, one note of which is in front. */
async function garden(
  profile: string,
  folder: string,
  launchApp: (options: { profile: string }) => Promise<LaunchedApp>,
): Promise<{ app: LaunchedApp; window: Page; electron: ElectronApplication; id: string }> {
  await cliJson(profile, 'import', await fill(folder))
  const app = await launchApp({ profile })
  const { window, electron } = app
  const shell = new Shell(window)
  await shell.ready()
  const { id } = await callPort<{ id: string }>(window, 'vault', 'find', { name: 'Blast radius' })
  return { app, window, electron, id }
}

type Opened = { requests: string[]; errors: string[]; facts: Record<string, unknown> }

/** Opens a file as a browser would, with nothing in its way but its own policy. */
async function openInBrowser(electron: ElectronApplication, file: string, theme: 'light' | 'dark'): Promise<Opened> {
  const opened = electron.waitForEvent('window')
  const own = await electron.evaluateHandle(async ({ BrowserWindow, session }) => {
    const partition = session.fromPartition('browser')
    const requests: string[] = []
    partition.webRequest.onBeforeRequest(({ url }, done) => {
      requests.push(url)
      done({})
    })
    const window = new BrowserWindow({ show: false, width: 900, height: 900, webPreferences: { session: partition } })
    await window.loadURL('about:blank')
    return { window, requests }
  })
  const page = await opened
  const errors: string[] = []
  // What the policy refuses is said there.
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())))
  page.on('pageerror', (error) => errors.push(error.message))
  await page.emulateMedia({ colorScheme: theme })
  await own.evaluate(({ window }, at) => window.loadFile(at), file)
  await page.waitForURL(pathToFileURL(file).href)
  const facts = await page.evaluate(() => {
    const one = <E extends Element>(selector: string) => document.querySelector(selector) as E
    const image = one<HTMLImageElement>('img')
    return {
      title: document.title,
      paper: getComputedStyle(one('html')).backgroundColor,
      headings: [...document.querySelectorAll('h1')].map((each) => each.textContent),
      picture: [image.naturalWidth, image.width],
      done: getComputedStyle(one('.task.done > .box')).backgroundColor,
      align: getComputedStyle(one('td.right')).textAlign,
      /** Links that lead nowhere. */
      links: [...document.querySelectorAll('a[href^="#"]')].filter(
        (each) => !document.getElementById(decodeURIComponent((each.getAttribute('href') ?? '').slice(1))),
      ).length,
      text: document.body.innerText,
    }
  })
  const requests = await own.evaluate(({ window, requests: asked }) => {
    window.destroy()
    return asked
  })
  return { requests: requests.filter((url) => url !== 'about:blank'), errors, facts }
}

test('a note as a web page from its menu: one file that asks for nothing, light and dark', async ({
  folder,
  profile,
  launchApp,
}) => {
  const { app, window, electron } = await garden(profile, folder, launchApp)
  await window.keyboard.press('ControlOrMeta+o')
  await window.keyboard.type('Blast radius')
  await window.keyboard.press('Enter')
  await expect(new NotePage(window).title).toHaveText('Blast radius')

  const file = path.join(folder, 'out.html')
  await answerSaveDialog(electron, file)
  await window.getByRole('button', { name: 'More actions' }).click()
  await window.getByRole('menuitem', { name: 'Web page…' }).click()
  await expect(window.getByText(`The web page is in ${file}.`)).toBeVisible()

  const light = await openInBrowser(electron, file, 'light')
  const dark = await openInBrowser(electron, file, 'dark')
  for (const { requests, errors, facts } of [light, dark]) {
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(file).href])
    expect(errors).toEqual([])
    expect(facts).toMatchObject({
      title: 'Blast radius',
      headings: ['Blast radius'],
      picture: [40, 200],
      align: 'right',
      links: 0,
    })
    expect(facts.text).toContain("<script>document.title = 'taken over'</script>")
    expect(facts.text).toContain('On Monday the queue stopped.')
    expect(facts.text).toContain('Look.')
    expect(facts.text).not.toMatch(/secret words|Write it down|\^note/)
  }
  expect(light.facts.paper).toMatch(/^oklch\(0\.99/)
  expect(dark.facts.paper).toMatch(/^oklch\(0\.21/)
  expect(dark.facts.done).not.toBe(light.facts.done)
  expect(app.errors).toEqual([])
})

test('a vault as one page: its notes lead to each other, rings end, and what is not in it is no link', async ({
  folder,
  profile,
  launchApp,
}) => {
  const { window, electron } = await garden(profile, folder, launchApp)
  const file = path.join(folder, 'all.html')
  await answerSaveDialog(electron, file)
  const report = await callPort<PageReport>(window, 'app', 'exportPage', { scope: WHOLE, form: 'html' })
  expect(report).toMatchObject({ file, notes: 5, images: 1, sheets: null, problems: [], cancelled: false })
  const { facts, errors } = await openInBrowser(electron, file, 'light')
  expect(errors).toEqual([])
  expect(facts).toMatchObject({
    title: 'Garden',
    headings: ['Garden', 'Blast radius', 'Ring', 'Round', 'The outage', 'Runbook'],
    links: 0,
  })
  expect(facts.text).toContain('Ring is on this page already.')

  // Without a file ending the dialog's own is taken; cancelled, nothing is written.
  await answerSaveDialog(electron, path.join(folder, 'found'))
  const search = { scope: { kind: 'search', query: 'queue' }, form: 'html' }
  expect(await callPort(window, 'app', 'exportPage', search)).toMatchObject({ notes: 1 })
  await answerSaveDialog(electron, null)
  expect(await callPort(window, 'app', 'exportPage', search)).toBeNull()
  expect((await readdir(folder)).sort()).toEqual(['Garden', 'all.html', 'found.html'])
  await answerSaveDialog(electron, path.join(profile, 'settings.json'))
  await expect(callPort(window, 'app', 'exportPage', search)).rejects.toThrow('refused')
})

/** Watches the hidden page while it is made into a PDF, or printed. */
const watchHidden = (electron: ElectronApplication) =>
  electron.evaluateHandle(({ app }) => {
    const seen: Record<string, unknown>[] = []
    app.on('web-contents-created', (_event, contents) => {
      const look = async (as: string) => {
        const ask = (url: string) =>
          contents.session.fetch(url).then(
            ({ status }) => status,
            (error: Error) => error.message,
          )
        const preferences = (
          contents as typeof contents & { getLastWebPreferences(): Record<string, unknown> }
        ).getLastWebPreferences()
        seen.push({
          as,
          url: contents.getURL(),
          script: preferences.javascript,
          sandbox: preferences.sandbox,
          preload: preferences.preload,
          stored: contents.session.isPersistent(),
          asked: await Promise.all(['https://example.com/', 'http://127.0.0.1:1/', 'app://bundle/index.html'].map(ask)),
        })
      }
      const toPdf = contents.printToPDF.bind(contents)
      contents.printToPDF = async (options) => {
        await look('pdf')
        return toPdf(options)
      }
      contents.print = (_options, done) => {
        void look('print').then(() => done?.(false, 'Print job canceled'))
      }
    })
    return seen
  })

const WALLED = {
  url: 'app://bundle/page.html',
  script: false,
  sandbox: true,
  stored: false,
  asked: ['net::ERR_BLOCKED_BY_CLIENT', 'net::ERR_BLOCKED_BY_CLIENT', 404],
}

test('PDF and paper: a hidden page that runs nothing and reaches nothing, and is gone afterwards', async ({
  folder,
  profile,
  launchApp,
}) => {
  const { app, window, electron, id } = await garden(profile, folder, launchApp)
  const seen = await watchHidden(electron)
  const before = await electron.evaluate(({ webContents }) => webContents.getAllWebContents().length)
  const file = path.join(folder, 'out.pdf')
  await answerSaveDialog(electron, file)
  const report = await callPort<PageReport>(window, 'app', 'exportPage', { scope: { kind: 'note', id }, form: 'pdf' })
  expect(report).toMatchObject({ file, notes: 1, images: 1, problems: [], cancelled: false })
  expect(report.sheets).toBeGreaterThan(0)
  const pdf = (await readFile(file)).toString('latin1')
  expect(pdf.startsWith('%PDF-')).toBe(true)
  expect(pdf.length).toBe(report.bytes)
  expect(pdf).toContain('/Title (Blast radius)')
  expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length).toBe(report.sheets)
  expect(pdf).not.toContain('/JavaScript')

  expect(await callPort(window, 'app', 'printPage', { scope: { kind: 'note', id } })).toEqual({ printed: false })
  const found = await seen.jsonValue()
  expect(found).toMatchObject([
    { as: 'pdf', ...WALLED },
    { as: 'print', ...WALLED },
  ])
  for (const { preload } of found) expect(preload ?? '').toBe('')
  await expect.poll(() => electron.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(before)
  expect((await readdir(profile)).filter((name) => name.startsWith('print-'))).toEqual([])
  expect(app.errors).toEqual([])
})

test('a folder is printed from the dialog of a copy, with its notes’ facts above their text', async ({
  folder,
  profile,
  launchApp,
}) => {
  const { window, electron } = await garden(profile, folder, launchApp)
  const seen = await watchHidden(electron)
  const shell = new Shell(window)
  await shell.command('Take a copy out as Markdown')
  const dialog = shell.dialog('Take a copy out')
  await dialog.getByRole('radio', { name: 'One folder' }).check()
  await expect(dialog.getByRole('button', { name: 'Print…' })).toHaveCount(0)
  await dialog.getByRole('radio', { name: 'PDF' }).check()
  await dialog.getByRole('button', { name: 'Print…' }).click()
  await expect.poll(async () => (await seen.jsonValue()).map(({ as }) => as)).toEqual(['print'])
  await expect(dialog).toHaveCount(0)

  const noted = path.join(folder, 'noted.html')
  await answerSaveDialog(electron, noted)
  await callPort(window, 'app', 'exportPage', { scope: { kind: 'folder', id: null }, form: 'html' })
  expect(await readFile(noted, 'utf8')).toContain('<th scope="row">Status</th><td>kept</td>')
})
