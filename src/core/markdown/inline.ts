import { holdsAddress, isAddressEscape } from './addresses.ts'
import { bareUrlEnd, bareUrlStart, isAsciiPunctuation } from './characters.ts'
import { type Delimiter, type MarkRange, matchDelimiters, readDelimiter } from './emphasis.ts'
import { readReference } from './entities.ts'
import {
  angleLink,
  Closers,
  commentEnd,
  footnoteEnd,
  htmlEnd,
  linkDestination,
  mathEnd,
  referenceLabel,
  wikilinkEnd,
} from './inline-tokens.ts'
import { ESCAPED, marksAround, marksIn, nestInlines, nestOf, type Step, withNest } from './nesting.ts'
import { RangeSweep } from './range-sweep.ts'
import { type Inline, type Link, MARK, type Marks } from './tree.ts'

/**
 * Inline source to inlines: CommonMark 0.31, strikethrough and what Obsidian's users write. A parser of our own
 * and not @lezer/markdown's: that one takes every `[word]` for a link, is quadratic in delimiters, and its nodes
 * would have to be walked again (README.md has the figures).
 *
 * `text` is the content of one paragraph or heading, its lines joined by `\n` and without their indentation.
 * `labels` are the reference labels that the note defines (see labels.ts). Null where reading would cost too much
 * (hostile input): the caller keeps the source. Otherwise nearly normal: see `normalizeInlines`.
 */
export function parseInlines(text: string, labels: ReadonlySet<string>): Inline[] | null {
  if (!SPECIAL.test(text)) return text === '' ? [] : [{ type: 'text', text, marks: 0 }]
  return new InlineParser(text, labels).run()
}

const SPECIAL = /[\n\\`*_~=%$![\]<&]|:\/\//
const PLAIN = /[^\n\\`*_~=%$![\]<&:]+/y
const RUN = /([*_~=])\1*/y
/** Signs times length: above it, scanning for closers could take longer than the import's time limit. */
const MOST_WORK = 200_000_000

/** Text (`node` null) that is still growing into neighbours, a delimiter's unused signs, or a finished inline. */
type Piece = { text: string; readonly node: Inline | null; readonly delimiter: Delimiter | null }

type Bracket = {
  readonly piece: number
  readonly image: boolean
  /** Place right after the bracket, and of its first sign. */
  readonly inside: number
  readonly start: number
  readonly delimiterBelow: Delimiter | null
  active: boolean
}

class InlineParser {
  readonly #text: string
  readonly #labels: ReadonlySet<string>
  readonly #closers = new Closers()
  #pieces: Piece[] = []
  #brackets: Bracket[] = []
  #lastDelimiter: Delimiter | null = null
  #buffer = ''
  #pos = 0
  #tooDeep = false
  #escapes = false
  #hasAddress: boolean | null = null
  #hasTildes: boolean | null = null

  constructor(text: string, labels: ReadonlySet<string>) {
    this.#text = text
    this.#labels = labels
  }

  run(): Inline[] | null {
    const text = this.#text
    const most = Math.max(2_000, MOST_WORK / (text.length + 1))
    let signs = 0
    while (this.#pos < text.length) {
      PLAIN.lastIndex = this.#pos
      if (PLAIN.test(text)) {
        this.#buffer += text.slice(this.#pos, PLAIN.lastIndex)
        this.#pos = PLAIN.lastIndex
        if (this.#pos >= text.length) break
      }
      signs += 1
      if (signs > most) return null
      this.#pos = this.#sign(text[this.#pos] ?? '')
    }
    this.#flush()
    const { inlines, steps } = this.#collect(0, this.#match(null))
    if (this.#tooDeep) return null
    return steps ? nestInlines(inlines, steps, marksAround(inlines), 0) : inlines
  }

  /** Each of these reads what starts at `#pos` and answers where it ends. */
  #sign(char: string): number {
    switch (char) {
      case '\n':
        return this.#lineEnd()
      case '\\':
        return this.#backslash()
      case '`':
        return this.#code()
      case '*':
      case '_':
      case '~':
      case '=':
        return this.#delimiter()
      case '%':
        return this.#rawTo(commentEnd(this.#text, this.#pos, this.#closers))
      case '$':
        return this.#rawTo(mathEnd(this.#text, this.#pos, this.#closers))
      case '<':
        return this.#angle()
      case '&':
        return this.#reference()
      case ':':
        return this.#colon()
      case '!':
        return this.#bang()
      case '[':
        return this.#open()
      default:
        return this.#close()
    }
  }

  #flush(): void {
    if (this.#buffer === '') return
    this.#pieces.push({ text: this.#buffer, node: null, delimiter: null })
    this.#buffer = ''
  }

  #push(node: Inline, end: number): number {
    this.#flush()
    this.#pieces.push({ text: '', node, delimiter: null })
    return end
  }

