import type { Locator, Page } from '@playwright/test'
import { LONG_FOLDER, type LongNote } from './corpus.ts'

/** The text of the note in the active tab. */
export const editor = (page: Page): Locator => page.locator('[contenteditable="true"]').filter({ visible: true })

const row = (page: Page, name: string) => page.getByRole('tree').getByRole('treeitem', { name })

/** Shows the long notes in the tree of folders. */
export async function showLongNotes(page: Page): Promise<void> {
  const folder = row(page, LONG_FOLDER)
  await folder.waitFor()
  if ((await folder.getAttribute('aria-expanded')) !== 'true') await folder.click()
}

export const noteRow = (page: Page, { title }: LongNote): Locator => row(page, title)

/** Opens a long note with its row in the tree, and waits until its last sentence is there. */
export async function openLongNote(page: Page, note: LongNote): Promise<Locator> {
  await showLongNotes(page)
  await noteRow(page, note).click()
  const text = editor(page).filter({ hasText: note.end })
  await text.waitFor()
  return text
}
