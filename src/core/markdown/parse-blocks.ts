import type { Tree as SyntaxTree, TreeCursor } from '@lezer/common'
import { NODE, parseBlockTree } from './block-parser.ts'
import { trimEnd } from './characters.ts'
import { definedLabels } from './labels.ts'
import { footnoteStarts, MOST_CONTAINERS, type ReadInner, readFootnote, readQuote } from './parse-container.ts'
import {
  dedent,
  FOOTNOTE_DEFINITION,
  readFencedCode,
  readHeading,
  readIndentedCode,
  readParagraph,
  unindent,
} from './parse-leaf.ts'
import { joinLists, lineEnd, mergeLists, readList } from './parse-list.ts'
import { readTable } from './parse-table.ts'
import type { ParsedBlocks, PlacedBlock } from './parsed-note.ts'
import { type Block, EMPTY_TREE, type HeadingLevel, type Tree } from './tree.ts'

/** 2 MB, as the store's limit for a note's source; above it a note is plain text. */
const LONGEST = 2_000_000
// A line that opens a hundred containers: each further line would be compared with all of them.
const TOO_DEEP = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){100}/m

const NO_LABELS: ReadonlySet<string> = new Set()

const WIDE_INDENT = /^[ \t]{100,}/gm
const MOST_INDENT = 300_000_000

/** Deeply indented lines cost the square of their indentation each where they are nested lists. */
function isTooDeep(text: string): boolean {
  if (TOO_DEEP.test(text)) return true
  let cost = 0
  for (const [indent] of text.matchAll(WIDE_INDENT)) cost += indent.length ** 2
  return cost > MOST_INDENT
}

/**
 * Blocks of a text whose lines end in `\n`, without frontmatter; offsets are into `text`. Never throws:
 * what is too large or too deep is one verbatim block. Empty for a text of blank lines. `known` are reference labels
 * that are defined elsewhere, for a part of a note; `depth` is in how many containers the text stands.
 */
export function parseBlocks(text: string, known: ReadonlySet<string> = NO_LABELS, depth = 0): ParsedBlocks {
  const degraded = text.length > LONGEST ? 'too-large' : isTooDeep(text) ? 'too-deep' : null
  if (degraded) return { placed: asText(text), degraded }
  try {
    const tree = parseBlockTree(text)
    let placed = new BlockReader(text, known, depth).read(tree)
    // Labels count everywhere in a note, so they are looked for in the whole of it.
    if (depth === 0 && text.includes(']:')) {
      const own = definedLabels(placed.map(({ block }) => block))
      const labels = new Set([...known, ...own])
      if (labels.size > known.size) placed = new BlockReader(text, labels, depth).read(tree)
    }
    return { placed, degraded: null }
  } catch {
    // A stack that overflows on hostile nesting; the text itself is safe.
    return { placed: asText(text), degraded: 'parser-failed' }
  }
}

function asText(text: string): PlacedBlock[] {
  const lead = /^(?:[ \t]*\n)*/.exec(text)?.[0].length ?? 0
  const source = trimEnd(text.slice(lead))
  if (source === '') return []
  return [{ block: { type: 'verbatim', source }, span: { from: lead, to: lead + source.length, items: null } }]
}

export const treeOf = (placed: readonly PlacedBlock[]): Tree =>
  placed.length === 0 ? EMPTY_TREE : placed.map(({ block }) => block)

const FOOTNOTE_LINE = /^\[\^[^\s[\]]+\]:/m

/** Code in a list may be open to the list's end: a blank line below it would be one more of its lines. */
const LIST_LINE = /^[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)/m

class BlockReader {
  readonly #text: string
  readonly #labels: ReadonlySet<string>
  readonly #depth: number
  readonly #readInner: ReadInner
  #placed: PlacedBlock[] = []

  constructor(text: string, labels: ReadonlySet<string>, depth: number) {
    this.#text = text
    this.#labels = labels
    this.#depth = depth
    this.#readInner = (inner) => parseBlocks(inner, labels, depth + 1)
  }

  read(tree: SyntaxTree): PlacedBlock[] {
    const cursor = tree.cursor()
    if (!cursor.firstChild()) return []
    do this.#node(cursor)
    while (cursor.nextSibling())
    return this.#placed
  }

