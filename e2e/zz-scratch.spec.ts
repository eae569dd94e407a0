import { emptyVault } from './support/empty-vault.ts'
import { expect, test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

test('look', async ({ window, electron }) => {
  test.setTimeout(120_000)
  const { shell, note } = await emptyVault(window)
  const make = (title: string, kind: string, markdown: string) => callPort<{ id: string }>(window, 'vault', 'createNote', { title, kind, markdown })
  await make('The one-line config change', 'example', 'challenges:: [[Blast radius]]\n\nBy every measure here it was *tiny*: one engineer, one flag, a revert already typed[^1]. It took the [[Blast radius|whole region]] down for fifty minutes.\n\n## After\n\n- [x] one thing\n- [ ] two\n\n| a | b |\n| - | - |\n| c | d |\n\nDone. ^last\n\n[^1]: Counted twice.\n')
  await make('Circle', 'note', 'A\n\n![[Circle two]]')
  await make('Circle two', 'note', 'B\n\n![[Circle]]')
  await make('Blast radius', 'essay', 'First words.\n\n![[The one-line config change]]\n\nIn a ![[Circle]] sentence.\n\n![[Circle]]\n\n![[The one-line config change#After]]\n\n![[The one-line config change#^last]]\n\n![[Nothing yet]]\n\n![[The one-line config change#Gone]]\n\n![[gone.png]]\n\n![](https://example.com/a.png)\n\n![[Blast radius]]\n\nEnd.\n')
  await shell.open('Blast radius')
  await expect(note.text.locator('.embed').first()).toBeVisible()
  await window.setViewportSize?.({ width: 1300, height: 1900 })
  await window.waitForTimeout(1500)
  await window.screenshot({ path: '/tmp/hB/s1.png' })
  await note.text.getByText('End.').click()
  await window.keyboard.press('End')
  await window.keyboard.press('Enter')
  await note.text.evaluate(async (element) => {
    const canvas = new OffscreenCanvas(400, 200)
    const c = canvas.getContext('2d')!
    c.fillStyle = 'teal'
    c.fillRect(0, 0, 400, 200)
    const data = new DataTransfer()
    data.items.add(new File([await canvas.convertToBlob()], 'wall.png', { type: 'image/png' }))
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await window.waitForTimeout(600)
  await window.keyboard.press('Enter')
  await window.keyboard.type('after ![The wall in room 3](Attachments/wall.png)')
  await window.keyboard.press('Enter')
  await window.keyboard.type('![The wall in room 3|200](Attachments/wall.png)')
  await window.keyboard.press('Enter')
  await window.waitForTimeout(600)
  await window.screenshot({ path: '/tmp/hB/s2.png' })
  const { markdown } = await callPort<{ markdown: string }>(window, 'vault', 'find', { name: 'Blast radius' }).then((row) => callPort(window, 'vault', 'showMarkdown', { id: (row as {id: string}).id })) as { markdown: string }
  console.log(markdown)
  console.log(await note.text.evaluate((e) => e.innerHTML.slice(-3000)))
})
