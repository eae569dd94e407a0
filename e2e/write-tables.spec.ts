import { readFile } from 'node:fs/promises'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { cliJson } from './support/cli.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, test } from './support/fixtures.ts'

/** As a spreadsheet puts rows on the clipboard: bold, numbers aligned, a span, a colour. */
const SHEET = `<html><head><meta name="generator" content="LibreOffice"></head><body>
<table cellspacing="0" border="0"><colgroup width="85"></colgroup>
<tr><td>Size</td><td>Who feels it</td><td align="right">Undo</td></tr>
<tr><td><b>Desk</b></td><td bgcolor="#ffff00">One person</td><td align="right" sdval="4">4</td></tr>
<tr><td colspan="2">Team</td><td align="right">12</td></tr></table></body></html>`

const paste = (text: Locator, data: Readonly<Record<string, string>>) =>
  text.evaluate((element, data) => {
    const transfer = new DataTransfer()
    for (const [type, value] of Object.entries(data)) transfer.setData(type, value)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }))
  }, data)

const copied = (window: Page) =>
  window.evaluate(
    () =>
      new Promise<Record<string, string>>((resolve) => {
        const onCopy = ({ clipboardData }: ClipboardEvent) => {
          const types = ['text/plain', 'text/html', 'text/tab-separated-values']
          resolve(Object.fromEntries(types.map((type) => [type, clipboardData?.getData(type) ?? ''])))
        }
        document.addEventListener('copy', onCopy, { once: true })
        document.execCommand('copy')
      }),
  )

