import type { appContract } from '../../ipc/app-contract.ts'
import { CallError, type Handlers } from '../../ipc/rpc.ts'
import type { AppWindow } from '../app/app-window.ts'

type Calls = Pick<
  Handlers<typeof appContract>,
  'backups' | 'backupNow' | 'chooseSecondDisk' | 'secondDiskAsked' | 'restoreBackup' | 'rehearseRestore' | 'showArchive'
>

const later = () => {
  throw new CallError('not-built', 'not yet')
}

export function backupCalls(_window: AppWindow): Calls {
  return {
    backups: later,
    backupNow: later,
    chooseSecondDisk: later,
    secondDiskAsked: later,
    restoreBackup: later,
    rehearseRestore: later,
    showArchive: later,
  }
}
