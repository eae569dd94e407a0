import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { HOSTILE_MARKUP, type Hostile } from '../src/testing/hostile-markup.test-data.ts'
import { emptyVault } from './support/empty-vault.ts'
import { expect, inEmptyVault as test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

// Every payload by some way on each run; `BATTERY=all` sends each of them by every way.

const isWhole = process.env.BATTERY === 'all'
const SEED = 5
/** Every fifth, from another start for each way; all of them where the battery is whole. */
const sample = (way: number): readonly Hostile[] =>
  isWhole ? HOSTILE_MARKUP : HOSTILE_MARKUP.filter(({ id }) => (id * 7 + SEED + way) % 5 === 0)

const paste = (text: Locator, items: readonly Readonly<Record<string, string>>[], type: 'paste' | 'drop' = 'paste') =>
  text.evaluate(
    (element, { items, type }) => {
      for (const data of items) {
        const transfer = new DataTransfer()
        for (const [flavour, value] of Object.entries(data)) transfer.setData(flavour, value)
        const init = { bubbles: true, cancelable: true }
        const box = element.lastElementChild?.getBoundingClientRect() ?? new DOMRect()
        element.dispatchEvent(
          type === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: transfer, ...init })
            : new DragEvent('drop', { dataTransfer: transfer, clientX: box.x + 2, clientY: box.y + 2, ...init }),
        )
      }
    },
    { items, type },
  )

type Watch = { readonly asked: string[]; readonly opened: string[] }

/** Hears of every request, window and navigation from here on; what runs in the page counts itself. */
async function watch(window: Page, electron: ElectronApplication): Promise<Watch> {
  const found: Watch = { asked: [], opened: [] }
  window.on('request', (request) => {
    if (!/^(?:app|attachment|blob):/.test(request.url())) found.asked.push(request.url().slice(0, 80))
  })
  window.on('dialog', (dialog) => {
    found.opened.push(`dialog ${dialog.type()}`)
    void dialog.dismiss()
  })
  window.on('framenavigated', (frame) => found.opened.push(`frame ${frame.url().slice(0, 80)}`))
  electron.on('window', (page) => found.opened.push(`window ${page.url().slice(0, 80)}`))
  await window.evaluate(() => {
    const scope = globalThis as unknown as { ran: number; __ran: () => void }
    scope.ran = 0
    scope.__ran = () => {
      scope.ran++
    }
  })
  return found
}