test('a table from a spreadsheet is worked on by keyboard and by its tools, and exported as it stands', async ({
  window,
  electron,
  profile,
  folder,
  launchApp,
}) => {
  const { shell, note } = await emptyVault(window)
  const { keyboard } = window
  await shell.press('Mod+n')
  await note.begin('Sizes')
  const rows = note.text.getByRole('row')
  const cell = (name: string) => note.text.getByRole('cell', { name, exact: true })
  const column = window.getByRole('toolbar', { name: 'Column' })

  await test.step('pasted from a spreadsheet, it is a table with a head', async () => {
    await paste(note.text, { 'text/plain': 'Size\tWho feels it\tUndo', 'text/html': SHEET })
    await expect(rows).toHaveText(['SizeWho feels itUndo', 'DeskOne person4', 'Team12'])
    await expect(note.text.getByRole('columnheader')).toHaveText(['Size', 'Who feels it', 'Undo'])
    await expect(cell('Desk').locator('.bold')).toHaveText('Desk')
  })

  await test.step('Enter goes down and makes a row, Tab goes on, Shift+Enter breaks the line', async () => {
    await cell('12').click()
    await keyboard.press('End')
    await keyboard.type('0')
    await keyboard.press('Enter')
    await keyboard.type('9')
    await keyboard.press('Shift+Tab')
    await keyboard.type('nobody')
    await keyboard.press('Shift+Enter')
    await keyboard.type('yet')
    await keyboard.press('Shift+Tab')
    await keyboard.type('None')
    await expect(rows).toHaveText(['SizeWho feels itUndo', 'DeskOne person4', 'Team120', 'Nonenobodyyet9'])
  })

  await test.step('Mod+Shift and an arrow move row and column, each said and taken back in one step', async () => {
    await shell.press('Mod+Shift+ArrowUp')
    await expect(rows).toHaveText(['SizeWho feels itUndo', 'DeskOne person4', 'Nonenobodyyet9', 'Team120'])
    await expect(window.getByText('Row moved up')).toBeAttached()
    await shell.press('Mod+Shift+ArrowRight')
    await expect(rows.nth(2)).toHaveText('nobodyyetNone9')
    await shell.press('Mod+z')
    await expect(rows.nth(2)).toHaveText('Nonenobodyyet9')
  })

  await test.step('the tools are reached by keyboard, and Escape goes back to the text', async () => {
    await expect(column).toBeVisible()
    await cell('9').click()
    await keyboard.press('Alt+F10')
    await expect(column.getByRole('button', { name: 'Move column left' })).toBeFocused()
    await keyboard.press('Enter')
    await expect(rows.first()).toHaveText('SizeUndoWho feels it')
    await expect(column.getByRole('button', { name: 'Move column left' })).toBeFocused()
    await keyboard.press('ArrowLeft')
    await keyboard.press('Enter')
    await window.getByRole('menuitem', { name: 'Sort rows A to Z' }).click()
    await expect(rows).toHaveText(['SizeUndoWho feels it', 'Desk4One person', 'None9nobodyyet', 'Team120'])
    await expect(note.text).toBeFocused()
    await keyboard.press('Alt+F10')
    await keyboard.press('Escape')
    await expect(note.text).toBeFocused()
  })

  await test.step('a row has a menu at its left; the tools go with the caret', async () => {
    await cell('Team').click()
    await window.getByRole('button', { name: 'Row', exact: true }).click()
    await window.getByRole('menuitem', { name: 'Add a row below' }).click()
    await expect(rows).toHaveCount(5)
    await keyboard.type('Everyone')
    await expect(rows.last()).toHaveText('Everyone')
    await note.title.click()
    await expect(column).toBeHidden()
  })

  await test.step('cells are selected by dragging and by Shift and arrows, copied three ways, and emptied', async () => {
    await cell('Desk').hover()
    await window.mouse.down()
    await cell('9').hover()
    await window.mouse.up()
    await expect(note.text.locator('.cell-selected')).toHaveText(['Desk', '4', 'None', '9'])
    await keyboard.press('Shift+ArrowUp')
    await expect(note.text.locator('.cell-selected')).toHaveText(['Desk', '4'])
    expect(await copied(window)).toEqual({
      'text/plain': '| **Desk** | 4 |\n| --- | --: |',
      'text/html': '<table><tr><th><b>Desk</b></th><th align="right">4</th></tr></table>',
      'text/tab-separated-values': 'Desk\t4',
    })
    await keyboard.press('Backspace')
    await expect(rows.nth(1)).toHaveText('One person')
    await shell.press('Mod+z')
    await expect(rows.nth(1)).toHaveText('Desk4One person')
  })

  await test.step('values with tabs fill cells from the caret on, and the table grows', async () => {
    await cell('120').click()
    await paste(note.text, { 'text/plain': '1\t2\t3\r\n*4*\t"5\n6"\t7\r\n' })
    await expect(rows).toHaveText([
      'SizeUndoWho feels it',
      'Desk4One person',
      'None9nobodyyet',
      'Team123',
      'Everyone*4*567',
    ])
  })

  await test.step('a screen reader finds a table with heads, and tools with names', async () => {
    await expect(note.text.getByRole('columnheader', { name: 'Undo' })).toHaveAttribute('scope', 'col')
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().include('.note-surface').analyze()
    const own = violations.filter(({ id }) => id !== 'empty-table-header')
    expect(own.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([])
  })

  await electron.close()
  await cliJson(profile, 'export', path.join(folder, 'out'))
  const file = await readFile(path.join(folder, 'out', 'Notes', 'Sizes.md'), 'utf8')
  expect(file.slice(file.indexOf('|')).split('\n')).toEqual([
    '| Size | Undo | Who feels it |  |',
    '| --- | --: | --- | --- |',
    '| **Desk** | 4 | One person |  |',
    '| None | 9 | nobody<br>yet |  |',
    '| Team | 1 | 2 | 3 |',
    '| Everyone | \\*4\\* | 5<br>6 | 7 |',
    '',
  ])

  await test.step('opened again, it is the same', async () => {
    const again = await launchApp()
    const reopened = new NotePage(again.window)
    const shell = new Shell(again.window)
    await shell.ready()
    await shell.open('Sizes')
    await expect(reopened.text.getByRole('row').last()).toHaveText('Everyone*4*567')
  })
})
