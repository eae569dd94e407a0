import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { NotePage } from './pages/note.ts'
import type { Shell } from './pages/shell.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault as test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

// Ways in and blocks: what is typed, inserted, selected, turned, dragged and folded is what the note says as Markdown.

type Note = { readonly id: string; says(markdown: string): Promise<void> }

/** A note in front that begins as `markdown`, with the caret at the end of its text. */
async function begin(window: Page, shell: Shell, title: string, markdown: string): Promise<Note> {
  const { id } = await callPort<{ id: string }>(window, 'vault', 'createNote', { title, kind: 'note', markdown })
  await shell.open(title)
  const { text } = new NotePage(window)
  await expect(text).toHaveAttribute('contenteditable', 'true')
  await text.focus()
  await window.keyboard.press('Control+End')
  return {
    id,
    says: (expected) => expect.poll(() => markdownOf(window, id)).toBe(expected),
  }
}

/** What the note is as Markdown, without its frontmatter. */
async function markdownOf(window: Page, id: string): Promise<string> {
  const { markdown } = await callPort<{ markdown: string }>(window, 'vault', 'showMarkdown', { id })
  return markdown.replace(/^---\n[\s\S]*?\n---\n\n?/, '')
}

/** Takes what is at one place to another, in steps as a hand does. */
async function drag(window: Page, from: Locator, to: Locator, at: { x: number; y: number }): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()]
  if (!start || !end) throw new Error('nothing to drag')
  await window.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
  await window.mouse.down()
  await window.mouse.move(start.x + 20, start.y + 30, { steps: 3 })
  await window.mouse.move(end.x + at.x, end.y + at.y, { steps: 3 })
}

const TYPED = `## Two
1. a
b

- c
	d

[ ] e

> f
g

> [!tip]+ h
i

\`\`\`ts
j`
const TYPED_SAYS = `## Two

1. a
2. b

- c
  - d
- [ ] e

> f
>
> g

> [!tip]+ h
> i

\`\`\`ts
j
\`\`\`
`

