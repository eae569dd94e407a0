import type { ElectronApplication, Page } from '@playwright/test'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault, test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

const markdownOf = async (window: Page, name: string): Promise<string> => {
  const { id } = await callPort<{ id: string }>(window, 'vault', 'find', { name })
  return (await callPort<{ markdown: string }>(window, 'vault', 'showMarkdown', { id })).markdown
}

/** What an input method does: words that come and change before they are taken. */
async function inputMethod(window: Page) {
  const session = await window.context().newCDPSession(window)
  return {
    compose: async (...texts: string[]) => {
      for (const text of texts) {
        const at = { selectionStart: text.length, selectionEnd: text.length }
        await session.send('Input.imeSetComposition', { text, ...at })
      }
    },
    take: async (text: string) => {
      await session.send('Input.insertText', { text })
    },
  }
}

/** The places that stand out on the page, and the one among them that is gone to. */
const marked = (window: Page) =>
  window.evaluate(() => {
    const words = (name: string) =>
      [...(CSS.highlights.get(name) ?? [])].map((range) => {
        const own = document.createRange()
        own.setStart(range.startContainer, range.startOffset)
        own.setEnd(range.endContainer, range.endOffset)
        return own.toString()
      })
    return { all: words('found').length + words('found-now').length, now: words('found-now') }
  })

inEmptyVault('finds in a note and replaces, as one step, across looks and never in links', async ({ window }) => {
  const { shell, note } = await emptyVault(window)
  const bar = window.getByRole('search', { name: 'Find in this note' })
  const field = bar.getByRole('textbox', { name: 'Find in this note' })
  const into = bar.getByRole('textbox', { name: 'Replace with' })
  const press = (name: string) => bar.getByRole('button', { name, exact: true }).click()
  await shell.press('Mod+n')
  await note.write('Desk', 'A refund, and the [[Refund desk]].\n**re**funds queue\n``` refund = 1')

  await test.step('marks every place, counts them, and goes round', async () => {
    await shell.press('Mod+Home')
    await shell.press('Mod+f')
    await expect(field).toBeFocused()
    await window.keyboard.type('refund')
    await expect(bar).toContainText('1 of 4')
    await expect.poll(() => marked(window)).toEqual({ all: 4, now: ['refund'] })
    await window.keyboard.press('Enter')
    await expect.poll(() => marked(window)).toEqual({ all: 4, now: ['Refund'] })
    await window.keyboard.press('Shift+Enter')
    await window.keyboard.press('Shift+F3')
    await expect(bar).toContainText('4 of 4')
    await press('Match capitals')
    await expect(bar).toContainText('of 3')
    await press('Whole words')
    await expect(bar).toContainText('of 2')
    await press('Match capitals')
    await press('Whole words')
  })

  await test.step('stays open while one writes, and follows', async () => {
    await note.text.click()
    await shell.press('Mod+Home')
    await window.keyboard.type('My refund. ')
    await expect(bar).toContainText('of 5')
    await shell.press('Mod+z')
    await expect(bar).toContainText('of 4')
  })

  await test.step('replaces one, then all, and one undo takes all back', async () => {
    await shell.press('Mod+Home')
    await shell.press('Mod+h')
    await into.fill('payment')
    await into.press('Enter')
    await expect(note.text).toContainText('A payment, and')
    await press('Replace all')
    await expect(bar).toContainText(
      '2 places replaced, one step to undo. 1 place in links or source stayed as written.',
    )
    await expect
      .poll(() => markdownOf(window, 'Desk'))
      .toContain('A payment, and the [[Refund desk]].\n\n**payment**s queue\n\n```\npayment = 1\n```')
    await field.press('Escape')
    await expect(bar).toBeHidden()
    await expect(note.text).toBeFocused()
    await shell.press('Mod+z')
    await expect(note.text).toContainText('A payment, and')
    await expect(note.text).toContainText('refunds queue')
    await shell.press('Mod+z')
    await expect(note.text).toContainText('A refund, and')
  })

  await test.step('a regular expression puts its groups in, says what is wrong, and never freezes the page', async () => {
    await shell.press('Mod+End')
    await window.keyboard.press('ArrowDown')
    await window.keyboard.type('Ana Ruiz aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')
    await shell.press('Mod+h')
    await press('Regular expression')
    await field.fill('(a+)+$')
    await expect(bar.getByRole('alert')).toContainText('would take too long')
    await field.fill('(A')
    await expect(bar.getByRole('alert')).toContainText('not a regular expression yet')
    await field.fill('(Ana) (Ruiz)')
    await expect(bar).toContainText('1 of 1')
    await into.fill('$2, $1')
    await press('Replace all')
    await expect(note.text).toContainText('Ruiz, Ana')
    await field.press('Escape')
  })

  await test.step('what is selected is looked for, and Escape leaves the caret at it', async () => {
    await shell.press('Mod+Home')
    await window.keyboard.press('Control+Shift+ArrowRight')
    await window.keyboard.press('Control+ArrowRight')
    await window.keyboard.press('Control+Shift+ArrowRight')
    await shell.press('Mod+f')
    await press('Regular expression')
    await field.fill('queue')
    await expect(bar).toContainText('1 of 1')
    await field.press('Escape')
    await window.keyboard.type('wait')
    await expect(note.text).toContainText('refunds wait')
    await window.keyboard.press('Shift+Home')
    await shell.press('Mod+f')
    await expect(field).toHaveValue('refunds wait')
    await field.press('Escape')
  })
})

