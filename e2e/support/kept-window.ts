import { readFile } from 'node:fs/promises'
import path from 'node:path'

export type KeptWindow = {
  readonly tabs: readonly Readonly<Record<string, unknown>>[]
  readonly active: number
  readonly scroll: Readonly<Record<string, number>>
  readonly carets: Readonly<Record<string, readonly number[]>>
}

/** How the window would be opened again after a kill, as main has it on disk; null while there is nothing. */
export async function keptWindow(profile: string): Promise<KeptWindow | null> {
  const text = await readFile(path.join(profile, 'settings.json'), 'utf8').catch(() => null)
  if (text === null) return null
  const { open = [] } = JSON.parse(text) as { open?: { state: string | null }[] }
  const state = open.at(-1)?.state
  return typeof state === 'string' ? JSON.parse(state) : null
}

/** Whether a note's tab is among those that would be opened again. */
export const keepsNote = async (profile: string): Promise<boolean> =>
  (await keptWindow(profile))?.tabs.some(({ at }) => at === 'note') ?? false
