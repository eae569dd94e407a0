import type { Page } from '@playwright/test'
import { FirstRunPage } from '../pages/first-run.ts'
import { NotePage } from '../pages/note.ts'
import { Shell } from '../pages/shell.ts'

type Opened = { shell: Shell; note: NotePage }

/** Through the first run's door of an empty vault, until that can be written into; `inEmptyVault` is in one already. */
export const emptyVault = (window: Page): Promise<Opened> => open(window, 'emptyDoor')

/** The same with the starter vault and `inStarterVault`. */
export const starterVault = (window: Page): Promise<Opened> => open(window, 'starterDoor')

async function open(window: Page, name: 'emptyDoor' | 'starterDoor'): Promise<Opened> {
  const shell = new Shell(window)
  const door = new FirstRunPage(window)[name]
  await door.or(shell.vaultButton).waitFor()
  if (await door.isVisible()) await door.click()
  await shell.ready()
  return { shell, note: new NotePage(window) }
}
