import type { ElectronApplication, Page } from '@playwright/test'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { expect, inEmptyVault as test } from './support/fixtures.ts'

const windowsOf = (electron: ElectronApplication): Page[] =>
  electron.windows().filter((page) => new URL(page.url() || 'about:blank').pathname === '/index.html')

const paste = (note: NotePage, text: string) =>
  note.text.evaluate((element, text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, text)

test('undo outlives tabs, leaves a peer’s words, and a long note is one step (E3, E28)', async ({
  electron,
  window,
}) => {
  const shell = new Shell(window)
  await shell.ready()
  const note = new NotePage(window)
  const { keyboard } = window
  await shell.press('Mod+n')
  await note.write('One', 'alpha\nbeta')
  await shell.press('Mod+n')
  await note.write('Two', 'gamma')

  await test.step('after a switch of tabs', async () => {
    await shell.press('Mod+t')
    await shell.open('One')
    await shell.tab(/^Two, /).click()
    await expect(note.text).toHaveText('gamma')
    await shell.tab(/^One, /).click()
    await note.text.focus()
    await expect(note.text.locator('p')).toHaveText(['alpha', 'beta'])
    await shell.press('Mod+z')
    await expect(note.text.locator('p')).toHaveText(['alpha'])
    await shell.press('Mod+Shift+z')
    await expect(note.text.locator('p')).toHaveText(['alpha', 'beta'])
  })

  await test.step('after its tab was closed and opened again, with the caret where it was', async () => {
    await shell.press('Mod+End')
    for (let n = 0; n < 2; n++) await keyboard.press('ArrowLeft')
    await shell.press('Mod+w')
    await expect(shell.tab(/^One, /)).toHaveCount(0)
    await shell.open('One')
    await note.takesText()
    await keyboard.type('-')
    await expect(note.text.locator('p')).toHaveText(['alpha', 'be-ta'])
    await shell.press('Mod+z')
    await shell.press('Mod+z')
    await expect(note.text.locator('p')).toHaveText(['alpha'])
    await shell.press('Mod+Shift+z')
    await expect(note.text.locator('p')).toHaveText(['alpha', 'beta'])
  })

  await test.step('while it was away a peer wrote in it: those words stay', async () => {
    await shell.command('Open this tab in a new window')
    await expect.poll(() => windowsOf(electron).length).toBe(2)
    const other = windowsOf(electron).find((page) => page !== window) as Page
    const theirs = new NotePage(other)
    await expect(theirs.text.locator('p')).toHaveText(['alpha', 'beta'])
    // the tab may be the only one here: it goes on to another note instead
    await shell.open('Two')
    await expect(note.text).toHaveText('gamma')
    await theirs.text.click()
    await new Shell(other).press('Mod+Home')
    await other.keyboard.type('theirs ')
    await expect(theirs.text.locator('p')).toHaveText(['theirs alpha', 'beta'])
    await shell.open('One')
    await note.takesText()
    await expect(note.text.locator('p')).toHaveText(['theirs alpha', 'beta'])
    await shell.press('Mod+z')
    await shell.press('Mod+z')
    await shell.press('Mod+z')
    await expect(note.text.locator('p').first()).toHaveText('theirs ')
    await expect(theirs.text.locator('p').first()).toHaveText('theirs ')
    await other.close()
  })

  await test.step('a long note: pasted in one step, its end is one key away', async () => {
    await shell.press('Mod+n')
    await note.begin('Long')
    const paragraphs = Array.from({ length: 300 }, (_, n) => `Paragraph ${n} of them, with some words in it.`)
    await paste(note, paragraphs.join('\n\n'))
    await expect(note.text.locator('p')).toHaveCount(300)
    await expect(note.text).toHaveAttribute('data-long')
    await shell.press('Mod+Home')
    await keyboard.type('First. ')
    await shell.press('Mod+End')
    await keyboard.type(' Last.')
    await expect(note.text).toHaveText(/^First\. Paragraph 0 of .* 299 of them, with some words in it\. Last\.$/)
    await shell.press('Mod+z')
    await shell.press('Mod+z')
    await shell.press('Mod+z')
    await expect(note.text).toHaveText('')
    await shell.press('Mod+Shift+z')
    await expect(note.text.locator('p')).toHaveCount(300)
  })
})
