import type { TextMatchTransformer, Transformer } from '@lexical/markdown'
import { $createTextNode, type TextNode } from 'lexical'
import { Closers, mathEnd } from '../../core/markdown/inline-tokens.ts'
import { $createRawNode, RawNode } from '../nodes/RawNode.ts'

const isMath = (text: string): boolean => mathEnd(text, 0, new Closers()) === text.length

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

/** Formulas as they are typed in a line; blocks are typed-blocks.ts'. What is one is core/markdown's to say. */
export const MATH_TYPING: readonly Transformer[] = [DISPLAY, INLINE, numeric(' '), numeric(','), numeric('.')]
