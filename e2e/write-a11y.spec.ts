import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault as test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

// DESIGN.md, section 10, of the text of a note: what a screen reader is told, and what the keyboard reaches.

const EVERYTHING = `## Parts

Words with **bold**, ==a mark==, \`code\`, [a page](https://example.org/a), [a file](Folder/Note.md), [[Target]], [[Nowhere]] and a note[^1].

- one
  - nested
- two

3. third

- [x] done
- [ ] open

> Quoted words.

> [!warning] Careful now
> Inside it.

| Size | Undo |
| ---- | ---: |
| desk |    4 |

\`\`\`ts
const a = 1
\`\`\`

---

[^1]: The footnote.
`

async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}

test('a screen reader is told of every construct, and the keyboard reaches and leaves the text', async ({ window }) => {
  const { shell, note } = await emptyVault(window)
  const { keyboard } = window
  const { text } = note
  await callPort(window, 'vault', 'createNote', { title: 'Target', kind: 'essay', markdown: 'x\n' })
  await callPort(window, 'vault', 'createNote', { title: 'Everything', kind: 'note', markdown: EVERYTHING })
  await shell.open('Everything')
  await expect(text).toHaveAttribute('contenteditable', 'true')

  await test.step('roles, names and states, in the order of reading', async () => {
    await expect(text).toHaveAttribute('aria-multiline', 'true')
    await expect(text.getByRole('heading', { name: 'Parts', level: 2 })).toBeVisible()
    await expect(text.getByRole('link', { name: 'a page', exact: true })).toHaveAttribute(
      'href',
      'https://example.org/a',
    )
    await expect(text.getByRole('link', { name: 'a file', exact: true })).not.toHaveAttribute('href')
    await expect(text.getByRole('link', { name: 'Target, essay' })).toBeVisible()
    await expect(text.getByRole('link', { name: /^Nowhere, .*not written yet$/ })).toBeVisible()
    await expect(text.getByRole('list')).not.toHaveCount(0)
    await expect(text.getByRole('checkbox', { name: 'done' })).toBeChecked()
    await expect(text.getByRole('checkbox', { name: 'open' })).not.toBeChecked()
    await expect(text.getByRole('blockquote')).toContainText('Quoted words.')
    await expect(text.getByRole('note', { name: /^Warning/ })).toContainText('Inside it.')
    await expect(text.getByRole('columnheader')).toHaveText(['Size', 'Undo'])
    await expect(text.getByRole('cell', { name: 'desk' })).toBeVisible()
    await expect(text.getByRole('note', { name: 'Footnote 1' })).toBeVisible()
    await expect(text.getByRole('group', { name: 'Code, ts' })).toContainText('const a = 1')
    await expect(text.getByRole('separator')).toHaveCount(1)
  })

  for (const theme of ['Light', 'Dark'] as const) {
    await test.step(`axe finds nothing serious, ${theme.toLowerCase()}`, async () => {
      await shell.command(theme)
      expect(await barriers(window)).toEqual([])
    })
  }

  await test.step('Tab leaves the text; where it indents, Escape lets it leave', async () => {
    await text.getByText('Quoted words.').click()
    await keyboard.press('Tab')
    await expect(text).not.toBeFocused()
    for (const shown of ['two', 'const a = 1', 'desk']) {
      await text.getByText(shown, { exact: true }).click()
      await expect(text).toBeFocused()
      await keyboard.press('Escape')
      await keyboard.press('Tab')
      await expect(text, shown).not.toBeFocused()
    }
    await expect(text.getByRole('cell')).toHaveText(['desk', '4'])
    await expect(text.getByText('const a = 1', { exact: true })).toHaveText('const a = 1')
  })

  await test.step('a task is ticked by keyboard, and says so', async () => {
    await text.getByText('open', { exact: true }).click({ position: { x: 40, y: 8 } })
    await keyboard.press('End')
    await shell.press('Mod+Enter')
    await expect(text.getByRole('checkbox', { name: 'open' })).toBeChecked()
  })

  await test.step('at 200% nothing scrolls sideways', async () => {
    await window.setViewportSize({ width: 720, height: 450 })
    const over = () =>
      window.evaluate(() => {
        const shown = document.querySelector('.content-layer:not([hidden])') ?? document.body
        return [document.documentElement, shown]
          .filter((element) => element.scrollWidth > element.clientWidth + 1)
          .map((element) => element.className || element.localName)
      })
    await expect.poll(over).toEqual([])
  })

  await test.step('forced colours and more contrast leave links, quotes and ticks to be seen', async () => {
    await window.emulateMedia({ forcedColors: 'active' })
    const bars = await text.evaluate((element) =>
      ['.quote', '.callout'].map((name) => {
        const quote = element.querySelector(name)
        return quote ? getComputedStyle(quote, '::before').backgroundColor : ''
      }),
    )
    const paper = await text.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(bars).not.toContain(paper)
    const tick = await text
      .getByRole('checkbox', { name: 'done' })
      .evaluate((element) => getComputedStyle(element, '::before').borderTopStyle)
    expect(tick).toBe('solid')
    await window.emulateMedia({ forcedColors: 'none', contrast: 'more' })
    expect(await barriers(window)).toEqual([])
  })
})
