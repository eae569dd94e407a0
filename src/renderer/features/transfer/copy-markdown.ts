import type { PageScope } from '../../../ipc/shapes.ts'
import { appClient } from '../../platform/clients.ts'
import { showToast } from '../../state/notices.ts'
import { WORDS } from './words.ts'

/** Puts notes on the clipboard, exactly as their files would be. */
export async function copyMarkdown(scope: PageScope): Promise<void> {
  const { notes } = await appClient().call('copyMarkdown', { scope })
  showToast(WORDS.copied(notes), null)
}
