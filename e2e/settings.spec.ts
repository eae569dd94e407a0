import type { ElectronApplication, Page } from '@playwright/test'
import { Shell } from './pages/shell.ts'
import { barriers } from './support/barriers.ts'
import { starterVault } from './support/empty-vault.ts'
import { expect, inStarterVault, test } from './support/fixtures.ts'

async function openSettings(window: Page): Promise<Shell> {
  const { shell } = await starterVault(window)
  await shell.command('Settings')
  await expect(window.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  return shell
}

const accelerator = (electron: ElectronApplication, label: string) =>
  electron.evaluate(({ Menu }, label) => {
    const items = (Menu.getApplicationMenu()?.items ?? []).flatMap((menu) => menu.submenu?.items ?? [])
    return items.find((item) => item.label === label)?.accelerator ?? null
  }, label)

/** By its row: the button says its keys, and changes them. */
const keyField = (window: Page, label: string) => window.locator('.setting', { hasText: label }).locator('.key-field')

inStarterVault(
  'the search filters the page in place, counts by section and marks what it found',
  async ({ window }) => {
    await openSettings(window)
    const field = window.getByRole('searchbox', { name: 'Find a setting' })
    await field.fill('back')
    await expect(window.getByRole('heading', { level: 1 })).toHaveText('“back” in settings')
    const rows = await window.locator('.setting').count()
    await expect(window.locator('.settings-title')).toContainText(`${rows} found`)
    const counts = await window.locator('.settings-link .num').allInnerTexts()
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(rows)
    await expect(window.locator('.setting mark').first()).toHaveText(/^back$/i)
    await expect(window.getByRole('heading', { name: 'Appearance' })).toBeHidden()
    // by another name
    await field.fill('telemetry')
    await expect(window.locator('.setting')).toHaveCount(1)
    await expect(window.locator('.setting')).toContainText('Also called')
    await field.fill('no such thing')
    await window.getByRole('button', { name: 'Show all settings' }).click()
    await expect(window.getByRole('heading', { name: 'Appearance' })).toBeVisible()
    await window.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Backups' }).click()
    await expect(window.getByRole('switch', { name: 'Daily archive' })).toBeInViewport()
  },
)

test('keys are recorded, refused, taken and put back; the window and the menu follow at once', async ({
  launchApp,
}) => {
  const { window, electron } = await launchApp()
  const shell = await openSettings(window)
  const graph = keyField(window, 'Graph')
  await expect(graph).toHaveText('Ctrl+G')
  await graph.click()
  await window.keyboard.down('Control')
  await expect(graph).toHaveText('Ctrl …')
  await window.keyboard.up('Control')
  await window.keyboard.press('Control+b')
  await expect(window.getByText('Ctrl+B is “bold” already, and stays.')).toBeVisible()
  await window.keyboard.press('x')
  await expect(window.getByText('A key alone types.')).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(graph).toHaveText('Ctrl+G')
  // What another command has is taken only when told to.
  await graph.click()
  await window.keyboard.press('Control+k')
  await expect(window.getByText('Ctrl+K is “Search or jump”.')).toBeVisible()
  await window.getByRole('button', { name: 'Take it from there' }).click()
  await expect(graph).toHaveText('Ctrl+K')
  await expect(keyField(window, 'Search or jump')).toHaveText('Ctrl+O')
  await expect.poll(() => accelerator(electron, 'Graph')).toBe('CmdOrCtrl+K')
  await window.keyboard.press('Control+g')
  await expect(shell.selectedTab).toHaveAccessibleName('Settings')
  await window.keyboard.press('Control+k')
  await expect(shell.selectedTab).toHaveAccessibleName('Graph')
  await electron.close()

  const again = await launchApp()
  const second = new Shell(again.window)
  await second.ready()
  await expect.poll(() => accelerator(again.electron, 'Graph')).toBe('CmdOrCtrl+K')
  await second.command('Settings')
  await again.window.getByRole('button', { name: 'Put back the keys of “Graph”' }).click()
  await expect(keyField(again.window, 'Graph')).toHaveText('Ctrl+G')
  await expect.poll(() => accelerator(again.electron, 'Graph')).toBe('CmdOrCtrl+G')
  await again.window.getByRole('button', { name: 'Put all back as they were' }).click()
  await expect(keyField(again.window, 'Search or jump')).toHaveText('Ctrl+O or Ctrl+K')
  // Backspace takes keys away.
  await keyField(again.window, 'Today’s note').click()
  await again.window.keyboard.press('Backspace')
  await expect(keyField(again.window, 'Today’s note')).toHaveText('not set')
  await expect.poll(() => accelerator(again.electron, 'Today’s note')).toBeNull()
})

test('what is set stays set', async ({ launchApp }) => {
  const { window, electron } = await launchApp()
  await openSettings(window)
  await window.getByRole('combobox', { name: 'Empty the trash' }).selectOption({ label: 'After 90 days' })
  await window.getByRole('switch', { name: 'Daily archive' }).click()
  await expect(window.getByRole('switch', { name: 'Daily archive' })).not.toBeChecked()
  await window.getByRole('button', { name: 'Larger text', exact: true }).click()
  await expect(window.getByText('Where people write, at 19 pixels')).toBeVisible()
  await electron.close()
  const again = await launchApp()
  await expect(again.window.getByRole('combobox', { name: 'Empty the trash' })).toHaveValue('90')
  await expect(again.window.getByRole('switch', { name: 'Daily archive' })).not.toBeChecked()
  await expect(again.window.getByText('Where people write, at 19 pixels')).toBeVisible()
})

for (const theme of ['Light', 'Dark'] as const) {
  inStarterVault(
    `axe finds nothing serious in the settings, ${theme.toLowerCase()}, also while keys are recorded`,
    async ({ window }) => {
      const shell = await openSettings(window)
      await shell.command(theme)
      expect(await barriers(window)).toEqual([])
      await keyField(window, 'Graph').click()
      expect(await barriers(window), 'recording').toEqual([])
      await window.keyboard.press('Control+k')
      expect(await barriers(window), 'asking').toEqual([])
      await window.getByRole('searchbox', { name: 'Find a setting' }).fill('back')
      expect(await barriers(window), 'searching').toEqual([])
    },
  )
}
