import { sameInlines } from './equal.ts'
import { escapeAll, escapeText, type TextPlace } from './escape.ts'
import { angleLink, plainUrlEnd } from './inline-tokens.ts'
import { commonMarks } from './normalize-inlines.ts'
import { parseBlocks } from './parse-blocks.ts'
import { readHeading, readLine } from './parse-leaf.ts'
import { type Block, type Inline, type Link, MARK, type Marks, type Text } from './tree.ts'

/** `setext1`: in an underlined heading, which is written as a paragraph is. `line`: a callout's title, a cell. */
type Place = TextPlace['block'] | 'setext1' | 'setext2' | 'line'
export type InlinePlace = { readonly block: Place; readonly labels: ReadonlySet<string> }

/** How marks and text are written. The later ones are uglier and always right. */
type Style = { readonly italic: '*' | '_'; readonly all: boolean }
const STYLES: readonly Style[] = [
  { italic: '*', all: false },
  { italic: '_', all: false },
  { italic: '*', all: true },
  { italic: '_', all: true },
]

/** Prose in which no character can mean anything. */
const PROSE = /^\p{L}[\p{L}\p{N} ,.;'"?()/-]*$/u

/**
 * Normal inlines to source, lines joined by `\n`. What was written is read back and compared, in the block that it
 * will stand in; the first way of writing that reads the same is taken (SPEC, M4).
 */
export function printInlines(inlines: readonly Inline[], place: InlinePlace): string {
  const only = inlines.length === 1 ? inlines[0] : undefined
  if (!only && inlines.length === 0) return ''
  if (only?.type === 'text' && only.marks === 0 && PROSE.test(only.text)) return only.text
  let first: string | null = null
  for (const style of STYLES) {
    const source = new InlineWriter(place, style, false).write(inlines)
    if (readsBack(source, inlines, place)) return source
    first ??= source
  }
  return first ?? ''
}

function readsBack(source: string, inlines: readonly Inline[], { block, labels }: InlinePlace): boolean {
  if (block === 'heading') {
    const read = readHeading(`# ${source}`, false, labels)
    return read !== null && sameInlines(read, inlines)
  }
  if (block === 'line') {
    const read = readLine(source, labels)
    return read !== null && sameInlines(read, inlines)
  }
  const [before, indent, after] = PROBES[block]
  const { placed } = parseBlocks(`${before}${source.replaceAll('\n', `\n${indent}`)}${after}`, labels)
  if (placed.length !== 1) return false
  const read = contentOf(placed[0]?.block, block)
  return read !== null && sameInlines(read, inlines)
}

const PROBES = {
  paragraph: ['', '', ''],
  setext1: ['', '', '\n==='],
  setext2: ['', '', '\n---'],
  bullet: ['- ', '  ', ''],
  task: ['- [ ] ', '  ', ''],
  ordered: ['1. ', '   ', ''],
} as const

function contentOf(block: Block | undefined, wanted: Place): readonly Inline[] | null {
  if (!block) return null
  if (block.type === 'heading') return wanted === `setext${block.level}` ? block.children : null
  if (block.type === 'paragraph') return block.type === wanted ? block.children : null
  if (block.type !== 'list' || block.style !== wanted || block.items.length !== 1) return null
  const item = block.items[0]
  return item && item.lists.length === 0 ? item.children : null
}

const BITS = [MARK.bold, MARK.italic, MARK.strike, MARK.highlight] as const

class InlineWriter {
  readonly #place: InlinePlace
  readonly #style: Style
  readonly #inLink: boolean
  #open: Marks[] = []
  #out = ''

  constructor(place: InlinePlace, style: Style, inLink: boolean) {
    this.#place = place
    this.#style = style
    this.#inLink = inLink
  }

  write(inlines: readonly Inline[], outer: Marks = 0): string {
    const marks = marksOf(inlines).map((own) => own & ~outer)
    for (const [at, inline] of inlines.entries()) {
      // A sign before a line end opens nothing: what goes on only after the break is opened after it.
      this.#switchMarks(marks, at, inline.type !== 'break')
      this.#out += this.#inline(inline, inlines, at, (marks[at] ?? 0) | outer, marks[at + 1] ?? 0)
    }
    this.#close(() => true)
    return this.#out
  }

  #delimiter(mark: Marks): string {
    if (mark === MARK.bold) return '**'
    if (mark === MARK.italic) return this.#style.italic
    return mark === MARK.strike ? '~~' : '=='
  }

  /** Closes what does not go on, and what was opened inside it; then opens what starts, the longest outermost. */
  #switchMarks(marks: readonly Marks[], at: number, opens: boolean): void {
    const now = marks[at] ?? 0
    this.#close((mark) => (now & mark) === 0)
    if (!opens) return
    const missing = BITS.filter((bit) => (now & bit) !== 0 && !this.#open.includes(bit))
    const extent = (bit: Marks) => {
      let end = at
      while (end < marks.length && ((marks[end] ?? 0) & bit) !== 0) end += 1
      return end
    }
    const sorted = missing.length < 2 ? missing : [...missing].sort((a, b) => extent(b) - extent(a))
    for (const bit of sorted) {
      this.#open.push(bit)
      this.#out += this.#delimiter(bit)
    }
  }

  #close(ends: (mark: Marks) => boolean): void {
    const first = this.#open.findIndex(ends)
    if (first < 0) return
    for (const mark of this.#open.splice(first).reverse()) this.#out += this.#delimiter(mark)
  }

  #inline(inline: Inline, inlines: readonly Inline[], at: number, written: Marks, nextMarks: Marks): string {
    switch (inline.type) {
      case 'text':
        return (inline.marks & MARK.code) === 0 ? this.#text(inline, inlines, at, nextMarks) : codeSpan(inline.text)
      case 'wikilink':
        return `${inline.embed ? '!' : ''}[[${inline.target}]]`
      case 'raw':
        return inline.source
      case 'break':
        return `${inline.hard ? '\\' : ''}\n${this.#style.all ? indentOf(inlines[at + 1]) : ''}`
      default:
        return this.#link(inline, written)
    }
  }

  #text({ text }: Text, inlines: readonly Inline[], at: number, nextMarks: Marks): string {
    const lineStart = this.#out === '' || this.#out.endsWith('\n')
    const next = inlines[at + 1]
    const switches = this.#open.some((mark) => (nextMarks & mark) === 0) || nextMarks !== sum(this.#open)
    const after =
      !next && this.#open.length === 0 && !this.#inLink
        ? ''
        : next?.type === 'break' && !switches
          ? ''
          : firstSign(next, switches)
    const { block, labels } = this.#place
    const isLine = block === 'heading' || block === 'line'
    const place: TextPlace = {
      block: isLine ? 'heading' : block === 'setext1' || block === 'setext2' ? 'paragraph' : block,
      labels,
      lineStart: lineStart && !this.#inLink && !isLine,
      wholeLine: lineStart && (!next || next.type === 'break'),
      before: this.#inLink && this.#out === '' ? '[' : lineStart ? '' : this.#out.slice(-1),
      after,
      inLink: this.#inLink,
    }
    const escaped = this.#style.all ? escapeAll(text, place) : escapeText(text, place)
    const last = this.#place.block === 'heading' && !next && !this.#style.all
    return last ? escaped.replace(/(^|[ \t])(#+)$/, '$1\\$2') : escaped
  }

  #link(link: Link, written: Marks): string {
    const only = link.children.length === 1 ? link.children[0] : undefined
    if (only?.type === 'text' && link.title === '' && (only.marks & ~written) === 0) {
      const angle = angleLink(`<${only.text}>`, 0)
      if (angle?.url === link.url && angle.end === only.text.length + 2) return `<${only.text}>`
    }
    const text = new InlineWriter(this.#place, this.#style, true).write(link.children, written & commonMarks(link))
    return `[${text}](${destination(link.url)}${title(link)})`
  }
}

