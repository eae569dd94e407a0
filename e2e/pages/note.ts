import { expect, type Locator, type Page } from '@playwright/test'
import { literally } from './shell.ts'

/** The note in front: its title and its text. */
export class NotePage {
  readonly title: Locator
  readonly text: Locator

  constructor(readonly page: Page) {
    const shown = page.locator('.content-layer:not([hidden])')
    this.title = shown.getByRole('textbox', { name: 'Title' })
    this.text = shown.getByRole('textbox', { name: 'Text of the note' })
  }

  /** Waits for the note that was asked for: until it comes, the one before it is still there to be written into. */
  async isNew(): Promise<void> {
    await expect(this.title).toBeFocused()
    await expect(this.title).toHaveText(/^Untitled/)
  }

  /** Gives a new note its title; the caret is in its text then. */
  async begin(title: string): Promise<void> {
    await this.isNew()
    await this.title.fill(title)
    await this.title.press('Enter')
    await this.takesText()
    const tab = this.page.getByRole('tab', { selected: true })
    await expect(tab).toHaveAccessibleName(new RegExp(`^${literally(title)}, `))
  }

  /** Gives a new note its title, then writes. */
  async write(title: string, text: string): Promise<void> {
    await this.begin(title)
    await this.page.keyboard.type(text)
  }

  /** Waits until what is typed lands in the text. */
  async takesText(): Promise<void> {
    await expect(this.text).toBeFocused()
    await expect(this.text).toHaveAttribute('contenteditable', 'true')
  }
}
