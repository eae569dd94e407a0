import { $createListItemNode, $insertList, $isListItemNode } from '@lexical/list'
import {
  $createParagraphNode,
  $createRangeSelection,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isParagraphNode,
  $isRangeSelection,
  $isTextNode,
  $setSelection,
  type ElementNode,
  type LexicalNode,
  type RangeSelection,
  type TextNode,
} from 'lexical'
import { $isContainerNode } from '../editor/extensions/containers.ts'
import { $removeListKeepingText } from '../editor/extensions/list-repair.ts'
import { $createQuoteNode } from '../editor/nodes/QuoteNode.ts'
import { $unwrap } from '../editor/nodes/unwrap.ts'
import { $createWikilinkNode, $isWikilinkNode } from '../editor/nodes/WikilinkNode.ts'
import type { Random } from './random.ts'

/** Characters that no other operation of the run has typed. */
export type Alphabet = () => string

export const PROFILE_NAMES = [
  'text',
  'format',
  'split',
  'wikilinks',
  'undo',
  'lists',
  'containers',
  'tables',
  'paste',
  'move',
  'decorators',
  'mixed',
] as const
export type Profile = (typeof PROFILE_NAMES)[number]

/** What one operation may do to the characters of the view it works on. */
export type OpKind = 'insert' | 'remove' | 'structure' | 'format' | 'history'

/** An operation and how often it comes. */
export type Weighted = readonly [Op, number]

export type Op = { readonly name: string; readonly kind: OpKind; run(random: Random, alphabet: Alphabet): void }

/** The elements that hold text directly: paragraphs, headings, list items without a list. */
function $textBlocks(): ElementNode[] {
  const found: ElementNode[] = []
  const visit = (node: LexicalNode) => {
    if (!$isElementNode(node)) return
    const children = node.getChildren()
    const holdsBlocks = children.some((child) => $isElementNode(child) && !child.isInline())
    if (!holdsBlocks && node.getType() !== 'root') found.push(node)
    for (const child of children) visit(child)
  }
  visit($getRoot())
  return found
}

const $texts = (block: ElementNode): TextNode[] => block.getChildren().filter((node) => $isTextNode(node))

/** A caret at some character of some block; in a link only at its edges. */
export function $caret(random: Random): RangeSelection | null {
  const blocks = $textBlocks()
  if (blocks.length === 0) return null
  const block = random.pick(blocks)
  const texts = $texts(block)
  if (texts.length === 0) return block.selectStart()
  const text = random.pick(texts)
  const size = text.getTextContentSize()
  const offset = $isWikilinkNode(text) ? random.pick([0, size]) : random.below(size + 1)
  return text.select(offset, offset)
}

/** Some characters of one run that is no link. */
function $range(random: Random, most: number): RangeSelection | null {
  const texts = $textBlocks().flatMap((block) => $texts(block).filter((text) => !$isWikilinkNode(text)))
  const long = texts.filter((text) => text.getTextContentSize() > 0)
  if (long.length === 0) return null
  const text = random.pick(long)
  const from = random.below(text.getTextContentSize())
  const to = Math.min(text.getTextContentSize(), from + 1 + random.below(most))
  return text.select(from, to)
}

export const type: Op = {
  name: 'type',
  kind: 'insert',
  run: (random, alphabet) => {
    const text = Array.from({ length: 1 + random.below(3) }, alphabet).join('')
    $caret(random)?.insertText(text)
  },
}
/** The next keystroke of a sentence, where the caret is; now and then a sentence begins in another place. */
export const typeOn: Op = {
  name: 'type on',
  kind: 'insert',
  run: (random, alphabet) => {
    const selection = $getSelection()
    const goesOn = $isRangeSelection(selection) && selection.isCollapsed() && !random.chance(0.03)
    const caret = goesOn ? selection : $caret(random)
    caret?.insertText(alphabet())
  },
}
export const remove: Op = { name: 'remove', kind: 'remove', run: (random) => $range(random, 3)?.removeText() }
export const format: Op = {
  name: 'format',
  kind: 'format',
  run: (random) => {
    const selection = $range(random, 6)
    if (!selection) return
    // as a person selects: what has the mark already loses it
    selection.setFormat((selection.anchor.getNode() as TextNode).getFormat())
    selection.formatText(random.pick(['bold', 'italic', 'code', 'highlight'] as const))
  },
}
export const split: Op = { name: 'split', kind: 'structure', run: (random) => void $caret(random)?.insertParagraph() }
const breakLine: Op = { name: 'break', kind: 'structure', run: (random) => $caret(random)?.insertLineBreak() }

export const merge: Op = {
  name: 'merge',
  kind: 'structure',
  run: (random) => {
    const pairs = $getRoot()
      .getChildren()
      .filter((node) => $isParagraphNode(node) && $isParagraphNode(node.getNextSibling()))
    if (pairs.length === 0) return
    const first = random.pick(pairs) as ElementNode
    const second = first.getNextSibling() as ElementNode
    first.append(...second.getChildren())
    second.remove()
  },
}

const removeAcross: Op = {
  name: 'remove across',
  kind: 'remove',
  run: (random) => {
    const blocks = $textBlocks().filter((block) => $texts(block).length > 0)
    const index = random.below(blocks.length)
    const [first, second] = [blocks[index], blocks[index + 1]]
    const from = first?.getLastChild()
    const to = second?.getFirstChild()
    if (!$isTextNode(from) || !$isTextNode(to) || $isWikilinkNode(from) || $isWikilinkNode(to)) return
    const selection = $createRangeSelection()
    selection.anchor.set(from.getKey(), random.below(from.getTextContentSize() + 1), 'text')
    selection.focus.set(to.getKey(), random.below(to.getTextContentSize() + 1), 'text')
    $setSelection(selection)
    selection.removeText()
  },
}

