import type { MarkdownIt, StateBlock, StateCore, Token } from 'markdown-it'
import { anchorKey } from '../../core/link/anchor.ts'
import { CALLOUT_KIND } from '../../core/markdown/parse-container.ts'

/** What the dialect has around and between blocks (MARKDOWN.md), as rules of markdown-it. */
export function dialectBlocks(md: MarkdownIt): void {
  const interrupts = { alt: ['paragraph', 'reference', 'blockquote', 'list'] }
  md.block.ruler.before('fence', 'comment_block', fenced('%%', '%%', null), interrupts)
  md.block.ruler.before('fence', 'html_comment', fenced('<!--', '-->', null), interrupts)
  md.block.ruler.before('fence', 'math_block', fenced('$$', '$$', 'math_block'), interrupts)
  md.core.ruler.before('inline', 'dialect', beforeInlines)
  md.core.ruler.after('inline', 'embeds', embeds)
}

/**
 * A block from a sign at the start of a line to one at the end of the same or a later line; `%%` and `$$` open one
 * for later lines only where nothing else is in theirs. Without a second sign it is text like any other.
 */
function fenced(open: string, close: string, type: string | null) {
  return (state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean => {
    const lineAt = (line: number) =>
      state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line] ?? 0).trimEnd()
    const first = lineAt(startLine)
    if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4 || !first.startsWith(open)) return false
    const rest = first.slice(open.length)
    let last = startLine
    if (rest.includes(close)) {
      // In the midst of a line it is an inline, which other rules read; so is a formula of one line.
      if (type !== null || rest.indexOf(close) !== rest.length - close.length) return false
    } else {
      if (open === close && rest !== '') return false
      const none = `no ${close} until ${endLine}`
      if (Number(state.env[none] ?? Number.POSITIVE_INFINITY) <= startLine) return false
      const isEnd = (line: string) => (open === close ? line.endsWith(close) : line.includes(close))
      do last++
      while (last < endLine && !isEnd(lineAt(last)))
      if (last >= endLine) {
        state.env[none] = startLine
        return false
      }
      if (!lineAt(last).endsWith(close)) return false
    }
    if (silent) return true
    state.line = last + 1
    if (type === null) return true
    const between = state.getLines(startLine + 1, last, state.blkIndent, false)
    state.push(type, '', 0).content = [between, lineAt(last).slice(0, -close.length)]
      .filter((part) => part.trim() !== '')
      .join('\n')
    return true
  }
}

/** Deeper than this markdown-it drops what it reads. */
const DEEPEST = 95

function beforeInlines(state: StateCore): void {
  const { tokens, env } = state
  env.isTooDeep = tokens.some(({ level }) => level > DEEPEST)
  for (const [i, token] of tokens.entries()) {
    if (token.type === 'blockquote_open') callout(tokens, i)
    else if (token.type === 'list_item_open') task(tokens, i)
    else if (token.type === 'td_open' || token.type === 'th_open') alignByClass(token)
    else if (token.type === 'heading_open') setAnchor(token, anchorKey(withoutId(tokens[i + 1]?.content ?? '').text))
  }
  titleLines(state)
  state.tokens = blockIds(state.tokens)
  if (typeof env.passage === 'string' && env.passage !== '') {
    const passage = passageOf(state.tokens, env.passage)
    env.isFound = passage !== null
    // Definitions of footnotes may stand anywhere.
    state.tokens = passage ? [...passage, ...footnotes(state.tokens, passage)] : []
  }
}

function setAnchor(token: Token, anchor: string): void {
  token.meta = { ...token.meta, anchor }
}
const anchorOf = (token: Token): unknown => token.meta?.anchor

const CALLOUT = new RegExp(`^\\[!(${CALLOUT_KIND})\\][+-]?(?:[ \\t]+([^\\n]*))?(?:\\n|$)`, 'u')

/** `> [!kind]+ Title`: always unfolded, since a file that is handed on should hide nothing. */
function callout(tokens: Token[], at: number): void {
  const [open, paragraph, inline] = tokens.slice(at, at + 3)
  const match = paragraph?.type === 'paragraph_open' && inline ? CALLOUT.exec(inline.content) : null
  const end = closing(tokens, at)
  const close = tokens[end]
  if (!open || !inline || !match || !close) return
  // What stands behind a bar is about its looks in other tools.
  const kind = (match[1] ?? '').toLowerCase().replace(/\|.*/, '').trim()
  open.type = 'callout_open'
  close.type = 'callout_close'
  open.tag = close.tag = 'aside'
  open.attrs = [
    ['class', 'callout'],
    ['data-kind', kind],
  ]
  const title = (match[2] ?? '').trim() || kind.charAt(0).toUpperCase() + kind.slice(1)
  const rest = inline.content.slice(match[0].length)
  paragraph?.attrSet('class', 'callout-title')
  open.meta = { ...open.meta, rest }
  inline.content = title
}

/** What stands in a callout's first paragraph below its title becomes a paragraph of its own. */
function titleLines(state: StateCore): void {
  state.tokens = state.tokens.flatMap((token, i, all) => {
    const open = all[i - 3]
    const rest = token.type === 'paragraph_close' && open?.type === 'callout_open' ? open.meta?.rest : ''
    if (typeof rest !== 'string' || rest === '') return [token]
    const [start, inline, end] = [
      new state.Token('paragraph_open', 'p', 1),
      new state.Token('inline', '', 0),
      new state.Token('paragraph_close', 'p', -1),
    ]
    for (const each of [start, inline, end]) {
      each.block = true
      each.level = token.level
    }
    inline.content = rest
    inline.children = []
    inline.level = token.level + 1
    return [token, start, inline, end]
  })
}

