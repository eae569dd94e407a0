import { $createParagraphNode, type ElementNode } from 'lexical'

/** Puts the blocks of a container in its place. */
export function $unwrap(container: ElementNode): void {
  const children = container.getChildren()
  if (children.length === 0) children.push($createParagraphNode())
  for (const child of children) container.insertBefore(child)
  container.remove()
}