/** A line that starts with `<div>` would end the paragraph; one with four spaces before it does not. */
const indentOf = (inline: Inline | undefined): string =>
  inline?.type === 'raw' && inline.source.startsWith('<') ? '    ' : ''

const sum = (marks: readonly Marks[]): Marks => marks.reduce((all, mark) => all | mark, 0)

/** What the next thing starts with, near enough for deciding on escapes. */
function firstSign(next: Inline | undefined, switches: boolean): string {
  if (switches) return '*'
  switch (next?.type) {
    case undefined:
      return ']'
    case 'text':
      return (next.marks & MARK.code) === 0 ? next.text.slice(0, 1) : '`'
    case 'wikilink':
      return next.embed ? '!' : '['
    case 'raw':
      return next.source.slice(0, 1)
    case 'break':
      return ''
    default:
      return '['
  }
}

/** Marks to write around each inline: a link's as they stood, else where a neighbour shares them, a break's where both sides do. */
function marksOf(inlines: readonly Inline[]): Marks[] {
  const own = inlines.map(commonMarks)
  const beside = (at: number, step: 1 | -1): Marks => {
    let to = at + step
    while (inlines[to]?.type === 'break') to += step
    return own[to] ?? 0
  }
  return inlines.map((inline, at) => {
    if (inline.type === 'break') return beside(at, -1) & beside(at, 1)
    if (inline.type !== 'link') return own[at] ?? 0
    return (own[at] ?? 0) & (inline.outside ?? beside(at, -1) | beside(at, 1))
  })
}

function codeSpan(code: string): string {
  let longest = 0
  for (const run of code.matchAll(/`+/g)) longest = Math.max(longest, run[0].length)
  const fence = '`'.repeat(longest + 1)
  const padded = /^`|`$|^ .*[^ ].* $/.test(code) ? ` ${code} ` : code
  return `${fence}${padded}${fence}`
}

function destination(url: string): string {
  if (url !== '' && !/[\s<>]/.test(url) && plainUrlEnd(url, 0) === url.length) return url
  return url === '' ? '' : `<${url}>`
}

function title(link: Link): string {
  if (link.title === '') return ''
  const escaped = link.title.replace(/\\(?=[!-/:-@[-`{-~]|$)/g, '\\\\').replaceAll('"', '\\"')
  return `${link.url === '' ? '<>' : ''} "${escaped}"`
}
