import type { ElementTransformer, TextMatchTransformer, Transformer } from '@lexical/markdown'
import { $createLineBreakNode, $createTextNode, type TextNode } from 'lexical'
import { Closers, mathEnd } from '../../core/markdown/inline-tokens.ts'
import { $createRawNode, RawNode } from '../nodes/RawNode.ts'
import { $createVerbatimNode, VerbatimNode } from '../nodes/VerbatimNode.ts'

const isMath = (text: string): boolean => mathEnd(text, 0, new Closers()) === text.length

/** `$$` and Enter: a block, with the caret on its line between the signs. */
const BLOCK: ElementTransformer = {
  dependencies: [VerbatimNode],
  export: () => null,
  regExp: /^\$\$\s?$/,
  replace: (parent, children) => {
    if (children.length > 0) return false
    const block = $createVerbatimNode().append(
      $createTextNode('$$'),
      $createLineBreakNode(),
      $createLineBreakNode(),
      $createTextNode('$$'),
    )
    parent.replace(block)
    block.select(2, 2)
    return undefined
  },
  triggerOnEnter: true,
  type: 'element',
}

/** `$$…$$` on one line, which is inline source in Markdown, wherever it stands. */
const DISPLAY: TextMatchTransformer = {
  dependencies: [RawNode],
  regExp: /(?<![\\$])\$\$[^$\n]+\$\$$/,
  replace: (node, match) => {
    if (isMath(match[0])) $replaceByRaw(node, match[0])
  },
  trigger: '$',
  type: 'text-match',
}

/** `$…$` as soon as it is closed, but for what begins with a digit: `$5-$6` are prices. */
const INLINE: TextMatchTransformer = {
  dependencies: [RawNode],
  regExp: /(?<![\\$])\$(?![\s\d$])(?:[^$\n]*[^\s\\$])?\$$/,
  replace: (node, match) => {
    if (isMath(match[0])) $replaceByRaw(node, match[0])
  },
  trigger: '$',
  type: 'text-match',
}

/** One that begins with a digit is math when something other than a digit has come after it. */
const numeric = (trigger: ' ' | ',' | '.'): TextMatchTransformer => ({
  dependencies: [RawNode],
  regExp: new RegExp(`(?<![\\\\$])\\$\\d(?:[^$\\n]*[^\\s\\\\$])?\\$${trigger === '.' ? '\\.' : trigger}$`),
  replace: (node, match) => {
    const source = match[0].slice(0, -1)
    if (!isMath(source)) return
    const after = $createTextNode(trigger).setFormat(node.getFormat())
    const raw = $createRawNode(source).setFormat(node.getFormat())
    node.replace(raw)
    raw.insertAfter(after)
    after.selectEnd()
  },
  trigger,
  type: 'text-match',
})

function $replaceByRaw(node: TextNode, source: string): void {
  const raw = $createRawNode(source).setFormat(node.getFormat())
  node.replace(raw)
  raw.selectEnd()
}

/** Formulas as they are typed. What is one is core/markdown's to say. */
export const MATH_TYPING: readonly Transformer[] = [BLOCK, DISPLAY, INLINE, numeric(' '), numeric(','), numeric('.')]
