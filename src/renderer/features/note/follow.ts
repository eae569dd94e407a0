import { $getNodeByKey, $isElementNode, type LexicalEditor, type LexicalNode } from 'lexical'
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
import { headingAnchor } from './links/place.ts'

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
  const open = (id: NoteId) => {
    openNote(id, { newTab })
    if (anchor !== '') requestHeading(id, anchor)
  }
  const { targetId } = target
  if (targetId !== '' && (await isLiving(targetId as NoteId))) {
    open(targetId as NoteId)
    return null
  }
  const [answer] = await indexClient().call('resolve', { targets: [name], fromId: from })
  const found = answer?.found ?? []
  const [only] = found
  if (found.length > 1) return { is: 'which', choices: found }
  if (only) open(only.id)
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
    const node = $getNodeByKey(keyOrAnchor) ?? $findAnchor(editor, keyOrAnchor)
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

/** A heading by its words, without regard to signs that a link cannot hold; a block by the id at its end or below it. */
function $findAnchor(editor: LexicalEditor, anchor: string): LexicalNode | null {
  const isBlock = anchor.startsWith('^')
  const wanted = isBlock ? anchor.toLowerCase() : headingAnchor(anchor).toLowerCase()
  for (const [, node] of editor.getEditorState()._nodeMap) {
    const type = node.getType()
    if (!isBlock) {
      if (type === 'heading' && headingAnchor(node.getTextContent()).toLowerCase() === wanted) return node
      continue
    }
    if (type !== 'paragraph' && type !== 'heading' && type !== 'listitem') continue
    const text = node.getTextContent().trimEnd().toLowerCase()
    if (text === wanted) return node.getPreviousSibling() ?? node
    if (text.endsWith(` ${wanted}`)) return node
  }
  return null
}
