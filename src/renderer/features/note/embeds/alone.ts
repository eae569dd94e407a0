import { $isListItemNode } from '@lexical/list'
import {
  $getNodeByKey,
  $isLineBreakNode,
  $isParagraphNode,
  $isTextNode,
  type LexicalEditor,
  type LexicalNode,
} from 'lexical'
import { useEffect, useState } from 'react'

/**
 * Whether a source stands on a line of its own, so that it is shown as a block; in a sentence, a cell or a heading it
 * is part of that. A relation's verb before it and a block's id behind it are no words of the line.
 */
export function useStandsAlone(editor: LexicalEditor, key: string): boolean {
  const [isAlone, setAlone] = useState(() => editor.getEditorState().read(() => $standsAlone(key)))
  useEffect(() => {
    const look = () => setAlone(editor.getEditorState().read(() => $standsAlone(key)))
    look()
    return editor.registerUpdateListener(({ dirtyElements, editorState }) => {
      if (dirtyElements.size === 0) return
      const parent = editorState._nodeMap.get(key)?.__parent
      if (parent && dirtyElements.has(parent)) look()
    })
  }, [editor, key])
  return isAlone
}

/** Runs in a read. */
export function $standsAlone(key: string): boolean {
  const node = $getNodeByKey(key)
  const parent = node?.getParent()
  if (!node || !parent || !($isParagraphNode(parent) || $isListItemNode(parent))) return false
  if (parent.getParent()?.getType() === 'tablecell') return false
  return $isEdge(node.getPreviousSibling(), true) && $isEdge(node.getNextSibling(), false)
}

/** `verb:: ` of a relation, or nothing, at the beginning of a line; a block's id, or nothing, at its end. */
const BEFORE = /(?:^|\n)[\p{L}\p{N}_ -]{0,40}::\s*$|^\s*$/u
const BEHIND = /^\s*(?:\^[A-Za-z0-9-]+\s*)?$/

function $isEdge(node: LexicalNode | null, isBefore: boolean): boolean {
  if (node === null || $isLineBreakNode(node)) return true
  if (!$isTextNode(node) || node.getType() !== 'text') return false
  if (!(isBefore ? BEFORE : BEHIND).test(node.getTextContent())) return false
  const beyond = isBefore ? node.getPreviousSibling() : node.getNextSibling()
  return beyond === null || $isLineBreakNode(beyond)
}
