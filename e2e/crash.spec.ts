import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { FirstRunPage } from './pages/first-run.ts'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { expect, test } from './support/fixtures.ts'
import { keepsNote, keptWindow } from './support/kept-window.ts'
import { callPort } from './support/ports.ts'

const SENTENCE = 'Throughline ended without closing. Everything that was written is here.'
const MARKER = 'zwischenwort'

/** Everything that is kept of crashes and of what happened. */
async function kept(profile: string): Promise<string> {
  const texts: string[] = []
  for (const folder of ['crashes', 'logs', 'Crashpad', 'Crash Reports']) {
    const at = path.join(profile, folder)
    if (!existsSync(at)) continue
    for (const entry of await readdir(at, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) texts.push(await readFile(path.join(entry.parentPath, entry.name), 'latin1'))
    }
  }
  return texts.join('\n')
}

const windowPid = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0)

test('after kill -9 tabs, scroll and caret are back, one sentence says so, and no report holds a word', async ({
  launchApp,
  profile,
}) => {
  const { window, electron } = await launchApp()
  await new FirstRunPage(window).emptyDoor.click()
  const shell = new Shell(window)
  await shell.ready()
  await expect(window.getByText(SENTENCE)).toBeHidden()
  await shell.press('Mod+n')
  const note = new NotePage(window)
  await note.write('Long', `${MARKER} first`)
  for (let n = 0; n < 45; n++) {
    await window.keyboard.press('Enter')
    await window.keyboard.type(`line ${n}`)
  }
  await shell.press('Mod+t')
  await shell.command('Trash')
  await shell.tab(/^Long, /).click()
  await note.text.getByText('line 20', { exact: true }).click()
  await window.keyboard.press('Home')
  await window.keyboard.type('HERE')
  await expect(note.text).toContainText('HEREline 20')
  const scroller = () => window.locator('.content-layer:not([hidden]) .note-scroll').evaluate((el) => el.scrollTop)
  const top = await scroller()
  expect(top).toBeGreaterThan(0)
  const isKept = async () => {
    const state = await keptWindow(profile)
    const offset = Object.values(state?.carets ?? {})[0]?.at(-1)
    return offset === 'HERE'.length && Object.values(state?.scroll ?? {}).includes(top) && state?.tabs.length === 2
  }
  await expect.poll(isKept, { timeout: 5000 }).toBe(true)
  const ended = new Promise((resolve) => electron.process().once('exit', resolve))
  electron.process().kill('SIGKILL')
  await ended
  expect(existsSync(path.join(profile, 'running.json'))).toBe(true)

  const again = await launchApp()
  const second = new Shell(again.window)
  await second.ready()
  await expect(again.window.getByText(SENTENCE)).toBeVisible()
  await expect(second.tab(/^Trash$/)).toBeVisible()
  await expect(second.selectedTab).toHaveAccessibleName(/^Long, /)
  const text = new NotePage(again.window).text
  await expect(text).toBeFocused()
  await expect
    .poll(() => again.window.locator('.content-layer:not([hidden]) .note-scroll').evaluate((el) => el.scrollTop))
    .toBe(top)
  await again.window.keyboard.type('+')
  await expect(text).toContainText('HERE+line 20')

  const reports = await callPort<{ what: string; text: string }[]>(again.window, 'app', 'crashReports', {})
  expect(reports.map(({ what, text }) => [what, text])).toEqual([['app', 'Throughline ended without closing']])
  const all = await kept(profile)
  expect(all).toContain('"unclean"')
  expect(all).not.toContain(MARKER)
  expect(all).not.toContain('HERE')

  // The settings tell of it, and remove it.
  await second.command('Settings')
  await expect(again.window.getByText('Throughline ended without closing, ')).toBeVisible()
  await again.window.getByRole('button', { name: 'Remove' }).click()
  await expect(again.window.getByText('None. They stay on this computer')).toBeVisible()
  expect(await kept(profile)).not.toContain('"unclean"')
  await again.electron.close()

  const third = await launchApp()
  await new Shell(third.window).ready()
  await expect(third.window.getByText(SENTENCE)).toBeHidden()
})

test('a window that dies is reported and opened again with its words', async ({ launchApp, profile }) => {
  const { window, electron, errors } = await launchApp()
  await new FirstRunPage(window).emptyDoor.click()
  const shell = new Shell(window)
  await shell.ready()
  await shell.press('Mod+n')
  await new NotePage(window).write('Kept', `${MARKER} stays`)
  await expect(shell.tab(/^Kept, /)).toBeVisible()
  await expect.poll(() => keepsNote(profile)).toBe(true)
  process.kill(await windowPid(electron), 'SIGKILL')
  await expect
    .poll(async () =>
      existsSync(path.join(profile, 'crashes')) ? (await readdir(path.join(profile, 'crashes'))).length : 0,
    )
    .toBe(1)
  expect(await kept(profile)).not.toContain(MARKER)
  // Playwright gives up a page that crashed; the window itself is there again.
  await expect
    .poll(() =>
      electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]
          ?.webContents.executeJavaScript('document.body.innerText')
          .catch(() => ''),
      ),
    )
    .toContain(`${MARKER} stays`)
  errors.length = 0
})
