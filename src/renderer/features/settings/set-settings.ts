import type { Settings } from '../../../ipc/settings-shapes.ts'
import { appClient } from '../../platform/clients.ts'
import { attempt } from '../note-actions/index.ts'

/** Main keeps them, and tells every window, this one too. */
export const setSettings = (change: Partial<Settings>): void => attempt(() => appClient().call('setSettings', change))