const TASK = /^\[([ xX])\][ \t]+(?=\S)/

function task(tokens: Token[], at: number): void {
  const [item, paragraph, inline] = tokens.slice(at, at + 3)
  const match = paragraph?.type === 'paragraph_open' && inline ? TASK.exec(inline.content) : null
  if (!item || !inline || !match) return
  inline.content = inline.content.slice(match[0].length)
  item.type = 'task_open'
  item.meta = { ...item.meta, done: match[1] !== ' ' }
}

/** markdown-it writes `style`, which the policy of the page refuses. */
function alignByClass(token: Token): void {
  const align = /text-align:(left|center|right)/.exec(String(token.attrGet('style') ?? ''))?.[1]
  token.attrs = align === undefined ? null : [['class', align]]
}

const ID = /(?:^|[ \t\n])\^([A-Za-z0-9-]+)[ \t]*$/

function withoutId(text: string): { text: string; id: string | null } {
  const match = ID.exec(text)
  return match ? { text: text.slice(0, match.index), id: `^${(match[1] ?? '').toLowerCase()}` } : { text, id: null }
}

/** Takes ` ^id` out of the text, and gives it to its block: the item of a tight list, the block above an id alone. */
function blockIds(tokens: readonly Token[]): Token[] {
  const kept: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token
    const inline = token.type === 'paragraph_open' || token.type === 'heading_open' ? tokens[i + 1] : undefined
    const { text, id } = inline?.type === 'inline' ? withoutId(inline.content) : { text: '', id: null }
    if (!inline || id === null) {
      kept.push(token)
      continue
    }
    if (text.trim() === '' && token.type === 'paragraph_open') {
      const above = opening(kept)
      if (above) setAnchor(above, id)
      i += 2
      continue
    }
    inline.content = text
    const parent = kept.at(-1)
    const isFirstOfItem = parent?.type === 'list_item_open' || parent?.type === 'task_open'
    // A heading is found by its words as well.
    if (token.type === 'heading_open') token.meta = { ...token.meta, id }
    else setAnchor(isFirstOfItem ? parent : token, id)
    kept.push(token)
  }
  return kept
}

/** The token that opens the last whole block of a list. */
function opening(tokens: readonly Token[]): Token | undefined {
  let depth = 0
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i] as Token
    depth -= token.nesting
    if (depth < 0) return undefined
    if (depth === 0) return token
  }
  return undefined
}

/** Index of the token that closes the block which `at` opens; `at` itself for a block of one token. */
function closing(tokens: readonly Token[], at: number): number {
  let depth = 0
  for (let i = at; i < tokens.length; i++) {
    depth += tokens[i]?.nesting ?? 0
    if (depth <= 0) return i
  }
  return tokens.length - 1
}

/** The blocks that `[[Note#place]]` means: all below a heading, or one block. null where there is no such place. */
function passageOf(tokens: readonly Token[], place: string): Token[] | null {
  const at = tokens.findIndex((token) => anchorOf(token) === place || token.meta?.id === place)
  const start = tokens[at]
  if (!start) return null
  if (start.type !== 'heading_open' || start.level > 0 || place.startsWith('^')) {
    const end = closing(tokens, at)
    const isItem = start.type === 'list_item_open' || start.type === 'task_open'
    return tokens.slice(isItem ? at + 1 : at, isItem ? end : end + 1)
  }
  const end = tokens.findIndex(
    ({ type, level, tag }, i) => i > at && type === 'heading_open' && level === 0 && tag <= start.tag,
  )
  return tokens.slice(at, end < 0 ? undefined : end)
}

function footnotes(tokens: readonly Token[], passage: readonly Token[]): Token[] {
  const inPassage = new Set(passage)
  return tokens.flatMap((token, i) =>
    token.type === 'footnote_reference_open' && !inPassage.has(token) ? tokens.slice(i, closing(tokens, i) + 1) : [],
  )
}

const isEmbed = (token: Token): boolean => token.type === 'embed' && token.meta?.isBlock === true

/**
 * Embedded notes are blocks: a paragraph of nothing else gives way to them; among words a link stands in the place,
 * and the note below the paragraph.
 */
function embeds(state: StateCore): void {
  const { tokens } = state
  const kept: Token[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token
    const inline = token.type === 'paragraph_open' ? tokens[i + 1] : undefined
    const children = inline?.type === 'inline' ? (inline.children ?? []) : []
    const found = children.filter(isEmbed)
    if (found.length === 0) {
      kept.push(token)
      continue
    }
    const isAlone = children.every(
      (child) => isEmbed(child) || child.type === 'softbreak' || (child.type === 'text' && child.content.trim() === ''),
    )
    if (!isAlone) kept.push(...tokens.slice(i, i + 3))
    for (const { content } of found) {
      const block = new state.Token('embed_block', '', 0)
      block.block = true
      block.level = token.level
      block.content = content
      kept.push(block)
    }
    i += 2
  }
  state.tokens = kept
}
