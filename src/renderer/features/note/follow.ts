import { $getNodeByKey, $isElementNode, $isTextNode, type LexicalEditor, type LexicalNode } from 'lexical'
import type { NoteId } from '../../../core/base/ids.ts'
import { anchorKey } from '../../../core/link/anchor.ts'
import { safeUrl } from '../../../core/link/url.ts'
import { parseWikilink } from '../../../core/link/wikilink.ts'
import type { FollowOptions, FollowTarget } from '../../../editor/extensions/wikilinks.ts'
import type { indexContract } from '../../../ipc/index-contract.ts'
import { CallError, type Output } from '../../../ipc/rpc.ts'
import { appClient, indexClient, vaultClient } from '../../platform/clients.ts'
import { requestHeading } from '../../state/note-facts.ts'
import { openNote, openTarget } from '../note-actions/index.ts'
import { focusText } from './caret.ts'
import { openAt } from './embeds/open-at.ts'
import { openFile } from './pictures/open-file.ts'
import { isFileName } from './pictures/picture-source.ts'

/** What is to be asked before a link is followed: which note of several, or whether to write one. */
export type Question = { readonly is: 'which' | 'unwritten'; readonly choices: readonly Choice[] }

/**
 * Goes where a link leads. The id that a wikilink carries wins while its note lives; else its name decides, and
 * a note that is not written yet is written, or (`asks`) asked about. Answers what there is to ask; else null.
 */
export async function follow(
  from: NoteId,
  target: FollowTarget,
  { newTab, asks }: FollowOptions,
): Promise<Question | null> {
  if (target.type === 'url') {
    await followAddress(from, target.url, newTab)
    return null
  }
  const { name, anchor } = parseWikilink(target.target)
  if (name === '') {
    requestHeading(from, anchor)
    return null
  }
  const { targetId } = target
  if (targetId !== '' && (await isLiving(targetId as NoteId))) {
    openAt(targetId as NoteId, anchor, { newTab })
    return null
  }
  if (isFileName(name) && (await openIfFile(from, name))) return null
  const [answer] = await indexClient().call('resolve', { targets: [name], fromId: from })
  const found = answer?.found ?? []
  const [only] = found
  if (found.length > 1) return { is: 'which', choices: found }
  if (only) openAt(only.id, anchor, { newTab })
  else if (asks) return { is: 'unwritten', choices: [] }
  else await openTarget(name, from, { newTab })
  return null
}

export type Choice = Output<typeof indexContract, 'resolve'>[number]['found'][number]

async function isLiving(id: NoteId): Promise<boolean> {
  try {
    return !(await vaultClient().call('note', { id })).trashed
  } catch (error) {
    if (error instanceof CallError && (error.code === 'not-found' || error.code === 'invalid')) return false
    throw error
  }
}

/** A title may look like a file's name: a note of that name is written only where there is no such file. */
async function openIfFile(from: NoteId, name: string): Promise<boolean> {
  const file = await vaultClient().call('resolveAttachment', { noteId: from, target: name })
  if (file) openFile(file.path)
  return file !== null
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

/** Shows a place of the note in `editor`: by the key of its node, a heading's words, or `^` and a block id. */
export function showHeading(editor: LexicalEditor, keyOrAnchor: string): boolean {
  let shown = false
  const show = () => {
    const node = $getNodeByKey(keyOrAnchor) ?? $findPlace(editor, anchorKey(keyOrAnchor))
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

/** A heading by its words, or the line that ends with a block's `^id`; where that stands alone, what is above it. */
function $findPlace(editor: LexicalEditor, wanted: string): LexicalNode | null {
  if (wanted === '') return null
  for (const [, node] of editor.getEditorState()._nodeMap) {
    if (!$isElementNode(node)) continue
    if (!wanted.startsWith('^')) {
      const words = node.getType() === 'heading' ? node.getTextContent().replace(/\s\^[A-Za-z0-9-]+\s*$/, '') : ''
      if (words !== '' && anchorKey(words) === wanted) return node
      continue
    }
    const last = node.getLastChild()
    if (!$isTextNode(last) || !last.isAttached()) continue
    const text = last.getTextContent().trimEnd().toLowerCase()
    if (!text.endsWith(wanted) || /\S/.test(text.at(-wanted.length - 1) ?? '')) continue
    const above = node.getTextContent().trim().toLowerCase() === wanted ? node.getPreviousSibling() : null
    return above ?? node
  }
  return null
}
