import type { Locator, Page } from '@playwright/test'

/** The versions of the note in front, and what changed since the chosen one. */
export class HistoryPage {
  readonly pane: Locator
  readonly thread: Locator
  readonly chosen: Locator
  readonly difference: Locator
  readonly status: Locator
  readonly name: Locator

  constructor(readonly page: Page) {
    const shown = page.locator('.content-layer:not([hidden])')
    this.pane = page.getByRole('complementary', { name: 'Versions' })
    this.thread = this.pane.getByRole('listbox', { name: 'Versions' })
    this.chosen = this.thread.getByRole('option', { selected: true })
    this.difference = shown.getByRole('region', { name: 'What changed' })
    this.status = shown.locator('.history-bar').getByRole('status')
    this.name = this.pane.getByRole('textbox', { name: /^A name for it/ })
  }

  version(name: string | RegExp): Locator {
    return this.thread.getByRole('option', { name })
  }

  button(name: string): Locator {
    return this.page.locator('.content-layer:not([hidden]) .history-bar').getByRole('button', { name })
  }

  /** Passages of one sort: Rewritten, Added, Removed, Moved up. */
  passages(sort: string): Locator {
    return this.difference.getByRole('group', { name: sort, exact: true })
  }

  /** Keeps the note as it is now, or the version that is chosen. */
  async keepAs(name: string): Promise<void> {
    await this.name.fill(name)
    await this.name.press('Enter')
    await this.version(new RegExp(`^${name}`)).waitFor()
  }
}
