import type { Page } from '@playwright/test'
import { FirstRunPage } from '../pages/first-run.ts'
import { NotePage } from '../pages/note.ts'
import { Shell } from '../pages/shell.ts'

/** Through the first run's door of an empty vault, until that can be written into. */
export async function emptyVault(window: Page): Promise<{ shell: Shell; note: NotePage }> {
  await new FirstRunPage(window).emptyDoor.click()
  const shell = new Shell(window)
  await shell.ready()
  return { shell, note: new NotePage(window) }
}