  #node(cursor: TreeCursor): void {
    const text = this.#text
    const from = text.lastIndexOf('\n', cursor.from - 1) + 1
    let to = cursor.to
    while (to > from && text.charCodeAt(to - 1) === 10) to -= 1
    to = lineEnd(text, to)
    const id = cursor.type.id
    if (id === NODE.indentedCode && this.#isInFootnote()) this.#extend(to)
    else if (id === NODE.paragraph && this.#startsFootnote(cursor.from)) this.#footnotes(from, to)
    else if (id === NODE.bulletList || id === NODE.orderedList) this.#list(cursor, from, to)
    else this.#add(this.#block(cursor, id, from, to) ?? this.#verbatim(from, to), from, to)
  }

  /** Null for what the tree has no shape for. */
  #block(cursor: TreeCursor, id: number, from: number, to: number): Block | null {
    const text = this.#text
    if (id === NODE.paragraph) {
      const children = readParagraph(unindent(text.slice(cursor.from, cursor.to)), this.#labels)
      return children && { type: 'paragraph', children }
    }
    if (id >= NODE.atx1 && id <= NODE.atx6) return this.#heading(from, to, id - NODE.atx1 + 1, false)
    if (id === NODE.setext1) return this.#heading(cursor.from, to, 1, true)
    if (id === NODE.setext2) return this.#heading(cursor.from, to, 2, true)
    if (id === NODE.rule) return { type: 'rule' }
    if (id === NODE.fencedCode) return readFencedCode(text.slice(from, to))
    if (id === NODE.indentedCode) return readIndentedCode(text.slice(from, to))
    if (id === NODE.table) return readTable(text.slice(from, to), this.#labels)
    const isOpen = id === NODE.quote && this.#depth < MOST_CONTAINERS
    return isOpen ? readQuote(text.slice(from, to), this.#labels, this.#readInner) : null
  }

  #heading(from: number, to: number, level: number, setext: boolean): Block | null {
    const children = readHeading(this.#text.slice(from, to), setext, this.#labels)
    return children && { type: 'heading', level: level as HeadingLevel, children }
  }

  #list(cursor: TreeCursor, from: number, to: number): void {
    const lists = readList(cursor, this.#text, this.#labels)
    if (!lists) {
      this.#add(this.#verbatim(from, to), from, to)
      return
    }
    const last = this.#placed[this.#placed.length - 1]
    const before = last?.block.type === 'list' ? [{ list: last.block, ...last.span }] : []
    if (before.length > 0) this.#placed.pop()
    for (const { list, items, from: start, to: end } of mergeLists(joinLists(before, lists))) {
      this.#placed.push({ block: list, span: { from: start, to: end, items } })
    }
  }

  #startsFootnote(from: number): boolean {
    if (this.#depth >= MOST_CONTAINERS || !this.#text.startsWith('[^', from)) return false
    return FOOTNOTE_DEFINITION.test(this.#text.slice(from, lineEnd(this.#text, from)))
  }

  /** A paragraph with footnotes in it, each on lines of its own. */
  #footnotes(from: number, to: number): void {
    const starts = footnoteStarts(this.#text.slice(from, to))
    for (const [at, start] of starts.entries()) {
      const next = starts[at + 1]
      this.#footnote(from + start, next === undefined ? to : from + next - 1)
    }
  }

  #footnote(from: number, to: number): void {
    const last = this.#placed[this.#placed.length - 1]
    const isBelowOpen =
      last?.span.to === from - 1 && last.block.type === 'verbatim' && LIST_LINE.test(last.block.source)
    const footnote = isBelowOpen ? null : readFootnote(this.#text.slice(from, to), this.#readInner)
    this.#add(footnote ?? this.#verbatim(from, to), from, to)
  }

  /** Further paragraphs of a footnote are indented, and code to a parser that knows no footnotes. */
  #isInFootnote(): boolean {
    const last = this.#placed[this.#placed.length - 1]?.block
    return last?.type === 'footnote' || (last?.type === 'verbatim' && FOOTNOTE_LINE.test(last.source))
  }

  #extend(to: number): void {
    const last = this.#placed.pop()
    if (last?.block.type === 'footnote') this.#footnote(last.span.from, to)
    else if (last) this.#add(this.#verbatim(last.span.from, to), last.span.from, to)
  }

  /** As written, indentation included: without it, lists below would not be where they are. */
  #verbatim(from: number, to: number): Block {
    return { type: 'verbatim', source: trimEnd(this.#text.slice(from, to)) }
  }

  #add(block: Block, from: number, to: number): void {
    const span = { from, to, items: null }
    const last = this.#placed[this.#placed.length - 1]
    if (block.type === 'verbatim' && last?.block.type === 'list') {
      this.#placed.push({ block: { type: 'verbatim', source: dedent(block.source) }, span })
      return
    }
    // Verbatim blocks with no blank line between are one: reference definitions come in dozens.
    if (block.type === 'verbatim' && last?.block.type === 'verbatim' && last.span.to + 1 === span.from) {
      const source = `${last.block.source}\n${block.source}`
      this.#placed[this.#placed.length - 1] = {
        block: { type: 'verbatim', source },
        span: { ...span, from: last.span.from },
      }
    } else this.#placed.push({ block, span })
  }
}