inEmptyVault(
  'ways of writing: counts, an outline that follows, focus, typewriter, typographic signs',
  async ({ window, electron }) => {
    const { shell, note } = await emptyVault(window)
    const outline = shell.context.getByRole('tree', { name: 'Outline' })
    await shell.press('Mod+n')
    await note.write('Sizes', '# One\nfirst words here\n')
    for (let at = 0; at < 12; at++) await window.keyboard.type('more\n')
    await window.keyboard.type('## Two\nlast words\n# Three\nend')

    await test.step('the footer counts the note, and what is selected of it', async () => {
      await expect(shell.footer).toContainText('21 words')
      await window.keyboard.press('Shift+Home')
      await expect(shell.footer).toContainText('1 of 21 words')
      await shell.footer.getByRole('button', { name: /words$/ }).click()
      await expect(window.getByRole('dialog', { name: 'Counts of this note' })).toContainText('Time to read')
      await window.keyboard.press('Escape')
    })

    await test.step('the outline marks what one writes and reads under, and its keys go there', async () => {
      const rows = outline.getByRole('treeitem')
      await expect(rows).toHaveText(['One', 'Two', 'Three'])
      await expect(rows.nth(1)).toHaveAttribute('aria-level', '2')
      await expect(outline.locator('.is-written')).toHaveText('Three')
      await outline.focus()
      await window.keyboard.press('Home')
      await window.keyboard.press('t')
      await window.keyboard.press('Enter')
      await expect(note.text).toBeFocused()
      await expect(outline.locator('[aria-current=location]')).toHaveText('Two')
      await window.keyboard.type('Still ')
      await expect(rows.nth(1)).toHaveText('Still Two')
      await rows.first().click()
      await window.keyboard.press('End')
      await window.keyboard.type(' more')
      await expect(note.text.getByRole('heading').first()).toHaveText('One more')
    })

    await test.step('focus mode leaves the text alone, and dims other paragraphs where that is wanted', async () => {
      await shell.command('Dim the rest in focus mode, or not')
      await shell.press('Mod+Shift+.')
      await expect(shell.navigator).toBeHidden()
      await expect(shell.context).toBeHidden()
      const colour = (text: string) =>
        note.text
          .getByText(text, { exact: true })
          .first()
          .evaluate((element) => getComputedStyle(element).color)
      await note.text.getByText('last words').click()
      await expect.poll(async () => (await colour('first words here')) !== (await colour('last words'))).toBe(true)
      await shell.press('Mod+Shift+.')
      await expect(shell.navigator).toBeVisible()
      await expect.poll(async () => (await colour('first words here')) === (await colour('last words'))).toBe(true)
    })

    await test.step('the line one writes in stays where it is', async () => {
      await shell.command('Keep the line one writes in the middle, or not')
      await note.text.getByText('end', { exact: true }).click()
      const top = () =>
        window.evaluate(() => Math.round(getSelection()?.focusNode?.parentElement?.getBoundingClientRect().top ?? 0))
      await window.keyboard.type('x')
      await expect.poll(top).toBeGreaterThan(200)
      const first = await top()
      await window.keyboard.type('\nmore\nand more')
      await expect.poll(async () => Math.abs((await top()) - first)).toBeLessThan(40)
      await shell.command('Keep the line one writes in the middle, or not')
    })

    await test.step('signs become typographic where one asks for it, and undo gives the typed one back', async () => {
      await shell.press('Mod+,')
      await window.getByRole('combobox', { name: 'Quotes, dashes and dots' }).selectOption('de')
      await shell.press('Mod+n')
      await note.write('Signs', '"Geht\'s?" -- `"so"`... "x')
      await expect(note.text).toHaveText('„Geht’s?“ – "so"… „x')
      await window.keyboard.type('"')
      await expect(note.text).toHaveText(/„x“$/)
      await shell.press('Mod+z')
      await expect(note.text).toHaveText(/„x"$/)
      await expect.poll(() => markdownOf(window, 'Signs')).toContain('„Geht’s?“ – `"so"`… „x"')
    })

    await test.step('the native menu acts on text; nothing was fetched for spelling', async () => {
      await keepMenus(electron)
      await note.text.dblclick()
      await note.text.click({ button: 'right' })
      await expect
        .poll(() => lastMenu(electron))
        .toEqual(expect.arrayContaining(['Cut', 'Copy', 'Paste', 'Paste as plain text', 'Select All']))
      const isOn = ({ session }: typeof import('electron')) =>
        session.fromPartition('persist:windows').isSpellCheckerEnabled()
      if (process.platform !== 'darwin') expect(await electron.evaluate(isOn)).toBe(false)
      await expect(note.text).toHaveAttribute('spellcheck', 'true')
      await expect(note.text.locator('code')).toHaveAttribute('spellcheck', 'false')
    })
  },
)

test('input methods and right to left', async ({ launchApp }) => {
  const { window, electron } = await launchApp()
  const { shell, note } = await emptyVault(window)
  const { compose, take } = await inputMethod(window)
  let notes = 0
  const begin = async (keys = '') => {
    await shell.press('Mod+n')
    await note.write(`Note ${++notes}`, keys)
  }

  await test.step('words are composed in a paragraph, beside a link, in a heading, a task and a cell', async () => {
    await begin('ab [[X]]')
    await compose('n', 'に', 'にほ')
    await take('日本')
    await window.keyboard.press('Home')
    await compose('w', 'わ')
    await take('和')
    await window.keyboard.press('ArrowRight')
    await window.keyboard.press('ArrowRight')
    await window.keyboard.press('ArrowRight')
    await compose('k', 'か')
    await take('可')
    await window.keyboard.press('Enter')
    await shell.press('Mod+End')
    await window.keyboard.type('\n# ')
    await compose('n', 'に')
    await take('二')
    await window.keyboard.type('!\n- [ ] ')
    await compose('s', 'さ')
    await take('三')
    await expect.poll(() => markdownOf(window, 'Note 1')).toContain('和ab 可\n\n[[X]]日本\n\n# 二!\n\n- [ ] 三')
  })

  await test.step('what is composed becomes nothing else meanwhile, and a composition that is left leaves nothing', async () => {
    await begin('a ')
    await compose('# ', '# k')
    await compose('')
    await window.keyboard.type('[[No')
    await compose('n', 'に')
    await expect(note.text).toHaveText(/^a \[\[Noに/)
    await take('日')
    await expect(note.text).toHaveText('a [[No日')
  })

  await test.step('another window writes into the paragraph meanwhile: nothing is lost or doubled', async () => {
    await begin('shared words')
    await shell.command('Open this tab in a new window')
    const isWindow = (page: Page) => new URL(page.url() || 'about:blank').pathname === '/index.html'
    await expect.poll(() => electron.windows().filter(isWindow).length).toBe(2)
    const other = electron.windows().find((page) => page !== window && isWindow(page)) as Page
    const there = new NotePage(other)
    await expect(there.text).toHaveText('shared words')
    await there.text.click()
    await new Shell(other).press('Mod+Home')
    await note.text.click()
    await shell.press('Mod+End')
    await compose('n', 'に')
    await other.keyboard.type('Both: ')
    await expect(note.text).toContainText('Both: shared words')
    await compose('にほ')
    await take('日本')
    await window.keyboard.type('!')
    await expect(note.text).toHaveText('Both: shared words日本!')
    await expect(there.text).toHaveText('Both: shared words日本!')
    await other.close()
  })

  await test.step('what is written from right to left stands on that side, and the left arrow passes a link forwards', async () => {
    await begin()
    await window.keyboard.insertText('אב ')
    await window.keyboard.type('[[X]]')
    await window.keyboard.insertText(' גד')
    await window.keyboard.press('Home')
    for (let step = 0; step < 4; step++) await window.keyboard.press('ArrowLeft')
    await window.keyboard.type('!')
    await expect.poll(() => markdownOf(window, 'Note 4')).toContain('אב [[X]]! גד')
    await shell.press('Mod+End')
    await window.keyboard.type('\n> ')
    await window.keyboard.insertText('ציטוט')
    const side = (element: Element) => getComputedStyle(element).direction
    await expect.poll(() => note.text.locator('.quote').evaluate(side)).toBe('rtl')
    await expect.poll(() => note.text.locator('.p').first().evaluate(side)).toBe('rtl')
  })

  await test.step('words are composed in an item beside a link, and in cells', async () => {
    await begin('- [[X]]')
    await compose('n', 'に', 'にほ')
    await take('日本')
    await window.keyboard.press('Home')
    await compose('w', 'わ')
    await take('和')
    await expect.poll(() => markdownOf(window, 'Note 5')).toContain('- 和[[X]]日本')
    await shell.press('Mod+End')
    await window.keyboard.type('\n\n| a | b |\n')
    await compose('k', 'か')
    await take('可')
    await window.keyboard.press('Tab')
    await compose('n', 'に')
    await take('二')
    await window.keyboard.type(' [[Y]]')
    await compose('s', 'さ')
    await take('三')
    await expect
      .poll(() => markdownOf(window, 'Note 5'))
      .toContain('- 和[[X]]日本\n\n| a | b |\n| --- | --- |\n| 可 | 二 [[Y]]三 |')
  })

  await test.step('keys and clicks do what they do in a plain field', async () => {
    await begin('one two\nthree four [[Five]] six\n`code`')
    // the caret stands behind code, which must not hold it
    await note.text.getByText('one two').click({ position: { x: 10, y: 10 } })
    await window.keyboard.press('Home')
    await window.keyboard.type('-')
    await shell.press('Mod+a')
    await expect.poll(() => selected(window)).toMatch(/^-one two\s+three four \u2063*Five\u2063* six\s+code$/)
    await note.text.getByText('three four').click({ clickCount: 3, position: { x: 10, y: 10 } })
    await expect.poll(() => selected(window)).toMatch(/^three four \u2063*Five\u2063* six\s*$/)
    await window.keyboard.press('End')
    await window.keyboard.type('!')
    await window.keyboard.press('Home')
    await window.keyboard.type('+')
    await expect.poll(() => markdownOf(window, 'Note 6')).toContain('-one two\n\n+three four [[Five]] six!\n\n`code`')
  })
})

const selected = (window: Page): Promise<string> => window.evaluate(() => String(getSelection()))

type WithMenus = typeof globalThis & { lastMenu?: string[] }

/** Native menus cannot be seen by the test: what they would show is kept instead. */
const keepMenus = (electron: ElectronApplication): Promise<void> =>
  electron.evaluate(({ Menu }) => {
    Menu.prototype.popup = function popup() {
      const kept = globalThis as WithMenus
      kept.lastMenu = this.items.map(({ label }) => label)
    }
  })

const lastMenu = (electron: ElectronApplication): Promise<string[]> =>
  electron.evaluate(() => (globalThis as WithMenus).lastMenu ?? [])
