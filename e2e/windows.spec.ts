import type { ElectronApplication, Page } from '@playwright/test'
import { FirstRunPage } from './pages/first-run.ts'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { expect, test } from './support/fixtures.ts'

/** The windows of the interface, in the order in which they came. */
const windowsOf = (electron: ElectronApplication): Page[] =>
  electron.windows().filter((page) => new URL(page.url() || 'about:blank').pathname === '/index.html')

async function windows(electron: ElectronApplication, count: number): Promise<Page[]> {
  await expect.poll(() => windowsOf(electron).length).toBe(count)
  const pages = windowsOf(electron)
  for (const page of pages) await new Shell(page).ready()
  return pages
}

async function writeFirst(window: Page, title: string, text: string): Promise<NotePage> {
  await new FirstRunPage(window).emptyDoor.click()
  const shell = new Shell(window)
  await shell.ready()
  await shell.press('Mod+n')
  const note = new NotePage(window)
  await note.write(title, text)
  await expect(note.text).toHaveText(text)
  return note
}

/** The window whose tab in front is called so. */
async function showing(pages: readonly Page[], name: RegExp): Promise<Page> {
  let found: Page | undefined
  // A tab has its title when its note has been read.
  const look = async () => {
    for (const page of pages) if ((await new Shell(page).tab(name).count()) > 0) found = page
    return found !== undefined
  }
  await expect.poll(look, `a window that shows ${name}`).toBe(true)
  return found as Page
}

const quit = async (electron: ElectronApplication) => {
  const ended = new Promise((resolve) => electron.process().once('exit', resolve))
  await electron.evaluate(({ app }) => setImmediate(() => app.quit())).catch(() => null)
  await ended
}

test('two windows show one note, live, with the caret of the other', async ({ launchApp }) => {
  const { window, electron } = await launchApp()
  const first = await writeFirst(window, 'Shared', 'Written here.')
  await new Shell(window).command('Open this tab in a new window')
  const pages = await windows(electron, 2)
  const other = pages.find((page) => page !== window) as Page
  const second = new NotePage(other)
  await expect(new Shell(other).selectedTab).toHaveAccessibleName(/^Shared, /)
  await expect(second.text).toHaveText('Written here.')
  await second.text.click()
  await new Shell(other).press('Mod+End')
  await other.keyboard.type(' And there.')
  await expect(first.text).toHaveText('Written here. And there.')
  await expect(window.locator('.note-cursors').locator('*').first()).toBeAttached()
  await first.text.click()
  await new Shell(window).press('Mod+Home')
  await window.keyboard.type('Both: ')
  await expect(second.text).toHaveText('Both: Written here. And there.')
})

test('all windows come back after a quit, each with tabs, place and caret of its own; a closed one does not', async ({
  launchApp,
}) => {
  const started = await launchApp()
  await writeFirst(started.window, 'One', 'alpha beta gamma')
  await new Shell(started.window).press('Mod+Shift+n')
  const [, second] = (await windows(started.electron, 2)) as [Page, Page]
  await new Shell(second).command('Trash')
  await started.electron.evaluate(({ BrowserWindow }) => {
    const sizes = [
      [960, 700],
      [1200, 640],
    ] as const
    for (const [n, window] of BrowserWindow.getAllWindows()
      .sort((a, b) => a.id - b.id)
      .entries()) {
      window.setBounds({ x: 20 + n * 40, y: 30 + n * 30, width: sizes[n]?.[0] ?? 800, height: sizes[n]?.[1] ?? 600 })
    }
  })
  // The caret: five characters from the start.
  const note = new NotePage(started.window)
  await note.text.click()
  await new Shell(started.window).press('Mod+Home')
  for (let n = 0; n < 5; n++) await started.window.keyboard.press('ArrowRight')
  await quit(started.electron)

  const again = await launchApp()
  const pages = await windows(again.electron, 2)
  const one = await showing(pages, /^One, /)
  const trash = await showing(pages, /^Trash$/)
  expect(one).not.toBe(trash)
  const sizes = await again.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.getBounds().width),
  )
  expect(sizes.sort((a, b) => a - b)).toEqual([960, 1200])
  await expect(new NotePage(one).text).toBeFocused()
  await one.keyboard.type('|')
  await expect(new NotePage(one).text).toHaveText('alpha| beta gamma')

  // Closed by the person: the other one is what the next start comes back to.
  const closed = trash.waitForEvent('close')
  await again.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.getBounds().width === 1200)
      ?.close()
  })
  await closed
  await expect.poll(() => windowsOf(again.electron).length).toBe(1)
  await quit(again.electron)
  const third = await launchApp()
  await windows(third.electron, 1)
  await expect(new NotePage(third.window).text).toHaveText('alpha| beta gamma')
})