export const link: Op = {
  name: 'link',
  kind: 'insert',
  run: (random, alphabet) => {
    const target = Array.from({ length: 1 + random.below(3) }, alphabet).join('')
    const id = random.chance(0.5) ? `id-${target.codePointAt(0)}-of-a-note` : ''
    $caret(random)?.insertNodes([$createWikilinkNode(target, { id, embed: random.chance(0.1) })])
  },
}
const unlink: Op = {
  name: 'unlink',
  kind: 'remove',
  run: (random) => {
    const links = $textBlocks().flatMap((block) => $texts(block).filter($isWikilinkNode))
    if (links.length > 0) random.pick(links).remove()
  },
}
const renameLink: Op = {
  name: 'rename link',
  kind: 'history',
  run: (random, alphabet) => {
    const links = $textBlocks().flatMap((block) => $texts(block).filter($isWikilinkNode))
    if (links.length > 0) random.pick(links).setTextContent(`[[${alphabet()}]]`)
  },
}

export const makeList: Op = {
  name: 'make list',
  kind: 'structure',
  run: (random) => {
    if (!$caret(random)) return
    $insertList(random.pick(['bullet', 'number', 'check'] as const))
  },
}
export const unmakeList: Op = {
  name: 'unmake list',
  kind: 'structure',
  run: (random) => {
    if ($caret(random) && $itemAtCaret()) $removeListKeepingText()
  },
}
export const indent: Op = {
  name: 'indent',
  kind: 'structure',
  run: (random) => {
    if (!$caret(random)) return
    const item = $itemAtCaret()
    if (item) item.setIndent(Math.max(0, Math.min(2, item.getIndent() + random.pick([-1, 1]))))
  },
}
const addItem: Op = {
  name: 'add item',
  kind: 'structure',
  run: (random) => {
    if ($caret(random)) $itemAtCaret()?.insertAfter($createListItemNode())
  },
}
export const check: Op = {
  name: 'check',
  kind: 'format',
  run: (random) => {
    if ($caret(random)) $itemAtCaret()?.toggleChecked()
  },
}

function $itemAtCaret() {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return null
  const node = selection.anchor.getNode()
  return [node, ...node.getParents()].find($isListItemNode) ?? null
}

const addParagraph: Op = {
  name: 'add paragraph',
  kind: 'structure',
  run: (random) => {
    const blocks = $getRoot().getChildren()
    if (blocks.length > 0) random.pick(blocks).insertAfter($createParagraphNode())
  },
}

export const makeQuote: Op = {
  name: 'make quote',
  kind: 'structure',
  run: (random) => {
    const blocks = $textBlocks().filter((block) => $isParagraphNode(block))
    if (blocks.length === 0) return
    const block = random.pick(blocks)
    const quote = $createQuoteNode()
    block.insertBefore(quote)
    quote.append(block)
  },
}
/** Of quotes and footnotes; a callout's title would have to become something else first. */
const unmakeQuote: Op = {
  name: 'unmake quote',
  kind: 'structure',
  run: (random) => {
    const container = $containers().filter((node) => node.getType() !== 'callout')
    if (container.length > 0) $unwrap(random.pick(container))
  },
}
const goOnBelow: Op = {
  name: 'go on below',
  kind: 'structure',
  run: (random) => {
    const containers = $containers()
    if (containers.length > 0) random.pick(containers).insertAfter($createParagraphNode())
  },
}

function $containers(): ElementNode[] {
  const found: ElementNode[] = []
  const visit = (node: LexicalNode) => {
    if (!$isElementNode(node)) return
    if ($isContainerNode(node)) found.push(node)
    for (const child of node.getChildren()) visit(child)
  }
  visit($getRoot())
  return found
}

/** Operations by how often they come: mostly typing, as people write. */
export const INLINE_PROFILES = {
  text: [
    [type, 7],
    [remove, 3],
  ],
  format: [
    [type, 5],
    [remove, 2],
    [format, 4],
  ],
  split: [
    [type, 8],
    [remove, 2],
    [split, 2],
    [merge, 1],
    [removeAcross, 1],
    [addParagraph, 1],
    [breakLine, 1],
  ],
  wikilinks: [
    [type, 6],
    [remove, 2],
    [link, 4],
    [unlink, 1],
    [renameLink, 1],
    [format, 1],
  ],
  undo: [
    [type, 6],
    [remove, 2],
    [format, 1],
    [link, 1],
    [addParagraph, 1],
  ],
  containers: [
    [type, 9],
    [remove, 2],
    [format, 1],
    [split, 2],
    [makeQuote, 1],
    [unmakeQuote, 1],
    [goOnBelow, 1],
  ],
  tables: [
    [type, 8],
    [remove, 2],
    [format, 1],
    [link, 1],
    [breakLine, 1],
  ],
  lists: [
    [type, 10],
    [remove, 2],
    [makeList, 1],
    [unmakeList, 1],
    [indent, 1],
    [addItem, 2],
    [check, 2],
  ],
} satisfies Partial<Record<Profile, readonly Weighted[]>>
