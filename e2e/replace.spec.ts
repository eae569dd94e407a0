import type { Page } from '@playwright/test'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault as test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

type Row = { id: string }

const create = (window: Page, title: string, markdown: string, kind = 'note') =>
  callPort<Row>(window, 'vault', 'createNote', { title, kind, markdown })
const show = async (window: Page, { id }: Row) =>
  (await callPort<{ markdown: string }>(window, 'vault', 'showMarkdown', { id })).markdown

test('words are replaced in the vault, without the notes that were left out, and put back in one step', async ({
  window,
}) => {
  const { shell } = await emptyVault(window)
  const freeze = await create(
    window,
    'The payments freeze',
    'Until the second week, when refunds had queued for nine days.\n\nWe paid the last refund on the nineteenth day.',
    'example',
  )
  const desk = await create(
    window,
    'A day on the desk',
    'A refund takes four screens. See [[Refund rules]].',
    'example',
  )
  await shell.command('Replace in the vault')
  const find = window.getByRole('searchbox', { name: 'Find' })
  await find.fill('refund')
  await window.getByRole('textbox', { name: 'Replace with' }).fill('reimbursement')
  const notes = window.getByRole('article')
  await expect(notes).toHaveCount(2)
  await expect(notes.filter({ hasText: 'The payments freeze' })).toContainText('refund reimbursement')
  await window.getByRole('checkbox', { name: 'Replace in A day on the desk' }).uncheck()
  await window.getByRole('button', { name: /^Replace 2 of \d in 1 note$/ }).click()
  await expect(shell.toast).toContainText('2 places in 1 note are replaced.')
  await expect.poll(() => show(window, freeze)).toContain('when reimbursements had queued')
  expect(await show(window, desk)).toContain('A refund takes')
  await shell.toast.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => show(window, freeze)).toContain('the last refund on')

  await window.getByRole('checkbox', { name: 'As a pattern' }).check()
  await find.fill('refund(')
  await expect(window.getByRole('alert')).toContainText('This pattern cannot be read.')
})

test('a note becomes part of another; its links lead there, and one step takes it back', async ({ window }) => {
  const { shell } = await emptyVault(window)
  const into = await create(window, 'Planning', 'What we plan.')
  const from = await create(window, 'Plans of May', 'What we planned in May.')
  const source = await create(window, 'Source', 'See [[Plans of May]].')
  await shell.open('Plans of May')
  await shell.command('Merge this note into another')
  const field = window.getByRole('combobox', { name: 'Merge “Plans of May” into another note' })
  await field.fill('Planning')
  await window.getByRole('option', { name: 'Planning, note' }).waitFor()
  await field.press('Enter')
  const dialog = shell.dialog('Merge “Plans of May” into “Planning”?')
  await expect(dialog).toContainText('goes to the trash')
  await dialog.getByRole('button', { name: 'Merge them' }).click()
  await expect(shell.selectedTab).toHaveAccessibleName('Planning, note')
  await expect.poll(() => show(window, into)).toContain('What we planned in May.')
  await expect.poll(() => show(window, source)).toContain('[[Planning')
  expect(await callPort(window, 'vault', 'trash', {})).toMatchObject([{ id: from.id }])
  await shell.toast.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => show(window, source)).toContain('[[Plans of May')
  await expect.poll(() => callPort(window, 'vault', 'trash', {})).toEqual([])
})
