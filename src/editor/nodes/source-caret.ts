import { $getSelection, $isRangeSelection, type TextNode } from 'lexical'

/**
 * For a run of source whose text is written anew (another size of a picture, another target): an end of the selection
 * that stood at its end, `size` characters in, goes to the new end. Within or beyond it the next key would replace the
 * whole run, since a token gives way to what is typed in it.
 */
export function $keepCaretAtEnd(node: TextNode, size: number): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  const end = node.getTextContentSize()
  for (const point of [selection.anchor, selection.focus]) {
    if (point.key !== node.getKey() || point.offset === 0) continue
    if (point.offset >= size || point.offset > end) point.set(point.key, end, 'text')
  }
}
