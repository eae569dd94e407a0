import { appClient } from '../../../platform/clients.ts'
import { showNotice } from '../../../state/notices.ts'
import { attempt } from '../../note-actions/index.ts'
import { WORDS } from './words.ts'

/** By the system's program for it; what is not opened from here is shown in its folder, and that is said. */
export const openFile = (path: string): void =>
  attempt(async () => {
    const { opened } = await appClient().call('openAttachment', { path })
    if (!opened) showNotice({ key: 'file', level: 'info', text: WORDS.shownInFolder(nameOf(path)) })
  })

export const nameOf = (path: string): string => path.split('/').at(-1) ?? path
