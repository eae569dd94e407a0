import type { Tree as SyntaxTree } from '@lezer/common'
import {
  type BlockContext,
  type LeafBlock,
  type LeafBlockParser,
  type Line,
  type MarkdownConfig,
  parser,
  Table,
} from '@lezer/markdown'
import { trim } from './characters.ts'

/**
 * Blocks by @lezer/markdown: CommonMark and tables, with source offsets for every node. Its inline parsers are
 * switched off (see inline.ts), and two blocks are added that Obsidian's users write: `$$` math and `%%` comments
 * over several lines.
 */
export function parseBlockTree(text: string): SyntaxTree {
  fences = { text, missing: new Map() }
  try {
    return blocks.parse(text)
  } finally {
    fences = { text: '', missing: new Map() }
  }
}

// A block parser of lezer's sees one line and cannot go back, but has to know whether a fence is ever closed.
// Parsing is synchronous, so the text that is being parsed can stand here meanwhile.
let fences: { text: string; missing: Map<string, number> } = { text: '', missing: new Map() }

/** The end of the line that closes a fence opened on the line at `from`, or -1. It closes at the end of a line. */
function fencedEnd(from: number, lineEnd: number, sign: string): number {
  const { text, missing } = fences
  const known = missing.get(sign)
  if (known !== undefined && from >= known) return -1
  for (let close = text.indexOf(sign, lineEnd); close >= 0; close = text.indexOf(sign, close + 2)) {
    const end = text.indexOf('\n', close)
    const rest = text.slice(close + 2, end < 0 ? undefined : end)
    if (trim(rest) === '') return end < 0 ? text.length : end
  }
  missing.set(sign, from)
  return -1
}

function parseFenced(context: BlockContext, line: Line, sign: string, name: string): boolean {
  // Only at the top: in a list the whole list is verbatim anyway, and what is in a quote is read by itself.
  if (context.depth !== 1 || !line.text.startsWith(sign, line.pos)) return false
  if (line.text.indexOf(sign, line.pos + 2) >= 0) return false
  const from = context.lineStart + line.pos
  const to = fencedEnd(from, context.lineStart + line.text.length, sign)
  if (to < 0) return false
  while (context.nextLine() && context.lineStart < to);
  context.addElement(context.elt(name, from, to))
  return true
}

const DEFINITION =
  /^\[(?=[^\]]*[^\s\]])(?:[^[\]\\]|\\[\s\S]){1,999}\]:[ \t]*\n?[ \t]*(?:<(?:[^<>\n\\]|\\.)*>|[^\s<]\S*)(?:(?:[ \t]+|[ \t]*\n[ \t]*)(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|\((?:[^()\\]|\\[\s\S])*\)))?[ \t]*$/
/** A footnote is none. */
const DEFINES = /^\[(?!\^[^\s[\]]+\]:)/
const LONGEST_DEFINITION = 4_000

/**
 * Reference definitions, instead of lezer's own parser for them, which copies the whole paragraph at every further
 * line of it: minutes for a bracket that is never closed.
 */
class DefinitionParser implements LeafBlockParser {
  #open = true

  nextLine(context: BlockContext, line: Line, leaf: LeafBlock): boolean {
    if (leaf.content.length > LONGEST_DEFINITION) this.#open = false
    if (!this.#open || !DEFINITION.test(leaf.content)) return false
    // A title may follow on the next line.
    if (DEFINITION.test(`${leaf.content}\n${line.text.slice(line.pos)}`)) return false
    return this.finish(context, leaf)
  }

  finish(context: BlockContext, leaf: LeafBlock): boolean {
    if (!this.#open || leaf.content.length > LONGEST_DEFINITION || !DEFINITION.test(leaf.content)) return false
    context.addLeafElement(leaf, context.elt('LinkReference', leaf.start, leaf.start + leaf.content.length))
    return true
  }
}

type BlockParse = (context: BlockContext, line: Line) => boolean | null
/** What of lezer's parser has no types. */
type Insides = { readonly blockNames: readonly string[]; readonly blockParsers: readonly (BlockParse | undefined)[] }
type OpenItem = { blankFirstLine: boolean }

const BARE_MARKER = /^(?:[-+*]|\d{1,9}[.)])[ \t]*$/

/**
 * An item that begins with a blank line ends at a second one. lezer's own rule for it compares a column with a
 * length, so that a short item behind a tab counts as empty, and forgets what the item holds while that is open: a
 * blank line would then end the item, and what is below it would be code.
 */
function withBlankItems(name: 'BulletList' | 'OrderedList'): { name: string; parse: BlockParse } {
  const { blockNames, blockParsers } = parser as unknown as Insides
  const parse = blockParsers[blockNames.indexOf(name)]
  return {
    name,
    parse: (context, line) => {
      const from = line.pos
      const answer = parse?.(context, line) ?? null
      if (answer !== null) return answer
      const item = (context as unknown as { block: OpenItem }).block
      const isBare = BARE_MARKER.test(line.text.slice(from, from + 12)) && BARE_MARKER.test(line.text.slice(from))
      if (!isBare) item.blankFirstLine = false
      else {
        const second = context.lineStart + line.text.length + 1
        Object.defineProperty(item, 'blankFirstLine', { get: () => context.lineStart === second })
      }
      return null
    },
  }
}

const dialect: MarkdownConfig = {
  defineNodes: [
    { name: 'MathBlock', block: true },
    { name: 'CommentFence', block: true },
  ],
  parseBlock: [
    withBlankItems('BulletList'),
    withBlankItems('OrderedList'),
    { name: 'LinkReference', leaf: (_, leaf) => (DEFINES.test(leaf.content) ? new DefinitionParser() : null) },
    {
      name: 'MathBlock',
      before: 'FencedCode',
      parse: (context, line) => parseFenced(context, line, '$$', 'MathBlock'),
    },
    {
      name: 'CommentFence',
      before: 'FencedCode',
      parse: (context, line) => parseFenced(context, line, '%%', 'CommentFence'),
    },
  ],
  parseInline: [{ name: 'Nothing', before: 'Escape', parse: (context) => context.end }],
}

const blocks = parser.configure([Table, dialect])

const types = new Map(blocks.nodeSet.types.map((type) => [type.name, type.id]))
const idOf = (name: string): number => types.get(name) ?? -1

/** Node types by name, so that comparing is a number. */
export const NODE = {
  paragraph: idOf('Paragraph'),
  quote: idOf('Blockquote'),
  rule: idOf('HorizontalRule'),
  bulletList: idOf('BulletList'),
  orderedList: idOf('OrderedList'),
  listItem: idOf('ListItem'),
  listMark: idOf('ListMark'),
  atx1: idOf('ATXHeading1'),
  atx6: idOf('ATXHeading6'),
  setext1: idOf('SetextHeading1'),
  setext2: idOf('SetextHeading2'),
  fencedCode: idOf('FencedCode'),
  indentedCode: idOf('CodeBlock'),
  table: idOf('Table'),
} as const
