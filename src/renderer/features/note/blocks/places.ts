import { $isListItemNode, $isListNode } from '@lexical/list'
import { $isTableNode } from '@lexical/table'
import { $getNearestNodeFromDOMNode, $getNodeByKey, type LexicalEditor, type LexicalNode, type NodeKey } from 'lexical'
import { $holdsList, $unitOf, $withNested, type BlockPlace } from '../../../../editor/extensions/blocks.ts'

/** Left of the column, in pixels: where the grip stands. A table has grips of its own for its rows. */
const GRIP_LEFT = 30
const GRIP_LEFT_OF_TABLE = 56
export const GRIP_SIZE = 24

/** The unit at a point of the window, in a gap the one above it; null where the text is not. */
export function unitAt(editor: LexicalEditor, x: number, y: number): NodeKey | null {
  const root = editor.getRootElement()
  const area = root?.getBoundingClientRect()
  if (!root || !area || y < area.top || y > area.bottom) return null
  const inside = Math.min(Math.max(x, area.left + 2), area.right - 2)
  const hit = document.elementFromPoint(inside, y)
  if (!hit || !root.contains(hit)) return null
  return editor.read(() => {
    const node = hit === root ? $childAbove(editor, root, y) : $getNearestNodeFromDOMNode(hit)
    const unit = node && $unitOf(node)
    return unit ? $itemAt(editor, unit, y).getKey() : null
  })
}

function $childAbove(editor: LexicalEditor, root: HTMLElement, y: number): LexicalNode | null {
  let above: Element | null = null
  for (const child of root.children) {
    if (child.getBoundingClientRect().top > y) break
    above = child
  }
  const last = above?.getBoundingClientRect()
  // far below the last block is no block
  if (!above || !last || y > last.bottom + GRIP_SIZE) return null
  return editor.read(() => $getNearestNodeFromDOMNode(above))
}

/** Beside a list, the item at that height; an item that holds a list is the one in that. */
function $itemAt(editor: LexicalEditor, unit: LexicalNode, y: number): LexicalNode {
  const list = $isListNode(unit) ? unit : $isListItemNode(unit) && $holdsList(unit) ? unit.getFirstChild() : null
  if (!$isListNode(list)) return unit
  let found: LexicalNode | null = null
  for (const item of list.getChildren()) {
    const rect = editor.getElementByKey(item.getKey())?.getBoundingClientRect()
    if (!rect || (found && rect.top > y)) break
    found = item
  }
  return found ? $itemAt(editor, found, y) : unit
}

export const rectOfBlock = (editor: LexicalEditor, key: NodeKey): DOMRect | null =>
  editor.getElementByKey(key)?.getBoundingClientRect() ?? null

/** The nearest ancestor that scrolls down. */
export function scrollerOf(element: HTMLElement): HTMLElement | null {
  for (let each = element.parentElement; each; each = each.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(each).overflowY)) return each
  }
  return null
}

/** Where the grip of a block stands, from the corner of `surface`: beside the middle of its first line. */
export function gripOf(
  editor: LexicalEditor,
  key: NodeKey,
  surface: HTMLElement,
): { left: number; top: number } | null {
  const dom = editor.getElementByKey(key)
  const root = editor.getRootElement()
  if (!dom || !root) return null
  const corner = surface.getBoundingClientRect()
  const line = firstLine(dom)
  const isTable = editor.read(() => $isTableNode($getNodeByKey(key)))
  const wanted = root.getBoundingClientRect().left - corner.left - (isTable ? GRIP_LEFT_OF_TABLE : GRIP_LEFT)
  // in a narrow window there is less room beside the text
  const edge = scrollerOf(root)?.getBoundingClientRect().left ?? 0
  const left = Math.max(wanted, edge - corner.left + 2)
  return { left, top: line.top + line.height / 2 - GRIP_SIZE / 2 - corner.top }
}

/** Of a block: its first line of words; of one without words the block, as high as one line. */
function firstLine(dom: HTMLElement): { top: number; height: number } {
  const words = document.createTreeWalker(dom, NodeFilter.SHOW_TEXT).nextNode()
  if (words) {
    const range = document.createRange()
    range.selectNodeContents(words)
    const [first] = range.getClientRects()
    if (first && first.height > 0) return first
  }
  const rect = dom.getBoundingClientRect()
  const line = Number.parseFloat(getComputedStyle(dom).lineHeight) || rect.height
  return { top: rect.top, height: Math.min(rect.height, line) }
}

export type Drop = { readonly place: BlockPlace; readonly line: { left: number; top: number; width: number } }

/** Where blocks that are dragged would go, at a point of the window; null where they cannot or would not move. */
export function dropAt(editor: LexicalEditor, keys: readonly NodeKey[], x: number, y: number): Drop | null {
  const at = unitAt(editor, x, y)
  if (at === null) return null
  return editor.read(() => {
    const units = keys.map((key) => $getNodeByKey(key)).filter((node) => node !== null)
    const [first] = units
    let target = $getNodeByKey(at)
    if (!target || !first) return null
    // an item holds words only: blocks go above or below the whole list
    if ($isListItemNode(target) && !$isListItemNode(first)) {
      const list = target.getParents().filter($isListNode).at(-1) ?? null
      target = list
    }
    if (!target) return null
    const over = target
    if (units.some((unit) => unit.is(over) || unit.isParentOf(over))) return null
    const rect = rectOfBlock(editor, target.getKey())
    if (!rect) return null
    const where = y < rect.top + rect.height / 2 ? 'before' : 'after'
    const end = where === 'after' ? $withNested([target]).at(-1) : null
    const bottom = (end && rectOfBlock(editor, end.getKey())?.bottom) ?? rect.bottom
    const top = where === 'before' ? rect.top - 4 : bottom + 3
    return { place: { key: target.getKey(), where }, line: { left: rect.left, top, width: rect.width } }
  })
}
