import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Locator } from '@playwright/test'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { cliJson } from './support/cli.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault, test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

// Source that is drawn: what is typed is drawn, what is exported is the source, and nothing in it runs.

const HOSTILE = `
$\\href{javascript:canary()}{x}$ $\\htmlStyle{background:url(https://evil.example/a)}{x}$ $\\fcolorbox{red;background:url(https://evil.example/b)}{white}{x}$

$$
\\def\\a{\\a\\a}\\a \\includegraphics{https://evil.example/c.png}
$$

$$
\\rule{99999em}{99999em} \\boxed{b} \\pmb{p} \\fcolorbox{red}{white}{f}
$$

\`\`\`mermaid
%%{init: {"securityLevel": "loose", "htmlLabels": true, "themeCSS": "* { background: url(https://evil.example/d) }"}}%%
flowchart LR
  A["<img src='https://evil.example/e' onerror='parent.canary()'>"] --> B
  click A "javascript:parent.canary()"
  click B call canary()
\`\`\`

<div onclick="canary()" style="background: url(https://evil.example/f)">Kept words
<script>canary()</script><img src="https://evil.example/g" onerror="canary()" alt="a wall">
<svg onload="canary()"><use href="https://evil.example/h"/></svg>
<iframe src="https://evil.example/i"></iframe><object data="https://evil.example/j"></object>
<form action="https://evil.example/k" id="root"><input name="throughline"></form>
<a href="javascript:canary()">one</a> <a href="https://example.org/two">two</a>
</div>
`

/** Whether the source of what is drawn can be seen. */
const isShown = (source: Locator) =>
  source.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize) > 0)

test('what is typed as source is drawn, and exported as it was typed', async ({ profile, folder, launchApp }) => {
  const { window, electron, errors } = await launchApp()
  const { shell, note } = await emptyVault(window)
  const keys = window.keyboard
  await shell.press('Mod+n')
  await note.begin('Sources')

  await test.step('a formula is set, its source is there while the caret is', async () => {
    await keys.type('where $x^2$ holds ')
    const raw = note.text.locator('.raw')
    await expect(note.text.getByRole('math', { name: 'x^2' })).toBeVisible()
    await expect(raw).toHaveCount(1)
    expect(await isShown(raw)).toBe(false)
    await note.text.getByRole('math').click()
    expect(await isShown(raw)).toBe(true)
    await keys.type('y')
    await keys.press('ArrowRight')
    await keys.press('ArrowRight')
    await expect(note.text.getByRole('math', { name: 'x^2y' })).toBeVisible()
    await keys.press('End')
    await keys.type('and $\\nope$ ')
    await expect(note.text.getByText('Undefined control sequence: \\nope, at character 1')).toBeVisible()
    await keys.press('Enter')
  })

  await test.step('two dollar signs and Enter make a block, which the arrows enter', async () => {
    await keys.type('$$')
    await keys.press('Enter')
    await keys.type('e = mc^2')
    await expect(note.text.getByRole('math', { name: 'e = mc^2' })).toBeVisible()
    await keys.press('ArrowDown')
    await keys.press('ArrowDown')
    const block = note.text.locator('.verbatim')
    await expect.poll(() => isShown(block)).toBe(false)
    await keys.press('ArrowUp')
    await expect.poll(() => isShown(block)).toBe(true)
    await keys.press('ArrowDown')
  })

  await test.step('code has its language at its edge, and colours that are no part of it', async () => {
    await keys.type('```ts ')
    await keys.type('// why\nif (a) {\n')
    await keys.press('Tab')
    await keys.type('return "b"\n')
    await keys.press('Shift+Tab')
    await keys.type('}')
    const painted = () =>
      window.evaluate(() => [...CSS.highlights].map(([name, ranges]) => [name, [...ranges].map(String)]))
    await expect.poll(painted, { timeout: 15_000 }).toEqual(
      expect.arrayContaining([
        ['code-comment', ['// why']],
        ['code-keyword', ['if', 'return']],
        ['code-string', ['"b"']],
      ]),
    )
    await shell.press('Mod+Enter')
    await expect(window.getByRole('combobox', { name: 'Filter languages' })).toBeFocused()
    await keys.type('javas')
    await expect(window.getByRole('option', { name: /JavaScript/ })).toHaveAttribute('aria-selected', 'true')
    await keys.press('Enter')
    await expect(note.text.getByRole('button', { name: 'Language: js' })).toBeVisible()
    await shell.press('Mod+z')
    await expect(note.text.getByRole('button', { name: 'Language: ts' })).toBeVisible()
    await expect(note.text.locator('.code-block')).toContainText('return "b"')
    await keys.press('ArrowDown')
  })

  await test.step('a diagram is a picture; a mistake keeps it, and names its line', async () => {
    await keys.type('```mermaid ')
    await keys.type('flowchart LR\naccTitle: Who decides\nA --> B')
    const picture = note.text.getByRole('img', { name: 'Diagram: Who decides' })
    await expect(picture).toBeVisible({ timeout: 20_000 })
    await keys.type('\nC ]]]')
    await expect(note.text.getByText(/^Line 4 is not understood/)).toBeVisible({ timeout: 20_000 })
    await expect(picture).toBeVisible()
    for (let count = 0; count < 6; count += 1) await keys.press('Backspace')
    await expect(note.text.getByText(/is not understood/)).toHaveCount(0, { timeout: 20_000 })
  })
  expect(errors).toEqual([])

  await electron.close()
  await cliJson(profile, 'export', path.join(folder, 'target'))
  expect(
    (await readFile(path.join(folder, 'target', 'Notes', 'Sources.md'), 'utf8')).replace(/^---[\s\S]*?---\n+/, ''),
  ).toBe(
    'where $x^2y$ holds and $\\nope$\n\n$$\ne = mc^2\n$$\n\n```ts\n// why\nif (a) {\n\treturn "b"\n}\n```\n\n' +
      '```mermaid\nflowchart LR\naccTitle: Who decides\nA --> B\n```\n',
  )

  await test.step('all of it is drawn when it is opened again', async () => {
    const again = await launchApp()
    const shell = new Shell(again.window)
    await shell.ready()
    await shell.open('Sources')
    const { text } = new NotePage(again.window)
    await expect(text.getByRole('math')).toHaveCount(2)
    await expect(text.getByRole('img', { name: 'Diagram: Who decides' })).toBeVisible({ timeout: 20_000 })
    expect(again.errors).toEqual([])
  })
})

