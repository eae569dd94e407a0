import { $createLinkNode } from '@lexical/link'
import {
  $createTextNode,
  $getNodeByKey,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  COMMAND_PRIORITY_HIGH,
  KEY_DOWN_COMMAND,
  type LexicalEditor,
} from 'lexical'
import type { Disposer } from '../../../core/base/disposable.ts'
import type { Completion } from '../../../editor/extensions/completion.ts'
import { $isInSource } from '../../../editor/lexical-tree.ts'
import { $isWikilinkNode } from '../../../editor/nodes/WikilinkNode.ts'

/**
 * Mod+K on a selection within one line: its words become the beginning of a link, with the completion open.
 * Without a selection the key is the window's own (search or jump).
 */
export function registerLinkSelection(editor: LexicalEditor, onBegin: (words: string) => void): Disposer {
  return editor.registerCommand(
    KEY_DOWN_COMMAND,
    (event) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
        return false
      const words = $beginLink()
      if (words === null) return false
      event.preventDefault()
      event.stopPropagation()
      onBegin(words)
      return true
    },
    COMMAND_PRIORITY_HIGH,
  )
}

function $beginLink(): string | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || selection.isCollapsed()) return null
  const nodes = selection.getNodes()
  const words = selection.getTextContent()
  const isPlain = nodes.every((node) => $isTextNode(node) && !$isWikilinkNode(node) && !$isInSource(node))
  if (!isPlain || words.trim() === '' || /[[\]\n]/.test(words)) return null
  selection.insertText(`[[${words}`)
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
  const parts = node.splitText(...(completion.start === 0 ? [completion.end] : [completion.start, completion.end]))
  const typed = parts[completion.start === 0 ? 0 : 1] ?? node
  const link = $createLinkNode(url).append($createTextNode(words ?? url).setFormat(typed.getFormat()))
  typed.replace(link)
  link.selectEnd()
}
