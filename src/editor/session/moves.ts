import type { BindingV2 } from '@lexical/yjs'
import { $getNodeByKey, $isElementNode, type ElementNode, type NodeKey } from 'lexical'
import * as Y from 'yjs'

/**
 * Takes out of the doc what moved among its siblings, so that the binding puts it in anew where it stands. Left
 * to itself V2 compares siblings from both ends and writes the text of one over the other: what a peer types in
 * a block that is moved would land in its neighbour. The heavier siblings stay as they are, for somebody is
 * more likely to be writing in them. Runs in a read of the editor, in the transaction that writes the update.
 */
export function $takeOutMoved(binding: BindingV2, dirty: Iterable<NodeKey>): void {
  for (const key of dirty) {
    const node = key === 'root' ? null : $getNodeByKey(key)
    const parent = key === 'root' ? binding.root : node && binding.mapping.getSharedType(node)
    const element = key === 'root' ? $getNodeByKey<ElementNode>('root') : node
    if (!$isElementNode(element) || !(parent instanceof Y.XmlElement)) continue
    for (const type of movedChildren(binding, element, parent)) {
      const index = parent.toArray().indexOf(type)
      if (index < 0) continue
      binding.mapping.delete(type)
      parent.delete(index, 1)
    }
  }
}

function movedChildren(binding: BindingV2, element: ElementNode, parent: Y.XmlElement): Y.XmlElement[] {
  // typing makes elements dirty by the hundred: the doc is looked at only where the order differs
  const places = new Map<unknown, number>()
  const children: { type: Y.XmlElement; place: number; weight: number }[] = []
  for (const child of element.getChildren()) {
    if (!$isElementNode(child)) continue
    const type = binding.mapping.getSharedType(child)
    if (!(type instanceof Y.XmlElement) || type.parent !== parent) continue
    if (places.size === 0) for (const [index, other] of parent.toArray().entries()) places.set(other, index)
    children.push({ type, place: places.get(type) ?? -1, weight: 0 })
  }
  if (children.every(({ place }, index) => index === 0 || place > (children[index - 1]?.place ?? -1))) return []
  const weighed = children.map((child) => ({ ...child, weight: 1 + child.type.toString().length }))
  const kept = heaviestRising(weighed)
  return weighed.filter((child) => !kept.has(child)).map(({ type }) => type)
}

/** The children that are in order with one another and weigh most together. */
function heaviestRising<C extends { place: number; weight: number }>(children: readonly C[]): Set<C> {
  const best: { sum: number; before: number }[] = []
  let last = -1
  for (const [index, { place, weight }] of children.entries()) {
    let before = -1
    for (let other = 0; other < index; other++) {
      if ((children[other]?.place ?? 0) >= place) continue
      if (before < 0 || (best[other]?.sum ?? 0) > (best[before]?.sum ?? 0)) before = other
    }
    best.push({ sum: weight + (best[before]?.sum ?? 0), before })
    if (last < 0 || (best[index]?.sum ?? 0) > (best[last]?.sum ?? 0)) last = index
  }
  const kept = new Set<C>()
  for (let at = last; at >= 0; at = best[at]?.before ?? -1) kept.add(children[at] as C)
  return kept
}
