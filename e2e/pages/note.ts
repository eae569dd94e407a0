import type { Locator, Page } from '@playwright/test'

/** The note in front: its title and its text. */
export class NotePage {
  readonly title: Locator
  readonly text: Locator

  constructor(readonly page: Page) {
    const shown = page.locator('.content-layer:not([hidden])')
    this.title = shown.getByRole('textbox', { name: 'Title' })
    this.text = shown.getByRole('textbox', { name: 'Text of the note' })
  }

  /** Gives a new note its title, then writes. Its title has the focus when it is new. */
  async write(title: string, text: string): Promise<void> {
    await this.title.fill(title)
    await this.title.press('Enter')
    await this.text.click()
    await this.page.keyboard.type(text)
  }

  link(shown: string): Locator {
    return this.text.locator('[data-lexical-text], span').filter({ hasText: shown }).first()
  }
}
