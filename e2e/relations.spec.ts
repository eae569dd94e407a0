import type { Page } from '@playwright/test'
import { barriers } from './support/barriers.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault as test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

const ESSAY = 'Small steps travel further'
const CASE = 'The queue that nobody owned'
const PAIR = 'Pair on every migration'

async function write(window: Page, title: string, kind: string, markdown: string): Promise<string> {
  const { id } = await callPort<{ id: string }>(window, 'vault', 'createNote', { title, kind, markdown })
  return id
}

async function markdownOf(window: Page, id: string): Promise<string> {
  return (await callPort<{ markdown: string }>(window, 'vault', 'showMarkdown', { id })).markdown
}

test('a relation is read from the other note, changed, taken back and removed there', async ({ window }) => {
  const { shell } = await emptyVault(window)
  await write(window, CASE, 'example', 'Seven teams wrote to it.\n')
  const essay = await write(window, ESSAY, 'essay', `Every step was small.\n\nillustrated_by:: [[${CASE}]]\n`)
  await shell.open(CASE)
  await expect(shell.group('Illustrates')).toContainText(ESSAY)

  const menu = () => shell.context.getByRole('button', { name: `Relation to ${ESSAY}` }).click()
  const choose = async (name: string) => {
    await window.getByRole('menuitem', { name: 'Change the verb' }).press('ArrowRight')
    await window.getByRole('menuitemcheckbox', { name, exact: true }).press('Enter')
  }
  await menu()
  await choose('Challenges')
  await expect(shell.group('Challenges')).toContainText(ESSAY)
  await expect(shell.group('Illustrates')).toBeHidden()
  expect(await markdownOf(window, essay)).toContain(`challenged_by:: [[${CASE}]]`)
  await shell.toast.getByRole('button', { name: 'Undo' }).click()
  await expect(shell.group('Illustrates')).toContainText(ESSAY)
  expect(await markdownOf(window, essay)).toContain(`illustrated_by:: [[${CASE}]]`)

  // By keyboard from here on.
  await shell.context.getByRole('button', { name: `Relation to ${ESSAY}` }).focus()
  await window.keyboard.press('Enter')
  await expect(window.getByRole('menuitem', { name: 'Open', exact: true })).toBeFocused()
  expect(await barriers(window)).toEqual([])
  await window.keyboard.press('ArrowUp')
  await window.keyboard.press('Enter')
  await expect(shell.group('Mentioned in')).toContainText(ESSAY)
  expect(await markdownOf(window, essay)).not.toContain('illustrated_by')
  await shell.toast.getByRole('button', { name: 'Undo' }).click()
  await expect(shell.group('Illustrates')).toContainText(ESSAY)
})

