import type { BackupState } from '../../../ipc/app-contract.ts'
import { type AppClient, appClient } from '../../platform/clients.ts'
import { useBackups } from '../../state/backups.ts'
import { closeNotice, showNotice } from '../../state/notices.ts'
import { attempt } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

const KEY = 'second-disk'

export const chooseSecondDisk = (forget: boolean): void =>
  attempt(() => appClient().call('chooseSecondDisk', { forget }))

/** Reads what there is of backups, and asks about a second disk where it is time to. */
export async function readBackups(app: AppClient): Promise<void> {
  const state = await app.call('backups', {})
  useBackups.setState({ state })
  askOnce(state)
}

/** Once, when there is something that could be lost with the disk; whoever has answered is not asked again. */
function askOnce({ archives, second, asked }: BackupState): void {
  if (archives.length === 0 || second !== null || asked) {
    closeNotice(KEY)
    return
  }
  showNotice({
    key: KEY,
    level: 'info',
    text: WORDS.ask,
    detail: WORDS.askDetail,
    canClose: false,
    actions: [
      { label: WORDS.notNow, run: () => attempt(() => appClient().call('secondDiskAsked', {}).then(readNow)) },
      {
        label: WORDS.chooseDisk,
        isPrimary: true,
        // A dialog that was left without an answer leaves the question.
        run: () => attempt(() => appClient().call('chooseSecondDisk', { forget: false }).then(readNow)),
      },
    ],
  })
}

const readNow = () => readBackups(appClient())
