import type { Locator, Page } from '@playwright/test'

/** Links in the note in front, and the menu that helps to write them. */
export class NoteLinks {
  readonly menu: Locator
  readonly all: Locator
  readonly #text: Locator

  constructor(page: Page) {
    this.#text = page.locator('.content-layer:not([hidden])').getByRole('textbox', { name: 'Text of the note' })
    this.menu = page.getByRole('listbox', { name: 'Links' })
    this.all = this.#text.locator('.wikilink')
  }

  /** By what a screen reader says of it. */
  named(name: string | RegExp): Locator {
    return this.#text.getByRole('link', { name })
  }

  row(name: string | RegExp): Locator {
    return this.menu.getByRole('option', { name })
  }
}
