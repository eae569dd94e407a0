import { errorCode } from '../log.ts'
import type { Services } from '../services.ts'
import type { AppWindow } from './app-window.ts'

type Found = { readonly counts: Readonly<Record<string, number>>; readonly trashed: number }

/** What a vault says that held notes when they were last counted and has none at all; null where it has. */
export function emptiedText(held: number, { counts, trashed }: Found): string | null {
  const found = Object.values(counts).reduce((sum, count) => sum + count, trashed)
  if (held === 0 || found > 0) return null
  const notes = held === 1 ? '1 note' : `${held.toLocaleString('en')} notes`
  return `This vault held ${notes} and opened empty: its store and its journal are gone. “Restore from a backup” in the settings brings back what an archive has.`
}

/** Store and journal can be lost together, with nothing left to compare: only the list of vaults knows of it then. */
export async function tellIfEmptied(
  window: AppWindow,
  { registry, log }: Pick<Services, 'registry' | 'log'>,
): Promise<void> {
  const [id, host] = [window.vaultId, window.host]
  const held = id === null ? 0 : (registry.get(id)?.notes ?? 0)
  if (!host || held === 0) return
  try {
    const text = emptiedText(held, await host.repeatable.call('info', {}))
    if (text === null || window.vaultId !== id) return
    log.error('vault.emptied', { held })
    window.notify('error', text)
  } catch (error) {
    // it does not open, which the window says by itself
    log.warn('vault.not-asked', { code: errorCode(error) })
  }
}
