import { $isElementNode, $isTextNode, type ElementNode, type LexicalNode, type TextNode } from 'lexical'
import * as Y from 'yjs'

/**
 * Whether a part of the editor's tree says the same as the Yjs tree it is bound to. Runs inside a read of
 * the editor. Returns the first difference as a code without text of the note, or null.
 */
export function $compareBlocks(root: ElementNode, yRoot: Y.XmlElement, touched?: ReadonlySet<unknown>): string | null {
  const blocks = root.getChildren()
  const yBlocks = yRoot.toArray()
  if (blocks.length !== yBlocks.length) return 'root:length'
  for (const [index, yBlock] of yBlocks.entries()) {
    if (touched && !touched.has(yBlock)) continue
    const difference = $compareNode(blocks[index], yBlock)
    if (difference) return difference
  }
  return null
}

/** Of a block's own fields, Lexical keeps these for the next keystroke only. */
const VOLATILE = new Set(['__textFormat', '__textStyle', '__isSyntaxHighlightSupported'])

type Run = { readonly type: string; readonly text: string; readonly props: Readonly<Record<string, unknown>> }

function $compareNode(node: LexicalNode | undefined, y: unknown): string | null {
  if (!node || !(y instanceof Y.XmlElement)) return 'node:kind'
  const type = node.getType()
  if (type !== y.nodeName) return `${type}:type`
  for (const [key, value] of Object.entries(y.getAttributes())) {
    if (!key.startsWith('__') || VOLATILE.has(key) || typeof value === 'object') continue
    if (fieldOf(node, key) !== value) return `${type}:${key}`
  }
  if (!$isElementNode(node)) return y.length === 0 ? null : `${type}:children`
  return $compareChildren(type, node, y)
}

function $compareChildren(type: string, node: ElementNode, y: Y.XmlElement): string | null {
  const children = groupTexts(node.getChildren())
  const yChildren = contentOf(y)
  if (children.length !== yChildren.length) return `${type}:children`
  for (const [index, yChild] of yChildren.entries()) {
    const child = children[index]
    const difference = Array.isArray(child)
      ? Array.isArray(yChild)
        ? compareRuns(type, child, yChild)
        : `${type}:kind`
      : $compareNode(child, yChild)
    if (difference) return difference
  }
  return null
}

function compareRuns(type: string, nodes: readonly TextNode[], runs: readonly Run[]): string | null {
  if (nodes.length !== runs.length) return `${type}:runs`
  for (const [index, run] of runs.entries()) {
    const node = nodes[index]
    if (!node || node.getType() !== run.type) return `${type}:run-type`
    if (node.getTextContent() !== run.text) return `${type}:run-text`
    if (node.getFormat() !== (run.props.__format ?? 0)) return `${type}:run-format`
    if (run.type === 'wikilink' && fieldOf(node, '__target') !== (run.props.__target ?? '')) return `${type}:run-target`
  }
  return null
}

/** Lexical's children with neighbouring texts together, as the binding keeps them in one XmlText. */
function groupTexts(nodes: readonly LexicalNode[]): (LexicalNode | TextNode[])[] {
  const groups: (LexicalNode | TextNode[])[] = []
  for (const node of nodes) {
    const last = groups.at(-1)
    if (!$isTextNode(node)) groups.push(node)
    else if (Array.isArray(last)) last.push(node)
    else groups.push([node])
  }
  return groups
}

/**
 * The same of the Yjs side. Empty texts do not show; texts side by side (after a deletion between them) show
 * as one; a paragraph in a list item shows as its content, because ListItemNode unwraps it as it loads.
 */
function contentOf(y: Y.XmlElement): (Y.XmlElement | Run[])[] {
  const content: (Y.XmlElement | Run[])[] = []
  const add = (item: Y.XmlElement | Run[]) => {
    const last = content.at(-1)
    if (Array.isArray(item) && Array.isArray(last)) last.push(...item)
    else content.push(item)
  }
  for (const child of y.toArray()) {
    if (child instanceof Y.XmlText) {
      const runs = runsOf(child)
      if (runs.length > 0) add(runs)
    } else if (child instanceof Y.XmlElement) {
      if (y.nodeName === 'listitem' && child.nodeName === 'paragraph') for (const inner of contentOf(child)) add(inner)
      else add(child)
    }
  }
  return content
}

function runsOf(text: Y.XmlText): Run[] {
  const delta = text.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[]
  return delta.map(({ insert, attributes }) => ({
    type: typeof attributes?.t === 'string' ? attributes.t : 'text',
    text: typeof insert === 'string' ? insert : '',
    props: (attributes?.p ?? {}) as Record<string, unknown>,
  }))
}

const fieldOf = (node: LexicalNode, key: string): unknown => (node as unknown as Record<string, unknown>)[key]
