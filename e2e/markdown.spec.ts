import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { cliJson } from './support/cli.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault, test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

// MARKDOWN.md, M1 and M2, through the window: every construct that holds others is shown, written in, and exported
// with nothing changed but the line that was written in.

const SOURCE = `Words above, with a mark[^1] and $x^2$ in them. %%aside%%

> [!warning]- Careful now
> Outer words.
>
> > [!tip] Inner
> > Deep words.

> A quote says
>
> - one thing
> - another

| Size | Code   |   See |
| :--- | :----: | ----: |
| desk | \`a\\|b\` | [[Target\\|there]] |
|team|\`x\`|[[Target]] and more|

[^1]: The footnote says.

    And more below.

$$
e = mc^2
$$

Words below.
`

/** What is shown of each line, and the line that it becomes. */
const EDITS: readonly (readonly [shown: string, line: string, typed: string])[] = [
  ['Careful now', '> [!warning]- Careful now', '> [!warning]- Careful now typed'],
  ['Outer words.', '> Outer words.', '> Outer words. typed'],
  ['Inner', '> > [!tip] Inner', '> > [!tip] Inner typed'],
  ['Deep words.', '> > Deep words.', '> > Deep words. typed'],
  ['A quote says', '> A quote says', '> A quote says typed'],
  ['one thing', '> - one thing', '> - one thing typed'],
  ['desk', '| desk | `a', '| desk typed | `a'],
  ['and more', '|team|`x`|[[Target]] and more|', '|team|`x`|[[Target]] and more typed|'],
  ['The footnote says.', '[^1]: The footnote says.', '[^1]: The footnote says. typed'],
  ['And more below.', '    And more below.', '    And more below. typed'],
  ['e = mc^2', 'e = mc^2', 'e = mc^2 typed'],
  ['Words below.', 'Words below.', 'Words below. typed'],
]

test('a word typed into each construct changes that line of the export only', async ({
  profile,
  folder,
  launchApp,
}) => {
  test.setTimeout(180_000)
  const [source, target] = [path.join(folder, 'source'), path.join(folder, 'target')]
  await mkdir(source)
  await writeFile(path.join(source, 'Everything.md'), SOURCE)
  await writeFile(path.join(source, 'Target.md'), 'A target.\n')
  await cliJson(profile, 'import', source)

  const { window, electron } = await launchApp()
  const shell = new Shell(window)
  await shell.ready()
  await shell.open('Everything')
  const { text } = new NotePage(window)
  await text.getByRole('button', { name: 'Unfold' }).click()
  await expect(text.getByRole('note', { name: 'Warning' }).getByRole('note', { name: 'Tip' })).toBeVisible()
  await expect(text.getByRole('blockquote').getByRole('listitem')).toHaveText(['one thing', 'another'])
  await expect(text.getByRole('columnheader')).toHaveText(['Size', 'Code', 'See'])
  await expect(text.getByRole('cell', { name: 'a|b' })).toHaveCSS('text-align', 'center')
  await expect(text.getByRole('cell').getByRole('link')).toHaveCount(2)
  await expect(text.getByRole('note', { name: 'Footnote 1' }).locator('p')).toHaveCount(2)
  await expect(text.locator('.raw[data-source="math"]')).toHaveText(/^\$x\^2\$/)
  await expect(text.getByRole('math')).toHaveCount(2)
  await expect(text.locator('.verbatim')).toHaveAttribute('data-source', 'math')

  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])

  let expected = SOURCE
  for (const [shown, line, typed] of EDITS) {
    // of a formula, the source is there once the caret is
    if (shown === 'e = mc^2') await text.getByRole('math', { name: shown }).click()
    await text.getByText(shown, { exact: true }).click({ position: { x: 8, y: 8 } })
    await window.keyboard.press('End')
    await window.keyboard.type(' typed')
    await expect(text.getByText(`${shown} typed`, { exact: true })).toBeVisible()
    expected = expected.replace(line, typed)
  }

  await electron.close()
  await cliJson(profile, 'export', target)
  expect((await readFile(path.join(target, 'Everything.md'), 'utf8')).split('\n')).toEqual(expected.split('\n'))
})

inEmptyVault('containers and a table are walked and left by keyboard', async ({ window }) => {
  const { shell, note } = await emptyVault(window)
  await shell.press('Mod+n')
  await note.begin('By keyboard')
  await window.keyboard.type('> [!note] Title\nfirst\nsecond\n\nbelow')
  const callout = note.text.getByRole('note', { name: 'Note' })
  await expect(callout.locator('p')).toHaveText(['Title', 'first', 'second'])
  await expect(note.text.locator(':scope > p')).toHaveText(['below'])
})

inEmptyVault('a table is walked by Tab and arrows, and undo brings back what was typed in it', async ({ window }) => {
  const { shell, note } = await emptyVault(window)
  const markdown = 'Above\n\n| a | b |\n| --- | --- |\n| c | d |\n'
  await callPort(window, 'vault', 'createNote', { title: 'Table', kind: 'note', markdown })
  await shell.open('Table')
  const cells = note.text.locator('.cell')
  await expect(cells).toHaveText(['a', 'b', 'c', 'd'])
  await note.text.getByText('Above', { exact: true }).click()
  await window.keyboard.press('ArrowDown')
  await window.keyboard.press('End')
  await window.keyboard.type('1')
  await window.keyboard.press('Tab')
  await window.keyboard.type('2')
  await window.keyboard.press('ArrowDown')
  await window.keyboard.press('End')
  await window.keyboard.type('3')
  await window.keyboard.press('Shift+Tab')
  await window.keyboard.type('4')
  await expect(cells).toHaveText(['a1', 'b2', 'c4', 'd3'])
  await window.keyboard.press('Shift+Enter')
  await window.keyboard.type('- 5')
  await expect(cells.nth(2).locator('p')).toHaveCount(1)
  await expect(cells.nth(2).locator('br')).toHaveCount(1)
  await shell.press('Mod+z')
  await expect(cells).toHaveText(['a1', 'b2', 'c4', 'd3'])
  await window.keyboard.press('Tab')
  await window.keyboard.press('ArrowDown')
  await window.keyboard.type('Below')
  await expect(note.text.locator(':scope > p')).toHaveText(['Above', 'Below'])
})
