import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { plainText } from './bench/corpus.ts'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { cliJson } from './support/cli.ts'
import { expect, test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

// Issue 5, Size: 100,000 words open without freezing the page (editor/README, E35).

const END = 'The end of all this.'

type Seen = { readonly blocks: number[]; keys: number; wasEditable: boolean }

/** Looks at the text that is opening in tasks of the page's own, and counts the keys that it hears meanwhile. */
async function watch(window: Page): Promise<void> {
  await window.evaluate(() => {
    const seen: Seen = { blocks: [], keys: 0, wasEditable: false }
    Object.assign(globalThis, { seen })
    const opening = () => document.querySelector<HTMLElement>('.prose[aria-busy]')
    const look = () => {
      const text = opening()
      const count = text?.childElementCount ?? 0
      if (count > 0 && count !== seen.blocks.at(-1)) seen.blocks.push(count)
      if (text?.isContentEditable) seen.wasEditable = true
      setTimeout(look)
    }
    look()
    addEventListener('keydown', () => void (opening()?.firstElementChild && seen.keys++), { capture: true })
  })
}

const seenBy = (window: Page) => window.evaluate(() => (globalThis as unknown as { seen: Seen }).seen)

async function markdownOf(window: Page): Promise<string> {
  await callPort(window, 'vault', 'flush', {})
  const { id } = await callPort<{ id: string }>(window, 'vault', 'find', { name: 'Huge' })
  const { markdown } = await callPort<{ markdown: string }>(window, 'vault', 'showMarkdown', { id })
  return markdown
}

test('a note of 100,000 words opens while the page answers, and is then written in like any other', async ({
  profile,
  folder,
  launchApp,
}) => {
  const text = plainText(100_000, END)
  await writeFile(path.join(folder, 'Huge.md'), text)
  await cliJson(profile, 'import', folder)
  const { window, errors } = await launchApp()
  const shell = new Shell(window)
  const note = new NotePage(window)
  await shell.ready()
  const before = await markdownOf(window)
  expect(before).toContain(text.trimEnd())

  await shell.jump('Huge')
  await watch(window)
  await window
    .getByRole('option', { name: /^Huge, / })
    .first()
    .click()
  while ((await note.text.getAttribute('contenteditable').catch(() => null)) !== 'true')
    await window.keyboard.press('ScrollLock')
  await expect(note.text).toContainText(END)
  const { blocks, keys, wasEditable } = await seenBy(window)
  expect(blocks.length).toBeGreaterThan(2)
  expect(keys).toBeGreaterThan(0)
  expect(wasEditable).toBe(false)
  await expect(note.text).not.toHaveAttribute('aria-busy')

  await note.text.focus()
  await window.keyboard.press('ControlOrMeta+Home')
  await window.keyboard.type('Begun ')
  await window.keyboard.press('ControlOrMeta+End')
  await window.keyboard.type(' And more.')
  await expect(note.text).toContainText(`${END} And more.`)
  const after = before.replace('## ', '## Begun ').replace(END, `${END} And more.`)
  expect((await markdownOf(window)) === after).toBe(true)
  expect(errors).toEqual([])
})