test('a window with one note of many opens beside, and the first keeps its tabs', async ({ launchApp }) => {
  const { window, electron } = await launchApp()
  await writeFirst(window, 'Stays', 'here')
  const shell = new Shell(window)
  await shell.command('Essays')
  await shell.tab(/^Essays/).click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Open in a new window' }).click()
  const pages = await windows(electron, 2)
  const other = pages.find((page) => page !== window) as Page
  await expect(new Shell(other).selectedTab).toHaveAccessibleName('Essays')
  expect(await other.getByRole('tab').count()).toBe(1)
})

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  test(`${signal} in the middle of a burst in two windows: nothing is lost`, async ({ launchApp }) => {
    test.skip(process.platform === 'win32', 'Windows has no signals')
    const { window, electron } = await launchApp()
    await writeFirst(window, 'Burst', 'start ')
    await new Shell(window).press('Mod+Shift+n')
    const [, other] = (await windows(electron, 2)) as [Page, Page]
    await new Shell(other).press('Mod+n')
    await new NotePage(other).write('Second burst', 'start ')
    const words = Array.from({ length: 40 }, (_, n) => `w${n}`).join(' ')
    await Promise.all([window.keyboard.type(words), other.keyboard.type(words)])
    const ended = new Promise((resolve) => electron.process().once('exit', resolve))
    electron.process().kill(signal)
    await ended

    const again = await launchApp()
    const pages = await windows(again.electron, 2)
    await expect(new NotePage(await showing(pages, /^Burst, /)).text).toHaveText(`start ${words}`)
    await expect(new NotePage(await showing(pages, /^Second burst, /)).text).toHaveText(`start ${words}`)
    // It ended as it should.
    await expect(again.window.getByText('ended without closing')).toBeHidden()
  })
}

// No test can end the session of the computer; what Electron tells us then is said here in its place.
for (const [what, tell] of [
  [
    'a shutdown of the system',
    (electron: ElectronApplication) =>
      electron.evaluate(({ powerMonitor }) => {
        let isHeld = false
        powerMonitor.emit('shutdown', { preventDefault: () => (isHeld = true) })
        return isHeld
      }),
  ],
  [
    'the end of the session on Windows',
    (electron: ElectronApplication) =>
      electron.evaluate(({ BrowserWindow }) => {
        let isHeld = false
        const [window] = BrowserWindow.getAllWindows()
        window?.emit('query-session-end', { preventDefault: () => (isHeld = true) })
        return isHeld
      }),
  ],
] as const) {
  test(`${what} waits until a burst is stored`, async ({ launchApp }) => {
    const { window, electron } = await launchApp()
    await writeFirst(window, 'Burst', 'start ')
    const words = Array.from({ length: 60 }, (_, n) => `w${n}`).join(' ')
    await window.keyboard.type(words)
    const ended = new Promise((resolve) => electron.process().once('exit', resolve))
    expect(await tell(electron)).toBe(true)
    await ended
    const again = await launchApp()
    await expect(new NotePage(again.window).text).toHaveText(`start ${words}`)
  })
}
