import type { NoteId } from '../../../core/base/ids.ts'
import { indexClient } from '../../platform/clients.ts'

export type Linked = { readonly id: NoteId; readonly title: string; readonly path: string }

/** How a link from `fromId` names a note: by its title, or by its path where the title alone leads elsewhere. */
export async function linkTo(fromId: NoteId, { id, title, path }: Linked): Promise<string> {
  const [answer] = await indexClient().call('resolve', { targets: [title], fromId })
  const [nearest, another] = answer?.found ?? []
  // These end a name in a link.
  const isPlain = nearest?.id === id && another === undefined && !/[[\]|#^]/.test(title)
  return `[[${isPlain ? title : path.replace(/\.(?:md|markdown)$/i, '')}]]`
}
