import { create } from 'zustand'
import type { VaultInfo } from '../../ipc/app-contract.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../ipc/settings-shapes.ts'

export type Platform = 'linux' | 'darwin' | 'win32'

type Session = {
  /** Null until main has answered the first call. */
  readonly platform: Platform | null
  readonly version: string
  /** The vault of this window; null on first run. */
  readonly vault: VaultInfo | null
  readonly vaults: readonly VaultInfo[]
  readonly settings: Settings
  /** A disk fault that goes on, in words. */
  readonly fault: string | null
  /** How far a rebuild of the index is; null while there is none. */
  readonly indexing: { readonly done: number; readonly total: number } | null
}

/** What main said when the window opened, and keeps saying. */
export const useSession = create<Session>(() => ({
  platform: null,
  version: '',
  vault: null,
  vaults: [],
  settings: DEFAULT_SETTINGS,
  fault: null,
  indexing: null,
}))

export const isMac = (): boolean => useSession.getState().platform === 'darwin'
