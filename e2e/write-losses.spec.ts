import type { ElectronApplication, Page } from '@playwright/test'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { expect, inEmptyVault as test } from './support/fixtures.ts'
import { hostPid } from './support/host.ts'

const otherWindow = async (electron: ElectronApplication, first: Page): Promise<Page> => {
  const isOther = (page: Page) => page !== first && new URL(page.url() || 'about:blank').pathname === '/index.html'
  await expect.poll(() => electron.windows().filter(isOther).length).toBe(1)
  const page = electron.windows().find(isOther) as Page
  await new Shell(page).ready()
  return page
}

test('words that were written where somebody else deleted are offered back, with one key', async ({
  electron,
  window,
}) => {
  await new Shell(window).ready()
  await new Shell(window).press('Mod+n')
  const note = new NotePage(window)
  await note.write('Shared', 'It stays.')
  await window.keyboard.press('Enter')
  await window.keyboard.type('It goes.')
  await new Shell(window).command('Open this tab in a new window')
  const other = await otherWindow(electron, window)
  const second = new NotePage(other)
  await expect(second.text).toHaveText('It stays.It goes.')

  // nothing goes from window to window while the vault's host stands still
  const pid = await hostPid(electron)
  process.kill(pid, 'SIGSTOP')
  try {
    await note.text.click()
    await new Shell(window).press('Mod+End')
    await window.keyboard.type(' But I wrote on.')
    await expect(note.text).toHaveText('It stays.It goes. But I wrote on.')
    await second.text.click()
    await new Shell(other).press('Mod+End')
    await other.keyboard.press('Shift+Home')
    await other.keyboard.press('Backspace')
    await other.keyboard.press('Backspace')
    await expect(second.text).toHaveText('It stays.')
  } finally {
    process.kill(pid, 'SIGCONT')
  }

  const strip = (page: Page) => page.getByRole('region', { name: 'Words that lost their place' })
  // whose change reached the vault last hears of it
  const offered = async () => (await strip(window).count()) + (await strip(other).count())
  await expect.poll(offered).toBeGreaterThan(0)
  const asked = (await strip(window).count()) > 0 ? window : other
  await expect(strip(asked)).toContainText('But I wrote on.')
  await asked.bringToFront()
  await new Shell(asked).press('Mod+Shift+j')
  await expect(note.text).toContainText('But I wrote on.')
  await expect(second.text).toContainText('But I wrote on.')
  await expect.poll(offered).toBe(0)
})
