import { addMarks, parseInlines } from './inline.ts'
import { withNest } from './nesting.ts'
import { printInlines } from './print-inlines.ts'
import { type Inline, isContainer, type List, MARK, type Marks, type Raw, type Tree } from './tree.ts'

/**
 * Footnotes whose words stand in the text, `^[words]`. To the dialect they are text, and the links in them are links;
 * these functions put one inline of source in their place, for those who draw them, and read it back.
 */

const NO_LABELS: ReadonlySet<string> = new Set()
const PROSE = MARK.bold | MARK.italic | MARK.strike | MARK.highlight
/** Characters of one; nobody reads more in the margin of a sentence. */
const LONGEST = 5_000

type Place = { readonly at: number; readonly offset: number }
type Range = { readonly from: Place; readonly to: Place }

/** What `^[words]` means as text; null where the source is no such footnote. */
export function readInlineFootnote(source: string, marks: Marks, nest?: string): Inline[] | null {
  if (!source.startsWith('^[')) return null
  const read = parseInlines(source, NO_LABELS) ?? [{ type: 'text' as const, text: source, marks: 0 }]
  const inlines = read.map((inline) => addMarks(inline, marks))
  return nest === undefined ? inlines : inlines.map((inline) => withNest(inline, nest))
}

/** The inlines with each such footnote as one `raw`, those within another left in it. Takes linear time. */
export function withInlineFootnotes(inlines: readonly Inline[]): readonly Inline[] {
  if (!inlines.some((inline) => isWords(inline) && inline.text.includes('^['))) return inlines
  const out: Inline[] = []
  let done: Place = { at: 0, offset: 0 }
  for (const { from, to } of rangesIn(inlines)) {
    const raw = footnoteOf(between(inlines, from, to))
    if (!raw) continue
    out.push(...between(inlines, done, from), raw)
    done = to
  }
  if (out.length === 0) return inlines
  return [...out, ...between(inlines, done, { at: inlines.length, offset: 0 })]
}

/** From `^[` to its `]` as one inline of source; null where that would not be read as the same again. */
export function footnoteOf(inlines: readonly Inline[]): Raw | null {
  const [first] = inlines
  const length = inlines.reduce((sum, inline) => sum + (inline.type === 'text' ? inline.text.length : 1), 0)
  if (first?.type !== 'text' || length > LONGEST) return null
  const marks = inlines.reduce((common, inline) => common & ('marks' in inline ? inline.marks : PROSE), PROSE)
  const isPlain = inlines.length === 1
  const nest = isPlain ? first.nest : undefined
  const raw = (source: string): Raw => withNest({ type: 'raw', source, marks }, nest)
  const isSame = ({ source }: Raw): boolean => {
    const read = readInlineFootnote(source, marks, nest)
    return read !== null && JSON.stringify(read) === JSON.stringify(inlines)
  }
  const inner = innerOf(inlines).map((inline) => withoutMarks(inline, marks))
  if (inner.every((inline) => inline.type === 'text' && inline.text.trim() === '')) return null
  const words = isPlain ? raw(first.text) : null
  if (words && isSame(words)) return words
  const printed = raw(`^[${printInlines(inner, { block: 'line', labels: NO_LABELS })}]`)
  return isSame(printed) ? printed : null
}

/** What stands between the brackets. */
function innerOf(inlines: readonly Inline[]): Inline[] {
  const last = inlines.length - 1
  return inlines.flatMap((inline, at): Inline[] => {
    if (inline.type !== 'text') return [inline]
    const text = inline.text.slice(at === 0 ? 2 : 0, at === last ? -1 : undefined)
    return text === '' ? [] : [{ ...inline, text }]
  })
}

function withoutMarks(inline: Inline, marks: Marks): Inline {
  if (inline.type === 'break' || inline.type === 'link') return inline
  return { ...inline, marks: inline.marks & ~marks }
}

const isWords = (inline: Inline): inline is Extract<Inline, { type: 'text' }> =>
  inline.type === 'text' && (inline.marks & MARK.code) === 0

/** The outermost ones, from the first to the last, each on one line. */
function rangesIn(inlines: readonly Inline[]): Range[] {
  const ranges: Range[] = []
  let open: { readonly place: Place; readonly isFootnote: boolean }[] = []
  for (const [at, inline] of inlines.entries()) {
    if (inline.type === 'break') open = []
    if (!isWords(inline)) continue
    for (const { index: offset, 0: sign } of inline.text.matchAll(/\^?\[|\]/g)) {
      if (sign !== ']') {
        open.push({ place: { at, offset }, isFootnote: sign === '^[' })
        continue
      }
      const opened = open.pop()
      if (!opened?.isFootnote) continue
      const { place: from } = opened
      while (ranges.length > 0 && isBefore(from, (ranges.at(-1) as Range).from)) ranges.pop()
      ranges.push({ from, to: { at, offset: offset + 1 } })
    }
  }
  return ranges
}

const isBefore = (a: Place, b: Place): boolean => a.at < b.at || (a.at === b.at && a.offset < b.offset)

function between(inlines: readonly Inline[], from: Place, to: Place): Inline[] {
  return inlines.slice(from.at, to.at + 1).flatMap((inline, index): Inline[] => {
    const at = from.at + index
    if (inline.type !== 'text') return at === to.at ? [] : [inline]
    const text = inline.text.slice(at === from.at ? from.offset : 0, at === to.at ? to.offset : undefined)
    return text === '' ? [] : [{ ...inline, text }]
  })
}

/** A tree to be read, with the footnotes in its text as source. */
export function treeWithInlineFootnotes(tree: Tree): Tree {
  const list = (each: List): List => ({
    ...each,
    items: each.items.map((item) => ({
      ...item,
      children: withInlineFootnotes(item.children),
      lists: item.lists.map(list),
    })),
  })
  return tree.map((block) => {
    if (block.type === 'list') return list(block)
    if (block.type === 'table') return { ...block, rows: block.rows.map((row) => row.map(withInlineFootnotes)) }
    if (isContainer(block)) {
      const title = block.type === 'callout' ? { title: withInlineFootnotes(block.title) } : {}
      return { ...block, ...title, children: treeWithInlineFootnotes(block.children) }
    }
    if (block.type === 'paragraph' || block.type === 'heading')
      return { ...block, children: withInlineFootnotes(block.children) }
    return block
  })
}
