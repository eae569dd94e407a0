import { $createLinkNode, $isLinkNode, type LinkNode } from '@lexical/link'
import {
  $createTextNode,
  $getNodeByKey,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  COMMAND_PRIORITY_HIGH,
  KEY_DOWN_COMMAND,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
  type RangeSelection,
} from 'lexical'
import type { Disposer } from '../../../../core/base/disposable.ts'
import { $cut, type Completion } from '../../../../editor/extensions/completion.ts'
import { $linkNodeAt } from '../../../../editor/extensions/wikilinks.ts'
import { $isInSource } from '../../../../editor/lexical-tree.ts'
import { $isWikilinkNode } from '../../../../editor/nodes/WikilinkNode.ts'

export type LinkKeyEvents = {
  /** The words of a selection have become the beginning of a link. */
  readonly onBegin: (words: string) => void
  /** The caret is at a wikilink, or in a link to an address. */
  readonly onWikilink: (key: NodeKey) => void
  readonly onLink: (key: NodeKey) => void
}

/**
 * Mod+K on a selection within one line: its words become the beginning of a link, with the completion open. At a
 * link it edits that. Else the key is the window's own (search or jump).
 */
export function registerLinkSelection(editor: LexicalEditor, events: LinkKeyEvents): Disposer {
  return editor.registerCommand(
    KEY_DOWN_COMMAND,
    (event) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return false
      const selection = $getSelection()
      if (!editor.isEditable() || !$isRangeSelection(selection)) return false
      const link = $linkAround(selection)
      const node = link ?? (selection.isCollapsed() ? $linkNodeAt(selection) : null)
      const words = node ? null : $beginLink(selection)
      if (!node && words === null) return false
      event.preventDefault()
      event.stopPropagation()
      if ($isWikilinkNode(node)) events.onWikilink(node.getKey())
      else if (node) events.onLink(node.getKey())
      else if (words !== null) events.onBegin(words)
      return true
    },
    COMMAND_PRIORITY_HIGH,
  )
}

/** The link, or the wikilink, that all of a selection lies in. */
function $linkAround({ anchor, focus }: RangeSelection): LexicalNode | null {
  const [a, b] = [anchor.getNode(), focus.getNode()]
  if (a.is(b) && $isWikilinkNode(a)) return a
  const own = [a, ...a.getParents()].find($isLinkNode)
  return own && (own.is(b) || own.isParentOf(b)) ? own : null
}

/** Spaces at the ends of what is selected stay outside the link. */
function $beginLink(selection: RangeSelection): string | null {
  if (selection.isCollapsed()) return null
  const nodes = selection.getNodes()
  const text = selection.getTextContent()
  const words = text.trim()
  const isPlain = nodes.every(
    (node) =>
      $isTextNode(node) &&
      node.isSimpleText() &&
      !node.hasFormat('code') &&
      !$isInSource(node) &&
      !node.getParents().some($isLinkNode),
  )
  if (!isPlain || words === '' || /[[\]|\n]/.test(words)) return null
  const from = text.indexOf(words)
  const after = text.slice(from + words.length)
  selection.insertText(`${text.slice(0, from)}[[${words}`)
  const caret = $getSelection()
  const node = $isRangeSelection(caret) ? caret.anchor.getNode() : null
  if (after !== '' && $isRangeSelection(caret) && $isTextNode(node)) {
    const { offset } = caret.anchor
    node.spliceText(offset, 0, after)
    node.select(offset, offset)
  }
  return words
}

/** Takes back what `$beginLink` did, when nothing was chosen. Runs in an update. */
export function $abandonLink(completion: Completion, words: string): void {
  const node = $getNodeByKey(completion.key)
  if (!$isTextNode(node)) return
  node.spliceText(completion.start, completion.end - completion.start, words)
  node.select(completion.start, completion.start + words.length)
}

/** Puts a link to a web address in the place of what was typed. Runs in an update. */
export function $acceptAddress(completion: Completion, url: string, words: string | null): void {
  const node = $getNodeByKey(completion.key)
  if (!$isTextNode(node)) return
  const typed = $cut(node, completion.start, completion.end)
  const link = $createLinkNode(url).append($createTextNode(words ?? url).setFormat(typed.getFormat()))
  typed.replace(link)
  link.selectEnd()
}

/** Gives a link other words, another address, or both. Marks of its first words stay. Runs in an update. */
export function $changeLink(link: LinkNode, url: string, words: string): void {
  if (link.getURL() !== url) link.setURL(url)
  if (link.getTextContent() === words) return
  const first = link.getFirstDescendant()
  const format = $isTextNode(first) ? first.getFormat() : 0
  if ($isTextNode(first) && link.getChildrenSize() === 1) first.setTextContent(words)
  else link.clear().append($createTextNode(words).setFormat(format))
  link.selectEnd()
}

/** Words and marks of a link stay where they are. Runs in an update. */
export function $unlink(link: LinkNode): void {
  const children = link.getChildren()
  for (const child of children) link.insertBefore(child)
  link.remove()
  children.at(-1)?.selectEnd()
}
