import { barriers } from './support/barriers.ts'
import { starterVault } from './support/empty-vault.ts'
import { expect, inStarterVault, test } from './support/fixtures.ts'

for (const theme of ['Light', 'Dark'] as const) {
  inStarterVault(`axe finds nothing serious on any screen, ${theme.toLowerCase()}`, async ({ window }) => {
    test.slow()
    const { shell } = await starterVault(window)
    await shell.command(theme)
    await shell.open('Blast radius is a design input')
    await expect(shell.context.getByRole('heading', { name: /^Links to this essay/ })).toBeVisible()
    expect(await barriers(window)).toEqual([])
    for (const label of ['Essays', 'Notes', 'Trash', 'Graph', 'Search the vault', 'Settings', 'New tab']) {
      await shell.command(label)
      await expect(shell.selectedTab).toHaveAccessibleName(label === 'Search the vault' ? 'Search' : label)
      expect(await barriers(window), label).toEqual([])
    }
    for (const [label, role] of [
      ['New folder', 'dialog'],
      ['New vault', 'dialog'],
      ['Take a copy out as Markdown', 'dialog'],
    ] as const) {
      await shell.command(label)
      await expect(window.getByRole(role)).toBeVisible()
      expect(await barriers(window), label).toEqual([])
      await window.keyboard.press('Escape')
    }
    await shell.open('Two maps of one payment')
    await shell.command('Move note to a folder')
    await expect(window.getByRole('option', { name: 'Essays' })).toBeVisible()
    expect(await barriers(window), 'move').toEqual([])
    await window.keyboard.press('Escape')
    await shell.command('Move note to the trash')
    await shell.row('Trash').click()
    await expect(window.getByRole('complementary', { name: 'Two maps of one payment' })).toBeVisible()
    expect(await barriers(window), 'trash').toEqual([])
    await shell.jump('refund')
    await expect(window.getByRole('option').first()).toBeVisible()
    expect(await barriers(window), 'palette').toEqual([])
    await window.keyboard.press('Escape')
    await shell.vaultButton.click()
    await expect(window.getByRole('menuitemcheckbox').first()).toBeVisible()
    expect(await barriers(window), 'vaults').toEqual([])
  })
}

inStarterVault('F6 goes round the panes and back', async ({ window }) => {
  const { shell } = await starterVault(window)
  await shell.open('Start here')
  const seen: string[] = []
  const pane = () =>
    window.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane') ?? 'none')
  await window
    .getByRole('button', { name: /^Search or jump to/ })
    .first()
    .focus()
  for (let step = 0; step < 4; step++) {
    await window.keyboard.press('F6')
    seen.push(await pane())
  }
  expect(seen).toEqual(['tabs', 'note', 'context', 'navigator'])
  await window.keyboard.press('Shift+F6')
  expect(await pane()).toBe('context')
})

inStarterVault(
  'the tree is walked with arrows and letters, and does by key what the mouse does',
  async ({ window }) => {
    const { shell } = await starterVault(window)
    await expect(shell.folder('Essays')).toBeVisible()
    await shell.tree.focus()
    await window.keyboard.press('e')
    // Commitments, Essays, Examples, Notes: the first letter goes to Essays, again to Examples
    await window.keyboard.press('ArrowRight')
    await expect(shell.note('Invitation, not imposition')).toBeVisible()
    await window.keyboard.press('ArrowDown')
    await window.keyboard.press('Enter')
    await expect(shell.selectedTab).toHaveAccessibleName(/, essay$/)
    await shell.tree.focus()
    await window.keyboard.press('F2')
    await expect(shell.dialog('Rename this note')).toBeVisible()
    await window.keyboard.press('Escape')
    await expect(shell.tree).toBeFocused()
    await window.keyboard.press('ArrowLeft')
    await window.keyboard.press('ArrowLeft')
    await expect(shell.folder('Essays')).toHaveAttribute('aria-expanded', 'false')
  },
)

inStarterVault(
  'at 200% zoom of a 1440 window nothing scrolls sideways, and drawers close with Escape',
  async ({ electron, window }) => {
    const { shell } = await starterVault(window)
    await shell.open('Start here')
    await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(720, 450))
    await expect(shell.navigator).toBeHidden()
    const overflow = () => window.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)
    await expect.poll(overflow).toBeLessThanOrEqual(0)
    const rail = window.getByRole('toolbar', { name: 'Context' })
    await rail.getByRole('button').first().click()
    await expect(shell.context).toBeVisible()
    await expect.poll(overflow).toBeLessThanOrEqual(0)
    await window.keyboard.press('Escape')
    await expect(shell.context).toBeHidden()
    await shell.press('Mod+Shift+l')
    await expect(shell.navigator).toBeVisible()
    await window.keyboard.press('Escape')
    await expect(shell.navigator).toBeHidden()
  },
)

test('themes and density follow the settings, and stay', async ({ launchApp }) => {
  const { window, electron } = await launchApp()
  const { shell } = await starterVault(window)
  const root = window.locator('html')
  await shell.command('Dark')
  await expect(root).toHaveAttribute('data-theme', 'dark')
  await shell.command('Settings')
  await window.getByRole('combobox', { name: 'Rows' }).selectOption({ label: 'Compact' })
  await expect(root).toHaveAttribute('data-density', 'compact')
  await electron.close()
  const again = await launchApp()
  await expect(again.window.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(again.window.locator('html')).toHaveAttribute('data-density', 'compact')
})
