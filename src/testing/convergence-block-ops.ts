import { $createCodeNode } from '@lexical/code-core'
import { $createHorizontalRuleNode, $isHorizontalRuleNode } from '@lexical/extension'
import { $isTableRowNode } from '@lexical/table'
import { $createTextNode, $getRoot, $isElementNode, type LexicalNode } from 'lexical'
import { $moveBlock } from '../editor/extensions/keys.ts'
import { $nodesFromTree } from '../editor/lexical-tree.ts'
import { $createRawNode } from '../editor/nodes/RawNode.ts'
import { $createVerbatimNode } from '../editor/nodes/VerbatimNode.ts'
import {
  $caret,
  type Alphabet,
  format,
  INLINE_PROFILES,
  indent,
  link,
  makeList,
  makeQuote,
  merge,
  type Op,
  type Profile,
  remove,
  split,
  type,
  unmakeList,
  type Weighted,
} from './convergence-ops.ts'

const word = (alphabet: Alphabet): string => `${alphabet()}${alphabet()}`

/** A paragraph and a list, as Markdown or HTML comes in. */
export const paste: Op = {
  name: 'paste',
  kind: 'insert',
  run: (random, alphabet) => {
    const selection = $caret(random)
    if (!selection) return
    const text = () => ({ type: 'text' as const, text: word(alphabet), marks: 0 })
    selection.insertNodes(
      $nodesFromTree([
        { type: 'paragraph', children: [text()] },
        { type: 'paragraph', children: [text()] },
      ]),
    )
  },
}

export const moveBlock: Op = {
  name: 'move block',
  kind: 'structure',
  run: (random) => {
    if ($caret(random)) $moveBlock(random.pick(['up', 'down'] as const))
  },
}

export const addRule: Op = {
  name: 'add rule',
  kind: 'structure',
  run: (random) => {
    const blocks = $getRoot().getChildren()
    if (blocks.length > 0) random.pick(blocks).insertAfter($createHorizontalRuleNode())
  },
}
export const removeRule: Op = {
  name: 'remove rule',
  kind: 'structure',
  run: (random) => {
    const rules = $getRoot().getChildren().filter($isHorizontalRuleNode)
    if (rules.length > 0) random.pick(rules).remove()
  },
}

/** What is drawn in the place of its source: code, a verbatim block, a formula in a line. */
export const addSource: Op = {
  name: 'add source',
  kind: 'insert',
  run: (random, alphabet) => {
    const selection = $caret(random)
    if (!selection) return
    if (random.chance(0.5)) return selection.insertNodes([$createRawNode(word(alphabet))])
    const block = random.chance(0.5) ? $createCodeNode() : $createVerbatimNode()
    block.append($createTextNode(word(alphabet)))
    random.pick($getRoot().getChildren()).insertAfter(block)
  },
}

/** A row past the next one; the head stays the first. */
export const moveRow: Op = {
  name: 'move row',
  kind: 'structure',
  run: (random) => {
    const rows: LexicalNode[] = []
    const visit = (node: LexicalNode) => {
      if ($isTableRowNode(node) && node.getPreviousSibling()) rows.push(node)
      if ($isElementNode(node)) for (const child of node.getChildren()) visit(child)
    }
    visit($getRoot())
    if (rows.length === 0) return
    const row = random.pick(rows)
    const next = row.getNextSibling()
    if (next) row.insertBefore(next)
  },
}

export const PROFILES: Readonly<Record<Profile, readonly Weighted[]>> = {
  ...INLINE_PROFILES,
  tables: [...INLINE_PROFILES.tables, [moveRow, 1]],
  paste: [
    [type, 7],
    [remove, 2],
    [split, 1],
    [paste, 2],
  ],
  move: [
    [type, 8],
    [remove, 2],
    [split, 1],
    [moveBlock, 3],
  ],
  decorators: [
    [type, 7],
    [remove, 2],
    [split, 1],
    [addRule, 2],
    [removeRule, 1],
    [addSource, 2],
  ],
  mixed: [
    [type, 16],
    [remove, 4],
    [format, 2],
    [link, 2],
    [split, 2],
    [merge, 1],
    [makeList, 1],
    [unmakeList, 1],
    [indent, 1],
    [makeQuote, 1],
    [paste, 1],
    [moveBlock, 1],
    [addRule, 1],
    [addSource, 1],
  ],
}
