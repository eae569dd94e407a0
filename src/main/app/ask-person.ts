import { dialog } from 'electron'
import type { AppWindow } from './app-window.ts'
import type { Answer } from './patience.ts'

/** What a person decides about words that are not stored in time. */
export async function askPerson(window: AppWindow | null): Promise<Answer> {
  const question = {
    type: 'warning' as const,
    message: 'Some words are not stored yet.',
    detail:
      'What was written in the last seconds is still in this window only. The disk may be full or busy. ' +
      'Going on without it loses those words; everything before them is safe.',
    buttons: ['Wait', 'Stay', 'Go on without'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  }
  const { response } =
    window && !window.browser.isDestroyed()
      ? await dialog.showMessageBox(window.browser, question)
      : await dialog.showMessageBox(question)
  return response === 0 ? 'wait' : response === 2 ? 'leave' : 'stay'
}
