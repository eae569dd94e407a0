import type { VaultInfo } from '../../../ipc/app-contract.ts'
import { dayLabel } from '../../ui/dates.ts'
import { WORDS } from './words.ts'

/** DESIGN 9: the folder and when it was last written, or that there is none. */
export function whereWordsLive({ exported }: VaultInfo, now: Date): string {
  return exported ? WORDS.written(exported.folder, dayLabel(exported.at, now)) : WORDS.onlyHere
}
