import { expect, type Locator, type Page } from '@playwright/test'

/** The page of a commitment, and the review that it becomes. */
export class CommitmentPage {
  readonly page: Locator
  readonly facts: Locator
  readonly proceedIf: Locator
  readonly pivotIf: Locator
  readonly restsOn: Locator
  readonly log: Locator
  readonly entries: Locator
  readonly seen: Locator
  readonly context: Locator
  readonly review: Locator

  constructor(readonly window: Page) {
    this.page = window.locator('.content-layer:not([hidden])')
    this.facts = this.page.getByRole('group', { name: 'Facts of this commitment' })
    this.proceedIf = this.page.getByRole('textbox', { name: 'Proceed if', exact: true })
    this.pivotIf = this.page.getByRole('textbox', { name: 'Pivot if', exact: true })
    this.restsOn = this.page.getByRole('region', { name: /^Rests on/ })
    this.log = this.page.getByRole('region', { name: /^Log/ })
    this.entries = this.log.getByRole('listitem')
    this.seen = this.page.getByRole('textbox', { name: /^What did you see/ })
    this.context = window.getByRole('complementary')
    this.review = this.page.getByRole('radiogroup', { name: 'What follows' })
  }

  fact(name: 'Status' | 'Due' | 'Review'): Locator {
    return this.facts.getByRole('button', { name: new RegExp(`^${name}: `) })
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }

  entry(text: string | RegExp): Locator {
    return this.entries.filter({ hasText: text })
  }

  ground(title: string): Locator {
    return this.restsOn.getByRole('listitem').filter({ hasText: title })
  }

  /** What the status menu offers. */
  async act(name: string | RegExp): Promise<void> {
    await this.fact('Status').press('Enter')
    await this.window.getByRole('menuitem', { name }).press('Enter')
  }

  async reads(status: string): Promise<void> {
    await expect(this.fact('Status')).toHaveText(status)
  }
}
