import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { answerFolderDialog } from './support/dialogs.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault as test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

// Editor rules E15 and E16: what is embedded, pictured, noted below and previewed is shown, and only its source is kept.

const EXAMPLE = `challenges:: [[Blast radius]]

By every measure here it was *tiny*[^1].

## Afterwards

One engineer, one flag. ^flag

[^1]: Counted from the log.
`

/** A PNG of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

async function showMarkdown(window: Page, id: string): Promise<string> {
  const { markdown } = await callPort<{ markdown: string }>(window, 'vault', 'showMarkdown', { id })
  return markdown.replace(/^---\n[\s\S]*?\n---\n\n?/, '')
}

/** Pastes a picture of 400 by 200. */
const pastePicture = (element: Element) =>
  new OffscreenCanvas(400, 200)
    .getContext('2d')
    ?.canvas.convertToBlob()
    .then((blob) => {
      const data = new DataTransfer()
      data.items.add(new File([blob], 'wall.png', { type: 'image/png' }))
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    })

test('embeds, pictures, files, footnotes and previews', async ({ window, electron, folder }) => {
  test.setTimeout(120_000)
  const { shell, note } = await emptyVault(window)
  const make = (title: string, kind: string, markdown: string) =>
    callPort<{ id: string }>(window, 'vault', 'createNote', { title, kind, markdown })
  const example = await make('The config change', 'example', EXAMPLE)
  await make('Circle', 'note', '![[Round]]')
  await make('Round', 'note', 'Within.\n\n![[Circle]]')
  const { id } = await make('Blast radius', 'essay', 'First.')
  await shell.open('Blast radius')
  await expect(note.text).toHaveText('First.')
  const { text } = note
  const embed = (title: string) => text.getByRole('region', { name: `From ${title}` })
  const end = async () => {
    await text.focus()
    await note.takesText()
    await shell.press('Mod+End')
  }

  await test.step('a note that is embedded is shown, and follows its edits', async () => {
    await end()
    await window.keyboard.type('\n![[The config change]]\nA line.')
    const first = embed('The config change')
    await expect(first).toContainText('Example, challenges this essay')
    await expect(first).toContainText('By every measure here it was tiny1.')
    await expect(first.getByRole('list', { name: 'Footnotes' })).toHaveText('Counted from the log.')
    await callPort(window, 'vault', 'appendMarkdown', { id: example.id, markdown: 'And then *more*.' })
    await expect(first).toContainText('And then more.')
    await expect(text.getByText('A line.')).toBeVisible()
  })

  await test.step('a section, a block, what is missing, and a circle', async () => {
    await window.keyboard.type(
      '\n![[The config change#Afterwards]]\n![[The config change#^flag]]\nin ![[Circle]] words',
    )
    await expect(embed('The config change').nth(1)).toHaveText(/Afterwards.*One engineer.*And then more\.$/)
    await expect(embed('The config change').nth(2)).toHaveText(/The config changeOne engineer, one flag\.$/)
    await expect(embed('Circle')).toHaveCount(0)
    await window.keyboard.type('\n![[Circle]]\n![[Nowhere]]\n![[The config change#Gone]]\nEnd.')
    await expect(embed('Circle').first()).toContainText('This note is already shown above.')
    await expect(embed('Nowhere')).toContainText('This note is not written yet.')
    await expect(embed('The config change').last()).toContainText('There is no heading “Gone” in this note any more.')
  })

  await test.step('it is opened where it is written, by one click and by Mod+Enter', async () => {
    await embed('The config change').nth(2).getByRole('button', { name: 'Open where it is written' }).click()
    await expect(shell.selectedTab).toHaveAccessibleName('The config change, example')
    await note.takesText()
    await window.keyboard.type('So: ')
    await shell.press('Alt+ArrowLeft')
    await expect(embed('The config change').nth(2)).toContainText('So: One engineer')
  })

  await test.step('a picture takes its width from its handle, in one step of undo', async () => {
    await end()
    await window.keyboard.press('Enter')
    await text.evaluate(pastePicture)
    const picture = text.getByRole('img', { name: 'wall.png' })
    await expect(picture).toHaveCSS('width', '400px')
    const handle = text.getByRole('slider', { name: 'Width of wall.png' })
    await handle.focus()
    await window.keyboard.press('ArrowLeft')
    await expect(picture).toHaveCSS('width', '390px')
    await expect.poll(() => showMarkdown(window, id)).toContain('![[Attachments/wall.png|390]]')
    await window.keyboard.press('Shift+ArrowLeft')
    await expect.poll(() => showMarkdown(window, id)).toContain('![[Attachments/wall.png|340]]')
    await expect(handle).toBeFocused()
    await expect(picture).toHaveCSS('height', '170px')
    await picture.click()
    await shell.press('Mod+z')
    await expect.poll(() => showMarkdown(window, id)).toContain('![[Attachments/wall.png|390]]')
    await end()
    await window.keyboard.type('\n![The wall](Attachments/wall.png)\n')
    await expect(text.getByRole('img', { name: 'The wall' })).toBeVisible()
    await expect(text.locator('.picture-words')).toHaveText('The wall')
  })

  await test.step('a file is picked, shown with its size, and opened; one that is missing is named', async () => {
    const file = path.join(folder, 'plan.txt')
    await writeFile(file, 'x'.repeat(2500))
    await answerFolderDialog(electron, file)
    await shell.command('Insert an image or file')
    const open = text.getByRole('button', { name: 'Open plan.txt' })
    await expect(text.locator('.file-row')).toContainText('plan.txt 2.5 kB')
    await electron.evaluate(({ shell }) => {
      shell.openPath = async (place) => {
        ;(globalThis as { opened?: string }).opened = place
        return ''
      }
    })
    await open.click()
    await expect
      .poll(() => electron.evaluate(() => (globalThis as { opened?: string }).opened ?? ''))
      .toMatch(/[\\/]plan\.txt$/)
    await end()
    await window.keyboard.type('\n![[gone.png]]\n![](https://pictures.invalid/a.png)\n')
    await expect(text.getByText('gone.png is not in this vault.')).toBeVisible()
  })

  await test.step('a picture of the web is asked for by a click only', async () => {
    await electron.evaluate(({ session }, bytes) => {
      const scope = globalThis as { asked?: string[] }
      scope.asked = []
      session.fromPartition('remote-pictures', { cache: false }).fetch = async (url) => {
        scope.asked?.push(String(url))
        return new Response(Buffer.from(bytes, 'base64'), { headers: { 'content-type': 'image/png' } })
      }
    }, PIXEL)
    const asked = () => electron.evaluate(() => (globalThis as { asked?: string[] }).asked)
    await expect(text.getByText('A picture at pictures.invalid, not loaded.')).toBeVisible()
    expect(await asked()).toEqual([])
    await text.getByRole('button', { name: 'Load it' }).click()
    await expect(text.getByRole('img', { name: 'pictures.invalid' })).toBeVisible()
    expect(await asked()).toEqual(['https://pictures.invalid/a.png'])
  })

  await test.step('HTML shows pictures of this vault, those of the web by a click, and no others', async () => {
    const html = `<p>Seen <img src="Attachments/wall.png" alt="Wall" width="120" onerror="x()">
<table><tr><td colspan="2">Two</td></tr></table>
<img src="https://pictures.invalid/b.png" alt="Far"> <img src="file:///etc/passwd" alt="Passwords"></p>`
    await make('Page', 'note', html)
    await shell.open('Page')
    const page = text.locator('.page')
    await expect(page.getByRole('img', { name: 'Wall' })).toHaveCSS('width', '120px')
    await expect(page.getByText('Two')).toHaveAttribute('colspan', '2')
    await expect(page).toContainText('A picture at pictures.invalid, not loaded. Far')
    await expect(page).toContainText('Passwords (a picture, not loaded)')
    await expect(page.getByRole('img')).toHaveCount(1)
    await shell.press('Alt+ArrowLeft')
    await expect(embed('The config change').first()).toBeVisible()
  })

  await test.step('footnotes: numbers, words in place, there and back', async () => {
    await end()
    await window.keyboard.type('Nineteen teams[^why] stopped')
    const mark = text.getByRole('button', { name: 'Footnote 1', exact: true })
    await mark.click()
    await window.keyboard.type('By the log.')
    await shell.press('Mod+Enter')
    await window.keyboard.type(', all of them,')
    await mark.hover()
    await expect(window.getByRole('tooltip')).toHaveText('1By the log.')
    await shell.press('Escape')
    await shell.command('Footnote')
    await window.keyboard.type('A second.')
    await expect(text.getByRole('button', { name: 'Footnote 2', exact: true })).toBeVisible()
    await text.getByRole('button', { name: 'Back to the mark of footnote 2' }).click()
    await window.keyboard.type('!')
    await expect
      .poll(() => showMarkdown(window, id))
      .toContain('Nineteen teams[^why], all of them,[^1]! stopped\n\n[^why]: By the log.\n\n[^1]: A second.\n')
  })

  await test.step('a footnote whose words stand in the text is a mark, its words there and below the text', async () => {
    const { id } = await make('In the text', 'note', 'Teams^[see [[Blast radius]], *all* of them] stopped.')
    await shell.open('In the text')
    await expect(text).toContainText('stopped.')
    const mark = text.getByRole('button', { name: 'Footnote 1', exact: true })
    await expect(mark).toHaveText('1')
    expect(await text.locator('.raw').evaluate((raw) => getComputedStyle(raw).fontSize)).toBe('0px')
    await mark.hover()
    await expect(window.getByRole('tooltip')).toHaveText('1see Blast radius, all of them')
    const listed = window.getByRole('list', { name: 'Footnotes whose words stand in the text' })
    await expect(listed).toHaveText('see Blast radius, all of them↩')
    await listed.getByRole('button', { name: 'Back to the mark of footnote 1' }).click()
    expect(await text.locator('.raw').evaluate((raw) => getComputedStyle(raw).fontSize)).not.toBe('0px')
    await window.keyboard.press('ArrowLeft')
    await window.keyboard.type('!')
    await shell.press('Mod+End')
    await window.keyboard.type(' So^[twice].')
    await expect(listed.getByRole('listitem')).toHaveText([/^see Blast radius, all of them!/, /^twice/])
    await expect
      .poll(() => showMarkdown(window, id))
      .toBe('Teams^[see [[Blast radius]], *all* of them!] stopped. So^[twice].\n')
    await shell.press('Alt+ArrowLeft')
    await expect(embed('The config change').first()).toBeVisible()
  })

  await test.step('a link is previewed by resting on it, and by a command', async () => {
    await text.getByText('First.').click()
    await window.keyboard.press('End')
    await window.keyboard.type(' See [[The config change#Gone|this]] and [[The config change]]')
    const firstLine = text.locator(':scope > p').first()
    const link = firstLine.getByRole('link', { name: 'The config change, example', exact: true })
    await link.hover()
    const preview = window.getByRole('tooltip', { name: 'Preview of The config change' })
    await expect(preview).toContainText('Examples, revised today')
    await expect(preview).toContainText('By every measure here it was tiny')
    await expect(text).toBeFocused()
    const [below, line] = [await preview.boundingBox(), await link.boundingBox()]
    expect(below && line && (below.y >= line.y + line.height || below.y + below.height <= line.y)).toBe(true)
    await window.keyboard.press('Escape')
    await expect(preview).toBeHidden()
    await text.getByText('A line.').hover()
    await shell.command('Preview the link at the caret')
    await expect(preview).toBeVisible()
    await window.keyboard.type('.')
    await expect(preview).toBeHidden()
  })

  await test.step('links in what is embedded are previewed and followed as those of the text are', async () => {
    const link = embed('The config change').first().getByRole('link', { name: 'Blast radius' })
    await link.hover()
    const preview = window.getByRole('tooltip', { name: 'Preview of Blast radius' })
    await expect(preview).toContainText('First.')
    await window.mouse.move(4, 4)
    await expect(preview).toBeHidden()
    await link.focus()
    await shell.command('Preview the link at the caret')
    await expect(preview).toBeVisible()
    await window.keyboard.press('Escape')
    await expect(preview).toBeHidden()
    await callPort(window, 'vault', 'appendMarkdown', { id: example.id, markdown: 'Not yet: [[Unwritten]].' })
    const unwritten = embed('The config change').first().getByRole('link', { name: 'Unwritten, not written yet' })
    await unwritten.click()
    await expect(window.getByText('Not written yet', { exact: true })).toBeVisible()
    await window.keyboard.press('Escape')
    await unwritten.focus()
    await window.keyboard.press('Enter')
    await expect(window.getByText('Not written yet', { exact: true })).toBeVisible()
    await window.keyboard.press('Escape')
  })

  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])

  await test.step('all of it is Markdown, and the same when it is opened again', async () => {
    const written = `First. See [[The config change#Gone|this]] and [[The config change]].

![[The config change]]

A line.

![[The config change#Afterwards]]

![[The config change#^flag]]

in ![[Circle]] words

![[Circle]]

![[Nowhere]]

![[The config change#Gone]]

End.

![[Attachments/wall.png|390]]

![The wall](Attachments/wall.png)

![[Attachments/plan.txt]]

![[gone.png]]

![](https://pictures.invalid/a.png)

Nineteen teams[^why], all of them,[^1]! stopped

[^why]: By the log.

[^1]: A second.
`
    await expect.poll(() => showMarkdown(window, id)).toBe(written)
    await window.reload()
    await shell.ready()
    await shell.open('Blast radius')
    await expect(embed('The config change').first()).toContainText('Example, challenges this essay')
    await expect(text.getByRole('img', { name: 'wall.png' })).toHaveCSS('width', '390px')
    expect(await showMarkdown(window, id)).toBe(written)
  })
})