inEmptyVault('nothing in source runs, is loaded, or leads away', async ({ window, electron, app }) => {
  const { shell, note } = await emptyVault(window)
  const asked: string[] = []
  window.on('request', (request) => asked.push(request.url()))
  await window.evaluate(() => Object.assign(window, { canary: () => Object.assign(window, { sang: true }) }))
  await callPort(window, 'vault', 'createNote', { title: 'Hostile', kind: 'note', markdown: HOSTILE })
  await shell.open('Hostile')
  await expect(note.text.getByRole('img', { name: 'Diagram' })).toBeVisible({ timeout: 20_000 })
  await expect(note.text.locator('.page').getByText('Kept words')).toBeVisible()
  await expect(note.text.locator('.page').getByText('A picture at evil.example, not loaded. a wall')).toBeVisible()
  await expect(note.text.getByText(/^Too many expansions/)).toBeVisible()
  await expect(note.text.getByRole('math').last()).toBeVisible()

  const drawn = note.text.locator('.drawing')
  await expect(
    drawn.locator(
      ':is(.page, math) :is(script, iframe, object, form, input, svg:not(.lucide), style, [style*=url], [id], [name])',
    ),
  ).toHaveCount(0)
  await expect(drawn.locator('a[href]')).toHaveText(['two'])
  await expect(drawn.locator('[href^=javascript], [onclick], [onerror], [onload]')).toHaveCount(0)
  await drawn.getByText('one', { exact: true }).click()
  await note.text.getByRole('img', { name: 'Diagram' }).click()

  expect(await window.evaluate(() => 'sang' in window)).toBe(false)
  expect(asked.filter((url) => !/^(app|blob|data):/.test(url))).toEqual([])
  expect(new URL(window.url()).pathname).toBe('/index.html')
  const frames = await electron.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .flatMap(({ mainFrame }) => mainFrame.frames)
      .map(({ url, origin }) => [url, origin]),
  )
  expect(frames).toEqual([['app://bundle/diagram.html', 'null']])
  expect(app.errors).toEqual([])
})
