import { $createTextNode, $getNodeByKey, $isTextNode, type LexicalEditor, type NodeKey } from 'lexical'
import { parseWikilink, printWikilink } from '../../../../core/link/wikilink.ts'
import { AS_ACT } from '../../../../editor/extensions/blocks.ts'
import type { Completion } from '../../../../editor/extensions/completion.ts'
import { $createWikilinkNode, $isWikilinkNode, type WikilinkNode } from '../../../../editor/nodes/WikilinkNode.ts'

export const $wikilink = (key: NodeKey): WikilinkNode | null => {
  const node = $getNodeByKey(key)
  return $isWikilinkNode(node) ? node : null
}

/** Leads a link to another note; its heading and the words that it shows stay. One step of undo. */
export function retarget(editor: LexicalEditor, key: NodeKey, name: string, id: string): void {
  editor.update(
    () => {
      const node = $wikilink(key)
      if (!node) return
      const parts = parseWikilink(node.getTarget())
      $replaceLink(node, printWikilink({ ...parts, name }), id)
    },
    { tag: AS_ACT },
  )
}

/** A link changes as a whole (T3): two people's changes never meet inside its brackets. */
function $replaceLink(node: WikilinkNode, target: string, id: string): void {
  const next = $createWikilinkNode(target, { embed: node.isEmbed(), id }).setFormat(node.getFormat())
  node.replace(next)
  next.selectEnd()
}

/** The words of a link in its place. One step of undo. */
export function unlinkWikilink(editor: LexicalEditor, key: NodeKey): void {
  editor.update(
    () => {
      const node = $wikilink(key)
      if (!node) return
      const { shownStart, shownEnd } = node.getShownRange()
      const words = $createTextNode(node.getTextContent().slice(shownStart, shownEnd)).setFormat(node.getFormat())
      node.replace(words)
      words.selectEnd()
    },
    { tag: AS_ACT },
  )
}

/** A link that was opened again to be completed anew: what it was, to come back to. */
export type Reopened = { readonly text: string; readonly id: string }

/**
 * Turns a link back into what was typed, with the caret at its end: behind its name, or (`words`) behind a bar where
 * other words are written.
 */
export function reopen(editor: LexicalEditor, key: NodeKey, asks: 'target' | 'words'): Reopened | null {
  let reopened: Reopened | null = null
  editor.update(
    () => {
      const node = $wikilink(key)
      if (!node) return
      const { name, anchor, shown } = parseWikilink(node.getTarget())
      const place = printWikilink({ name, anchor, shown: null })
      const words = asks === 'words' ? `${place}|${shown ?? ''}` : name
      reopened = { text: node.getTextContent(), id: node.getTargetId() }
      const typed = $createTextNode(`${node.isEmbed() ? '!' : ''}[[${words}`).setFormat(node.getFormat())
      node.replace(typed)
      typed.selectEnd()
    },
    { tag: AS_ACT, discrete: true },
  )
  return reopened
}

/** Puts a link that was opened again back as it was. Runs in an update. */
export function $restore(completion: Completion, { text, id }: Reopened): void {
  const node = $getNodeByKey(completion.key)
  const parts = /^(!?)\[\[(.*)\]\]$/s.exec(text)
  if (!$isTextNode(node) || !parts) return
  const link = $createWikilinkNode(parts[2] ?? '', { embed: parts[1] === '!', id }).setFormat(node.getFormat())
  const { start, end } = completion
  const split = node.splitText(...(start === 0 ? [end] : [start, end]))
  ;(split[start === 0 ? 0 : 1] ?? node).replace(link)
  link.selectEnd()
}