  #literal(length: number): number {
    this.#buffer += this.#text.slice(this.#pos, this.#pos + length)
    return this.#pos + length
  }

  #rawTo(end: number): number {
    if (end < 0) return this.#literal(1)
    return this.#push({ type: 'raw', source: this.#text.slice(this.#pos, end), marks: 0 }, end)
  }

  #lineEnd(): number {
    const trimmed = this.#buffer.replace(/ +$/, '')
    const hard = this.#buffer.length - trimmed.length >= 2
    this.#buffer = trimmed
    return this.#push({ type: 'break', hard }, this.#pos + 1)
  }

  #backslash(): number {
    const next = this.#text[this.#pos + 1] ?? ''
    if (next === '\n') return this.#push({ type: 'break', hard: true }, this.#pos + 2)
    if (next === '' || !isAsciiPunctuation(next)) return this.#literal(1)
    if (this.#isTold(next)) {
      this.#escapes = true
      return this.#push({ type: 'text', text: next, marks: 0, nest: ESCAPED }, this.#pos + 2)
    }
    this.#buffer += next
    return this.#pos + 2
  }

  /** Whether other readers would read the sign otherwise without its backslash, though this one would not. */
  #isTold(sign: string): boolean {
    this.#hasAddress ??= holdsAddress(this.#text)
    if (this.#hasAddress && isAddressEscape(this.#text, this.#pos)) return true
    if (sign !== '~') return false
    // GFM takes a pair of single ones as a mark.
    this.#hasTildes ??= this.#text.indexOf('~') !== this.#text.lastIndexOf('~')
    return this.#hasTildes && !/^\\?~/.test(this.#text.slice(this.#pos + 2, this.#pos + 4)) && !this.#isAfterTilde()
  }

  #isAfterTilde(): boolean {
    return this.#text[this.#pos - 1] === '~'
  }

  #code(): number {
    let open = this.#pos
    while (this.#text[open] === '`') open += 1
    const size = open - this.#pos
    const close = this.#closers.findBackticks(this.#text, size, open)
    if (close < 0) return this.#literal(size)
    let code = this.#text.slice(open, close).replaceAll('\n', ' ')
    if (code.startsWith(' ') && code.endsWith(' ') && /[^ ]/.test(code)) code = code.slice(1, -1)
    return this.#push({ type: 'text', text: code, marks: MARK.code }, close + size)
  }

  #delimiter(): number {
    RUN.lastIndex = this.#pos
    const run = RUN.exec(this.#text)?.[0] ?? ''
    const size = run.length
    if ((run.startsWith('~') || run.startsWith('=')) && size !== 2) return this.#literal(size)
    this.#flush()
    const delimiter = readDelimiter(this.#text, this.#pos, size, this.#pieces.length)
    this.#pieces.push({ text: run, node: null, delimiter })
    if (delimiter.opens || delimiter.closes) {
      delimiter.previous = this.#lastDelimiter
      if (this.#lastDelimiter) this.#lastDelimiter.next = delimiter
      this.#lastDelimiter = delimiter
    }
    return this.#pos + size
  }

  #angle(): number {
    const link = angleLink(this.#text, this.#pos)
    if (!link) return this.#rawTo(htmlEnd(this.#text, this.#pos, this.#closers))
    const children = [{ type: 'text' as const, text: link.shown, marks: 0 }]
    return this.#push({ type: 'link', url: link.url, title: '', children }, link.end)
  }

  #reference(): number {
    const reference = readReference(this.#text, this.#pos)
    if (!reference) return this.#literal(1)
    if (reference.text === null) return this.#rawTo(reference.end)
    // At the edge of a line a space is nothing, unless it is written so.
    if (/^[ \t]$/.test(reference.text) && this.#isLineEdge(reference.end)) return this.#rawTo(reference.end)
    this.#buffer += reference.text
    return reference.end
  }

  #isLineEdge(end: number): boolean {
    const { [this.#pos - 1]: before = '\n', [end]: after = '\n' } = this.#text
    return before === '\n' || after === '\n'
  }

  /** The scheme before the colon is already in the buffer; the rest of a bare address follows it as text. */
  #colon(): number {
    const start = bareUrlStart(this.#text, this.#pos)
    const end = start < 0 ? -1 : bareUrlEnd(this.#text, start)
    return this.#literal(end < 0 ? 1 : end - this.#pos)
  }

  #bang(): number {
    if (this.#text[this.#pos + 1] !== '[') return this.#literal(1)
    const end = this.#wikilink(this.#pos + 1, true)
    return end < 0 ? this.#bracket(true) : end
  }

  #open(): number {
    const end = this.#wikilink(this.#pos, false)
    if (end >= 0) return end
    const footnote = this.#text[this.#pos + 1] === '^' ? footnoteEnd(this.#text, this.#pos) : -1
    return footnote < 0 ? this.#bracket(false) : this.#rawTo(footnote)
  }

  #wikilink(at: number, embed: boolean): number {
    const end = this.#text[at + 1] === '[' ? wikilinkEnd(this.#text, at) : -1
    if (end < 0) return -1
    return this.#push({ type: 'wikilink', target: this.#text.slice(at + 2, end - 2), embed, marks: 0 }, end)
  }

  #bracket(image: boolean): number {
    this.#flush()
    const start = this.#pos
    const inside = start + (image ? 2 : 1)
    this.#brackets.push({
      piece: this.#pieces.length,
      image,
      inside,
      start,
      delimiterBelow: this.#lastDelimiter,
      active: true,
    })
    this.#pieces.push({ text: image ? '![' : '[', node: null, delimiter: null })
    return inside
  }

  #close(): number {
    const bracket = this.#brackets.pop()
    if (!bracket?.active) return this.#literal(1)
    const destination = linkDestination(this.#text, this.#pos + 1)
    const end = destination?.end ?? this.#referenceEnd(bracket)
    if (end < 0) return this.#literal(1)
    this.#flush()
    const ranges = this.#match(bracket.delimiterBelow)
    const content = this.#collect(bracket.piece + 1, ranges)
    const children = withNests(content)
    this.#pieces.length = bracket.piece
    this.#lastDelimiter = bracket.delimiterBelow
    if (this.#lastDelimiter) this.#lastDelimiter.next = null
    const link = destination && !bracket.image ? toLink(destination.url, destination.title, children) : null
    // Links hold no links.
    if (!bracket.image) for (const below of this.#brackets) if (!below.image) below.active = false
    return this.#push(link ?? { type: 'raw', source: this.#text.slice(bracket.start, end), marks: 0 }, end)
  }

  /** `[text][label]`, `[label][]` and `[label]`, where the note defines the label. */
  #referenceEnd(bracket: Bracket): number {
    if (this.#labels.size === 0) return -1
    const after = this.#pos + 1
    const full = referenceLabel(this.#text, after)
    if (full && full.label !== '') return this.#labels.has(full.label) ? full.end : -1
    const own = referenceLabel(`${this.#text.slice(bracket.inside - 1, after)}`, 0)
    if (!own || !this.#labels.has(own.label)) return -1
    return full ? full.end : after
  }

  #match(bottom: Delimiter | null): MarkRange[] {
    let first = this.#lastDelimiter
    if (!first || first === bottom) return []
    while (first.previous && first.previous !== bottom) first = first.previous
    return matchDelimiters(first, bottom)
  }

  /** The pieces from `from` on, with the marks of `ranges`; neighbouring text in the same ones is joined. */
  #collect(from: number, ranges: readonly MarkRange[]): Collected {
    const sweep = ranges.length === 0 && !this.#escapes ? null : new RangeSweep(ranges)
    const inlines: Inline[] = []
    const steps: Step[] = []
    let text = ''
    let marks = 0
    const emit = (inline: Inline) => {
      inlines.push(inline)
      if (sweep) steps.push(sweep.step(inline.nest === ESCAPED ? 'e' : ''))
    }
    const flush = () => {
      if (text !== '') emit({ type: 'text', text, marks })
      text = ''
    }
    for (let at = from; at < this.#pieces.length; at += 1) {
      const piece = this.#pieces[at]
      if (!piece) break
      const literal = piece.delimiter ? piece.text.slice(0, piece.delimiter.left) : piece.text
      if (!piece.node && literal === '') continue
      if (piece.node || sweep?.moves(at)) flush()
      if (sweep?.moves(at)) marks = marksIn(sweep.moveTo(at))
      if (piece.node) emit(marks === 0 ? piece.node : addMarks(piece.node, marks))
      else text += literal
    }
    flush()
    if (sweep?.tooDeep) this.#tooDeep = true
    return { inlines, steps: sweep ? steps : null }
  }
}

/** `steps`: the marks around each as they are nested; null where there are none. */
type Collected = { readonly inlines: Inline[]; readonly steps: readonly Step[] | null }

/** With the nesting of all, since a link does not know yet what will be around it. */
const withNests = ({ inlines, steps }: Collected): readonly Inline[] =>
  steps ? inlines.map((inline, at) => withNest(inline, nestOf(steps[at] ?? OUTSIDE))) : inlines

const OUTSIDE: Step = { open: '', kept: 0 }

/** Null where the content is richer than a link can hold: the source is kept instead. */
function toLink(url: string, title: string, children: readonly Inline[]): Link | null {
  const held = children.filter(isHeldByLinks)
  if (held.length === 0 || held.length < children.length) return null
  // A line end at the edge would be lost.
  if (held[0]?.type === 'break' || held[held.length - 1]?.type === 'break') return null
  // Marks inside are not outside: without a word, those that a neighbour shares would be.
  const isMarked = held.every((child) => child.type === 'break' || child.marks !== 0)
  return { type: 'link', url, title, children: held, ...(isMarked ? { outside: 0 } : {}) }
}

/** Links hold no links, and reference links and footnotes, which are kept as raw source, are such too. */
export const isHeldByLinks = (inline: Inline): inline is Link['children'][number] =>
  inline.type !== 'link' && inline.type !== 'wikilink' && !(inline.type === 'raw' && inline.source.startsWith('['))

export function addMarks<T extends Inline>(inline: T, marks: Marks): T {
  if (inline.type === 'break' || marks === 0) return inline
  if (inline.type === 'link') {
    const outside = (inline.outside ?? 0) | marks
    return { ...inline, outside, children: inline.children.map((child) => addMarks(child, marks)) }
  }
  return { ...inline, marks: inline.marks | marks }
}
