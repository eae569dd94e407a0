import type { Locator, Page } from '@playwright/test'

/** The question of the first run, and its three doors. */
export class FirstRunPage {
  readonly title: Locator
  readonly folderDoor: Locator
  readonly emptyDoor: Locator
  readonly starterDoor: Locator

  constructor(readonly page: Page) {
    this.title = page.getByRole('heading', { name: 'Where are your notes?' })
    this.folderDoor = page.getByRole('button', { name: /^A folder of Markdown/ })
    this.emptyDoor = page.getByRole('button', { name: /^Nowhere yet/ })
    this.starterDoor = page.getByRole('button', { name: /^Look around first/ })
  }
}
