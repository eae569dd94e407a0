import { $getNodeByKey, $isElementNode, type LexicalEditor } from 'lexical'
import type { NoteId } from '../../../core/base/ids.ts'
import { safeUrl } from '../../../core/link/url.ts'
import { parseWikilink } from '../../../core/link/wikilink.ts'
import type { FollowOptions, FollowTarget } from '../../../editor/extensions/wikilinks.ts'
import type { indexContract } from '../../../ipc/index-contract.ts'
import { CallError, type Output } from '../../../ipc/rpc.ts'
import { appClient, indexClient, vaultClient } from '../../platform/clients.ts'
import { requestHeading } from '../../state/note-facts.ts'
import { openNote, openTarget } from '../note-actions/index.ts'
import { focusText } from './caret.ts'

/**
 * Goes where a link leads. The id that a wikilink carries wins while its note lives; else its name decides, and
 * a note that is not written yet is written. Answers the notes to choose from where the name has several.
 */
export async function follow(
  from: NoteId,
  target: FollowTarget,
  { newTab }: FollowOptions,
): Promise<readonly Choice[]> {
  if (target.type === 'url') {
    await followAddress(from, target.url, newTab)
    return []
  }
  const { name, anchor } = parseWikilink(target.target)
  if (name === '') {
    requestHeading(from, anchor)
    return []
  }
  if (target.targetId !== '' && (await openById(target.targetId as NoteId, newTab))) return []
  const [answer] = await indexClient().call('resolve', { targets: [name], fromId: from })
  const found = answer?.found ?? []
  if (found.length > 1) return found
  const [only] = found
  if (only) openNote(only.id, { newTab })
  else await openTarget(name, from, { newTab })
  return []
}

export type Choice = Output<typeof indexContract, 'resolve'>[number]['found'][number]

async function openById(id: NoteId, newTab: boolean): Promise<boolean> {
  try {
    const note = await vaultClient().call('note', { id })
    if (note.trashed) return false
    openNote(id, { newTab })
    return true
  } catch (error) {
    if (error instanceof CallError && (error.code === 'not-found' || error.code === 'invalid')) return false
    throw error
  }
}

/** A web address goes to the system's browser; a relative one is a note of this vault, by its path. */
async function followAddress(from: NoteId, url: string, newTab: boolean): Promise<void> {
  const safe = safeUrl(url)
  if (safe) {
    await appClient().call('openExternal', { url: safe })
    return
  }
  const path = decode(url.split('#')[0] ?? '')
  if (path === '' || /^[a-z][a-z0-9+.-]*:/i.test(path)) return
  const [answer] = await indexClient().call('resolve', { targets: [path], fromId: from })
  const [nearest] = answer?.found ?? []
  if (nearest) openNote(nearest.id, { newTab })
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Shows a heading of the note in `editor`: by the key of its node, or by its words. Answers whether it is there. */
export function showHeading(editor: LexicalEditor, keyOrText: string): boolean {
  const wanted = keyOrText.trim().toLowerCase()
  let shown = false
  const show = () => {
    const node = $getNodeByKey(keyOrText) ?? $findHeading(editor, wanted)
    if (!$isElementNode(node)) return
    node.selectStart()
    editor.getElementByKey(node.getKey())?.scrollIntoView({ block: 'start' })
    shown = true
  }
  editor.update(show, { discrete: true })
  // one goes on writing there
  const root = editor.getRootElement()
  if (shown && root && editor.isEditable()) focusText(root)
  return shown
}

function $findHeading(editor: LexicalEditor, wanted: string) {
  for (const [, node] of editor.getEditorState()._nodeMap) {
    if (node.getType() === 'heading' && node.getTextContent().trim().toLowerCase() === wanted) return node
  }
  return null
}