/** What the page holds that could run, load or lead somewhere, of the editor's making or not. */
const dangers = (window: Page) =>
  window.evaluate(() => {
    const found: string[] = []
    for (const element of document.querySelectorAll('.content *')) {
      const name = element.localName
      if (/^(?:script|iframe|object|embed|base|meta|link|form|frame|portal)$/.test(name)) found.push(name)
      for (const { name: attribute, value } of element.attributes) {
        if (/^on/i.test(attribute)) found.push(`${name} ${attribute}`)
        if (!/^(?:href|src|srcset|xlink:href|action|formaction|data|poster|background)$/.test(attribute)) continue
        if (!/^(?:https?:\/\/[^/@\\]+(?:[/?#]|$)|mailto:|app:|attachment:|#|blob:app)/.test(value))
          found.push(`${name} ${attribute}=${value.slice(0, 60)} ${element.outerHTML.slice(0, 160)}`)
      }
    }
    return { found, ran: (globalThis as unknown as { ran: number }).ran }
  })

const idOf = async (window: Page, title: string): Promise<string> => {
  const [answer] = await callPort<{ found: { id: string }[] }[]>(window, 'index', 'resolve', {
    targets: [title],
    fromId: null,
  })
  return answer?.found[0]?.id ?? ''
}
const markdownOf = async (window: Page, title: string): Promise<string> => {
  const { markdown } = await callPort<{ markdown: string }>(window, 'vault', 'showMarkdown', {
    id: await idOf(window, title),
  })
  return markdown.replace(/^---\n[\s\S]*?\n---\n\n?/, '')
}
const missing = (markdown: string, payloads: readonly Hostile[]) =>
  payloads.filter(({ word }) => !markdown.includes(word)).map(({ id, source }) => `${id} ${source.slice(0, 80)}`)

test('nothing that is hostile runs, loads, leads away or is lost, whichever way it comes', async ({
  window,
  electron,
  app,
}) => {
  test.setTimeout(isWhole ? 600_000 : 90_000)
  const { shell, note } = await emptyVault(window)
  const seen = await watch(window, electron)
  const fresh = async (title: string) => {
    await shell.press('Mod+n')
    await note.begin(title)
  }
  const harmless = async (way: string) => {
    // a turn of the loop and a frame: whatever was going to load or run has begun
    await window.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
    expect(await dangers(window), way).toEqual({ found: [], ran: 0 })
    expect(seen, way).toEqual({ asked: [], opened: [] })
  }

  await test.step('as the Markdown of a note', async () => {
    const payloads = HOSTILE_MARKUP
    const markdown = payloads.map(({ source }) => source).join('\n\n')
    await callPort(window, 'vault', 'createNote', { title: 'Imported', kind: 'note', markdown })
    await shell.open('Imported')
    await expect(note.text).toHaveAttribute('contenteditable', 'true')
    await harmless('import')
    expect(missing(await markdownOf(window, 'Imported'), payloads)).toEqual([])
  })

  await test.step('as HTML on the clipboard', async () => {
    const payloads = isWhole ? HOSTILE_MARKUP : HOSTILE_MARKUP.filter(({ kind, id }) => kind === 'html' && id % 2 === 0)
    await fresh('Pasted page')
    await paste(
      note.text,
      payloads.map(({ source, word }) => ({
        'text/html': `<p>before</p>${source}<p>end${word}</p>`,
        'text/plain': 'x',
      })),
    )
    await harmless('HTML')
    const markdown = await markdownOf(window, 'Pasted page')
    expect(payloads.length - (markdown.match(/endzq\d+z/g)?.length ?? 0)).toBeLessThan(payloads.length * 0.1)
  })

  await test.step('as text, as Lexical’s own data, and dropped', async () => {
    await fresh('Pasted text')
    await paste(
      note.text,
      sample(1).map(({ source }) => ({ 'text/plain': `${source}\n\n` })),
    )
    const url = 'javascript:__ran(1)'
    const nodes = sample(2).map(({ source }) => ({
      type: 'paragraph',
      children: [{ type: 'link', url, children: [{ type: 'text', text: source, style: 'background:url(x)' }] }],
    }))
    await paste(note.text, [
      { 'application/x-lexical-editor': JSON.stringify({ namespace: 'throughline', nodes }), 'text/plain': 'lexical' },
    ])
    await paste(
      note.text,
      sample(3).map(({ source }) => ({ 'text/html': source, 'text/plain': source })),
      'drop',
    )
    await harmless('text')
    const markdown = await markdownOf(window, 'Pasted text')
    expect(missing(markdown, sample(1))).toEqual([])
    expect(markdown).toContain('lexical')
  })

  await test.step('typed, in the text and in the title', async () => {
    await fresh('Typed')
    // by insertText, one input event each, as an input method types
    const payloads = sample(4)
      .filter(({ source }) => !source.includes('\n'))
      .slice(0, isWhole ? undefined : 40)
    for (const { source } of payloads) {
      await window.keyboard.insertText(source)
      await window.keyboard.press('Enter')
    }
    await harmless('typing')
    const titles = ['<img src=x onerror=__ran(1)>', '"><svg onload=__ran(1)>', '{{__ran(1)}} javascript:__ran(1)']
    for (const title of titles) {
      const markdown = `---\ntags: ['${title.replaceAll("'", '')}']\naliases: ["a<b>"]\ncssclasses: ${title.length}\n---\nx\n`
      await callPort(window, 'vault', 'createNote', {
        title: title.replace(/[/:<>"|?*\\]/g, '-'),
        kind: 'note',
        markdown,
      })
    }
    await shell.press('Mod+n')
    await note.isNew()
    await window.keyboard.insertText('<img src=x onerror=__ran(1)> title')
    await window.keyboard.press('Enter')
    await harmless('title')
  })

  // nothing hostile came so far that the page's policy had to refuse it
  expect(app.errors).toEqual([])
})

const FLAVOURS: readonly (readonly [name: string, html: string, text: string, expected: string])[] = [
  [
    'Google Docs',
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-7"><h2><span>Plan</span></h2><p><span style="font-weight:700">bold</span><span> words</span></p><ul><li aria-level="1"><p>one</p></li><ul><li aria-level="2"><p>two</p></li></ul></ul></b>',
    'Plan',
    '## Plan\n\n**bold** words\n\n- one\n  - two\n',
  ],
  [
    'Word',
    "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style>p{margin:0}</style></head><body><!--StartFragment--><p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span><![endif]>first<o:p></o:p></p><p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>second<o:p></o:p></p><p class=MsoNormal>after<o:p></o:p></p><!--EndFragment--></body></html>",
    'first',
    '- first\n  - second\n\nafter\n',
  ],
  [
    'VS Code',
    '<div style="color: #ccc;font-family: Menlo, Monaco, \'Courier New\', monospace;white-space: pre;"><div><span style="color:#569cd6">if</span> (a) {</div><div>  *b*</div><br><div>}</div></div>',
    'if (a) {\n  *b*\n\n}',
    '```\nif (a) {\n  *b*\n\n}\n```\n',
  ],
  [
    'GitHub',
    '<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" checked disabled> done</li><li class="task-list-item"><input type="checkbox" disabled> open</li></ul><p>See<sup><a href="#user-content-fn-1" data-footnote-ref>1</a></sup> <img src="https://evil.invalid/a.png" alt="a map"></p><section data-footnotes class="footnotes"><ol><li id="user-content-fn-1"><p>the note <a href="#r" data-footnote-backref>↩</a></p></li></ol></section>',
    'done',
    '- [x] done\n- [ ] open\n\nSee[^1] ![a map](https://evil.invalid/a.png)\n\n[^1]: the note\n',
  ],
]

test('what programs put on the clipboard becomes what they meant', async ({ window, electron }) => {
  const { shell, note } = await emptyVault(window)
  const seen = await watch(window, electron)
  for (const [name, html, text, expected] of FLAVOURS) {
    await shell.press('Mod+n')
    await note.begin(`From ${name}`)
    await paste(note.text, [{ 'text/html': html, 'text/plain': text }])
    await expect.poll(() => markdownOf(window, `From ${name}`), name).toBe(expected)
  }
  await shell.press('Mod+n')
  await note.begin('Plain')
  const signs = '# no *heading* \u0000\u202dor\u202c\r\n- [[no link]]\r\n\r\nlast'
  await electron.evaluate(({ clipboard }, text) => void clipboard.writeText(text), signs)
  await shell.press('Mod+Shift+v')
  await expect(note.text.locator('p')).toHaveCount(2)
  await expect(note.text.getByRole('heading')).toHaveCount(0)
  await expect(note.text).toContainText('[[no link]]')
  expect(seen.asked).toEqual([])
})