test('a word of the vault’s own is a relation in text, property and graph, and stays written when it goes', async ({
  window,
}) => {
  const { shell } = await emptyVault(window)
  await write(window, CASE, 'example', 'Seven teams wrote to it.\n')
  const essay = await write(window, ESSAY, 'essay', `Every step was small.\n\nbuilds_on:: [[${CASE}]]\n`)
  await write(window, PAIR, 'note', `---\nbuilds_on: ["[[${CASE}]]"]\n---\n\nTwo at a time.\n`)
  await shell.open(CASE)
  await expect(shell.group('Mentioned in')).toContainText(ESSAY)

  await shell.command('Add a relation to this vault')
  const dialog = shell.dialog('A relation of your own')
  await dialog.getByLabel('Word').fill('builds on')
  await dialog.getByLabel('From the other note', { exact: true }).fill('built on by')
  await dialog.getByLabel('Reads from the other note').fill('Foundation of')
  expect(await barriers(window)).toEqual([])
  await dialog.getByRole('button', { name: 'Add it' }).click()
  await expect(dialog).toBeHidden()
  await expect(shell.group('Foundation of').getByRole('listitem')).toHaveCount(2)

  await shell.open(ESSAY)
  await expect(shell.group('Builds on')).toContainText(CASE)
  await expect(window.locator('.content-layer:not([hidden]) [data-verb="builds on"]')).toHaveCount(1)
  await shell.command('Graph')
  await expect(window.getByRole('region', { name: 'Relations' }).getByText('Builds on')).toBeVisible()

  await shell.command('Settings')
  await window.getByRole('button', { name: 'Remove Builds on' }).click()
  const gone = shell.dialog(/Remove “Builds on”/)
  await expect(gone).toContainText('Two notes use it.')
  await expect(gone.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await gone.getByRole('button', { name: 'Remove it' }).click()
  await shell.open(CASE)
  await expect(shell.group('Mentioned in').getByRole('listitem')).toHaveCount(2)
  expect(await markdownOf(window, essay)).toContain(`builds_on:: [[${CASE}]]`)
})

test('a kind is changed with what that means said before, and taken back in one step', async ({ window }) => {
  const { shell, note } = await emptyVault(window)
  await write(window, PAIR, 'note', 'Two at a time.\n')
  await shell.open(PAIR)
  await window.getByRole('button', { name: 'Note: change its kind' }).click()
  const commitment = window.getByRole('menuitemcheckbox', { name: /^Commitment/ })
  await expect(commitment).toContainText('It gets a place in Commitments, facts and a log.')
  await commitment.click()
  await expect(shell.selectedTab).toHaveAccessibleName(`${PAIR}, commitment, considering`)
  await shell.toast.getByRole('button', { name: 'Undo' }).click()
  await expect(shell.selectedTab).toHaveAccessibleName(`${PAIR}, note`)

  await shell.command('Make it a commitment')
  const dialog = shell.dialog(`Make “${PAIR}” a commitment?`)
  await expect(dialog).toContainText('Nothing of its text changes.')
  expect(await barriers(window)).toEqual([])
  await dialog.getByRole('button', { name: 'Make it a commitment' }).click()
  await expect(shell.selectedTab).toHaveAccessibleName(`${PAIR}, commitment, considering`)
  await expect(note.text).toContainText('Two at a time.')
})

test('a note is started from another, which lists it; the difference is to the source as it was', async ({
  window,
}) => {
  const { shell, note } = await emptyVault(window)
  const source = await write(
    window,
    CASE,
    'example',
    '## What happened\n\nSeven teams.\n\n## What it cost\n\nA week.\n',
  )
  await shell.command('Start a note from an example…')
  const field = window.getByRole('combobox', { name: 'Start a note from an example' })
  await field.fill('queue')
  await expect(window.getByRole('option', { name: `${CASE}, example` })).toBeVisible()
  await field.press('Enter')
  await note.begin('The list that everybody owned')
  await expect(note.text).toContainText('What it cost')
  await expect(note.text).not.toContainText('A week')
  const line = window.locator('.content-layer:not([hidden]) .started-from')
  await expect(line).toContainText(`Started from ${CASE}, as it was today`)

  await callPort(window, 'vault', 'appendMarkdown', { id: source, markdown: 'Later words.\n' })
  await line.getByRole('button', { name: 'Difference' }).click()
  const dialog = shell.dialog(`What it has otherwise than “${CASE}”`)
  await expect(dialog).toContainText('as it was then. The source has changed since.')
  await expect(dialog).toContainText('Seven teams')
  await expect(dialog).not.toContainText('Later words')
  expect(await barriers(window)).toEqual([])
  await window.keyboard.press('Escape')

  await shell.open(CASE)
  await expect(shell.group('Source of')).toContainText('The list that everybody owned')
  await expect(window.locator('.content-layer:not([hidden]) .note-through')).toContainText('1 started from this')
})

test('what rests on a note is listed, and asked about before the trash only where something does', async ({
  window,
}) => {
  const { shell } = await emptyVault(window)
  await write(window, CASE, 'example', `illustrates:: [[${ESSAY}]]\n`)
  await write(window, ESSAY, 'essay', 'Every step was small.\n')
  await write(window, PAIR, 'commitment', `---\nrests_on: ["[[${ESSAY}]]"]\n---\n\nTwo at a time.\n`)
  await shell.open(CASE)
  await expect(shell.group('Illustrates')).toContainText(ESSAY)
  await shell.press('Mod+Shift+b')
  const list = shell.dialog(`What rests on “${CASE}”`)
  await expect(list).toContainText('One essay rests on this directly, one further on.')
  await expect(list.getByRole('region', { name: 'One step further' })).toContainText(PAIR)
  expect(await barriers(window)).toEqual([])
  await list.getByRole('button', { name: new RegExp(PAIR) }).click()
  await expect(shell.selectedTab).toHaveAccessibleName(new RegExp(`^${PAIR}, commitment`))

  await shell.open(CASE)
  await shell.command('Move note to the trash')
  const ask = shell.dialog(`Move “${CASE}” to the trash?`)
  await expect(ask).toContainText('One essay rests on it directly, one further on.')
  await expect(ask.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await window.keyboard.press('Enter')
  await expect(ask).toBeHidden()
  await expect(shell.selectedTab).toHaveAccessibleName(`${CASE}, example`)
  await shell.command('Rename note')
  await expect(window.getByRole('dialog')).toContainText('Their links follow.')
  await window.keyboard.press('Escape')

  await shell.open(PAIR)
  await shell.command('Move note to the trash')
  await expect(shell.toast).toContainText(`“${PAIR}” is in the trash.`)
})

test('a pinned relation tells which words changed, until it is said that it still holds', async ({ window }) => {
  const { shell } = await emptyVault(window)
  const essay = await write(window, ESSAY, 'essay', 'Every step was small.\n')
  await write(window, 'A note on steps', 'note', `rests_on:: [[${ESSAY}]]\n`)
  await shell.open('A note on steps')
  await shell.context.getByRole('button', { name: `Relation to ${ESSAY}` }).click()
  await window.getByRole('menuitem', { name: 'Pin as it reads today' }).click()
  await expect(shell.toast).toContainText('Pinned as it reads today.')
  await callPort(window, 'vault', 'appendMarkdown', { id: essay, markdown: 'Not every one.\n' })
  const ground = shell.context.getByRole('region', { name: 'Ground changed' })
  await expect(ground).toContainText('Not every one.')
  expect(await barriers(window)).toEqual([])
  await ground.getByRole('button', { name: `Still holds: ${ESSAY}` }).click()
  await expect(ground).toBeHidden()
})
