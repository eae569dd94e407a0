import { expect, type Locator, type Page } from '@playwright/test'

const MOD = process.platform === 'darwin' ? 'Meta' : 'Control'

/** The window of a vault: its panes, tabs and what lies over them. */
export class Shell {
  readonly navigator: Locator
  readonly main: Locator
  readonly context: Locator
  readonly tree: Locator
  readonly selectedTab: Locator
  readonly footer: Locator
  readonly toast: Locator
  readonly vaultButton: Locator

  constructor(readonly page: Page) {
    this.navigator = page.getByRole('navigation', { name: 'Vault' })
    this.main = page.getByRole('main')
    this.context = page.getByRole('complementary', { name: 'Context' })
    this.tree = page.getByRole('tree', { name: 'Folders' })
    this.selectedTab = page.getByRole('tab', { selected: true })
    this.footer = page.locator('footer')
    this.toast = page.locator('.toast')
    this.vaultButton = page.getByRole('button', { name: /Switch vault$/ })
  }

  /** `Mod+Shift+f`, with Mod as this platform has it. */
  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys.replace('Mod', MOD))
  }

  /** Waits until the vault has opened: its folders are what it answers, all else is drawn before it does. */
  async ready(): Promise<void> {
    await this.vaultButton.waitFor()
    await this.tree.or(this.navigator.getByText(/^No folders yet/)).waitFor()
  }

  tab(name: string | RegExp): Locator {
    return this.page.getByRole('tab', { name })
  }

  /** A row of the navigator above the folders: Essays, Graph, Trash. */
  row(name: string): Locator {
    return this.navigator.getByRole('button', { name: new RegExp(`^${name}`) })
  }

  folder(name: string): Locator {
    return this.tree.getByRole('treeitem', { name: new RegExp(`^${name}, folder`) })
  }

  note(title: string): Locator {
    return this.tree.getByRole('treeitem', {
      name: new RegExp(`^${title}, (essay|example|commitment(, [a-z ]+)?|note)$`),
    })
  }

  /** Runs a command by its words, as a person without a mouse would. */
  async command(label: string): Promise<void> {
    await this.press('Mod+p')
    const field = this.page.getByRole('combobox', { name: 'Commands' })
    await field.fill(label)
    await this.page.getByRole('option', { name: label, exact: true }).waitFor()
    await field.press('Enter')
    await expect(field).toBeHidden()
  }

  /** Answers a dialog that asks for a name. While it is open, keys of the window do nothing. */
  async giveName(name: string): Promise<void> {
    const field = this.page.getByRole('textbox', { name: 'Name' })
    await field.fill(name)
    await field.press('Enter')
    await expect(field).toBeHidden()
  }

  /** Opens the quick switcher and types. */
  async jump(query: string): Promise<Locator> {
    await this.press('Mod+o')
    const field = this.page.getByRole('combobox', { name: 'Search or jump to' })
    await field.fill(query)
    return field
  }

  /** Opens a note by its title. */
  async open(title: string): Promise<void> {
    const field = await this.jump(title)
    await this.page
      .getByRole('option', { name: new RegExp(`^${literally(title)}, `) })
      .first()
      .waitFor()
    await field.press('Enter')
    await expect(this.selectedTab).toHaveAccessibleName(new RegExp(`^${literally(title)}, `))
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name })
  }

  /** A group of the context pane, such as "Illustrated by". */
  group(heading: string): Locator {
    return this.context.getByRole('region', { name: heading })
  }
}

/** A text as a pattern that finds just it. */
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
