import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { NoteLinks } from './pages/links.ts'
import type { NotePage } from './pages/note.ts'
import type { Shell } from './pages/shell.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault as test } from './support/fixtures.ts'

async function start(window: Page): Promise<{ shell: Shell; note: NotePage; links: NoteLinks }> {
  return { ...(await emptyVault(window)), links: new NoteLinks(window) }
}

/** A new note by keyboard: its title, Enter, its text. */
async function write(shell: Shell, note: NotePage, title: string, keys = ''): Promise<void> {
  await shell.press('Mod+n')
  await note.isNew()
  await shell.page.keyboard.type(title)
  await shell.page.keyboard.press('Enter')
  await note.takesText()
  await shell.page.keyboard.type(keys)
  await expect(shell.selectedTab).toHaveAccessibleName(`${title}, note`)
}

test('writes a note by keyboard alone: title, text, Markdown as it is typed', async ({ window }) => {
  const { shell, note } = await start(window)
  await write(shell, note, 'Blast radius', '## Four sizes\nA **bold** claim and ==a mark==.\n- one\ntwo')
  await expect(note.text.getByRole('heading', { name: 'Four sizes' })).toBeVisible()
  await expect(note.text.locator('.bold')).toHaveText('bold')
  await expect(note.text.locator('.highlight')).toHaveText('a mark')
  await expect(note.text.getByRole('listitem')).toHaveText(['one', 'two'])
})

test('[[ finds a note, Enter links to it, and the page shows its words only', async ({ window }) => {
  const { shell, note, links } = await start(window)
  await write(shell, note, 'Invitation, not imposition', 'First.')
  await write(shell, note, 'Second', 'This is why [[invit')
  await expect(links.row(/^Note Invitation, not imposition/)).toHaveAttribute('aria-selected', 'true')
  await window.keyboard.press('Enter')
  await expect(links.menu).toBeHidden()
  await window.keyboard.type(' matters.')
  await expect(links.named('Invitation, not imposition, note')).toBeVisible()
  await expect(note.text).toHaveText(/^This is why \u2063\u2063Invitation, not imposition\u2063\u2063 matters\.$/)
})

test('what the page hides of a link takes no room, and the caret passes the link in one step', async ({ window }) => {
  const { shell, note, links } = await start(window)
  await write(shell, note, 'Mask', 'a [[Folder/Long name|b]] c')
  const link = links.all
  await expect(link).toHaveAttribute('data-state', 'unwritten')
  const widths = await link.evaluate((element) => {
    const plain = document.createElement('span')
    plain.textContent = 'b'
    element.parentElement?.append(plain)
    const range = document.createRange()
    range.selectNodeContents(element)
    const result = { link: range.getBoundingClientRect().width, plain: plain.getBoundingClientRect().width }
    plain.remove()
    return result
  })
  expect(Math.abs(widths.link - widths.plain)).toBeLessThan(0.5)

  await window.keyboard.press('Home')
  await window.keyboard.press('ArrowRight')
  await window.keyboard.press('ArrowRight')
  await window.keyboard.press('ArrowRight')
  await window.keyboard.type('x')
  await expect(note.text).toHaveText(/b\u2063+x c$/)
  await window.keyboard.press('ArrowLeft')
  await window.keyboard.press('ArrowLeft')
  await window.keyboard.type('y')
  await expect(note.text).toHaveText(/^a y\u2063+b\u2063+x c$/)
})

test('Backspace removes a link as a whole, undo brings it back', async ({ window }) => {
  const { shell, note, links } = await start(window)
  await write(shell, note, 'Removing', 'a [[Somewhere]]')
  await window.keyboard.press('Backspace')
  await expect(note.text).toHaveText('a ')
  await shell.press('Mod+z')
  await expect(links.all).toHaveCount(1)
  await shell.press('Mod+z')
  await expect(note.text).toHaveText('a [[Somewhere]]')
})

