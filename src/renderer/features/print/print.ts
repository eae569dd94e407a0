import type { PageScope } from '../../../ipc/shapes.ts'
import { appClient } from '../../platform/clients.ts'
import { showNotice } from '../../state/notices.ts'
import { attempt } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

/** Notes as one web page or PDF, where the person says; nothing where they change their mind. */
export async function savePage(scope: PageScope, form: 'html' | 'pdf'): Promise<void> {
  const report = await appClient().call('exportPage', { scope, form })
  if (!report || report.cancelled) return
  const { file, problems } = report
  const [first] = problems
  showNotice({
    key: 'page',
    level: first ? 'warning' : 'info',
    text: WORDS.made(file),
    ...(first ? { detail: WORDS.problems(first, problems.length - 1) } : {}),
    actions: [{ label: WORDS.show, run: () => attempt(() => appClient().call('showInFolder', { folder: file })) }],
  })
}

/** The same page to the system's print dialog. */
export async function printNotes(scope: PageScope): Promise<void> {
  await appClient().call('printPage', { scope })
}
