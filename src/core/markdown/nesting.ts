import { type Inline, MARK, type Marks } from './tree.ts'

/**
 * How marks are nested: flat marks do not say it (`**_a_**`, `*a *b**`), so that where canonical printing would nest
 * them otherwise, each inline carries its `nest` (SPEC, N10): a letter for each mark around it, outermost first, a
 * capital where it starts.
 */

/** The nest of one sign that is written with a backslash although it would mean nothing here. */
export const ESCAPED = 'E'
const LETTERS: Readonly<Record<string, readonly [mark: Marks, sign: string]>> = {
  b: [MARK.bold, '**'],
  o: [MARK.bold, '__'],
  i: [MARK.italic, '*'],
  u: [MARK.italic, '_'],
  s: [MARK.strike, '~~'],
  h: [MARK.highlight, '=='],
}
/**
 * What is written where nobody says otherwise; of two that start and end together the first is outside, as `***a***`
 * is read.
 */
const PLAIN = [
  [MARK.italic, 'i'],
  [MARK.bold, 'b'],
  [MARK.strike, 's'],
  [MARK.highlight, 'h'],
] as const

/** Of a sign of Markdown, `used` characters of it. */
export function letterOf(char: string, used: number): string {
  if (char === '~') return 's'
  if (char === '=') return 'h'
  return char === '_' ? (used === 2 ? 'o' : 'u') : used === 2 ? 'b' : 'i'
}

export const signOf = (letter: string): string => LETTERS[letter]?.[1] ?? ''

const markOf = (letter: string): Marks => LETTERS[letter]?.[0] ?? 0

export function marksIn(nest: string): Marks {
  let marks = 0
  for (const letter of nest.toLowerCase()) marks |= markOf(letter)
  return marks
}

/** The marks open at an inline, as letters, outermost first; the first `kept` of them were open before it. */
export type Step = { readonly open: string; readonly kept: number }

export const nestOf = ({ open, kept }: Step): string => open.slice(0, kept) + open.slice(kept).toUpperCase()

/**
 * What is open at each inline. `marks` are those to write around each, `outer` those that are written already,
 * around the link that the inlines are in. A `nest` that does not say these marks (somebody edited) is passed over.
 */
export function stepsOf(inlines: readonly Inline[], marks: readonly Marks[], outer: Marks, nests = true): Step[] {
  let open = ''
  return inlines.map((inline, at) => {
    const step = (nests ? asNested(inline, marks[at] ?? 0, outer, open) : null) ?? flatStep(marks, at, open, inline)
    open = step.open
    return step
  })
}

function asNested(inline: Inline, marks: Marks, outer: Marks, open: string): Step | null {
  const { nest } = inline
  if (nest === undefined) return null
  const said = marksIn(nest)
  // A sign before a line end opens nothing.
  if (inline.type === 'break') return open.startsWith(nest) ? { open: nest, kept: nest.length } : null
  if ((marks & ~said) !== 0 || (said & ~(marks | outer)) !== 0) return null
  let kept = 0
  while (kept < open.length && open[kept] === nest[kept]) kept += 1
  return { open: nest.toLowerCase(), kept }
}

/** Closes what does not go on, and what was opened inside it; then opens what starts, the longest outermost. */
function flatStep(marks: readonly Marks[], at: number, open: string, { type }: Inline): Step {
  const now = marks[at] ?? 0
  let kept = 0
  while (kept < open.length && (now & markOf(open[kept] ?? '')) !== 0) kept += 1
  const held = open.slice(0, kept)
  // What goes on only after a break is opened after it.
  if (type === 'break') return { open: held, kept }
  const missing = now & ~marksIn(held)
  if (missing === 0) return { open: held, kept }
  const extent = (bit: Marks) => {
    let end = at
    while (end < marks.length && ((marks[end] ?? 0) & bit) !== 0) end += 1
    return end
  }
  const starting = PLAIN.filter(([mark]) => (missing & mark) !== 0)
  if (starting.length > 1) starting.sort(([a], [b]) => extent(b) - extent(a))
  return { open: held + starting.map(([, letter]) => letter).join(''), kept }
}

export const isNested = (inlines: readonly Inline[]): boolean => inlines.some(({ nest }) => nest !== undefined)

export function withNest<T extends Inline>(inline: T, nest: string | undefined): T {
  if (inline.nest === nest) return inline
  const { nest: _former, ...rest } = inline
  return (nest === undefined ? rest : { ...rest, nest }) as T
}

/** The inlines with the `nest` of each, where flat marks would be nested otherwise; else with none. */
export function nestInlines(
  inlines: readonly Inline[],
  steps: readonly Step[],
  marks: readonly Marks[],
  outer: Marks,
): Inline[] {
  const flat = stepsOf(inlines, marks, outer, false)
  const signs = inlines.some(holdsSigns)
  const differs = steps.some((step, at) => {
    const other = flat[at]
    return !other || step.kept !== other.kept || (signs ? step.open : plain(step.open)) !== other.open
  })
  return inlines.map((inline, at) => {
    const step = steps[at]
    const needs = differs && step && (step.open !== '' || flat[at]?.open !== '')
    return withNest(inline, needs ? nestOf(step) : undefined)
  })
}

const plain = (open: string): string => open.replaceAll('o', 'b').replaceAll('u', 'i')

/**
 * Formulas, comments and wikilinks are text to other readers, who find signs in them: `_a $b_c$ d_` is to mean the
 * same to them as before.
 */
const holdsSigns = (inline: Inline): boolean =>
  (inline.type === 'raw' && /^[$%]/.test(inline.source) && /[*_]/.test(inline.source)) ||
  (inline.type === 'wikilink' && /[*_]/.test(inline.target))

export const PROSE_MARKS = MARK.bold | MARK.italic | MARK.strike | MARK.highlight

/** The marks of an inline; of a link, those that all its children have. */
export function commonMarks(inline: Inline): Marks {
  if (inline.type === 'break') return 0
  if (inline.type !== 'link') return inline.marks & PROSE_MARKS
  let marks = PROSE_MARKS
  for (const child of inline.children) if (child.type !== 'break') marks &= child.marks
  return marks
}

/**
 * Marks to write around each inline: a link's as they stood, else where a neighbour shares them, a break's where both
 * sides do.
 */
export function marksAround(inlines: readonly Inline[]): Marks[] {
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

/** Neighbouring text of the same marks is one, unless its marks are not the same ones. */
export function joinText(inlines: readonly Inline[]): Inline[] {
  const out: Inline[] = []
  for (const inline of inlines) {
    const last = out[out.length - 1]
    const joins = inline.type === 'text' && last?.type === 'text' && last.marks === inline.marks
    if (joins && last.nest?.toLowerCase() === inline.nest)
      out[out.length - 1] = { ...last, text: last.text + inline.text }
    else out.push(inline)
  }
  return out
}
