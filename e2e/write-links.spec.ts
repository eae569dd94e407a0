import type { Page } from '@playwright/test'
import { NoteLinks } from './pages/links.ts'
import type { NotePage } from './pages/note.ts'
import type { Shell } from './pages/shell.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault as test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

type Made = { readonly id: string }
const make = (window: Page, title: string, kind: string, markdown: string): Promise<Made> =>
  callPort<Made>(window, 'vault', 'createNote', { title, kind, markdown })

/** The note's text as it is exported, once it ends like that: what was typed last is on its way. */
async function exported(window: Page, { id }: Made): Promise<string> {
  const { markdown } = await callPort<{ markdown: string }>(window, 'vault', 'showMarkdown', { id })
  return markdown.replace(/^---\n[\s\S]*?\n---\n+/, '')
}

/** The caret at the end of the text. */
async function goToEnd(shell: Shell, note: NotePage): Promise<void> {
  await note.text.focus()
  await shell.press('Mod+End')
}

test('links, relations, tags, and a selection that becomes an example', async ({ window }) => {
  const { shell, note } = await emptyVault(window)
  const links = new NoteLinks(window)
  const { keyboard } = window
  const says = (made: Made) => expect.poll(() => exported(window, made))
  const radius = await make(
    window,
    'Blast radius',
    'essay',
    'Who finds out first.\n\n## Four sizes\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\nNineteen teams stopped. #process/limits\n',
  )
  await make(window, 'The invite nobody read', 'example', 'Nobody. #people\n')
  const essay = await make(window, 'Essay', 'essay', '## Own heading\n\nOwn words.\n')
  await shell.open('Essay')
  await expect(note.text).toHaveAttribute('contenteditable', 'true')

  await test.step('a heading, a passage that is given an id, and other words', async () => {
    await goToEnd(shell, note)
    await keyboard.type('\nAs in [[blast rad#fo')
    await expect(window.getByRole('listbox', { name: 'Headings in Blast radius' })).toBeVisible()
    await keyboard.press('Enter')
    await keyboard.type(' and [[blast rad^nineteen|here')
    const passages = window.getByRole('listbox', { name: 'Passages in Blast radius' })
    await expect(passages.getByRole('option')).toHaveText([/Nineteen teams stopped.*Second paragraph/])
    await keyboard.press('Enter')
    await says(essay).toMatch(/As in \[\[Blast radius#Four sizes\]\] and \[\[Blast radius#\^[a-z0-9]{6}\|here\]\]\n$/)
    const id = /\^([a-z0-9]{6})/.exec(await exported(window, essay))?.[1]
    await says(radius).toContain(`#process/limits ^${id}\n`)
  })

  await test.step('places of the note itself', async () => {
    await keyboard.type(' [[#own')
    await keyboard.press('Enter')
    await keyboard.type(' [[^own w')
    await expect(window.getByRole('option', { name: /Own words.*First paragraph/ })).toBeVisible()
    await keyboard.press('Enter')
    await says(essay).toMatch(/Own words\. \^([a-z0-9]{6})\n[\s\S]* \[\[#Own heading\]\] \[\[#\^\1\]\]\n$/)
  })

  await test.step('a verb opens its link, is shown as a chip, and is changed by a key', async () => {
    await keyboard.type('\nill::')
    const verbs = window.getByRole('listbox', { name: 'Relations' })
    await expect(verbs.getByRole('option').first()).toHaveText(/illustrated by.*an example shows it/)
    await keyboard.press('Enter')
    await keyboard.type('invite')
    await expect(links.row(/The invite nobody read/)).toBeVisible()
    await keyboard.press('Enter')
    await says(essay).toMatch(/\nillustrated_by:: \[\[The invite nobody read\]\]\n$/)
    const chip = note.text.locator('[data-verb="illustrated by"]')
    await expect(chip).toHaveCount(1)
    await keyboard.press('Home')
    await expect(chip).toHaveCount(0)
    await shell.press('Mod+Enter')
    const menu = window.getByRole('menu', { name: 'What this link says' })
    await expect(menu.getByRole('menuitem', { name: /^illustrated by/ })).toBeFocused()
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await expect(note.text.locator('[data-verb="challenged by"]')).toHaveCount(1)
    await says(essay).toMatch(/\nchallenged_by:: \[\[The invite nobody read\]\]\n$/)
    await shell.press('Mod+z')
    await says(essay).toMatch(/\nillustrated_by:: \[\[The invite nobody read\]\]\n$/)
  })

  await test.step('a relation in a sentence closes behind the caret', async () => {
    await goToEnd(shell, note)
    await keyboard.type('\nSo [cha::')
    await keyboard.press('Enter')
    await keyboard.type('invite')
    await expect(links.row(/The invite nobody read/)).toBeVisible()
    await keyboard.press('Enter')
    await keyboard.type(', and rating:: stays.')
    await says(essay).toMatch(/So \[challenged_by:: \[\[The invite nobody read\]\]\], and rating:: stays\.\n$/)
    await expect(note.text.locator('[data-relation="inline"]')).toHaveCount(1)
  })

  await test.step('a tag is completed, and opens the search', async () => {
    await keyboard.type(' #lim')
    await expect(window.getByRole('option', { name: /process\/limits.*1 note/ })).toBeVisible()
    await keyboard.press('Enter')
    await says(essay).toMatch(/stays\. #process\/limits ?\n$/)
    await keyboard.press('ArrowLeft')
    await shell.press('Mod+Enter')
    await expect(window.getByRole('searchbox')).toHaveValue('#process/limits')
    await shell.open('Essay')
  })

  await test.step('an address is checked, changed and removed', async () => {
    await goToEnd(shell, note)
    await keyboard.type('\n[site](https://example.org) ')
    await keyboard.press('ArrowLeft')
    await keyboard.press('ArrowLeft')
    await expect(window.getByRole('group', { name: 'Link' })).toContainText('https://example.org')
    await shell.press('Mod+k')
    const form = window.getByRole('form', { name: 'Link' })
    const address = form.getByRole('textbox', { name: 'Address' })
    await address.fill('javascript:alert(1)')
    await address.press('Enter')
    await expect(form.getByRole('alert')).toHaveText(/^javascript: is not opened/)
    await address.fill('https://example.org/b')
    await form.getByRole('textbox', { name: 'Words' }).fill('page')
    await form.getByRole('button', { name: 'Keep', exact: true }).click()
    await says(essay).toMatch(/\n\[page\]\(https:\/\/example\.org\/b\) ?\n$/)
    await shell.press('Mod+k')
    await form.getByRole('button', { name: /^Remove the link/ }).click()
    await says(essay).toMatch(/\npage ?\n$/)
  })

  await test.step('a note that waits says who else waits, and what may be meant', async () => {
    await goToEnd(shell, note)
    await keyboard.type('\nsee [[Blast radus]] ')
    await links.named('Blast radus, not written yet').click()
    const menu = window.getByRole('menu', { name: 'Not written' })
    await expect(menu.getByRole('menuitem', { name: /^Write it now/ })).toBeFocused()
    await expect(menu.getByRole('menuitem', { name: /1 note waits for it/ })).toBeVisible()
    await menu.getByRole('menuitem', { name: /^Did you mean Blast radius\?/ }).click()
    await says(essay).toMatch(/see \[\[Blast radius\]\] ?\n$/)
    await keyboard.press('End')
    await keyboard.press('ArrowLeft')
    await shell.press('Mod+k')
    await window.getByRole('menuitem', { name: /^Remove the link/ }).click()
    await says(essay).toMatch(/see Blast radius ?\n$/)
  })

  await test.step('of two notes of a name the one that is chosen is meant from then on', async () => {
    await make(window, 'Standup', 'note', 'a\n')
    await make(window, 'Standup', 'commitment', 'b\n')
    await goToEnd(shell, note)
    await keyboard.type('\n[[Standup]] ')
    await links.named('Standup, several notes').click()
    const menu = window.getByRole('menu', { name: 'Which one?' })
    await menu.getByRole('menuitem', { name: /^Note Standup/ }).click()
    await expect(shell.selectedTab).toHaveAccessibleName('Standup, note')
    await says(essay).toMatch(/\n\[\[Notes\/Standup\]\] ?\n$/)
    await shell.open('Essay')
  })

  await test.step('words of a sentence become an example, and one undo brings them back', async () => {
    await goToEnd(shell, note)
    await keyboard.type('\nThe freeze. Nineteen teams **stopped** at once')
    for (let word = 0; word < 5; word++) await keyboard.press('Control+Shift+ArrowLeft')
    await shell.press('Mod+Shift+e')
    await expect(shell.toast).toHaveText(/“Nineteen teams stopped at once” is an example of its own now/)
    await says(essay).toMatch(/\nThe freeze\. \[illustrated_by:: \[\[Nineteen teams stopped at once\]\]\]\n$/)
    const example = await callPort<Made>(window, 'vault', 'find', { name: 'Nineteen teams stopped at once' })
    await says(example).toBe('Nineteen teams **stopped** at once\n')
    await shell.press('Mod+z')
    await says(essay).toMatch(/\nThe freeze\. Nineteen teams \*\*stopped\*\* at once\n$/)
    await shell.press('Mod+Shift+z')
    await says(essay).toMatch(/\nThe freeze\. \[illustrated_by:: \[\[Nineteen teams stopped at once\]\]\]\n$/)
  })

  await test.step('all of it is the same when the window comes back', async () => {
    const before = await exported(window, essay)
    await window.reload()
    await shell.ready()
    await shell.open('Essay')
    await expect(note.text.locator('[data-verb="illustrated by"]')).toHaveCount(1)
    await expect(note.text.locator('[data-relation="inline"]')).toHaveCount(2)
    expect(await exported(window, essay)).toBe(before)
  })
})
