import { $createCodeNode, CodeNode } from '@lexical/code-core'
import { $createHorizontalRuleNode } from '@lexical/extension'
import { $createLinkNode } from '@lexical/link'
import { $createListItemNode, $createListNode, type ListType } from '@lexical/list'
import { $createHeadingNode, type HeadingTagType } from '@lexical/rich-text'
import { $createTableCellNode, $createTableNode, $createTableRowNode } from '@lexical/table'
import {
  $create,
  $createLineBreakNode,
  $createParagraphNode,
  $createTextNode,
  $isElementNode,
  $setState,
  createState,
  type ElementNode,
  type LexicalNode,
  type TextNode,
} from 'lexical'
import type { Tree } from '../core/markdown/tree.ts'
import { treeToV2 } from './convert/tree-to-v2.ts'
import { ALIGN_CELL, HARD_BREAK, isText, type V2Child, type V2Element, type V2Run } from './convert/v2-node.ts'
import { v2ToTree } from './convert/v2-to-tree.ts'
import { CalloutNode } from './nodes/CalloutNode.ts'
import { $createCalloutTitleNode } from './nodes/CalloutTitleNode.ts'
import { $createFootnoteNode } from './nodes/FootnoteNode.ts'
import { $createQuoteNode } from './nodes/QuoteNode.ts'
import { $createRawNode } from './nodes/RawNode.ts'
import { $createVerbatimNode } from './nodes/VerbatimNode.ts'
import { WikilinkNode } from './nodes/WikilinkNode.ts'

/** A hard line break of Markdown, as `convert` keeps it. */
const hardState = createState('hard', { parse: (value) => value === true })

/** How a column is aligned, on the cell of its head; '' where it is not. */
export const alignState = createState('align', { parse: (value) => (typeof value === 'string' ? value : '') })

/** Fresh nodes for the blocks of a tree. Runs in an update. */
export const $nodesFromTree = (tree: Tree): LexicalNode[] => treeToV2(tree).map($nodeFromV2)

function $nodeFromV2(element: V2Element): LexicalNode {
  if (element.type === 'horizontalrule') return $createHorizontalRuleNode()
  if (element.type === 'linebreak') {
    const node = $createLineBreakNode()
    return element.attributes.s_hard === true ? $setState(node, hardState, true) : node
  }
  return $elementFromV2(element).append(...element.children.flatMap($childrenFromV2))
}

const $childrenFromV2 = (child: V2Child): LexicalNode[] =>
  isText(child) ? child.map($textFromRun) : [$nodeFromV2(child)]

function $elementFromV2({ type, attributes }: V2Element): ElementNode {
  switch (type) {
    case 'heading':
      return $createHeadingNode((attributes.__tag as HeadingTagType | undefined) ?? 'h1')
    case 'quote':
      return $createQuoteNode()
    case 'callout':
      return $create(CalloutNode)
        .setKind(String(attributes.__kind ?? ''))
        .setFold(String(attributes.__fold ?? ''))
    case 'callouttitle':
      return $createCalloutTitleNode()
    case 'footnote':
      return $createFootnoteNode(String(attributes.__label ?? ''))
    case 'table':
      return $createTableNode()
    case 'tablerow':
      return $createTableRowNode()
    case 'tablecell': {
      const cell = $createTableCellNode(Number(attributes.__headerState ?? 0))
      const align = attributes[ALIGN_CELL]
      return typeof align === 'string' ? $setState(cell, alignState, align) : cell
    }
    case 'list':
      return $createListNode(
        (attributes.__listType as ListType | undefined) ?? 'number',
        Number(attributes.__start ?? 1),
      )
    case 'listitem':
      return $createListItemNode(attributes.__checked === true ? true : undefined).setValue(
        Number(attributes.__value ?? 1),
      )
    case 'link': {
      const title = attributes.__title
      return $createLinkNode(String(attributes.__url ?? ''), typeof title === 'string' ? { title } : {})
    }
    case 'code':
      return $createCodeNode(typeof attributes.__language === 'string' ? attributes.__language : undefined)
    case 'verbatim':
      return $createVerbatimNode()
    default:
      return $createParagraphNode()
  }
}

function $textFromRun(run: V2Run): TextNode {
  const node =
    run.type === 'wikilink'
      ? new WikilinkNode(run.text).setTargetId(run.target)
      : run.type === 'raw'
        ? $createRawNode(run.text)
        : $createTextNode(run.text)
  return node.setFormat(run.format)
}

/** A node as `exportJSON` and the clipboard's JSON give it: loosely typed, read with care. */
type Serialized = { readonly type?: unknown; readonly children?: unknown; readonly [key: string]: unknown }

/** The tree of serialized nodes, such as a selection's; texts beside blocks become paragraphs. */
export function treeFromSerialized(nodes: readonly Serialized[]): Tree {
  return v2ToTree(childrenFromSerialized(nodes))
}

function childrenFromSerialized(nodes: readonly Serialized[]): V2Child[] {
  const children: V2Child[] = []
  let runs: V2Run[] = []
  for (const node of nodes) {
    if (typeof node.text === 'string') {
      const type = node.type === 'wikilink' || node.type === 'raw' ? node.type : ''
      if (node.text !== '') runs.push({ text: node.text, format: Number(node.format) || 0, type, target: '' })
      continue
    }
    if (runs.length > 0) children.push(runs)
    runs = []
    children.push(elementFromSerialized(node))
  }
  if (runs.length > 0) children.push(runs)
  return children
}

const FIELDS = ['tag', 'listType', 'start', 'checked', 'value', 'url', 'title', 'language', 'kind', 'fold', 'label']

function elementFromSerialized(node: Serialized): V2Element {
  const attributes: Record<string, string | number | boolean> = {}
  const take = (field: string, key: string) => {
    const value = node[field]
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') attributes[key] = value
  }
  for (const field of FIELDS) take(field, `__${field}`)
  const state = node.$
  if (typeof state === 'object' && state !== null) {
    const { hard, align } = state as Record<string, unknown>
    if (hard === true) attributes[HARD_BREAK] = true
    if (typeof align === 'string' && align !== '') attributes[ALIGN_CELL] = align
  }
  const children = Array.isArray(node.children) ? childrenFromSerialized(node.children as Serialized[]) : []
  return { type: String(node.type), attributes, children }
}

/** Whether a node lies in source, where no formatting, link or shortcut applies. CodeNode and VerbatimNode are. */
export const $isInSource = (node: LexicalNode): boolean =>
  node instanceof CodeNode || node.getParents().some((parent) => parent instanceof CodeNode)

/** The nearest block around a node that has text of its own, or null. */
export function $blockOf(node: LexicalNode): ElementNode | null {
  return [node, ...node.getParents()].find(
    (parent) => $isElementNode(parent) && !parent.isInline(),
  ) as ElementNode | null
}
