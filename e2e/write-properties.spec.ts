import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { expect, inEmptyVault as test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

async function markdownOf(window: Page, name: string): Promise<string> {
  const { id } = (await callPort(window, 'vault', 'find', { name })) as { id: string }
  return ((await callPort(window, 'vault', 'showMarkdown', { id })) as { markdown: string }).markdown
}

test('properties by keyboard: added, typed, changed, moved, removed and taken back; Markdown says them', async ({
  window,
}) => {
  const shell = new Shell(window)
  const note = new NotePage(window)
  await shell.ready()
  await shell.press('Mod+n')
  await note.isNew()
  await window.keyboard.type('Pair')
  await window.keyboard.press('Enter')
  await note.takesText()
  await window.keyboard.type('Words.')

  const section = window.getByRole('region', { name: /^Properties/ })
  const field = (name: string) => section.getByRole('textbox', { name, exact: true })
  const add = async (key: string) => {
    await section.getByRole('button', { name: 'Add a property' }).click()
    await section.getByRole('combobox', { name: 'Name of a new property' }).fill(key)
    await window.keyboard.press('Enter')
  }

  await test.step('the first by the palette, its value at once', async () => {
    await shell.press('Mod+p')
    await window.keyboard.type('Add a property')
    await window.keyboard.press('Enter')
    await expect(section.getByRole('combobox', { name: 'Name of a new property' })).toBeFocused()
    await window.keyboard.type('who')
    await window.keyboard.press('Enter')
    await expect(field('Who')).toBeFocused()
    await window.keyboard.type('Mara, for six weeks')
    await window.keyboard.press('Enter')
    await expect(note.text).toBeFocused()
  })

  await test.step('a list of tags, a relation, a number', async () => {
    await add('tags')
    await expect(field('Another of Tags')).toBeFocused()
    await window.keyboard.type('pairing')
    await window.keyboard.press('Enter')
    await expect(field('Tags, 1')).toHaveValue('pairing')
    await window.keyboard.type('#teams')
    await window.keyboard.press('Enter')
    await expect(field('Tags, 2')).toHaveValue('teams')

    await add('rests_on')
    await window.keyboard.type('Blast radius')
    await window.keyboard.press('Enter')
    await expect(section.getByRole('link', { name: 'Blast radius' })).toBeVisible()

    await add('teams')
    await expect(field('Teams')).toBeFocused()
    await window.keyboard.type('2')
    await window.keyboard.press('Enter')
    await section.getByRole('button', { name: 'Teams is text: change it' }).click()
    await window.getByRole('menuitemcheckbox', { name: 'Number' }).click()
    await expect(section.getByRole('button', { name: 'Teams is number: change it' })).toBeVisible()
    await field('Teams').fill('two')
    await window.keyboard.press('Enter')
    await expect(section.getByRole('alert')).toContainText('“two” is not a number')
    await field('Teams').fill('3')
    await window.keyboard.press('Enter')
    await expect(section.getByRole('alert')).toBeHidden()
  })

  await test.step('a date and a box', async () => {
    await add('due')
    await expect(field('Due')).toBeFocused()
    await window.keyboard.type('2026-12-04')
    await window.keyboard.press('Enter')
    await expect(section.getByRole('button', { name: 'Due is date: change it' })).toBeVisible()
    await section.getByLabel('Due', { exact: true }).fill('2026-12-05')
    await add('open')
    await section.getByRole('button', { name: 'Open is text: change it' }).click()
    await window.getByRole('menuitemcheckbox', { name: 'Checkbox' }).click()
    await section.getByRole('checkbox', { name: 'Open' }).check()
  })

  await test.step('renamed, moved, removed and put back', async () => {
    await field('Name of who').fill('whose')
    await window.keyboard.press('Enter')
    await field('Whose').focus()
    await shell.press('Mod+Shift+ArrowDown')
    await expect(
      section
        .getByRole('listitem')
        .filter({ has: window.getByRole('button', { name: / change it$/ }) })
        .nth(1),
    ).toContainText('Blast radius')
    await section.getByRole('checkbox', { name: 'Open' }).focus()
    await shell.press('Mod+Backspace')
    await expect(section.getByRole('checkbox', { name: 'Open' })).toBeHidden()
    await window.getByRole('button', { name: 'Undo' }).click()
    await expect(section.getByRole('checkbox', { name: 'Open' })).toBeChecked()
  })

  await test.step('what was written is in the Markdown, and nothing serious for axe', async () => {
    await field('Name of due').fill('id')
    await window.keyboard.press('Enter')
    await expect(window.getByText('Throughline writes that word by itself.')).toBeVisible()
    await expect(field('Name of due')).toHaveValue('due')
    const found = await new AxeBuilder({ page: window }).setLegacyMode().include('.props').analyze()
    expect(found.violations.map(({ id }) => id)).toEqual([])
    await expect.poll(() => markdownOf(window, 'Pair')).toContain('rests_on:')
    const markdown = await markdownOf(window, 'Pair')
    expect(markdown).toMatch(/^---\n/)
    for (const line of [
      'whose: Mara, for six weeks',
      'teams: 3',
      'due: 2026-12-05',
      'open: true',
      '"[[Blast radius]]"',
      'pairing',
      'teams',
    ])
      expect(markdown).toContain(line)
    expect(markdown.indexOf('rests_on')).toBeLessThan(markdown.indexOf('whose'))
  })

  await test.step('what is typed when the note is left is kept, however fast it was typed', async () => {
    await field('Another of Tags').focus()
    await window.keyboard.type('a\nb\nc\n')
    await field('Whose').focus()
    await window.keyboard.press('End')
    await window.keyboard.type(' and Jonas')
    await shell.press('Mod+w')
    await expect(section).toBeHidden()
    await expect
      .poll(() => markdownOf(window, 'Pair'))
      .toContain('tags:\n  - pairing\n  - teams\n  - a\n  - b\n  - c\n')
    await expect.poll(() => markdownOf(window, 'Pair')).toContain('for six weeks and Jonas')
  })

  await test.step('a status that a log says is read, and says why it is not changed here', async () => {
    const { id } = await callPort<{ id: string }>(window, 'vault', 'createNote', {
      ...{ title: 'Freeze less', kind: 'commitment', markdown: 'Words.' },
    })
    const edit = { is: 'add', key: 'status', value: 'kept' }
    await callPort(window, 'vault', 'editFacts', { id, edit })
    await callPort(window, 'vault', 'appendLog', { id, type: 'opened', text: 'Begun.' })
    await callPort(window, 'vault', 'editFacts', { id, edit: { is: 'add', key: 'who', value: 'Mara' } })
    await shell.open('Freeze less')
    await expect(field('Who')).toBeEditable()
    await expect(field('Status')).not.toBeEditable()
    await expect(field('Status')).toHaveAccessibleDescription('This note has a log: an entry there changes its status.')
    const why = section.getByText('This note has a log')
    await expect(why).toBeHidden()
    await field('Status').focus()
    await expect(why).toBeVisible()
  })
})
