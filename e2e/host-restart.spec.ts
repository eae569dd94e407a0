import { FirstRunPage } from './pages/first-run.ts'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { expect, test } from './support/fixtures.ts'

test('a host that dies while somebody writes is restarted, and nothing that was written is gone', async ({
  launchApp,
}) => {
  const { electron, window } = await launchApp()
  await new FirstRunPage(window).emptyDoor.click()
  const shell = new Shell(window)
  const note = new NotePage(window)
  await shell.ready()
  await shell.press('Mod+n')
  await note.write('Refunds', 'Before. ')
  await electron.evaluate(({ webContents }) => {
    for (const contents of webContents.getAllWebContents()) {
      if (contents.getURL().includes('host.html')) contents.forcefullyCrashRenderer()
    }
  })
  await window.keyboard.type('After.')
  await expect(note.text).toHaveText('Before. After.')
  // The window asks again for what it shows, and everything in it works.
  await shell.open('Refunds')
  await shell.row('Notes').click()
  await expect(window.getByRole('listitem').getByRole('button', { name: /^Refunds/ })).toBeVisible()
  await electron.close()

  const again = await launchApp()
  const reopened = new Shell(again.window)
  await reopened.ready()
  await reopened.open('Refunds')
  await expect(new NotePage(again.window).text).toHaveText('Before. After.')
})
