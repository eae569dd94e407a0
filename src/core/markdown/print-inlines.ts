import { holdsAddress } from './addresses.ts'
import { sameInlines } from './equal.ts'
import { escapeAll, escapeText, type Spared, type TextPlace } from './escape.ts'
import { angleLink, plainUrlEnd } from './inline-tokens.ts'
import { commonMarks, isNested, marksAround, marksIn, type Step, signOf, stepsOf } from './nesting.ts'
import { parseBlocks } from './parse-blocks.ts'
import { readHeading, readLine } from './parse-leaf.ts'
import { type Block, type Inline, type Link, MARK, type Marks, type Text } from './tree.ts'

/** `setext1`: in an underlined heading, which is written as a paragraph is. `line`: a callout's title, a cell. */
type Place = TextPlace['block'] | 'setext1' | 'setext2' | 'line'
export type InlinePlace = { readonly block: Place; readonly labels: ReadonlySet<string> }

/** How marks and text are written. The later ones are uglier and always right. */
type Style = { readonly italic: '*' | '_'; readonly all: boolean; readonly nests?: true; readonly spared?: Spared }
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
  for (const style of stylesFor(inlines)) {
    const source = new InlineWriter(place, style, false).write(inlines)
    const read = readBack(source, place)
    if (read && (style.nests ? sameLayout(read, inlines) : sameInlines(read, inlines))) return source
    first ??= source
  }
  return first ?? ''
}

/** As the nesting says, which is how it was read once: only where that means something else now, in another way. */
const NESTING_STYLES: readonly Style[] = [
  { italic: '*', all: false, nests: true },
  // A run of signs of which some are used and some are not: shorter by those, it would be matched otherwise.
  { italic: '*', all: false, nests: true, spared: 'all' },
  { italic: '*', all: true, nests: true },
]
/** Inside an address other readers take a backslash for a part of it. */
const ADDRESS_STYLES: readonly Style[] = [
  { italic: '*', all: false, spared: 'brackets' },
  { italic: '*', all: false, spared: 'addresses' },
]

function stylesFor(inlines: readonly Inline[]): readonly Style[] {
  const hasAddress = inlines.some((inline) => inline.type === 'text' && holdsAddress(inline.text))
  const plain = hasAddress ? [...ADDRESS_STYLES, ...STYLES] : STYLES
  if (!isNestedDeep(inlines)) return plain
  const nests = hasAddress ? ADDRESS_STYLES.map((style): Style => ({ ...style, nests: true })) : []
  return [...nests, ...NESTING_STYLES, ...plain]
}

const isNestedDeep = (inlines: readonly Inline[]): boolean =>
  isNested(inlines) || inlines.some((inline) => inline.type === 'link' && isNested(inline.children))

const sameLayout = (a: readonly Inline[], b: readonly Inline[]): boolean =>
  sameInlines(a, b) && nestsOf(a) === nestsOf(b)

const nestsOf = (inlines: readonly Inline[]): string =>
  inlines.map((inline) => `${inline.nest}${inline.type === 'link' ? `(${nestsOf(inline.children)})` : ''}`).join()

function readBack(source: string, { block, labels }: InlinePlace): readonly Inline[] | null {
  if (block === 'heading') return readHeading(`# ${source}`, false, labels)
  if (block === 'line') return readLine(source, labels)
  const [before, indent, after] = PROBES[block]
  const { placed } = parseBlocks(`${before}${source.replaceAll('\n', `\n${indent}`)}${after}`, labels)
  return placed.length === 1 ? contentOf(placed[0]?.block, block) : null
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

class InlineWriter {
  readonly #place: InlinePlace
  readonly #style: Style
  readonly #inLink: boolean
  /** Letters of nesting.ts. */
  #open = ''
  #out = ''

  constructor(place: InlinePlace, style: Style, inLink: boolean) {
    this.#place = place
    this.#style = style
    this.#inLink = inLink
  }

  write(inlines: readonly Inline[], outer: Marks = 0): string {
    const steps = stepsOf(
      inlines,
      marksAround(inlines).map((own) => own & ~outer),
      outer,
      this.#style.nests === true,
    )
    for (const [at, inline] of inlines.entries()) {
      const step = steps[at] ?? CLOSED
      this.#moveTo(step)
      this.#out += this.#inline(inline, inlines, at, marksIn(step.open) | outer, steps[at + 1] ?? CLOSED)
    }
    this.#moveTo(CLOSED)
    return this.#out
  }

  /** Where it is not said how marks are nested, each italic has the style's sign. */
  #sign(letter: string): string {
    return letter === 'i' && !this.#style.nests ? this.#style.italic : signOf(letter)
  }

  #moveTo({ open, kept }: Step): void {
    for (const letter of [...this.#open.slice(kept)].reverse()) this.#out += this.#sign(letter)
    for (const letter of open.slice(kept)) this.#out += this.#sign(letter)
    this.#open = open
  }

  #inline(inline: Inline, inlines: readonly Inline[], at: number, written: Marks, nextStep: Step): string {
    switch (inline.type) {
      case 'text':
        return (inline.marks & MARK.code) === 0 ? this.#text(inline, inlines, at, nextStep) : codeSpan(inline.text)
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

  #text({ text }: Text, inlines: readonly Inline[], at: number, nextStep: Step): string {
    if (this.#open.endsWith('e') && /^[!-/:-@[-`{-~]$/.test(text)) return `\\${text}`
    const lineStart = this.#out === '' || this.#out.endsWith('\n')
    const next = inlines[at + 1]
    const switches = nextStep.kept < this.#open.length || nextStep.open !== this.#open
    const after =
      !next && this.#open.length === 0 && !this.#inLink
        ? ''
        : next?.type === 'break' && !switches
          ? next.hard
            ? '\\'
            : ''
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
      written: this.#out,
      inLink: this.#inLink,
    }
    const escaped = this.#style.all ? escapeAll(text, place) : escapeText(text, place, this.#style.spared)
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

const CLOSED: Step = { open: '', kept: 0 }

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
