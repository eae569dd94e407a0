import { dialog } from 'electron'
import type { AppWindow } from './app-window.ts'

/** ARCHITECTURE, "Host page": close, quit and switching a vault wait for acknowledgement, five seconds, then ask. */
const PATIENCE_MS = 5000

/** Whether `work` came to its end in time. A rejection did not. */
export async function inTime(work: Promise<unknown>, ms = PATIENCE_MS): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  const done = work.then(
    () => true,
    () => false,
  )
  try {
    return await Promise.race([done, late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Waits until everything is stored; where that takes too long or fails, the person decides, as often as they
 * like. True: go on.
 */
export async function storedOrAgreed(store: () => Promise<unknown>, ask: () => Promise<'wait' | 'leave' | 'stay'>) {
  for (;;) {
    if (await inTime(store())) return true
    const answer = await ask()
    if (answer !== 'wait') return answer === 'leave'
  }
}

export async function askPerson(window: AppWindow | null): Promise<'wait' | 'leave' | 'stay'> {
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