test('what is typed, inserted, turned and moved is in the Markdown, and each act is one step of undo', async ({
  window,
}) => {
  test.setTimeout(90_000)
  const { shell, note } = await emptyVault(window)
  const { keyboard } = window
  const menu = window.getByRole('listbox', { name: 'Insert' })
  const grip = window.getByRole('button', { name: 'Block', exact: true })
  const toolbar = window.getByRole('toolbar', { name: 'Selection' })

  await test.step('Markdown as it is typed', async () => {
    const { says } = await begin(window, shell, 'Typed', '')
    for (const [at, line] of TYPED.split('\n').entries()) {
      if (at > 0) await keyboard.press('Enter')
      if (line.startsWith('\t')) await keyboard.press('Tab')
      await keyboard.type(line.trimStart())
    }
    await says(TYPED_SAYS)
  })

  await test.step('a formula, a table and a footnote', async () => {
    const { says } = await begin(window, shell, 'More', '')
    await keyboard.type('$$')
    await keyboard.press('Enter')
    await keyboard.type('x')
    await keyboard.press('ArrowDown')
    await keyboard.press('ArrowDown')
    await keyboard.type('| a | b |')
    await keyboard.press('Enter')
    await keyboard.type('c')
    await keyboard.press('Tab')
    await keyboard.press('Tab')
    await keyboard.type('[^1]: d $y$ %%e%% ==f== ~~g~~')
    await says('$$\nx\n$$\n\n| a | b |\n| --- | --- |\n| c |  |\n\n[^1]: d $y$ %%e%% ==f== ~~g~~\n')
  })

  await test.step('a key acts where the caret is, though the browser has not yet told of it', async () => {
    const { says } = await begin(window, shell, 'In time', '')
    await keyboard.type('$$')
    await keyboard.press('Enter')
    await keyboard.type('x')
    await note.text.evaluate((text) => {
      getSelection()?.modify('move', 'forward', 'line')
      text.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }))
    })
    await keyboard.type('below')
    await says('$$\nx\n$$\n\nbelow\n')
  })

  await test.step('undo and Backspace give back what was typed', async () => {
    const { says } = await begin(window, shell, 'Taken back', '')
    await keyboard.type('# ')
    await expect(note.text.getByRole('heading')).toHaveCount(1)
    await shell.press('Mod+z')
    await expect(note.text.getByRole('heading')).toHaveCount(0)
    await keyboard.type('1 **b**')
    await keyboard.press('Backspace')
    await keyboard.type('!')
    await says('\\# 1 \\*\\*b\\*\\*!\n')
  })

  await test.step('/ finds by other words, Escape leaves the sign, one step of undo', async () => {
    const { says } = await begin(window, shell, 'Inserted', '')
    await keyboard.type('/h3')
    await expect(menu.getByRole('option', { name: 'Heading 3' })).toHaveAttribute('aria-selected', 'true')
    await keyboard.press('Enter')
    await keyboard.type('Title')
    await keyboard.press('Enter')
    await keyboard.type('/')
    await expect(menu.getByRole('option')).toHaveCount(16)
    await keyboard.press('Escape')
    await expect(menu).toBeHidden()
    await keyboard.type('x and/or 5')
    await expect(menu).toBeHidden()
    await keyboard.press('Enter')
    await keyboard.type('/call')
    await keyboard.press('Enter')
    await keyboard.type('Look')
    await keyboard.press('Enter')
    await keyboard.type('inside')
    await keyboard.press('ArrowDown')
    await keyboard.type('/todo')
    await menu.getByRole('option', { name: 'Task' }).click()
    await keyboard.type('do it')
    await says('### Title\n\n/x and/or 5\n\n> [!note] Look\n> inside\n\n- [ ] do it\n')
    await keyboard.press('Enter')
    await keyboard.press('Enter')
    await keyboard.type('/table')
    await keyboard.press('Enter')
    await expect(note.text.getByRole('table')).toBeVisible()
    await shell.press('Mod+z')
    await expect(note.text.getByRole('table')).toHaveCount(0)
    await says('### Title\n\n/x and/or 5\n\n> [!note] Look\n> inside\n\n- [ ] do it\n\n/table\n')
  })

  await test.step('the toolbar says and sets what a selection is', async () => {
    const { says } = await begin(window, shell, 'Selected', 'one two\n')
    await note.text.getByText('one two').dblclick({ position: { x: 10, y: 14 } })
    await expect(toolbar).toBeVisible()
    const [bar, words] = [await toolbar.boundingBox(), await note.text.getByText('one two').boundingBox()]
    expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual(words?.y ?? 0)
    const bold = toolbar.getByRole('button', { name: 'Bold' })
    await expect(bold).toHaveAttribute('aria-pressed', 'false')
    await bold.click()
    await expect(bold).toHaveAttribute('aria-pressed', 'true')
    await shell.press('Alt+F10')
    await expect(bold).toBeFocused()
    await keyboard.press('ArrowRight')
    await keyboard.press('Enter')
    await says('***one*** two\n')
    await keyboard.press('Escape')
    await expect(note.text).toBeFocused()
    await keyboard.type('1')
    await expect(toolbar).toBeHidden()
    await says('***1*** two\n')
  })

  await test.step('a block is turned by keys and by its menu, and keeps its words', async () => {
    const { says } = await begin(window, shell, 'Turned', 'a **b** [[c]]\n')
    await shell.press('Mod+Shift+Digit2')
    await says('## a **b** [[c]]\n')
    await shell.press('Mod+Shift+Digit9')
    await says('- [ ] a **b** [[c]]\n')
    await shell.press('Mod+/')
    await window.getByRole('menuitem', { name: 'Turn into' }).press('ArrowRight')
    await window.getByRole('menuitemcheckbox', { name: 'Quote' }).click()
    await says('> - [ ] a **b** [[c]]\n')
    await expect(note.text).toBeFocused()
    await shell.press('Mod+z')
    await says('- [ ] a **b** [[c]]\n')
  })

  await test.step('blocks are dragged, alone and together, Escape leaves them', async () => {
    const { says } = await begin(window, shell, 'Dragged', 'one\n\n- two\n  - three\n- four\n\nfive\n')
    await note.text.getByText('two', { exact: true }).hover()
    await drag(window, grip, note.text.getByText('five'), { x: 40, y: 26 })
    await keyboard.press('Escape')
    await window.mouse.up()
    await says('one\n\n- two\n  - three\n- four\n\nfive\n')
    await note.text.getByText('two', { exact: true }).hover()
    await drag(window, grip, note.text.getByText('five'), { x: 40, y: 26 })
    await window.mouse.up()
    await says('one\n\n- four\n\nfive\n\n- two\n  - three\n')
    await shell.press('Mod+z')
    await says('one\n\n- two\n  - three\n- four\n\nfive\n')
    await note.text.getByText('one', { exact: true }).click()
    await shell.press('Mod+Shift+ArrowDown')
    await says('- two\n  - three\n- four\n\none\n\nfive\n')
  })

  await test.step('a link to a block gives it an id', async () => {
    const { id } = await begin(window, shell, 'Linked', 'words\n')
    await shell.press('Mod+/')
    await window.getByRole('menuitem', { name: 'Copy link to this block' }).click()
    await expect.poll(() => markdownOf(window, id)).toMatch(/^words \^[a-z0-9]{6}\n$/)
  })

  await test.step('a callout has a kind, folds, and is read', async () => {
    const { says } = await begin(window, shell, 'Callouts', '> [!warning]- Careful\n> hidden\n\nlast\n')
    const inside = note.text.getByText('hidden')
    await expect(inside).toBeHidden()
    await note.text.getByText('Careful').click()
    await shell.press('Mod+Enter')
    await expect(inside).toBeVisible()
    await window.getByRole('button', { name: 'Fold', exact: true }).click()
    await expect(inside).toBeHidden()
    await window.getByRole('button', { name: 'Kind of callout: warning' }).click()
    await keyboard.type('risky')
    await keyboard.press('Enter')
    await expect(note.text.getByRole('note', { name: 'Risky' })).toBeVisible()
    await says('> [!risky]- Careful\n> hidden\n\nlast\n')
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  })

  await test.step('a rule is selected by a click and deleted by a key, below the last block a line begins', async () => {
    const { says } = await begin(window, shell, 'Ruled', 'a\n\n---\n\n- [ ] b\n- [x] c\n')
    await note.text.getByRole('separator').click()
    await keyboard.press('Delete')
    await says('a\n\n- [ ] b\n- [x] c\n')
    const task = note.text.getByRole('checkbox', { name: 'b' })
    await task.click({ position: { x: 8, y: 14 } })
    await expect(task).toBeChecked()
    const last = await note.text.getByText('c', { exact: true }).boundingBox()
    await window.mouse.click((last?.x ?? 0) + 60, (last?.y ?? 0) + 120)
    await keyboard.type('below')
    await says('a\n\n- [x] b\n- [x] c\n\nbelow\n')
  })
})
