import { $createHorizontalRuleNode, HorizontalRuleNode } from '@lexical/extension'
import { $createLinkNode, LinkNode } from '@lexical/link'
import { $createListNode, $isListItemNode, $isListNode, type ListItemNode, ListNode } from '@lexical/list'
import {
  BOLD_ITALIC_STAR,
  BOLD_ITALIC_UNDERSCORE,
  BOLD_STAR,
  BOLD_UNDERSCORE,
  CHECK_LIST,
  CODE,
  type ElementTransformer,
  HEADING,
  HIGHLIGHT,
  INLINE_CODE,
  ITALIC_STAR,
  ITALIC_UNDERSCORE,
  type MultilineElementTransformer,
  ORDERED_LIST,
  registerMarkdownShortcuts,
  STRIKETHROUGH,
  type TextMatchTransformer,
  type Transformer,
  UNORDERED_LIST,
} from '@lexical/markdown'
import {
  $addUpdateTag,
  $createParagraphNode,
  $createTextNode,
  type ElementNode,
  HISTORY_PUSH_TAG,
  type LexicalEditor,
  mergeRegister,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { safeUrl } from '../../core/link/url.ts'
import { footnoteMark } from '../../core/note/footnotes.ts'
import { $createCalloutNode, CalloutNode } from '../nodes/CalloutNode.ts'
import { FootnoteNode } from '../nodes/FootnoteNode.ts'
import { $createQuoteNode, $isQuoteNode, QuoteNode } from '../nodes/QuoteNode.ts'
import { $createRawNode, $isRawNode, RawNode } from '../nodes/RawNode.ts'
import { WikilinkNode } from '../nodes/WikilinkNode.ts'
import { $mayBecomeOther } from './containers.ts'
import { $ensureFootnote, $makeFootnote } from './footnotes.ts'
import { MATH_TYPING } from './math-typing.ts'
import { registerTakeBack } from './take-back.ts'
import { registerTypedBlocks } from './typed-blocks.ts'

const RULE: ElementTransformer = {
  dependencies: [HorizontalRuleNode],
  export: () => null,
  regExp: /^(?:---|\*\*\*|___)\s?$/,
  replace: (parent, children) => {
    if (children.length > 0) return false
    const rule = $createHorizontalRuleNode()
    parent.insertBefore(rule)
    parent.clear()
    parent.selectStart()
    return undefined
  },
  triggerOnEnter: true,
  type: 'element',
}

const QUOTE: ElementTransformer = {
  dependencies: [QuoteNode],
  export: () => null,
  regExp: /^>\s/,
  replace: (parent, children) => {
    const paragraph = $createParagraphNode().append(...children)
    parent.replace($createQuoteNode().append(paragraph))
    paragraph.select(0, 0)
  },
  type: 'element',
}

/** `[!note]` in the first line of a quote, and a space, after which the title is written, or Enter. */
const CALLOUT: ElementTransformer = {
  dependencies: [CalloutNode],
  export: () => null,
  regExp: /^\[!([^[\]\n]+)\]([+-]?)\s?$/,
  replace: (parent, children, match) => {
    const quote = parent.getParent()
    if (!$isQuoteNode(quote) || parent.getPreviousSibling()) return false
    const callout = $createCalloutNode(match[1] ?? '', match[2])
    const title = callout.getTitle()?.append(...children)
    callout.append(...parent.getNextSiblings())
    quote.replace(callout)
    if (/\s$/.test(match[0] ?? '')) title?.select(0, 0)
    else {
      if (callout.getChildrenSize() === 1) callout.append($createParagraphNode())
      callout.getChildAtIndex<ElementNode>(1)?.selectStart()
    }
    return undefined
  },
  triggerOnEnter: true,
  type: 'element',
}

/** `[[Title]]` typed to its end by hand. */
const WIKILINK: TextMatchTransformer = {
  dependencies: [WikilinkNode],
  regExp: /!?\[\[[^[\]\n]+\]\]$/,
  replace: (node, match) => {
    const link = new WikilinkNode(match[0]).setFormat(node.getFormat())
    node.replace(link)
    link.selectEnd()
  },
  trigger: ']',
  type: 'text-match',
}

/** `[words](address)` typed to its end; only addresses that may be opened, for a link that does nothing is a lie. */
const LINK: TextMatchTransformer = {
  dependencies: [LinkNode],
  regExp: /(?<!!)\[([^[\]\n]+)\]\(([^()\s]+)\)$/,
  replace: (node, match) => {
    const url = safeUrl(match[2] ?? '')
    if (!url) return
    const link = $createLinkNode(url)
    node.replace(link.append($createTextNode(match[1]).setFormat(node.getFormat())))
    link.selectNext(0, 0)
  },
  trigger: ')',
  type: 'text-match',
}

/** What a note has no shape for but keeps: pictures in Markdown's own form, footnote marks, comments. */
const raw = (regExp: RegExp, trigger: string): TextMatchTransformer => ({
  dependencies: [RawNode],
  regExp,
  replace: (node, match) => {
    const source = $createRawNode(match[0]).setFormat(node.getFormat())
    node.replace(source)
    source.selectEnd()
  },
  trigger,
  type: 'text-match',
})
const PICTURE = raw(/!\[[^[\]\n]*\]\((?:<[^<>\n]+>|[^()\s]+)\)$/, ')')
const MARK = raw(/\[\^[^\s[\]]+\]$/, ']')
/** The mark of a footnote; its words get their place at the end, but for one that begins a line: that may be them. */
const FOOTNOTE: TextMatchTransformer = {
  ...MARK,
  replace: (node, match) => {
    const isFirst = node.getPreviousSibling() === null
    MARK.replace?.(node, match)
    const label = footnoteMark(match[0])
    if (!isFirst && label?.is === 'label') $ensureFootnote(label.label)
  },
}

/** `: ` behind a mark at the beginning of a line: the line is that footnote. */
const FOOTNOTE_WORDS: TextMatchTransformer = {
  dependencies: [FootnoteNode],
  regExp: /^: $/,
  replace: (node) => {
    const mark = node.getPreviousSibling()
    if (!$isRawNode(mark)) return
    const rest = node.getTextContent()
    node.setTextContent('')
    if ($makeFootnote(mark)) node.remove()
    else node.setTextContent(rest).selectEnd()
  },
  trigger: ' ',
  type: 'text-match',
}
const COMMENT = raw(/%%[^%\n]+%%$/, '%')

/** A web address and the space after it. Plain once made: a link that came by itself is no different from others. */
const ADDRESS: TextMatchTransformer = {
  dependencies: [LinkNode],
  regExp: /(?<![\w/.:@[(])https?:\/\/[^\s<>[\]()]*[\w/#=&] $/,
  replace: (node, match) => {
    const text = match[0].slice(0, -1)
    const url = safeUrl(text)
    if (!url) return
    const space = $createTextNode(' ').setFormat(node.getFormat())
    const link = $createLinkNode(url).append($createTextNode(text).setFormat(node.getFormat()))
    node.replace(link)
    link.insertAfter(space)
    space.selectEnd()
  },
  trigger: ' ',
  type: 'text-match',
}

/** `[ ] ` at the start of a list item, for `- ` has made the list before the brackets come. */
const TASK: TextMatchTransformer = {
  dependencies: [ListNode],
  regExp: /^\[([ xX])\] $/,
  replace: (node, match) => {
    const item = node.getParent()
    const list = item?.getParent()
    if (!$isListItemNode(item) || !$isListNode(list) || node.getPreviousSibling()) return
    if (list.getListType() === 'check') return
    const tasks = $splitOff(list, item)
    tasks.setListType('check')
    item.setChecked(match[1] !== ' ')
    node.remove()
    item.selectStart()
  },
  trigger: ' ',
  type: 'text-match',
}

/** The item in a list of its own, so that its neighbours stay what they are; a nested list stays whole. */
function $splitOff(list: ListNode, item: ListItemNode): ListNode {
  const after = item.getNextSiblings()
  if (list.getChildrenSize() === 1 || $isListItemNode(list.getParent())) return list
  if (!item.getPreviousSibling() && after.length === 0) return list
  const own = $createListNode(list.getListType())
  list.insertAfter(own)
  if (after.length > 0) own.insertAfter($createListNode(list.getListType()).append(...after))
  own.append(item)
  if (list.getChildrenSize() === 0) list.remove()
  return own
}

/** `1)` is an ordered list too. */
const NUMBERS: ElementTransformer = { ...ORDERED_LIST, regExp: /^(\s*)(\d{1,9})[.)]\s/ }

const TRANSFORMERS: Transformer[] = [
  TASK,
  HEADING,
  QUOTE,
  CALLOUT,
  CHECK_LIST,
  UNORDERED_LIST,
  NUMBERS,
  RULE,
  CODE,
  ...MATH_TYPING,
  INLINE_CODE,
  BOLD_ITALIC_STAR,
  BOLD_ITALIC_UNDERSCORE,
  BOLD_STAR,
  BOLD_UNDERSCORE,
  HIGHLIGHT,
  ITALIC_STAR,
  ITALIC_UNDERSCORE,
  STRIKETHROUGH,
  WIKILINK,
  PICTURE,
  FOOTNOTE,
  FOOTNOTE_WORDS,
  COMMENT,
  LINK,
  ADDRESS,
]

/**
 * A title and a cell are one line of words, and become nothing else. What Enter makes is a step of undo too, as
 * Lexical's own shortcuts are that a space makes.
 */
const inItsPlace = <T extends ElementTransformer | MultilineElementTransformer>(transformer: T): T => ({
  ...transformer,
  replace: (parent: ElementNode, ...others: unknown[]) => {
    if (!$mayBecomeOther(parent)) return false
    const replace = transformer.replace as (parent: ElementNode, ...others: unknown[]) => boolean | undefined
    const answer = replace(parent, ...others)
    if (answer !== false) $addUpdateTag(HISTORY_PUSH_TAG)
    return answer
  },
})

const TYPING: Transformer[] = TRANSFORMERS.map((transformer) =>
  transformer.type === 'element' || transformer.type === 'multiline-element' ? inItsPlace(transformer) : transformer,
)

/** Markdown as it is typed becomes what it means. Reading and printing of notes is core/markdown's alone. */
export const registerMarkdownTyping = (editor: LexicalEditor): Disposer =>
  mergeRegister(registerMarkdownShortcuts(editor, TYPING), registerTypedBlocks(editor), registerTakeBack(editor))
