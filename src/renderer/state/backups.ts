import { create } from 'zustand'
import type { BackupState } from '../../ipc/app-contract.ts'

/** What is known of the backups of this window's vault; null until main has answered. */
export const useBackups = create<{ readonly state: BackupState | null }>(() => ({ state: null }))