test('a link typed through is drawn the same, and its text is right on paste and copy', async ({ window }) => {
  const { shell, note } = await start(window)
  await write(shell, note, 'Copying', 'see [[Somewhere|there]] **now**')
  await shell.press('Mod+a')
  const copied = await window.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const onCopy = (event: ClipboardEvent) => resolve(event.clipboardData?.getData('text/plain') ?? '')
        document.addEventListener('copy', onCopy, { once: true })
        document.execCommand('copy')
      }),
  )
  expect(copied).toBe('see [[Somewhere|there]] **now**')
})

test('pasted HTML keeps words and links that may be opened, and nothing that runs', async ({ window }) => {
  const { shell, note } = await start(window)
  await write(shell, note, 'Pasting')
  await note.text.evaluate((element) => {
    const data = new DataTransfer()
    data.setData('text/plain', 'x')
    data.setData(
      'text/html',
      '<h2>Head</h2><p onclick="alert(1)">one <b>two</b> <a href="javascript:alert(1)">three</a> ' +
        '<a href="https://example.org">four</a><img src=x onerror="alert(1)"></p><script>alert(1)</script>',
    )
    data.setData('application/x-lexical-editor', '{"namespace":"throughline","nodes":[{"type":"nonsense"}]}')
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await expect(note.text.getByRole('heading', { name: 'Head' })).toBeVisible()
  await expect(note.text.getByRole('link')).toHaveText(['four'])
  await expect(note.text.locator('.bold')).toHaveText('two')
  await expect(note.text.locator('script, img, [onclick]')).toHaveCount(0)
})

test('Mod+Enter follows the link at the caret; one that waits is written', async ({ window }) => {
  const { shell, note, links } = await start(window)
  await write(shell, note, 'From', 'to [[Not there yet]]')
  await expect(links.named('Not there yet, not written yet')).toBeVisible()
  await shell.press('Mod+Enter')
  await expect(shell.tab(/^Not there yet/)).toBeVisible()
  await expect(note.title).toHaveText('Not there yet')
})

test('Mod+Enter ticks the task at the caret', async ({ window }) => {
  const { shell, note } = await start(window)
  await write(shell, note, 'Tasks', '- [ ] call Ana')
  const task = note.text.getByRole('checkbox')
  await expect(task).toHaveAttribute('aria-checked', 'false')
  await shell.press('Mod+Enter')
  await expect(task).toHaveAttribute('aria-checked', 'true')
})

test('Mod+K on words makes a link of them, and Escape takes that back', async ({ window }) => {
  const { shell, note, links } = await start(window)
  await write(shell, note, 'Blast radius', 'First.')
  await write(shell, note, 'Second', 'how far it blast')
  await window.keyboard.press('Control+Shift+ArrowLeft')
  await shell.press('Mod+k')
  await expect(links.row(/^Note Blast radius/)).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(note.text).toHaveText('how far it blast')
  await shell.press('Mod+k')
  await links.row(/^Note Blast radius/).click()
  await expect(links.all).toHaveText(/^\u2063+blast\u2063+$/)
})

test('renaming in the title rewrites the links to it', async ({ window }) => {
  const { shell, note, links } = await start(window)
  await write(shell, note, 'Old name', 'First.')
  await write(shell, note, 'Second', 'see [[Old name]] and [[Old name|so]]')
  await expect(note.text.locator('.wikilink[data-state=note]')).toHaveCount(2)
  await shell.open('Old name')
  await note.title.fill('New name')
  await window.keyboard.press('Enter')
  await expect(shell.toast).toHaveText(/2 links/)
  await shell.open('Second')
  await expect(links.all).toHaveText([/^\u2063+New name\u2063+$/, /^\u2063+so\u2063+$/])
})

test('a picture that is pasted or dropped is kept with the vault and shown', async ({ window }) => {
  const { shell, note } = await start(window)
  await write(shell, note, 'Pictures')
  await note.text.evaluate(async (element) => {
    const canvas = new OffscreenCanvas(40, 20)
    canvas.getContext('2d')?.fillRect(0, 0, 40, 20)
    const data = new DataTransfer()
    data.items.add(new File([await canvas.convertToBlob()], 'wall.png', { type: 'image/png' }))
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  const picture = note.text.locator('.wikilink[data-state=image]')
  await expect(picture).toHaveAttribute('aria-label', 'wall.png, picture')
  await expect(picture.getByRole('img', { name: 'wall.png' })).toHaveCSS('width', '40px')

  await note.text.evaluate((element) => {
    const data = new DataTransfer()
    data.items.add(new File(['words'], 'plan.txt', { type: 'text/plain' }))
    const { x, y } = element.getBoundingClientRect()
    const at = { clientX: x + 5, clientY: y + 5 }
    element.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true, ...at }))
  })
  await expect(note.text.locator('.wikilink[data-state=file]')).toHaveAttribute('aria-label', 'plan.txt, file')
  await shell.press('Mod+End')

  // the same picture in Markdown's own form, whose source stays to be edited
  await window.keyboard.type(' ![words](Attachments/wall.png)')
  const raw = note.text.locator('.raw[data-state=image]')
  await expect(raw).toHaveText(/^!\[words\]\(Attachments\/wall\.png\)/)
  await expect(raw.getByRole('img', { name: 'words' })).toHaveCSS('width', '40px')
})

test('what was written is there when the window comes back', async ({ window }) => {
  const { shell, note } = await start(window)
  await write(shell, note, 'Kept', 'one')
  await window.reload()
  await shell.ready()
  // which tabs there were is kept a moment after they change: the note itself is what counts here
  await shell.open('Kept')
  await expect(note.text).toHaveText('one')
})

test('words that are composed beside a link leave it alone', async ({ window }) => {
  const { shell, note, links } = await start(window)
  await write(shell, note, 'Composing', 'a [[Somewhere]]')
  const keyboard = await window.context().newCDPSession(window)
  for (const text of ['n', 'に']) {
    await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  }
  await keyboard.send('Input.insertText', { text: '日' })
  await expect(note.text).toHaveText(/^a \u2063+Somewhere\u2063+日$/)
  await expect(links.all).toHaveText(/^\u2063+Somewhere\u2063+$/)
  await window.keyboard.type('b')
  await expect(note.text).toHaveText(/日b$/)
})

test('a click follows a link; a selection over it takes it whole', async ({ window }) => {
  const { shell, note, links } = await start(window)
  await write(shell, note, 'Target', 'First.')
  await write(shell, note, 'Source', 'a [[Target]] b')
  await expect(links.named('Target, note')).toBeVisible()
  await window.keyboard.press('Shift+Home')
  await window.keyboard.press('Delete')
  await expect(note.text).toHaveText('')
  await shell.press('Mod+z')
  await links.named('Target, note').click()
  await expect(shell.selectedTab).toHaveAccessibleName(/^Target/)
})

test('a link to one of two notes of a name asks which', async ({ window }) => {
  const { shell, note, links } = await start(window)
  // in two folders that lie equally far from where the link stands: a nearer one would win
  for (const kind of ['essay', 'example']) {
    await shell.command(`New ${kind}`)
    await note.begin('Standup')
  }
  await write(shell, note, 'Asking', 'see [[Standup]]')
  await links.named('Standup, several notes').click()
  const menu = window.getByRole('menu', { name: 'Which one?' })
  await expect(menu.getByRole('menuitem')).toHaveCount(2)
  await expect(menu.getByRole('menuitem').first()).toBeFocused()
  await window.keyboard.press('ArrowDown')
  await window.keyboard.press('Enter')
  await expect(shell.selectedTab).toHaveAccessibleName(/^Standup/)
})

test('axe finds nothing serious in a note, with its menu open', async ({ window }) => {
  const { shell, note, links } = await start(window)
  await write(shell, note, 'Target', '## Head\n- [ ] task\nwords\n')
  await shell.press('Mod+End')
  await window.keyboard.press('Enter')
  await window.keyboard.type('see [[Target]] and [[Nowhere]] and [[Tar')
  await expect(links.row(/Target/)).toBeVisible()
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
})
